"""Workbooks (.xlsx) of strangers: the first sheet as text, read in a process of its own.

Only what is written in cells is read: of a formula its last result, nothing from outside.
`python -m articles.importing.workbooks` is the process.
"""

import json
import struct
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from articles import confined
from articles.importing.documents import DECLARATION, ENCODING, OLE, ZIP

MAX_BYTES = 50 * 1024 * 1024
MAX_PART = 120 * 1024 * 1024
MAX_RATIO = 200
SMALL = 1024 * 1024
MAX_ENTRIES = 2000
MAX_ROWS = 50_001
MAX_COLUMNS = 200
MAX_CELL = 32_767  # as Excel has it
MAX_CHARACTERS = 100_000_000
# A part in any other one could say anything where nobody looks.
ENCODINGS = {"utf-8", "utf-16"}
SECONDS = 60
MEMORY = 1536 * 1024 * 1024

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
            "cell": _("A cell may have up to %(limit)d characters.") % {"limit": MAX_CELL},
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
    told = confined.ask("articles.importing.workbooks", data, seconds=seconds)
    if "refused" in told:
        raise WorkbookRefused(told["refused"])
    return [(number, cells) for number, cells in told["rows"]]


# In the process of its own


def open_workbook(data: bytes) -> Rows:
    """Read a workbook in this process: `read` is for files of strangers."""
    _refuse_by_beginning(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as broken:
        raise WorkbookRefused("damaged") from broken
    parts = archive.infolist()
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > 2 * MAX_PART:
        raise WorkbookRefused("bomb")
    if "xl/workbook.xml" not in archive.namelist():
        raise WorkbookRefused("no workbook")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _refuse_part(archive, part)
    return _rows(data)


def _refuse_by_beginning(data: bytes) -> None:
    if not data:
        raise WorkbookRefused("empty")
    if data.startswith(OLE):
        raise WorkbookRefused("old")
    if not data.startswith(ZIP):
        raise WorkbookRefused("no workbook")


def _refuse_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unzip a part as far as is reasonable, and refuse one that declares anything."""
    with archive.open(part) as file:
        content = file.read(min(MAX_PART, part.file_size) + 1)
    if len(content) > min(MAX_PART, part.file_size):
        raise WorkbookRefused("bomb")
    if len(content) > SMALL and len(content) > MAX_RATIO * max(part.compress_size, 1):
        raise WorkbookRefused("bomb")
    text = content.decode(_encoding(content), "replace")
    said = ENCODING.match(text.removeprefix("\ufeff").encode())
    if said and said[1].decode().lower() not in ENCODINGS:
        raise WorkbookRefused("damaged")
    if DECLARATION.search(text):
        raise WorkbookRefused("declaration")


def _encoding(content: bytes) -> str:
    """Tell UTF-16, with a mark or without, from UTF-8: XML never has a zero of its own."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if content[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if content[1:2] == b"\0" else "utf-8"


def _rows(data: bytes) -> Rows:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    # How far the cells go is seen from the cells, whatever the file says of it.
    sheet.reset_dimensions()
    rows: Rows = []
    characters = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(values) > MAX_COLUMNS:
            raise WorkbookRefused("columns")
        cells = [_text(value) for value in values]
        if any(len(cell) > MAX_CELL for cell in cells):
            raise WorkbookRefused("cell")
        # Many cells may have one text, which the file keeps once.
        characters += sum(map(len, cells))
        if characters > MAX_CHARACTERS:
            raise WorkbookRefused("bomb")
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
        if len(rows) > MAX_ROWS:
            raise WorkbookRefused("rows")
    return rows


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.replace(microsecond=0).isoformat(" ").removesuffix(" 00:00:00")
        case float():
            return str(value).removesuffix(".0")
    return str(value)


def main() -> None:
    confined.confine(MEMORY)
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(MAX_BYTES + 1)))


def answer(data: bytes) -> bytes:
    """Say in JSON what a workbook holds, or why it is not taken."""
    reason = "damaged"
    try:
        told = json.dumps({"rows": open_workbook(data)}, ensure_ascii=False)
        return told.encode("utf-8", "surrogatepass")
    except WorkbookRefused as refused:
        reason = refused.reason
    except MemoryError:
        reason = "bomb"
    except Exception:  # noqa: BLE001, S110 - whatever a damaged file makes of its reader
        pass
    return json.dumps({"refused": reason}).encode()


if __name__ == "__main__":
    main()
