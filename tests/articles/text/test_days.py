from datetime import date, datetime

import pytest

from articles.text import days
from tests.factories import ZONE


def test_day_is_read_and_begins_and_ends_at_midnight_here():
    day = days.day("2026-11-20")

    assert day == date(2026, 11, 20)
    assert days.begins(day) == datetime(2026, 11, 20, tzinfo=ZONE)
    assert days.ends(day) == datetime(2026, 11, 21, tzinfo=ZONE)
    assert days.ends(date(2026, 12, 31)) == datetime(2027, 1, 1, tzinfo=ZONE)


@pytest.mark.parametrize(
    "text", ["", "x", "2026-02-30", "2026-11", "1899-12-31", "9999-12-31", "2026-11-20T08:00"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 (whatever it says)
        days.day(text)


def test_years_may_be_narrowed():
    assert days.day("2026-01-01", range(2020, 2030)) == date(2026, 1, 1)
    with pytest.raises(ValueError, match="2031"):
        days.day("2031-01-01", range(2020, 2030))
