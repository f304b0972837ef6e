"""One clock for all machines: what a process does whose own clock is wrong."""

import json
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings as site
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from analytics.clicks import recording, spool
from articles import clock
from articles.actions import embargo, publishing
from articles.models import Errand
from articles.public import caching
from tests import factories
from tests.factories import NOON, make_user
from tests.processes import environment

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def asked(settings, monkeypatch):
    """Begin like a new process, with a database that says NOON, and tell how often it was asked.

    `asked.ticks` is what no wrong clock changes: the seconds since the machine was started.
    """
    hands = SimpleNamespace(times=0, ticks=1000.0, fails=False)

    def now():
        hands.times += 1
        if hands.fails:
            raise OperationalError
        return NOON + timedelta(seconds=hands.ticks - 1000)

    settings.CLOCK_CHECK_SECONDS = 60
    monkeypatch.setattr(clock, "_drift", clock.Drift())
    monkeypatch.setattr(clock, "now", now)
    monkeypatch.setattr(clock, "monotonic", lambda: hands.ticks)
    return hands


def here(hands, ahead: timedelta) -> timedelta:
    """Ask on a machine whose clock is so much ahead; give how far the answer is from the truth."""
    truth = NOON + timedelta(seconds=hands.ticks - 1000)
    with time_machine.travel(truth + ahead, tick=False):
        return clock.here() - truth


@pytest.mark.parametrize("ahead", [HOUR, -HOUR, 3 * SECOND])
def test_wrong_clock_is_put_right(asked, ahead):
    assert here(asked, ahead) == timedelta()


@pytest.mark.parametrize("ahead", [timedelta(), SECOND, -2 * SECOND])
def test_clock_that_is_nearly_right_is_used_as_it_is(asked, ahead):
    assert here(asked, ahead) == ahead


def test_database_is_asked_once_a_minute(asked):
    for asked.ticks in (1000, 1000.5, 1059.9, 1060, 1119.9):
        here(asked, HOUR)

    assert asked.times == 2


def test_clock_that_is_set_meanwhile_is_noticed_at_once(asked):
    answers = [here(asked, ahead) for ahead in (HOUR, HOUR, timedelta(), -HOUR, -HOUR)]

    assert answers == [timedelta()] * 5
    assert asked.times == 3


def test_what_was_known_stands_while_the_database_does_not_answer(asked):
    here(asked, HOUR)
    asked.fails = True
    answers = []
    for asked.ticks in (1060, 1061, 1064.9, 1065):
        answers.append(here(asked, HOUR))

    assert answers == [timedelta()] * 4
    assert asked.times == 1 + 2


def test_process_that_has_never_had_an_answer_asks_again(asked):
    asked.fails = True
    first = here(asked, HOUR)
    asked.fails, asked.ticks = False, 1005

    assert (first, here(asked, HOUR)) == (HOUR, timedelta())


def test_machine_is_trusted_where_the_settings_say_so(asked, settings):
    here(asked, HOUR)
    settings.CLOCK_CHECK_SECONDS = 0

    assert (here(asked, HOUR), asked.times) == (HOUR, 1)


def test_today_is_the_day_of_the_database(asked):
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        assert clock.today() == NOON.date()


@pytest.mark.django_db
def test_page_from_the_cache_asks_nobody(asked, settings, client, django_assert_num_queries):
    settings.PAGE_CACHE_SECONDS = 3600
    client.get("/")
    times = asked.times
    asked.ticks += 120  # of pages: they count their own seconds
    assert len(caching.pages) == 1

    with django_assert_num_queries(0):
        client.get("/")

    assert (times, asked.times) == (1, 1)
    caching.pages.clear()


@pytest.fixture
def wrong(settings, monkeypatch):
    """Let this process run an hour ahead of the database, the real one."""
    settings.CLOCK_CHECK_SECONDS = 60
    monkeypatch.setattr(clock, "_drift", clock.Drift())
    with time_machine.travel(timezone.now() + HOUR):
        yield


@pytest.mark.django_db
def test_editor_on_a_wrong_machine_publishes_now(wrong):
    article = factories.approve(factories.make_article())
    browser = Client()
    browser.force_login(make_user("chief editor", is_staff=True))

    browser.post(f"/admin/articles/article/{article.pk}/publish/", {"version": 1})

    edition = article.editions.get()
    moments = (
        edition.live_from,
        article.log_entries.latest("pk").at,
        Errand.objects.earliest("pk").put_at,
    )
    assert [abs(moment - clock.now()) < MINUTE for moment in moments] == [True] * 3


@pytest.mark.django_db
def test_click_on_a_wrong_machine_gets_the_right_moment(wrong, settings, tmp_path):
    settings.SPOOL_DIR = tmp_path
    edition = factories.make_edition(at=clock.now() - MINUTE)
    page = Client().get(edition.get_absolute_url()).content.decode()
    token = page.partition('data-seen="')[2].partition('"')[0]

    answer = Client().post(
        "/seen/",
        {"v": 1, "a": edition.article_id, "k": "0" * 32, "p": token, "r": ""},
        content_type="application/json",
    )
    recording.spool_of(tmp_path, settings.SPOOL_FSYNC_MS).close()

    (path,) = spool.files(tmp_path)
    (record,) = spool.read(path, 0).records
    assert answer.status_code == 204
    assert abs(record.at - clock.now()) < MINUTE


def whole_newsroom() -> tuple[dict[str, str], dict[str, int]]:
    """Make one article for each way in which a clock decides. Give addresses and their answers."""
    now, section = clock.now(), factories.make_section(slug="news")
    editor = make_user("desk editor")
    half = 30 * MINUTE
    plans = {
        "定时稿件": (404, {"live_from": now + half}),
        "禁发稿件": (404, {"live_from": now + half}),
        "已止稿件": (410, {"live_from": now - 2 * half, "expires_at": now - half}),
        "将止稿件": (200, {"live_from": now - half, "expires_at": now + half}),
        "新发稿件": (200, {"live_from": now - half}),
    }
    addresses, answers = {}, {}
    for headline, (answer, times) in plans.items():
        article = factories.make_article(headline, section=section)
        begun = now - 4 * half
        if headline == "禁发稿件":
            embargo.embargo(article, user=editor, until=now + half, note="期刊", at=begun)
        factories.approve(article, at=begun)
        publishing.publish(article, user=editor, at=begun, **times)
        addresses[headline] = f"/articles/{article.pk}/"
        answers[addresses[headline]] = answer
    return addresses, answers


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_readers_of_a_process_with_a_wrong_clock_see_what_all_others_see():
    addresses, answers = whole_newsroom()
    lists = ["/", "/sections/news/", "/feeds/rss/", "/news-sitemap.xml", "/search/?q=稿件"]

    def read(minutes: int) -> dict[str, list]:
        """Read everything in another process, whose clock is so many minutes ahead."""
        command = [sys.executable, "-m", "tests.reader", str(minutes), *answers, *lists]
        told = subprocess.run(
            command,
            env=environment() | {"HEADLINES": " ".join(addresses)},
            cwd=site.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=60,
        )
        return json.loads(told.stdout)

    right, ahead, behind = read(0), read(60), read(-60)

    assert {address: right[address][0] for address in answers} == answers
    listed = [200, ["将止稿件", "新发稿件"]]
    assert [right[address] for address in lists] == [listed] * len(lists)
    assert ahead == right
    assert behind == right
