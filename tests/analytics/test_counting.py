"""The rule itself, by its numbers."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.counting import (
    GAP,
    Period,
    Verdict,
    View,
    competition_ranks,
    judge,
    local_day,
    local_hour,
    midnight,
    week_of,
)

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def views(*seconds: float) -> list[View]:
    return [
        View(NOON + timedelta(seconds=after), UUID(int=number))
        for number, after in enumerate(seconds)
    ]


def counted(*seconds: float, cap: int = 20) -> list[bool]:
    chain = views(*seconds)
    verdicts = judge(chain, cap=cap)
    return [verdicts[view.key].counted for view in chain]


def test_r3_first_click_counts():
    assert counted(0) == [True]


@pytest.mark.parametrize(("second", "counts"), [(30.0, False), (30.000001, True), (0, False)])
def test_r3_click_counts_when_more_than_thirty_seconds_passed(second, counts):
    assert counted(0, second) == [True, counts]


def test_r3_click_that_did_not_count_moves_the_wait():
    assert counted(0, 20, 40, 71) == [True, False, False, True]


def test_r3_holding_reload_for_an_hour_counts_once():
    assert sum(counted(*range(3600))) == 1


def test_r4_first_click_of_the_day_is_the_reader():
    chain = views(0, 60, 120)

    assert [verdict.first_of_day for verdict in judge(chain).values()] == [True, False, False]


def test_r10_clicks_above_the_cap_are_capped():
    chain = views(*range(0, 31 * 22, 31))

    verdicts = list(judge(chain).values())

    assert verdicts[19:] == [
        Verdict(counted=True),
        Verdict(capped=True),
        Verdict(capped=True),
    ]


def test_r10_repeat_above_the_cap_is_a_repeat():
    assert list(judge(views(0, 31, 40), cap=1).values())[1:] == [
        Verdict(capped=True),
        Verdict(),
    ]


chains = st.lists(st.integers(0, 400), max_size=40).map(lambda seconds: views(*seconds))


@given(chains, st.randoms())
def test_r8_order_of_arrival_does_not_matter(chain, random):
    shuffled = random.sample(chain, len(chain))

    assert judge(shuffled) == judge(chain)


@given(chains)
def test_r3_counted_clicks_follow_a_silence(chain):
    verdicts = judge(chain, cap=1000)
    in_order = sorted(chain)

    for before, view in pairwise(in_order):
        assert verdicts[view.key].counted == (view.at - before.at > GAP)
    assert sum(verdict.first_of_day for verdict in verdicts.values()) == bool(chain)


@given(chains, st.integers(1, 5))
def test_r10_at_most_the_cap_is_counted(chain, cap):
    verdicts = judge(chain, cap=cap).values()
    free = judge(chain, cap=1000).values()

    assert sum(v.counted for v in verdicts) == min(cap, sum(v.counted for v in free))
    assert sum(v.counted or v.capped for v in verdicts) == sum(v.counted for v in free)


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


def test_ranks_leave_room_after_a_tie():
    assert competition_ranks([9, 7, 7, 3, 3, 3, 1]) == [1, 2, 2, 4, 4, 4, 7]
    assert competition_ranks([]) == []
