"""The rule itself, by its numbers."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.clicks.counting import GAP, Verdict, View, judge

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


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
