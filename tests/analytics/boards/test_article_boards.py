"""Articles by clicks."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from analytics.boards import article_boards
from analytics.clicks import rollups
from analytics.periods import Period
from articles.actions import publishing
from articles.models import Section
from tests.analytics.clicking import click, record
from tests.factories import NOON, ZONE, make_edition, make_section, make_user

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=365)


def ranking(found: article_boards.ArticleBoard) -> list[tuple[int, str, int, int]]:
    return [(row.rank, row.headline, row.clicks, row.readers) for row in found.rows]


def test_recent_articles_are_ranked_by_clicks_with_ties():
    for name, readers in (("甲", 3), ("乙", 2), ("丙", 2), ("丁", 1)):
        click(make_edition(name, at=NOON), *range(readers))

    assert ranking(article_boards.recent_articles(NOON)) == [
        (1, "甲", 3, 3),
        (2, "乙", 2, 2),
        (2, "丙", 2, 2),
        (4, "丁", 1, 1),
    ]


def test_recent_articles_break_ties_by_readers_then_age_then_number():
    faithful, wide, older = (
        make_edition(name, at=NOON - timedelta(days=days))
        for name, days in (("忠实", 2), ("广泛", 1), ("更早", 3))
    )
    click(faithful, 1)
    click(faithful, 1, at=NOON + timedelta(hours=2))
    click(wide, 1, 2)
    click(older, 1, 2)

    assert ranking(article_boards.recent_articles(NOON)) == [
        (1, "更早", 2, 2),
        (1, "广泛", 2, 2),
        (1, "忠实", 2, 1),
    ]


def test_recent_articles_are_those_of_seven_whole_days_and_today():
    edition = make_edition(at=NOON - timedelta(days=30))
    first = datetime(2026, 11, 13, tzinfo=ZONE)
    moments = (first - timedelta(microseconds=1), first, NOON)
    rollups.add(record(edition.article_id, at, visitor=n) for n, at in enumerate(moments))

    found = article_boards.recent_articles(NOON)

    assert (found.first, found.last) == (date(2026, 11, 13), date(2026, 11, 20))
    assert [row.clicks for row in found.rows] == [2]


def test_recent_articles_leave_out_notices_and_what_is_no_longer_public():
    shown = make_edition("可见")
    notice = make_edition("通知", section=make_section(kind=Section.Kind.NOTICE))
    withdrawn = make_edition("撤回")
    for edition in (shown, notice, withdrawn):
        click(edition, 1)
    publishing.withdraw(
        withdrawn.article,
        user=make_user("chief editor"),
        reason="错",
        at=NOON + timedelta(hours=2),
    )

    assert [row.headline for row in article_boards.recent_articles(LATER).rows] == []
    now = NOON + timedelta(hours=3)
    assert [row.headline for row in article_boards.recent_articles(now).rows] == ["可见"]


def test_article_that_is_taken_off_while_the_board_is_made_is_left_out():
    first, second = make_edition("先", at=NOON), make_edition("后", at=NOON)
    click(first, 1, 2)
    click(second, 1)
    later, chief = NOON + timedelta(hours=2), make_user("chief editor")
    asked = []

    def withdraw_before_the_second(execute, *arguments):
        asked.append(arguments)
        if len(asked) == 2:
            publishing.withdraw(first.article, user=chief, reason="核实", at=later)
        return execute(*arguments)

    with connection.execute_wrapper(withdraw_before_the_second):
        board = article_boards.recent_articles(later)

    assert [(row.rank, row.headline) for row in board.rows] == [(1, "后")]


def test_weekly_articles_are_those_of_the_iso_week():
    edition = make_edition("文", at=NOON - timedelta(days=30))
    monday = datetime(2026, 11, 16, tzinfo=ZONE)
    moments = (monday - timedelta(seconds=1), monday, monday + timedelta(days=7))
    rollups.add(record(edition.article_id, at, visitor=n) for n, at in enumerate(moments))

    found = article_boards.weekly_articles(Period.parse("2026-W47"), at=LATER)

    assert found.as_json() == {
        "board": "weekly-clicks",
        "period": "2026-W47",
        "zone": "Asia/Shanghai",
        "rule": "CR-1",
        "frozen_at": None,
        "distinct_articles": 1,
        "rows": [
            {
                "rank": 1,
                "article": edition.article_id,
                "headline": "文",
                "clicks": 1,
                "readers": 1,
            }
        ],
    }


@pytest.mark.parametrize("articles", [1, 5])
def test_recent_articles_take_two_queries(django_assert_num_queries, articles):
    for _ in range(articles):
        click(make_edition(), 1)

    with django_assert_num_queries(2):
        assert len(article_boards.recent_articles(NOON + timedelta(hours=2)).rows) == articles


def test_ranks_leave_room_after_a_tie():
    assert article_boards.competition_ranks([9, 7, 7, 3, 3, 3, 1]) == [1, 2, 2, 4, 4, 4, 7]
    assert article_boards.competition_ranks([]) == []
