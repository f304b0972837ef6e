"""What readers see changes to the second by itself: no job runs, no process is told."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from analytics.clicks import rollups
from articles.actions import composing, pinning, publishing, reviewing
from articles.models import Article
from tests import factories
from tests.analytics.clicking import record
from tests.articles.public.helpers import headlines
from tests.factories import NOON
from tests.processes import environment

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
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


@pytest.mark.django_db
def test_placement_leads_the_home_page_between_its_moments():
    begin, end, section = NOON + HOUR, NOON + 2 * HOUR, factories.make_section()
    placed = factories.make_edition("旧闻", section=section, at=NOON - 2 * HOUR)
    factories.make_edition("新闻", section=section, at=NOON - HOUR)
    words = {"user": factories.make_user("desk editor"), "page": None, "at": NOON}
    composing.place(placed.article, key="lead", live_from=begin, live_until=end, **words)

    leads = [listed("/", moment)[0] for moment in (begin - JUST, begin, end - JUST, end)]
    assert leads == ["新闻", "旧闻", "旧闻", "新闻"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_process_shows_a_page_that_is_older_than_a_second():
    section, chief = factories.make_section(slug="news"), factories.make_user("chief editor")
    now = timezone.now()

    def approved(headline: str) -> Article:
        article = factories.make_article(headline, section=section, at=now - 2 * HOUR)
        return factories.approve(article, at=now - 2 * HOUR)

    def live(headline: str) -> Article:
        article = approved(headline)
        publishing.publish(article, user=chief, at=now - HOUR)
        return article

    withdrawn, corrected, ending, other = map(live, ("将撤下", "更正前", "将到期", "不变"))
    rollups.add([record(withdrawn.pk, now - HOUR / 2)])
    at, editor = now - HOUR / 2, factories.make_user("desk editor")
    corrected = factories.change(corrected, by=editor, at=at, headline="更正后")
    reviewing.submit(corrected, user=editor, at=at)
    for group in ("desk editor", "chief editor"):
        reviewer = factories.make_user(group)
        reviewing.approve(
            corrected, reviewer=reviewer, seen_version=corrected.version_number, at=at
        )
    published, planned = map(approved, ("刚发布", "将发布"))
    gone, come = {"将撤下", "更正前", "将到期"}, {"更正后", "刚发布", "将发布"}
    month = f"/archive/{timezone.localtime(now):%Y/%m}/"
    lists = ["/", "/sections/news/", month, "/feeds/rss/"]
    beside = f"/articles/{other.pk}/"
    pages = [f"/articles/{article.pk}/" for article in (withdrawn, corrected, published)]
    changed: dict[str, tuple[datetime, datetime]] = {}

    def do(act: Callable[..., object], article: Article, *headlines: str, **how: Any) -> None:
        begun = timezone.now()
        act(article, user=chief, at=begun, **how)
        changed.update(dict.fromkeys(headlines, (begun, timezone.now())))

    with watchers(3, [*lists, beside, *pages], gone | come) as seen:
        do(publishing.withdraw, withdrawn, "将撤下", reason="核实")
        do(publishing.publish, corrected, "更正前", "更正后")
        do(publishing.publish, published, "刚发布")
        soon = timezone.now() + timedelta(seconds=1)
        ending.editions.end(soon)
        do(publishing.publish, planned, live_from=soon)
        changed |= dict.fromkeys(("将到期", "将发布"), (soon, soon))
        time.sleep(3)

    late, early = set(), set()
    for page, answers in chain.from_iterable(report.items() for report in seen):
        for shown, first_given, last_asked in answers:
            wrong = gone.intersection(shown)
            wrong |= come.difference(shown) if page in lists else set()
            late |= {(page, w) for w in wrong if last_asked > changed[w][1] + SECOND}
            early |= {(page, w) for w in come.intersection(shown) if first_given < changed[w][0]}
    assert (late, early) == (set(), set())
    # Each of them saw every page before and after, so it would have seen what is too late.
    for report in seen:
        ends = [{page: set(report[page][n].shown) for page in lists} for n in (0, -1)]
        assert ends == [dict.fromkeys(lists, gone), dict.fromkeys(lists, come)]
        assert "将撤下" in report[beside][0].shown  # on the board
        own = zip(pages, (("将撤下", None), ("更正前", "更正后"), (None, "刚发布")), strict=True)
        for page, first_and_last in own:
            for number, headline in zip((0, -1), first_and_last, strict=True):
                assert headline is None or headline in report[page][number].shown


class Answer(NamedTuple):
    """Answers in a row that were alike: the headlines that they held."""

    shown: list[str]
    first_given: datetime
    last_asked: datetime


@contextmanager
def watchers(
    number: int, addresses: list[str], headlines: Iterable[str]
) -> Iterator[list[dict[str, list[Answer]]]]:
    """Have readers in processes of their own watch pages, and give what they saw afterwards."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.page_watcher", *addresses],
            env=environment() | {"HEADLINES": " ".join(headlines)},
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(number)
    ]
    for process in processes:  # each has looked once
        assert process.stdout.readline() == "ready\n"
    seen: list[dict[str, list[Answer]]] = []
    yield seen
    for process in processes:
        report = json.loads(process.communicate()[0])
        seen.append({page: list(map(answer, answers)) for page, answers in report.items()})


def answer(said: list[Any]) -> Answer:
    shown, *moments = said
    return Answer(shown, *map(datetime.fromisoformat, moments))
