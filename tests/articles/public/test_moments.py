"""What readers see changes to the second by itself: no job runs, no process is told."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles.actions import pinning, publishing
from articles.models import Article
from tests import factories
from tests.articles.public.helpers import headlines
from tests.factories import NOON
from tests.processes import environment

HOUR = timedelta(hours=1)
JUST = timedelta(microseconds=1)


def status(article: Article, at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        return Client().get(f"/articles/{article.pk}/", follow=True).status_code


def listed(address: str, at: datetime) -> list[str]:
    with time_machine.travel(at, tick=False):
        return headlines(Client().get(address))


@pytest.mark.django_db
def test_edition_begins_and_ends_at_its_moments():
    begin, end = NOON + HOUR, NOON + 2 * HOUR
    article = factories.make_article()
    factories.publish(article, live_from=begin, expires_at=end)

    moments = (begin - JUST, begin, end - JUST, end)
    assert [status(article, moment) for moment in moments] == [404, 200, 200, 410]


@pytest.mark.django_db
def test_article_is_gone_from_the_moment_of_its_withdrawal():
    article = factories.publish(factories.make_article()).article
    chief, end = factories.make_user("chief editor"), NOON + HOUR

    publishing.withdraw(article, user=chief, reason="核实", at=end)

    assert [status(article, moment) for moment in (end - JUST, end)] == [200, 410]


@pytest.mark.django_db
def test_pin_heads_its_page_until_its_moment():
    section, until = factories.make_section(slug="news"), NOON + HOUR
    pinned = factories.make_edition("旧闻", section=section, at=NOON - 2 * HOUR)
    factories.make_edition("新闻", section=section, at=NOON - HOUR)
    editor = factories.make_user("desk editor")
    pinning.pin(pinned.article, user=editor, section=section, until=until, at=NOON)

    first = [listed("/sections/news/", m) for m in (NOON - JUST, NOON, until - JUST, until)]
    assert first == [["新闻", "旧闻"], ["旧闻", "新闻"], ["旧闻", "新闻"], ["新闻", "旧闻"]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_processes_show_a_change_within_the_same_second():
    article = factories.make_article()
    factories.approve(article)
    watcher = [sys.executable, "-m", "tests.page_watcher", f"/articles/{article.pk}/-/"]
    processes = [
        subprocess.Popen(
            watcher, env=environment(), cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in processes:  # both have looked once
        assert process.stdout.readline().startswith("404 ")

    begin = timezone.now() + timedelta(seconds=1.5)
    end = begin + timedelta(seconds=1.5)
    user = factories.make_user("desk editor")
    publishing.publish(article, user=user, at=timezone.now(), live_from=begin, expires_at=end)

    for process in processes:
        changes = [line.split() for line in process.communicate(timeout=40)[0].splitlines()]
        assert [change[0] for change in changes] == ["301", "410"]
        for (_code, before, after), moment in zip(changes, (begin, end), strict=True):
            asked, answered = map(datetime.fromisoformat, (before, after))
            assert answered >= moment
            assert asked - moment < timedelta(seconds=1)
