"""For how long, in the words of a newsroom."""

from datetime import timedelta

import pytest

from articles.templatetags.times import ago, lasting, moments_here
from tests.factories import NOON


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(days=1, hours=5, minutes=50), "1 day 5 hours"),
        (timedelta(days=40), "40 days"),
        (timedelta(hours=14, minutes=7), "14 hours 7 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_time_between_is_said_as_people_say_it(time, said):
    assert lasting(NOON, NOON + time) == said


def test_what_has_just_happened_is_not_nothing_minutes_old():
    assert ago(NOON, NOON + timedelta(seconds=20)) == "just now"
    assert ago(NOON, NOON + timedelta(days=1, hours=5)) == "1 day 5 hours ago"


@pytest.mark.parametrize("text", ["", "2026-12-03", "2026-13-45T99:00+00:00", "T12"])
def test_what_is_no_moment_stays(text):
    assert moments_here(text) == text
