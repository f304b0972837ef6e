"""Days, weeks and months of the site."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.periods import Period, local_day, local_hour, midnight, week_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def test_r5_day_is_the_sites():
    before = datetime(2026, 11, 19, 15, 59, 59, 999999, tzinfo=UTC)

    assert local_day(before, SHANGHAI) == date(2026, 11, 19)
    assert local_day(before + timedelta(microseconds=1), SHANGHAI) == date(2026, 11, 20)


def test_r5_hour_that_is_repeated_in_autumn_is_two_hours():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 summer time

    hours = [local_hour(first + timedelta(hours=later), BERLIN) for later in (0, 1, 2)]

    assert hours == [datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1, 2)]


def test_r5_day_without_midnight_begins_when_the_clock_says():
    zone = ZoneInfo("America/Santiago")  # 5 September 2026, 24:00 became 1:00

    begin = midnight(date(2026, 9, 6), zone)

    assert begin == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert local_day(begin, zone) == date(2026, 9, 6)
    assert local_day(begin - timedelta(microseconds=1), zone) == date(2026, 9, 5)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/Santiago"])
@given(days=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_r5_midnight_is_where_the_local_day_turns(zone, days):
    begin = midnight(days, ZoneInfo(zone))

    assert local_day(begin, ZoneInfo(zone)) == days
    assert local_day(begin - timedelta(microseconds=1), ZoneInfo(zone)) == days - timedelta(1)


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_period_is_read_and_printed(label, first, last):
    period = Period.parse(label)

    assert (period.first, period.last, period.label) == (first, last, label)
    assert Period.week(last) == period or Period.month(last) == period


@pytest.mark.parametrize("label", ["2026", "2026-13", "2026-W54", "2025-W53", "W47", "", "x"])
def test_period_that_does_not_exist_is_refused(label):
    with pytest.raises(ValueError, match=r"."):
        Period.parse(label)


@pytest.mark.parametrize("label", ["0001-01", "1999-12", "1999-W52", "2101-01", "9999-12"])
def test_period_of_a_year_that_nobody_means_is_refused(label):
    with pytest.raises(ValueError, match=f"“{label}” is not between 2000 and 2100"):
        Period.parse(label)


def test_period_of_the_first_and_last_year_is_read():
    labels = ["2000-W01", "2000-01", "2100-W52", "2100-12"]

    assert [Period.parse(label).label for label in labels] == labels


def test_period_before_is_of_the_same_kind():
    assert Period.parse("2026-W01").before().label == "2025-W52"
    assert Period.parse("2026-01").before().label == "2025-12"


def test_period_is_half_open():
    period = Period.parse("2026-10")

    assert period.begins_at(SHANGHAI) == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert period.ends_at(SHANGHAI) == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert not period.is_over(period.ends_at(SHANGHAI) - timedelta(microseconds=1), SHANGHAI)
    assert period.is_over(period.ends_at(SHANGHAI), SHANGHAI)


@given(st.dates())
def test_week_begins_on_monday(day):
    assert week_of(day).isocalendar()[2] == 1
    assert week_of(day).isocalendar()[:2] == day.isocalendar()[:2]
