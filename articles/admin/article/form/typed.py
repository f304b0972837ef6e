"""What stands in an article's form, as plain data: read it, show it, put it back.

The names are those of the form: `headline`, `credits-0-name`. The rows of a form belong to the
rows on file at the time it was opened; `onto` fits them to the rows on file now.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, localtime, make_aware

from articles.admin.base import DeskRequest, MomentInput, moment, whole_number
from articles.models import Article, Person, Photo, Unit
from articles.snapshots import FIELDS, Snapshot
from articles.text import richtext
from articles.text.tags import split_tags
from articles.worktime import YEARS

type Typed = dict[str, str]
type Row = dict[str, str]

REFERENCES = ("section", "unit")
DATES = ("event_date", "displayed_at")
SINGLE = (*FIELDS, *REFERENCES, *DATES, "tags")
# The rows of a form: their fields, and which of them say that a new one is not blank.
ROWS = {
    "photos": ("photo", "caption", "position", "paragraph"),
    "credits": ("role", "person", "unit", "note", "position", "name", "unit_name", "stage"),
    "units": ("position", "unit", "part"),
    "attachments": ("position", "title"),
}
SAYS = {
    "photos": ("photo", "caption"),
    "credits": ("person", "name", "unit", "unit_name", "note"),
    "units": ("unit",),
    "attachments": ("title",),
}
# What stands once in an article: a row that was taken off and put back is the same row.
ONCE = {"photos": "photo", "units": "unit"}
NUMBERS = {"id", "section", "unit", "person", "photo", "position", "paragraph"}
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
MAX_ROWS = 100
ROW_NAME = re.compile(rf"({'|'.join(ROWS)})-(?:[0-9]{{1,3}}-([a-zA-Z_]+)|{'|'.join(COUNTS)})")


def fields(data: Mapping[str, Any]) -> Typed:
    """Keep of a request what belongs to the form and a person may have typed; no files."""
    return {
        name: _plain(name.rpartition("-")[2], str(value))
        for name, value in data.items()
        if name in SINGLE or name in ("reason", "credit_line") or _is_of_a_row(name)
    }


def rows(data: Mapping[str, Any], prefix: str) -> list[Row]:
    """Give the rows of one kind but for those that are blank or ticked to be deleted."""
    total = min(whole_number(str(data.get(f"{prefix}-TOTAL_FORMS", ""))) or 0, MAX_ROWS)
    names = ("id", *ROWS[prefix], "DELETE")
    found = (
        {name: str(data.get(f"{prefix}-{number}-{name}", "")) for name in names}
        for number in range(total)
    )
    return [
        {name: row[name] for name in names if name != "DELETE"}
        for row in found
        if not row["DELETE"] and (row["id"] or any(row[name] for name in SAYS[prefix]))
    ]


def rows_on_file(article: Article, prefix: str) -> list[Row]:
    """Give the rows of an article as its form would show them."""
    columns = {"id": "pk"} | {name: name for name in ROWS[prefix]}
    for name in ("photo", "person", "unit"):
        if name in columns:
            columns[name] = f"{name}_id"
    related: Any = getattr(article, prefix)
    if prefix == "photos":
        related = related.filter(in_body=False)
    return [
        {name: _text(getattr(row, column)) for name, column in columns.items()}
        for row in related.order_by("position", "pk")
    ]


def onto(prefix: str, typed: Iterable[Row], on_file: list[Row]) -> Typed:
    """Write rows as form data that fits the rows on file.

    What is on file and not among them is ticked to be deleted; a row that is no longer on file
    becomes a new one, so nothing typed goes.
    """
    typed = list(typed)
    left = {row["id"]: row for row in on_file}
    placed: dict[str, Row] = {}
    new = []
    for row in typed:
        known = row["id"] if row["id"] in left else _same(prefix, row, left, typed)
        if known and known not in placed:
            placed[known] = row | {"id": known}
        else:
            new.append(row | {"id": ""})
    first = [placed.get(row["id"]) or row | {"DELETE": "on"} for row in on_file]
    data = {
        f"{prefix}-TOTAL_FORMS": str(len(first) + len(new)),
        f"{prefix}-INITIAL_FORMS": str(len(first)),
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": str(MAX_ROWS),
    }
    for number, row in enumerate([*first, *new]):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def snapshot(data: Mapping[str, Any], beside: Snapshot, request: DeskRequest) -> Snapshot:
    """Say what was typed as a version would, to compare it: what the form lacks is as `beside`.

    Raises `TooMuchMarkup` where the body cannot be read.
    """
    content = dict(beside)
    for name in FIELDS:
        if name in data:
            content[name] = _lines(str(data[name]))
    if "body" in data:
        content["body"] = richtext.clean(str(data["body"]))
    for name in REFERENCES:
        if name in data:
            content[name] = whole_number(str(data[name]))
    if "event_date" in data:
        content["event_date"] = _day(str(data["event_date"]))
    if "displayed_at" in data:
        content["displayed_at"] = _moment(str(data["displayed_at"]))
    if "tags" in data:
        content["tags"] = sorted(split_tags(str(data["tags"])))
    for prefix in ROWS:
        if f"{prefix}-TOTAL_FORMS" in data:
            content[prefix] = _rows_said(prefix, data, beside, request)
    placed = [row for row in content["photos"] if not row.get("in_body")]
    content["photos"] = placed + _in_body(content["body"], beside, request, placed)
    return content


def readable(data: Mapping[str, Any], beside: Snapshot, request: DeskRequest) -> Snapshot | None:
    """Say what was typed, or None where its body is too much to be read."""
    try:
        return snapshot(data, beside, request)
    except ValidationError:
        return None


def as_typed(content: Snapshot) -> Snapshot:
    """Give a version as `snapshot` would read it from a form that shows it."""
    return (
        content
        | {name: _lines(content[name]) for name in FIELDS}
        | {"body": richtext.clean(content["body"])}
        | {"displayed_at": _moment(form_values(content)["displayed_at"])}
    )


def form_values(content: Snapshot) -> Typed:
    """Give a version's own fields as its form would show them."""
    values = {name: _text(content[name]) for name in (*FIELDS, *REFERENCES, "event_date")}
    displayed = content["displayed_at"]
    shown = localtime(datetime.fromisoformat(displayed)) if displayed else None
    values["displayed_at"] = MomentInput().format_value(shown) or ""
    values["tags"] = "、".join(content["tags"])
    return values


