"""Two contents of one article compared, field by field, and put into words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.admin.article.record import markup_notes
from articles.models import Article, Language, Part, Photo, Role, Section, StageMark, Unit
from articles.snapshots import Snapshot
from articles.text import differences as texts_compared
from articles.text import passages
from articles.text.differences import CHOICE, Effort, Passage, Row, Run

TEXTS = ("kicker", "headline", "subhead", "summary")
CHOICES = ("form", "language", "origin", "importance")
PLAIN = ("slug", "source", "source_url")

# What surrounds a change when only changes are shown.
CONTEXT = 1

type Lines = dict[str, list[Passage]]


@dataclass(frozen=True)
class Shown:
    """A row as a page prints it. `number` counts the changes of a page; unchanged rows are 0.

    `hidden` is how many unchanged rows it stands for, when only changes are shown. The pictures
    are addresses of what the passage showed and shows.
    """

    row: Row
    number: int = 0
    is_last: bool = False
    notes: tuple[str, ...] = ()
    old_pictures: tuple[str, ...] = ()
    new_pictures: tuple[str, ...] = ()
    hidden: int = 0

    @property
    def changed(self) -> bool:
        return self.row.changed

    @property
    def kind(self) -> str:
        passage = self.row.new or self.row.old
        return passage.kind if passage else ""

    @property
    def pictures(self) -> tuple[str, ...]:
        return self.new_pictures if self.row.new else self.old_pictures

    def inline(self) -> SafeString:
        return _printed(self.row.runs, "") if self.row.kind != "moved_away" else self.old()

    def old(self) -> SafeString:
        return _printed(self.row.runs, "inserted") if self.row.old else SafeString("")

    def new(self) -> SafeString:
        return _printed(self.row.runs, "deleted") if self.row.new else SafeString("")


@dataclass(frozen=True)
class Difference:
    field: str
    label: str
    rows: list[Shown]

    @property
    def size(self) -> int:
        return sum(shown.row.size for shown in self.rows)

    @property
    def is_reordered(self) -> bool:
        return any(shown.row.kind == "moved_here" for shown in self.rows)

    @property
    def is_about_figures(self) -> bool:
        changed = [shown for shown in self.rows if shown.changed]
        return bool(changed) and all(shown.kind == "figure" for shown in changed)


def texts(content: Snapshot) -> Lines:
    """Give what a reader reads."""
    lines = {name: _one(content[name]) for name in TEXTS}
    return lines | {"body": passages.read(content["body"])}


def lines(content: Snapshot) -> Lines:
    """Give the whole working copy."""
    return all_lines(content)[0]


def all_lines(*contents: Snapshot) -> list[Lines]:
    """Give several working copies. Two queries, however many there are."""
    sections = Section.objects.in_bulk({content["section"] for content in contents})
    units = Unit.objects.in_bulk({content["unit"] for content in contents})
    return [
        {
            **texts(content),
            "section": _choice(sections.get(content["section"], "")),
            "unit": _choice(units.get(content["unit"], "")),
            **{name: _choice(_label_of(name, content[name])) for name in CHOICES},
            **{name: _one(content[name]) for name in PLAIN},
            "event_date": _choice(_day(content["event_date"])),
            "displayed_at": _choice(_moment(content["displayed_at"])),
            "units": [_unit(row) for row in content["units"]],
            "credits": [Passage(_credit(row)) for row in content["credits"]],
            "photos": [_photo(row) for row in content["photos"]],
            "attachments": [_attachment(row) for row in content["attachments"]],
            "tags": [Passage(tag, CHOICE, identity=tag) for tag in content["tags"]],
            "corrections": [
                Passage(row["text"], identity=str(row["id"])) for row in content["corrections"]
            ],
        }
        for content in contents
    ]


def differences(old: Lines, new: Lines, *, effort: Effort | None = None) -> list[Difference]:
    """Compare what both sides have; what is the same on both is left out."""
    effort = effort or Effort()
    found = []
    number = 0
    for name in old:
        if name not in new or old[name] == new[name]:
            continue
        shown = []
        for row in texts_compared.compare(old[name], new[name], effort):
            number += row.changed
            shown.append(
                Shown(row, number if row.changed else 0, notes=tuple(markup_notes.notes(row)))
            )
        found.append(Difference(name, label(name), shown))
    for difference in found[-1:]:
        difference.rows[:] = [
            replace(shown, is_last=shown.number == number) for shown in difference.rows
        ]
    return found


def between(old: Snapshot, new: Snapshot) -> list[Difference]:
    """Compare two versions, with the pictures of their photos. Three queries."""
    return with_thumbnails(differences(*all_lines(old, new)))


def with_thumbnails(found: list[Difference]) -> list[Difference]:
    """Put their pictures to photos and figures. One query, if there are any."""
    passages_shown = (
        passage
        for difference in found
        for shown in difference.rows
        for passage in (shown.row.old, shown.row.new)
        if passage
    )
    numbers = {number for passage in passages_shown for number in _numbers(passage)}
    if not numbers:
        return found
    photos = Photo.objects.filter(pk__in=numbers)
    addresses = {photo.pk: photo.address("thumb") for photo in photos if photo.image}

    def of(passage: Passage | None) -> tuple[str, ...]:
        numbers = _numbers(passage) if passage else []
        return tuple(addresses[number] for number in numbers if number in addresses)

    def pictured(shown: Shown) -> Shown:
        return replace(shown, old_pictures=of(shown.row.old), new_pictures=of(shown.row.new))

    return [
        replace(difference, rows=[pictured(shown) for shown in difference.rows])
        for difference in found
    ]


def _numbers(passage: Passage) -> list[int]:
    """Give the photos that a passage shows."""
    shown = [passage.identity] if passage.kind == "photo" else passage.things
    return [int(number) for number in shown]


def only_changes(found: list[Difference]) -> list[Difference]:
    """Fold what stayed, but for a line around each change."""
    return [replace(difference, rows=list(_folded(difference.rows))) for difference in found]


def summary(found: list[Difference], language: str) -> str:
    """Say in a line what differs: how much of the body, and which fields else."""
    things = [_thing(difference, language) for difference in found]
    # Translators: this is 、 in Chinese.
    return pgettext("between things that changed", ", ").join(things)


def label(name: str) -> str:
    return str(capfirst(_name_of(name)))


def _name_of(name: str) -> str:
    model_field: Any = Article._meta.get_field(name)
    if model_field.auto_created:
        return str(model_field.related_model._meta.verbose_name_plural)
    return str(model_field.verbose_name)


def _thing(difference: Difference, language: str) -> str:
    if difference.field != "body":
        return _name_of(difference.field)
    if difference.size and language == Language.ENGLISH:
        text = ngettext(
            "%(count)d word in the body", "%(count)d words in the body", difference.size
        )
        return text % {"count": difference.size}
    if difference.size:
        text = ngettext(
            "%(count)d character in the body", "%(count)d characters in the body", difference.size
        )
        return text % {"count": difference.size}
    if difference.is_about_figures:
        return _("the figures in the body")
    if difference.is_reordered:
        return _("the order of the paragraphs")
    return _("the markup of the body")


def _folded(rows: list[Shown]) -> Iterator[Shown]:
    near = {
        place + step
        for place, shown in enumerate(rows)
        if shown.changed
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    hidden = 0
    for place, shown in enumerate(rows):
        if place not in near:
            hidden += 1
            continue
        if hidden:
            yield Shown(Row("same", None, None), hidden=hidden)
            hidden = 0
        yield shown
    if hidden:
        yield Shown(Row("same", None, None), hidden=hidden)


def _printed(runs: Iterable[Run], left_out: str) -> SafeString:
    """Print runs as markup, each change with a word for those who do not see it."""
    html = []
    for run in runs:
        if run.kind == left_out:
            continue
        text = str(escape(run.text)).replace("\t", '<span class="border"> │ </span>')
        if run.kind == "same":
            html.append(text)
            continue
        tag, word = ("del", _("deleted:")) if run.kind == "deleted" else ("ins", _("inserted:"))
        text = text.replace("\n", '<span class="sign">¶</span>\n')
        said = f'<span class="visually-hidden">[{escape(word)} </span>'
        html.append(f'<{tag}>{said}{text}<span class="visually-hidden">]</span></{tag}>')
    return mark_safe("".join(html))  # noqa: S308 escaped right here


# The entries of a field


def _one(text: str) -> list[Passage]:
    return [Passage(text)] if text else []


def _choice(value: object) -> list[Passage]:
    return [Passage(str(value), CHOICE)] if str(value) else []


def _label_of(name: str, value: str) -> str:
    model_field: Any = Article._meta.get_field(name)
    return str(dict(model_field.flatchoices).get(value, value))


def _day(value: str | None) -> str:
    day = parse_date(value or "")
    return date_format(day, "DATE_FORMAT") if day else ""


def _moment(value: str | None) -> str:
    at = parse_datetime(value or "")
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""


def _unit(row: Snapshot) -> Passage:
    part = dict(Part.choices).get(row["part"], row["part"])
    return Passage(f"{row['name']}\t{part}", identity=str(row["unit"]))


def _credit(row: Snapshot) -> str:
    role = dict(Role.choices).get(row["role"], row["role"])
    stage = dict(StageMark.choices).get(row["stage"], row["stage"])
    parts = (role, row["unit_name"], row["name"], row["note"], stage)
    return " ".join(str(part) for part in parts if part)


def _photo(row: Snapshot) -> Passage:
    place = _("above the text")
    if row.get("in_body"):
        place = _("in the text")
    elif row["paragraph"]:
        place = _("after paragraph %(number)d") % {"number": row["paragraph"]}
    parts = (row["caption"], row["credit"], place, row["alt"])
    return Passage("\t".join(filter(None, parts)), "photo", identity=str(row["photo"]))


def _attachment(row: Snapshot) -> Passage:
    size = _("%(size)d kB") % {"size": -(-row["size"] // 1024)}
    parts = (row["title"], row["name"], size, row["sha256"][:10])
    return Passage("\t".join(parts), identity=str(row["attachment"]))
