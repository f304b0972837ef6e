"""The desk is told what failed, what waits and what came late."""

from datetime import timedelta

import pytest

from articles import outbox
from articles.alarms import alarms
from articles.models import Errand
from articles.models.outbox import LATE
from tests.factories import NOON

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def put(key: str, **fields) -> None:
    outbox.put("ping hub", key, due_at=NOON)
    Errand.objects.filter(key=key).update(**{"put_at": NOON} | fields)


def raised(at) -> list[tuple]:
    return [(alarm.about, alarm.since) for alarm in alarms(at)]


def test_nothing_is_wrong_with_what_is_done_in_time_or_still_to_come():
    put("done", done_at=NOON + LATE)
    put("waiting")

    assert raised(NOON + LATE - SECOND) == []


def test_alarm_for_each_thing_that_is_wrong():
    put("failed", given_up_at=NOON + SECOND)
    put("waiting")
    put("late", done_at=NOON + LATE + SECOND)

    assert raised(NOON + LATE) == [
        ("failed", NOON + SECOND),
        ("waiting", NOON),
        ("late", NOON + LATE + SECOND),
    ]


def test_what_came_late_is_told_for_a_day():
    done_at = NOON + LATE + SECOND
    put("late", done_at=done_at)

    assert raised(done_at + timedelta(days=1)) == [("late", done_at)]
    assert raised(done_at + timedelta(days=1, seconds=1)) == []


def test_what_was_put_for_a_moment_in_the_past_is_not_late_by_that():
    put("a", due_at=NOON - timedelta(days=9), done_at=NOON + SECOND)
    put("b", due_at=NOON - timedelta(days=9))

    assert raised(NOON + SECOND) == []
