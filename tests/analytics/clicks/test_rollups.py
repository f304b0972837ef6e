"""Clicks become totals, whatever order they come in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from analytics.clicks import rollups
from analytics.models import Click, DailyClicks, HourlyClicks, TotalClicks, WeeklyClicks
from articles.actions import publishing
from tests.analytics.clicking import daily, excluded, flags, record, seconds, totals
from tests.factories import NOON, ZONE, make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> int:
    return make_edition(at=NOON - timedelta(days=40)).article_id


def check() -> list[rollups.Difference]:
    by_day = [found for day in rollups.days_kept() for found in rollups.check_day(day)[1]]
    return by_day + rollups.check_sums()


def test_clicks_make_every_total(article):
    rollups.add([record(article, referrer="weixin.qq.com"), record(article, visitor=2)])

    day, week = date(2026, 11, 20), date(2026, 11, 16)
    assert totals() == {
        "hours": [(article, NOON.astimezone(UTC), 2)],
        "days": [(article, day, 2, 2)],
        "weeks": [(article, week, 2, 2)],
        "totals": [(article, 2, 2)],
        "referrers": [(article, day, "", 1), (article, day, "weixin.qq.com", 1)],
        "excluded": [],
    }


def test_r1_click_on_an_article_that_is_not_public_is_excluded(article):
    unpublished = article + 1000

    rollups.add([record(article), record(unpublished)])

    assert daily(unpublished) == []
    assert excluded(unpublished) == {"not_visible": 1}
    assert daily(article) == [("2026-11-20", 1, 1)]


def test_r1_visibility_is_that_of_the_moment_of_the_click():
    edition = make_edition(at=NOON)
    publishing.withdraw(
        edition.article,
        user=make_user("chief editor"),
        reason="撤",
        at=NOON + timedelta(hours=1),
    )
    moments = [NOON + timedelta(minutes=minute) for minute in (-1, 0, 59, 60)]

    rollups.add(record(edition.article_id, at, visitor=n) for n, at in enumerate(moments))

    assert [click.counted for click in Click.objects.order_by("at")] == [False, True, True, False]


def test_r1_click_without_script_is_counted_apart(article):
    rollups.add([record(article), record(article, source="noscript", reason="noscript")])

    assert daily(article) == [("2026-11-20", 1, 1)]
    assert excluded(article) == {"noscript": 1}


def test_r2_excluded_click_does_not_disturb_the_others(article):
    at, soon, later = seconds(0, 20, 40)

    rollups.add(
        [record(article, at), record(article, soon, reason="staff"), record(article, later)]
    )

    assert daily(article) == [("2026-11-20", 2, 1)]
    assert excluded(article) == {"staff": 1}


def test_r3_readers_are_apart(article):
    rollups.add(record(article, NOON, visitor=visitor) for visitor in (-(2**63), 0, 2**63 - 1))

    assert daily(article) == [("2026-11-20", 3, 3)]


def test_r3_articles_are_apart(article):
    other = make_edition(at=NOON - timedelta(days=1)).article_id

    rollups.add([record(article), record(other)])

    assert [daily(article), daily(other)] == [[("2026-11-20", 1, 1)]] * 2


def test_r6_chain_ends_at_local_midnight(article):
    midnight = datetime(2026, 11, 20, tzinfo=ZONE)

    rollups.add(record(article, at) for at in (midnight - timedelta(seconds=1), midnight))

    assert daily(article) == [("2026-11-19", 1, 1), ("2026-11-20", 1, 1)]


def test_r7_same_key_is_stored_once(article):
    click = record(article)

    assert rollups.add([click, click]) == 1
    before = totals()
    assert rollups.add([click]) == 0
    assert rollups.add([replace(click, moment=click.moment + 10**9, visitor=9)]) == 0

    assert totals() == before
    assert Click.objects.count() == 1


def test_r8_late_click_corrects_its_neighbour(article):
    first, late, third = (record(article, at) for at in seconds(0, 20, 40))

    rollups.add([first, third])
    assert daily(article) == [("2026-11-20", 2, 1)]
    rollups.add([late])

    assert daily(article) == [("2026-11-20", 1, 1)]
    assert check() == []


def test_r8_late_first_click_becomes_the_reader(article):
    early, later = (record(article, at) for at in seconds(0, 60))

    rollups.add([later])
    rollups.add([early])

    assert flags() == {
        UUID(early.key): (True, True, ""),
        UUID(later.key): (True, False, ""),
    }
    assert daily(article) == [("2026-11-20", 2, 1)]


def test_r8_late_click_pushes_the_last_one_over_the_cap(article):
    late, *others = [record(article, at) for at in seconds(*range(0, 31 * 21, 31))]

    rollups.add(others)
    assert excluded(article) == {}
    rollups.add([late])

    assert daily(article) == [("2026-11-20", 20, 1)]
    assert excluded(article) == {"capped": 1}
    assert check() == []


def test_r10_shared_network_has_a_cap_of_its_own(article):
    moments = seconds(*range(0, 31 * 30, 31))

    rollups.add(record(article, at, shared_network=True) for at in moments)

    assert daily(article) == [("2026-11-20", 30, 1)]


story = st.lists(
    st.tuples(
        st.integers(0, 900),  # seconds around midnight
        st.integers(1, 3),  # readers
        st.sampled_from(["", "", "", "staff", "bot_declared"]),
    ),
    max_size=30,
)


@examples(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=story, random=st.randoms(use_true_random=False))
def test_r8_order_and_batches_and_repeats_do_not_matter(article, story, random: Random):
    start = datetime(2026, 11, 20, tzinfo=ZONE) - timedelta(seconds=450)
    clicks = [
        record(article, start + timedelta(seconds=after), visitor=visitor, reason=reason)
        for after, visitor, reason in story
    ]
    empty_tables()
    rollups.add(clicks)
    at_once = totals(), flags()
    empty_tables()
    arriving = random.sample(clicks + clicks, len(clicks) * 2)
    while arriving:
        size = random.randint(1, 5)
        rollups.add(arriving[:size])
        arriving = arriving[size:]

    assert (totals(), flags()) == at_once
    assert check() == []


def empty_tables() -> None:
    for model in (Click, *rollups.COLUMNS):
        model.objects.all().delete()


def test_r9_check_finds_what_somebody_changed(article):
    rollups.add([record(article, at) for at in seconds(0, 60)])
    assert check() == []

    DailyClicks.objects.update(clicks=7)
    HourlyClicks.objects.all().delete()
    Click.objects.filter(first_of_day=True).update(first_of_day=False)

    assert [(found.what, found.stored, found.recomputed) for found in check()] == [
        ("Click", [1, 0, 0], [1, 1, 0]),
        ("DailyClicks", [7, 1], [2, 1]),
        ("HourlyClicks", [0], [2]),
        ("WeeklyClicks", [2, 1], [7, 1]),
        ("TotalClicks", [2, 1], [7, 1]),
    ]


def test_r9_check_finds_a_click_that_was_lost(article):
    rollups.add([record(article, at) for at in seconds(0, 60)])

    Click.objects.latest("at").delete()

    assert {found.what for found in check()} == {"DailyClicks", "HourlyClicks", "ReferrerDay"}


def test_r5_day_of_a_click_is_in_one_week_and_month(article):
    sunday = datetime(2026, 11, 22, 23, 59, 59, tzinfo=ZONE)

    rollups.add([record(article, sunday), record(article, sunday + timedelta(seconds=1))])

    assert list(WeeklyClicks.objects.order_by("week").values_list("week", "clicks")) == [
        (date(2026, 11, 16), 1),
        (date(2026, 11, 23), 1),
    ]
    assert TotalClicks.objects.get(article_id=article).clicks == 2
