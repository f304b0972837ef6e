"""XLSX: one sheet with a heading, made on disk, so that a long list takes little memory.

Cells hold numbers, days and moments as such, and text as text: there is no formula in it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from tempfile import TemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from articles.text.cells import cell, local

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The first byte leaves with the last row: nobody, and no proxy, waits for more than that. A sheet
# would hold twenty times as many, and memory does not grow with them.
MOST_ROWS = 50_000
# What a cell has room for.
LONGEST_TEXT = 32_767
# A spreadsheet keeps so many digits of a number; a longer one is text.
MOST_DIGITS = 15
CHUNK = 64 * 1024

# What XML cannot say, and what a spreadsheet would read as the code of a character.
UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
BOLD = Font(bold=True)


def as_xlsx(rows: Iterable[Iterable[Any]], *, title: str) -> Iterator[bytes]:
    """Give a workbook with one sheet. The first row is its heading, which stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_name(title))
    sheet.freeze_panes = "A2"
    lines = iter(rows)
    sheet.append([_bold(sheet, value) for value in next(lines, ())])
    for row in lines:
        sheet.append([_value(value) for value in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(partial(file.read, CHUNK), b"")


def _name(title: str) -> str:
    """Leave out what a sheet may not be called by, and what is too long for it."""
    return re.sub(r"[\[\]:*?/\\']", " ", UNSAYABLE.sub("", title))[:31].strip() or "1"


def _bold(sheet: Any, value: Any) -> WriteOnlyCell:
    heading = WriteOnlyCell(sheet, _value(value))
    heading.font = BOLD
    return heading


def _value(value: Any) -> Any:
    if isinstance(value, Fraction):
        value = float(value)
    match value:
        case None | "":
            return None
        case bool():
            return value
        case int() | float() | Decimal() if _is_exact(value):
            return value
        case date() if value.year > 1900:  # since when spreadsheets have days
            return local(value).replace(tzinfo=None) if isinstance(value, datetime) else value
    text = UNSAYABLE.sub("\ufffd", str(cell(value))[:LONGEST_TEXT])
    return CODE.sub("_x005F_", text)


def _is_exact(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < 10**MOST_DIGITS
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= MOST_DIGITS
    return value - value == 0  # neither infinite nor no number at all
