"""Deadlines in working hours: evenings, weekends, holidays and changed clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.worktime import Calendar, NoWorkingTime, add

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = ((time(8), time(12)), (time(13, 30), time(17, 30)))
WEEK = (OFFICE,) * 5 + ((), ())
AROUND_THE_CLOCK = (((time(0), time(0)),),) * 7


def calendar(week=WEEK, days=None, zone=SHANGHAI) -> Calendar:
    return Calendar(week=week, days=days or {}, zone=zone)


def at(text: str, zone=SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20 08:00", 4, "2026-11-20 12:00"),
        ("2026-11-20 08:00", 5, "2026-11-20 14:30"),
        ("2026-11-20 12:00", 1, "2026-11-20 14:30"),
        ("2026-11-20 03:00", 8, "2026-11-20 17:30"),
        ("2026-11-20 17:30", 1, "2026-11-23 09:00"),
        ("2026-11-20 17:29", 1, "2026-11-23 08:59"),
        ("2026-11-21 10:00", 1, "2026-11-23 09:00"),
        ("2026-11-20 09:00", 24, "2026-11-25 09:00"),
        ("2026-11-20 12:30", 0, "2026-11-20 12:30"),
    ],
)
def test_add_counts_only_office_hours(start, hours, end):
    assert add(at(start), hours, calendar()) == at(end)


def test_add_passes_over_holidays_and_uses_make_up_workdays():
    days = {date(2026, 10, number): () for number in range(1, 8)} | {date(2026, 10, 10): OFFICE}
    national_day = calendar(days=days)

    assert add(at("2026-09-30 17:00"), 1, national_day) == at("2026-10-08 08:30")
    assert add(at("2026-10-09 17:00"), 1, national_day) == at("2026-10-10 08:30")


def test_add_counts_hours_and_not_the_clock_when_the_clock_changes():
    always = calendar(AROUND_THE_CLOCK, zone=NEW_YORK)

    spring = add(at("2026-03-07 12:00", NEW_YORK), 24, always)
    autumn = add(at("2026-10-31 12:00", NEW_YORK), 24, always)

    assert spring.astimezone(NEW_YORK) == at("2026-03-08 13:00", NEW_YORK)
    assert autumn.astimezone(NEW_YORK) == at("2026-11-01 11:00", NEW_YORK)


def test_add_takes_moments_of_any_zone():
    assert add(datetime(2026, 11, 20, 0, 30, tzinfo=UTC), 1, calendar()) == at("2026-11-20 09:30")


def test_add_counts_overlapping_hours_once():
    overlapping = (((time(8), time(12)), (time(9), time(13))),) * 7

    assert add(at("2026-11-20 08:00"), 5, calendar(overlapping)) == at("2026-11-20 13:00")


@pytest.mark.parametrize("week", [((),) * 7, (((time(9), time(9)),),) * 7])
def test_add_ends_where_nobody_works(week):
    with pytest.raises(NoWorkingTime):
        add(at("2026-11-20 08:00"), 1, calendar(week))


def test_add_finds_the_only_workday_ahead():
    only = calendar(((),) * 7, {date(2027, 6, 1): ((time(9), time(10)),)})

    assert add(at("2026-11-20 08:00"), 1, only) == at("2027-06-01 10:00")
    with pytest.raises(NoWorkingTime):
        add(at("2026-11-20 08:00"), 2, only)


@given(
    minutes=st.integers(0, 20_000),
    hours=st.integers(1, 40),
    more=st.integers(0, 40),
    holidays=st.sets(st.integers(0, 30)),
)
def test_add_passes_exactly_so_many_working_hours(minutes, hours, more, holidays):
    start = at("2026-11-20 00:00") + timedelta(minutes=minutes)
    free = {date(2026, 11, 20) + timedelta(days=number): () for number in holidays}
    office = calendar(days=free)

    end = add(start, hours, office)

    worked = timedelta(0)
    for number in range((end - start).days + 3):
        for begin, finish in office.spans(start.date() + timedelta(days=number)):
            worked += max(min(finish, end) - max(begin, start), timedelta(0))
    assert worked == timedelta(hours=hours)
    assert add(end, more, office) == add(start, hours + more, office)