EMPTY: Snapshot = {
    **dict.fromkeys(FIELDS, ""),
    **dict.fromkeys((*REFERENCES, *DATES)),
    **{name: [] for name in (*ROWS, "tags", "corrections")},
}


def _is_of_a_row(name: str) -> bool:
    match = ROW_NAME.fullmatch(name)
    if match is None:
        return False
    prefix, field = match.groups()
    return field is None or field in ("id", "DELETE", *ROWS[prefix])


def _plain(name: str, value: str) -> str:
    value = value.replace("\0", "")
    return "" if name in NUMBERS and whole_number(value) is None else value


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _day(text: str) -> str | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day.isoformat() if day and day.year in YEARS else None


def _moment(text: str) -> str | None:
    """Give a typed local time as a version has it."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    if at is None or at.year not in YEARS:
        return None
    return (make_aware(at) if is_naive(at) else at).astimezone(UTC).isoformat()


def _same(prefix: str, row: Row, left: Mapping[str, Row], typed: list[Row]) -> str | None:
    """Find the row on file that is the same thing under another number, if nobody else has it."""
    name = ONCE.get(prefix)
    if name is None:
        return None
    others = {other["id"] for other in typed}
    return next(
        (pk for pk, kept in left.items() if kept[name] == row[name] and pk not in others), None
    )


def _in_order(found: list[Row]) -> list[Row]:
    def key(row: Row) -> tuple[int, float]:
        return (whole_number(row["position"]) or 0, whole_number(row["id"]) or float("inf"))

    return sorted(found, key=key)


def _rows_said(
    prefix: str, data: Mapping[str, Any], beside: Snapshot, request: DeskRequest
) -> list[Snapshot]:
    found = _in_order(rows(data, prefix))
    match prefix:
        case "credits":
            return _credits(found)
        case "units":
            names = _names(Unit, found, "unit")
            return [
                {
                    "unit": whole_number(row["unit"]),
                    "name": names.get(row["unit"], ""),
                    "part": row["part"],
                }
                for row in found
            ]
        case "photos":
            return _photos(found, beside, request)
    return _attachments(found, beside)


def _credits(found: list[Row]) -> list[Snapshot]:
    named = names(found)
    people, units = named["person"], named["unit"]
    return [
        {
            "role": row["role"],
            "person": whole_number(row["person"]),
            "name": row["name"].strip() or people.get(row["person"], ""),
            "unit": whole_number(row["unit"]),
            "unit_name": row["unit_name"].strip() or units.get(row["unit"], ""),
            "stage": row["stage"],
            "note": row["note"].strip(),
        }
        for row in found
    ]


def _attachments(found: list[Row], beside: Snapshot) -> list[Snapshot]:
    known = {str(row["attachment"]): row for row in beside["attachments"]}
    new = {"sha256": "", "size": 0, "file": "", "name": ""}
    return [
        {
            **known.get(row["id"], new),
            "attachment": whole_number(row["id"]),
            "title": row["title"].strip(),
        }
        for row in found
    ]


def _photos(found: list[Row], beside: Snapshot, request: DeskRequest) -> list[Snapshot]:
    """Name only pictures that the user may see; those of the article are among them."""
    visible = Photo.objects.visible_to(request.user, moment(request))
    wanted = [number for row in found if (number := whole_number(row["photo"]))]
    library = {
        str(photo.pk): photo
        for photo in visible.filter(pk__in=wanted).select_related("photographer")
    }
    known = {str(row["photo"]): row for row in beside["photos"]}
    said = []
    for row in found:
        photo, before = library.get(row["photo"]), known.get(row["photo"], {})
        said.append(
            {
                "photo": whole_number(row["photo"]),
                "sha256": photo.sha256 if photo else before.get("sha256", ""),
                "caption": row["caption"].strip() or (photo.caption if photo else ""),
                "alt": photo.alt if photo else before.get("alt", ""),
                "credit": photo.credit if photo else before.get("credit", ""),
                "paragraph": whole_number(row["paragraph"]) or 0,
            }
        )
    return said


def _in_body(
    body: str, beside: Snapshot, request: DeskRequest, placed: list[Snapshot]
) -> list[Snapshot]:
    """Say the photos of a body as `actions.figures` would write them down."""
    captions = richtext.captions(body)
    known = {row["photo"]: row for row in beside["photos"]}
    library = {}
    if captions:
        visible = Photo.objects.visible_to(request.user, moment(request))
        library = visible.select_related("photographer").in_bulk(captions)
    said = []
    for number, caption in captions.items():
        photo, before = library.get(number), known.get(number)
        if (photo is None and before is None) or any(r["photo"] == number for r in placed):
            continue
        own = {"sha256": photo.sha256, "alt": photo.alt, "credit": photo.credit} if photo else {}
        said.append(
            {
                **(before or {}),
                "photo": number,
                **own,
                "caption": caption[:300] or (photo.caption if photo else ""),
                "paragraph": 0,
                "in_body": True,
            }
        )
    return said


def names(found: Iterable[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Name the people and units that rows point at: by field, then by number."""
    found = list(found)
    return {"person": _names(Person, found, "person"), "unit": _names(Unit, found, "unit")}


def _names(model: Any, found: Iterable[Mapping[str, str]], field: str) -> dict[str, str]:
    wanted = {number for row in found if (number := whole_number(row[field]))}
    if not wanted:
        return {}
    return {str(row.pk): row.name for row in model.objects.filter(pk__in=wanted)}
