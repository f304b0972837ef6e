"""XLSX, a row at a time: one sheet, whose archive leaves as it is made.

Cells hold numbers, days and moments as such, and text as text: there is no formula in it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import RawIOBase
from itertools import batched
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from articles.exporting.cells import cell, local

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a sheet has room for, less its heading, and a cell.
MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
# A spreadsheet keeps so many digits of a number; a longer one is text.
MOST_DIGITS = 15
ROWS_AT_ONCE = 500

# What XML cannot say, and what a spreadsheet would read as the code of a character.
UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

HEADING, DAY, MOMENT = 1, 2, 3
BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001 (as spreadsheets count days: in no zone)

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_LINKS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _style(form: int, font: int = 0) -> str:
    return (
        f'<xf numFmtId="{form}" fontId="{font}" fillId="0" borderId="0" xfId="0"'
        f' applyNumberFormat="1" applyFont="1"/>'
    )


STATIC = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_PARTS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_PARTS}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_PARTS}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="4">{_style(0)}{_style(0, font=1)}{_style(164)}{_style(165)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


class _Sink(RawIOBase):
    """Keeps what the archive writes until it is taken; nothing can be sought in it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def as_xlsx(rows: Iterable[Iterable[Any]], *, title: str, made_at: datetime) -> Iterator[bytes]:
    """Give a workbook with one sheet. The first row is its heading, which stays in sight."""
    sink = _Sink()
    day = local(made_at).timetuple()[:6]
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, content in {**STATIC, "xl/workbook.xml": _workbook(title)}.items():
            archive.writestr(_entry(name, day), XML + content)
        with archive.open(_entry("xl/worksheets/sheet1.xml", day), "w") as sheet:
            sheet.write(
                f'{XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
                '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
                "</sheetView></sheetViews><sheetData>".encode()
            )
            for some in batched(_written(rows), ROWS_AT_ONCE):
                sheet.write("".join(some).encode())
                yield sink.take()
            sheet.write(b"</sheetData></worksheet>")
    yield sink.take()


def _entry(name: str, day: Any) -> ZipInfo:
    entry = ZipInfo(name, day)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _workbook(title: str) -> str:
    # What a sheet may not be called by, and how long its name may be.
    name = re.sub(r"[\[\]:*?/\\']", " ", UNSAYABLE.sub("", title))[:31].strip() or "1"
    quoted = escape(name, {'"': "&quot;"})
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        f'<sheet name="{quoted}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _written(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        style = "" if number else f' s="{HEADING}"'
        yield f"<row>{''.join(_cell(value, style) for value in row)}</row>"


def _cell(value: Any, style: str = "") -> str:
    if isinstance(value, Fraction):
        value = float(value)
    match value:
        case None | "":
            return "<c/>"
        case bool():
            return f'<c t="b"><v>{int(value)}</v></c>'
        case int() | float() | Decimal() if _is_exact(value):
            return f"<c{style}><v>{value}</v></c>"
        case datetime():
            return _day(local(value).replace(tzinfo=None), MOMENT)
        case date():
            return _day(datetime.combine(value, time()), DAY)
    text = CODE.sub("_x005F_", UNSAYABLE.sub("\ufffd", str(cell(value))[:LONGEST_TEXT]))
    kept = escape(text, {"\r": "&#13;"})
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{kept}</t></is></c>'


def _is_exact(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < 10**MOST_DIGITS
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= MOST_DIGITS
    return value - value == 0  # neither infinite nor no number at all


def _day(value: datetime, style: int) -> str:
    since = value - BEGIN
    days = since.days + since.seconds / 86_400
    if value.year < 1901:  # before the days of spreadsheets
        return _cell(value.isoformat(" "))
    return f'<c s="{style}"><v>{days:.13g}</v></c>'
