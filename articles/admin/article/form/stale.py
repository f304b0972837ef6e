"""A save that comes after somebody else's: both texts are merged field by field.

The form comes back with what only one side changed already in it. Where both did, the writer
chooses; nothing is saved before.
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from articles.admin.article.form import typed
from articles.admin.article.record import comparing
from articles.admin.base import DeskRequest, whole_number
from articles.models import Article, Version
from articles.snapshots import Snapshot
from articles.text import merging

# In the order of the form.
FIELDS = (
    *("kicker", "headline", "subhead", "summary", "body"),
    *("section", "tags", "unit", "event_date", "form", "importance", "language"),
    *("origin", "source", "source_url", "slug", "displayed_at"),
    *typed.ROWS,
)
THEIRS, MINE = "theirs", "mine"
REASON_LENGTH = 200
# What makes two rows the same; the rest of a row follows from it.
COMPARED = {
    "photos": ("photo", "caption", "paragraph"),
    "units": ("unit", "part"),
    "attachments": ("attachment", "title"),
}


@dataclass(frozen=True)
class Field:
    """One field of both texts. `difference` shows them; None where one cannot be read."""

    name: str
    label: str
    outcome: Literal["theirs", "mine", "both", "conflict"]
    difference: list[comparing.Difference] | None
    choice: str


@dataclass(frozen=True)
class Merge:
    """What became of a stale save: the form to show, and what to choose in it."""

    base_number: int
    theirs: Version
    fields: list[Field]
    data: typed.Typed
    lost_files: list[str]

    @property
    def conflicts(self) -> list[Field]:
        return [field for field in self.fields if field.outcome == "conflict"]

    @property
    def merged(self) -> list[Field]:
        return [field for field in self.fields if field.outcome in ("theirs", "both")]


def merge(request: DeskRequest, article: Article) -> Merge | None:
    """Merge a posted form with what was saved meanwhile; None if it may be saved as it is.

    Takes over the choices of an earlier merge: `request.POST` is then what will be saved.
    The caller holds the lock on the article.
    """
    seen = whole_number(request.POST.get("seen_version", ""))
    chosen_from = article.versions.filter(number=seen).first() if seen else None
    base = chosen_from
    if seen == article.version_number and "merge_base" in request.POST:
        if not _undecided(request):
            _apply(request, article, chosen_from)
            return None
        number = whole_number(request.POST["merge_base"])
        base = article.versions.filter(number=number).first() if number else None
    elif seen == article.version_number:
        return None
    theirs = article.versions.get(number=article.version_number)
    return _merge(request, article, base, theirs, chosen_from)


def reason(request: HttpRequest, article: Article, given: str) -> str:
    """Say in the record that a version was merged, after what its writer says of it."""
    seen = whole_number(request.POST.get("seen_version", ""))
    if "merge_base" not in request.POST or not seen:
        return given
    version = article.versions.filter(number=seen).first()
    if version is None:
        return given
    said = _("Merged with version %(number)d by %(name)s.") % {
        "number": version.number,
        "name": version.author_name,
    }
    return f"{given[: REASON_LENGTH - len(said) - 1]} {said}".strip()[:REASON_LENGTH]


def _undecided(request: HttpRequest) -> list[str]:
    asked = request.POST.getlist("conflict")
    return [name for name in asked if name in FIELDS and _choice(request, name) is None]


def _choice(request: HttpRequest, name: str) -> str | None:
    choice = request.POST.get(f"choice-{name}")
    return choice if choice in (THEIRS, MINE) else None


def _apply(request: HttpRequest, article: Article, theirs: Version | None) -> None:
    """Put their side into the form where the writer chose it."""
    chosen = [name for name in FIELDS if _choice(request, name) == THEIRS]
    if theirs is None or not chosen:
        return
    data = request.POST.copy()
    values = typed.form_values(theirs.snapshot)
    for name in chosen:
        if name in typed.ROWS:
            _put_rows(data, name, typed.rows_on_file(article, name), article)
        else:
            data[name] = values[name]
        if name == "attachments":
            # Its files would come to the rows of the others.
            request.__dict__["_files"] = MultiValueDict()
    setattr(request, "POST", data)  # noqa: B010 (typed as immutable)


def _put_rows(data: Any, prefix: str, rows: list[typed.Row], article: Article) -> None:
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        del data[name]
    for name, value in typed.onto(prefix, rows, typed.rows_on_file(article, prefix)).items():
        data[name] = value


def _merge(
    request: DeskRequest,
    article: Article,
    base: Version | None,
    theirs: Version,
    chosen_from: Version | None,
) -> Merge:
    now = typed.as_typed(theirs.snapshot)
    before = typed.as_typed(base.snapshot) if base else None
    mine = _typed(request, before or now, chosen_from)
    # Asked about a third version, the writer chooses anew.
    is_new = base is chosen_from
    found = comparing.only_changes(comparing.differences(*comparing.all_lines(now, now | mine)))
    differences = {difference.field: [difference] for difference in found}
    values = typed.form_values(theirs.snapshot)
    data = {name: str(value) for name, value in request.POST.items()}
    fields = []
    for name in FIELDS:
        outcome, body = _outcome(name, before, now, mine)
        if outcome == "same":
            continue
        difference = differences.get(name, []) if name in mine else None
        choice = "" if is_new else _choice(request, name) or ""
        fields.append(Field(name, comparing.label(name), outcome, difference, choice))
        if outcome == "both":
            data[name] = body
        elif outcome == "theirs" and name in values:
            data[name] = values[name]
    _fit_rows(request, article, data, fields)
    # The form is refused once more, and then holds the version that is shown beside it.
    data["seen_version"] = str(base.number if base and base.number != theirs.number else 0)
    files = [str(file) for file in request.FILES.values()]
    return Merge(base.number if base else 0, theirs, fields, values | data, files)


def _typed(request: DeskRequest, beside: Snapshot, chosen_from: Version | None) -> Snapshot:
    """Say what was typed and chosen; without a body where that is too much to be read."""
    mine = typed.readable(request.POST, beside, request)
    if mine is None:
        rest = {name: value for name, value in request.POST.items() if name != "body"}
        mine = typed.snapshot(rest, beside, request)
        del mine["body"]
    if chosen_from is not None:
        # A third version may have been saved while the writer chose between the first two.
        earlier = typed.as_typed(chosen_from.snapshot)
        mine |= {name: earlier[name] for name in FIELDS if _choice(request, name) == THEIRS}
    return mine


def _outcome(name: str, before: Snapshot | None, now: Snapshot, mine: Snapshot) -> Any:
    """Tell which side a field is taken from, and a merged body."""
    if name not in mine:
        return "conflict", None
    theirs_value, mine_value = _said(name, now), _said(name, mine)
    if theirs_value == mine_value:
        return "same", None
    if before is None:
        return "conflict", None
    base_value = _said(name, before)
    try:
        taken = merging.merge(base_value, theirs_value, mine_value)
    except merging.Conflict:
        if name != "body":
            return "conflict", None
    else:
        return ("theirs" if taken == theirs_value else "mine"), None
    try:
        merged = merging.merge_lines(
            before[name].split("\n"), now[name].split("\n"), mine[name].split("\n")
        )
    except merging.Conflict:
        return "conflict", None
    return "both", "\n".join(merged)


def _said(name: str, content: Snapshot) -> Any:
    if name == "tags":
        return sorted(content[name])
    columns = COMPARED.get(name)
    if columns is None:
        return content[name]
    # Photos of the text are said with it.
    rows = (row for row in content[name] if not row.get("in_body"))
    return [[row.get(column) for column in columns] for row in rows]


def _fit_rows(
    request: DeskRequest, article: Article, data: typed.Typed, fields: list[Field]
) -> None:
    """Fit the rows of the form to those on file: theirs where they are taken, else as typed."""
    taken = {field.name for field in fields if field.outcome == "theirs"}
    same = set(typed.ROWS) - {field.name for field in fields}
    for prefix in typed.ROWS:
        on_file = typed.rows_on_file(article, prefix)
        is_typed = f"{prefix}-TOTAL_FORMS" in request.POST
        is_theirs = not is_typed or prefix in taken | same
        chosen = on_file if is_theirs or _choice(request, prefix) == THEIRS else None
        rows = typed.rows(request.POST, prefix) if chosen is None else chosen
        _put_rows(data, prefix, rows, article)


def as_post(data: typed.Typed) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(data)
    return made
