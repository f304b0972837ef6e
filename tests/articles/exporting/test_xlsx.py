"""What is written is read by somebody else's reader."""

import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from articles.exporting.xlsx import LONGEST_TEXT, as_xlsx


def written(*rows, title="稿件"):
    return b"".join(as_xlsx(iter(rows), title=title))


def read(*rows):
    sheet = load_workbook(BytesIO(written(*rows))).active
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("图书馆", ("图书馆", "s")),
        ("=1+1", ("'=1+1", "s")),
        ("＋1", ("'＋1", "s")),
        ('a < b & "c"\n d ', ('a < b & "c"\n d ', "s")),
        ("一\x00二\ud800", ("一\ufffd二\ufffd", "s")),
        ("", (None, "n")),
        (None, (None, "n")),
        (True, (True, "b")),
        (-12, (-12, "n")),
        (1.5, (1.5, "n")),
        (Decimal("12.50"), (12.5, "n")),
        (Fraction(1, 2), (0.5, "n")),
        (float("nan"), ("nan", "s")),
        (Decimal("Infinity"), ("Infinity", "s")),
        (1234567890123456789, ("1234567890123456789", "s")),
        (date(2026, 2, 28), (datetime(2026, 2, 28), "d")),  # noqa: DTZ001
        (datetime(2026, 2, 28, 20, 0, 1, tzinfo=UTC), (datetime(2026, 3, 1, 4, 0, 1), "d")),  # noqa: DTZ001
        (date(1850, 1, 1), ("1850-01-01", "s")),
    ],
)  # fmt: skip
def test_cell_keeps_what_it_is(value, found):
    assert read(["标题", "后"], [value, "有"])[1] == [found, ("有", "s")]


def test_what_looks_like_the_code_of_a_character_is_no_code():
    with ZipFile(BytesIO(written(["_x0041_ _x41_"]))) as archive:
        assert ">_x005F_x0041_ _x41_<" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_text_longer_than_a_cell_is_cut_so_that_the_file_opens():
    assert len(read(["标题"], ["字" * 40_000])[1][0][0]) == LONGEST_TEXT


def test_heading_is_bold_and_stays_in_sight():
    book = load_workbook(
        BytesIO(written(["标题", "日期"], ["稿", 1], title="a/b:[c]" + "长" * 40))
    )
    sheet = book.active

    assert [cell.font.b for cell in sheet[1]] == [True, True]
    assert [bool(cell.font.b) for cell in sheet[2]] == [False, False]
    assert (sheet.freeze_panes, len(sheet.title)) == ("A2", 31)
    assert not set(sheet.title) & set("/:[]")


def test_long_list_takes_little_memory():
    rows = ([number, "一行文字" * 10] for number in range(5_000))

    tracemalloc.start()
    size = sum(len(part) for part in as_xlsx(rows, title="稿"))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 50_000
    assert most < 5_000_000
