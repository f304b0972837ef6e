"""Tables of articles, from CSV in any charset, from workbooks and from lines of JSON."""

import csv
import json
from collections.abc import Callable, Iterable
from functools import partial
from io import StringIO
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from articles.importing import columns
from articles.importing.records import Item, OldArticle
from articles.importing.workbooks import WorkbookRefused
from articles.importing.workbooks import read as read_workbook
from articles.text.encoding import UnreadablePage, decode
from articles.text.pasting import MAX_CHARACTERS

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
DELIMITERS = ",;\t|"


class Row(NamedTuple):
    number: int  # as the file counts its lines or rows
    cells: list[str]


def read_csv(content: bytes) -> list[Item]:
    """Read CSV. Raises `UnreadablePage` where it is no table of articles as a whole."""
    text = decode(content, limit=MAX_BYTES)
    csv.field_size_limit(MAX_CHARACTERS)
    first = text[: text.find("\n") if "\n" in text else None][:100_000]
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(first), strict=True)
    found: list[Row] = []
    # A row may fill several lines; it is known by the one that it begins in.
    begins = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                found.append(Row(begins, cells))
            if len(found) > MAX_ROWS + 1:
                raise _too_many()
            begins = rows.line_num + 1
    except csv.Error as problem:
        raise UnreadablePage(
            _("This is no table: %(problem)s") % {"problem": problem}, begins
        ) from problem
    return _items(found)


def read_xlsx(content: bytes) -> list[Item]:
    """Read the first sheet of a workbook. Raises `UnreadablePage`."""
    try:
        rows = read_workbook(content)
    except WorkbookRefused as refused:
        raise UnreadablePage(str(refused)) from refused
    return _items([Row(number, cells) for number, cells in rows])


def read_lines(content: bytes) -> list[Item]:
    """Read JSON lines: an object with the names of columns in each. Raises `UnreadablePage`."""
    lines = decode(content, limit=MAX_BYTES).removeprefix("\ufeff").split("\n")
    found = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len(found) > MAX_ROWS:
        raise _too_many()
    return [
        Item(place, _label(number), partial(_from_json, number, line))
        for place, (number, line) in enumerate(found, 1)
    ]


def _too_many() -> UnreadablePage:
    return UnreadablePage(_("A table may have up to %(limit)d lines.") % {"limit": MAX_ROWS})


def _delimiter(line: str) -> str:
    """Choose what divides the head into the most columns that we know."""

    def known(delimiter: str) -> int:
        return sum(bool(columns.column_of(head.strip('"'))) for head in line.split(delimiter))

    return max(DELIMITERS, key=known)


def _items(rows: list[Row]) -> list[Item]:
    if not rows:
        raise UnreadablePage(_("The table is empty."))
    head, *others = rows
    names = _columns(head)
    remarks = _left_out(cell for cell, name in zip(head.cells, names, strict=True) if not name)
    made: list[Callable[[], OldArticle]] = [
        partial(_from_row, names, row, remarks) for row in others
    ]
    return [
        Item(place, _label(row.number), read)
        for place, (row, read) in enumerate(zip(others, made, strict=True), 1)
    ]


def _columns(head: Row) -> list[str]:
    if len(head.cells) > MAX_COLUMNS:
        raise UnreadablePage(
            _("A table may have up to %(limit)d columns.") % {"limit": MAX_COLUMNS}, head.number
        )
    names = [columns.column_of(cell) for cell in head.cells]
    if "title" not in names:
        raise UnreadablePage(
            _("The first line has to name the columns: %(names)s.")
            % {"names": ", ".join(columns.NAMES)},
            head.number,
        )
    for name in filter(None, names):
        if names.count(name) > 1:
            raise UnreadablePage(
                _("Two columns are called “%(name)s”.") % {"name": name}, head.number
            )
    return names


def _left_out(heads: Iterable[str]) -> tuple[str, ...]:
    names = [head.strip()[:30] for head in heads if head.strip()]
    if not names:
        return ()
    return (_("Columns that were not read: %(names)s") % {"names": ", ".join(names[:20])},)


def _label(number: int) -> str:
    return _("line %(number)d") % {"number": number}


def _from_row(names: list[str], row: Row, remarks: tuple[str, ...]) -> OldArticle:
    if any(cell.strip() for cell in row.cells[len(names) :]):
        raise UnreadablePage(_("This line has more cells than there are columns."))
    values = {name: cell for name, cell in zip(names, row.cells, strict=False) if name}
    return columns.as_article(values, remarks)


def _from_json(number: int, line: str) -> OldArticle:
    if len(line) > 2 * MAX_CHARACTERS:
        raise UnreadablePage(_("This line is too long for one article."))
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise UnreadablePage(_("This line is no JSON.")) from problem
    if not isinstance(said, dict):
        raise UnreadablePage(_("This line is no JSON object."))
    values: dict[str, Any] = {}
    unread = []
    for head, value in said.items():
        name = columns.column_of(head)
        if not name:
            unread.append(head)
        elif name in values:
            raise UnreadablePage(_("Two columns are called “%(name)s”.") % {"name": name})
        else:
            values[name] = value
    return columns.as_article(values, _left_out(unread))
