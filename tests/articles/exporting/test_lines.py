import csv
from io import StringIO

from articles.exporting.lines import as_csv, line
from tests.factories import NOON


def test_table_says_that_it_is_unicode_and_runs_nothing():
    table = [["标题", "时间"], ["=1+1", NOON], ['一,"二"\n三', None], [7, -7]]

    written = "".join(as_csv(table))

    assert list(csv.reader(StringIO(written, newline=""))) == [
        ["\ufeff标题", "时间"],
        ["'=1+1", "2026-11-20T12:00:00+08:00"],
        ['一,"二"\n三', ""],
        ["7", "-7"],
    ]


def test_lines_are_made_one_at_a_time():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    written = as_csv(rows())
    assert (next(written), next(written), asked) == ("\ufeff", "0\r\n", [0])


def test_line_ends_as_spreadsheets_end_it():
    assert line(["＝甲"]) == "'＝甲\r\n"
