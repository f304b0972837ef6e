"""Workbooks (.xlsx) of strangers: the first sheet as text, read in a process of its own.

Only what is written in cells is read: of a formula its last result, nothing from outside. Cells
are taken as they come, so one in the last row and column makes no table of billions.
`python -m articles.importing.workbooks` is the process.
"""

import json
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from articles import confined
from articles.importing.documents import DECLARATION, OLE, ZIP

MAX_BYTES = 50 * 1024 * 1024
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 200
SMALL = 1024 * 1024
MAX_ENTRIES = 2000
MAX_ROWS = 50_001
MAX_COLUMNS = 200
SECONDS = 60
MEMORY = 1536 * 1024 * 1024

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# The formats of numbers that every workbook has without saying so, and that are days or times.
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
NOT_OF_A_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 (of no zone)

type Rows = list[tuple[int, list[str]]]


class WorkbookRefused(Exception):
    """The workbook is not taken. `reason` says why; as text it is for the user."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return {
            "bytes": _("The workbook is too large. It may have up to 50 MB."),
            "empty": _("The file is empty."),
            "old": _("This is an old .xls, or it has a password. Save it as .xlsx without one."),
            "no workbook": _("This is no workbook. Save it as .xlsx and try again."),
            "rows": _("A table may have up to %(limit)d lines.") % {"limit": MAX_ROWS - 1},
            "columns": _("A table may have up to %(limit)d columns.") % {"limit": MAX_COLUMNS},
            "bomb": _("The workbook holds far more than its size says. It is not taken."),
            "declaration": _("The workbook declares types of its own, which Excel never does."),
            "time": _("Reading the workbook took too long. Save it as CSV."),
        }.get(
            self.reason, _("The workbook is damaged. Open it, save it again, and try once more.")
        )


def read(data: bytes, *, seconds: float = SECONDS) -> Rows:
    """Give the rows of the first sheet with their numbers. Raises `WorkbookRefused`."""
    if len(data) > MAX_BYTES:
        raise WorkbookRefused("bytes")
    try:
        said = confined.run("articles.importing.workbooks", data, seconds=seconds)
    except confined.TookTooLong as late:
        raise WorkbookRefused("time") from late
    try:
        told = json.loads(said)
    except ValueError as broken:
        raise WorkbookRefused("damaged") from broken
    if "refused" in told:
        raise WorkbookRefused(told["refused"])
    return [(number, cells) for number, cells in told["rows"]]


# In the process of its own


def open_workbook(data: bytes) -> Rows:
    """Read a workbook in this process: `read` is for files of strangers."""
    if not data:
        raise WorkbookRefused("empty")
    if data.startswith(OLE):
        raise WorkbookRefused("old")
    if not data.startswith(ZIP):
        raise WorkbookRefused("no workbook")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as broken:
        raise WorkbookRefused("damaged") from broken
    names = archive.namelist()
    if len(names) > MAX_ENTRIES or sum(e.file_size for e in archive.infolist()) > 2 * MAX_PART:
        raise WorkbookRefused("bomb")
    if "xl/workbook.xml" not in names:
        raise WorkbookRefused("no workbook")
    return _rows(archive, set(names))


def _rows(archive: zipfile.ZipFile, names: set[str]) -> Rows:
    book = etree.fromstring(_part(archive, "xl/workbook.xml"), _parser())
    shared = list(_shared(archive)) if "xl/sharedStrings.xml" in names else []
    dates = _date_styles(archive) if "xl/styles.xml" in names else set()
    settings = book.find(f"{MAIN}workbookPr")
    is_1904 = settings is not None and settings.get("date1904") in {"1", "true"}

    def as_day(number: str) -> str:
        moment = EPOCHS[is_1904] + timedelta(days=float(number))
        return moment.replace(microsecond=0).isoformat(" ").removesuffix(" 00:00:00")

    rows: Rows = []
    number = 0
    for row in _elements(_part(archive, _first_sheet(archive, book)), "row"):
        said = row.get("r", "")
        number = int(said) if re.fullmatch("[0-9]{1,7}", said) else number + 1
        cells = _cells(row, shared, dates, as_day)
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
        if len(rows) > MAX_ROWS:
            raise WorkbookRefused("rows")
    return rows


def _cells(
    row: Any, shared: list[str], dates: set[int], as_day: Callable[[str], str]
) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{MAIN}c"):
        place = CELL.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else len(cells)
        if column >= MAX_COLUMNS:
            raise WorkbookRefused("columns")
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _value(cell, shared, dates, as_day)
    return cells


def _value(cell: Any, shared: list[str], dates: set[int], as_day: Callable[[str], str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell.find(f"{MAIN}is"))
    value = cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return shared[int(value)]
    if kind == "n" and value:
        style = cell.get("s", "0")
        if style.isdecimal() and int(style) in dates:
            return as_day(value)
        return value.removesuffix(".0")
    return value


def _words(element: Any) -> str:
    """Give the text of a cell, without the readings that East Asian Excel keeps beside it."""
    if element is None:
        return ""
    return "".join(
        text.text or ""
        for text in element.iter(f"{MAIN}t")
        if text.getparent().tag != f"{MAIN}rPh"
    )


def _shared(archive: zipfile.ZipFile) -> Iterator[str]:
    for element in _elements(_part(archive, "xl/sharedStrings.xml"), "si"):
        yield _words(element)


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    """Say which styles of cells make a day or a time of a number."""
    styles = etree.fromstring(_part(archive, "xl/styles.xml"), _parser())
    own = {
        int(one.get("numFmtId", "0"))
        for one in styles.iter(f"{MAIN}numFmt")
        if re.search("[ymdhs]", NOT_OF_A_FORMAT.sub("", one.get("formatCode", "").lower()))
    }
    used = styles.find(f"{MAIN}cellXfs")
    return {
        place
        for place, style in enumerate(used if used is not None else ())
        if int(style.get("numFmtId", "0")) in DATES | own
    }


def _first_sheet(archive: zipfile.ZipFile, book: Any) -> str:
    sheet = book.find(f"{MAIN}sheets/{MAIN}sheet")
    relations = etree.fromstring(_part(archive, "xl/_rels/workbook.xml.rels"), _parser())
    for relation in relations if sheet is not None else ():
        if relation.get("Id") == sheet.get(RELATION):
            target = relation.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise WorkbookRefused("damaged")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unzip a part as far as is reasonable, and refuse one that declares anything."""
    entry = archive.getinfo(name)
    with archive.open(entry) as file:
        content = file.read(min(MAX_PART, entry.file_size) + 1)
    if len(content) > min(MAX_PART, entry.file_size):
        raise WorkbookRefused("bomb")
    if len(content) > SMALL and len(content) > MAX_RATIO * max(entry.compress_size, 1):
        raise WorkbookRefused("bomb")
    # Parts are in UTF-8 or UTF-16; a declaration stands before the first element.
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    if DECLARATION.search(content.decode(encoding, "replace")):
        raise WorkbookRefused("declaration")
    return content


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


def _elements(content: bytes, tag: str) -> Iterator[Any]:
    """Give the elements of a name one by one, each forgotten before the next."""
    found = etree.iterparse(
        BytesIO(content), events=("end",), tag=MAIN + tag,
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip
    for _event, element in found:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def main() -> None:
    confined.confine(MEMORY)
    told: dict[str, Any]
    try:
        told = {"rows": open_workbook(sys.stdin.buffer.read(MAX_BYTES + 1))}
    except WorkbookRefused as refused:
        told = {"refused": refused.reason}
    except MemoryError:
        told = {"refused": "bomb"}
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of its reader
        told = {"refused": "damaged"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
