"""Frozen boards stay as they were; what changes is booked where it becomes known."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from analytics import upkeep
from analytics.boards import article_boards, statements, unit_boards
from analytics.clicks import rollups
from analytics.models import Adjustment, Board, ScoringRule, Statement
from analytics.periods import Period
from articles.actions import publishing, units
from articles.models import Edition, EvidenceIsPermanent, User
from tests.analytics.accepted import make_accepted, publish_again
from tests.analytics.clicking import record
from tests.factories import NOON, ZONE, make_edition, make_unit, make_user

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
IN_OCTOBER = datetime(2026, 10, 20, 12, tzinfo=ZONE)
SECOND = datetime(2026, 11, 2, 9, tzinfo=ZONE)
TENTH = datetime(2026, 11, 10, 9, tzinfo=ZONE)
WEEK = Period.parse("2026-W47")
DUE = WEEK.ends_at(ZONE) + timedelta(hours=48)


@pytest.fixture
def head() -> User:
    return make_user("head", name="主任")


def counts(month: Period, at: datetime = TENTH) -> dict[str, Any]:
    board = unit_boards.unit_board(month, at=at)
    return {row.name: board.number(row.count) for row in board.rows if row.count}


def withdraw(edition: Edition, *, at: datetime, reason: str = "稿件有误") -> None:
    publishing.withdraw(edition.article, user=make_user("chief editor"), reason=reason, at=at)


def lines() -> list[tuple[str, str, str, str, str, str]]:
    return list(
        Adjustment.objects.values_list(
            "unit__name", "booked_in", "concerns", "count", "points", "reason"
        )
    )


def test_l9_statement_copies_everything_in(head):
    unit = make_unit("研究生院")
    edition = make_accepted(unit, at=IN_OCTOBER, headline="稿")
    rollups.add([record(edition.article_id, IN_OCTOBER + timedelta(hours=1))])

    statement = statements.freeze_month(OCTOBER, user=head, at=SECOND)

    assert (statement.period, statement.zone, statement.frozen_by_name) == (
        "2026-10",
        "Asia/Shanghai",
        "主任",
    )
    assert statement.article_ids == [edition.article_id]
    assert statement.rule["sharing"] == "full"
    assert statement.rule["news"] == "1.00"
    assert [row for row in statement.rows if row["unit"] == unit.slug] == [
        {
            "rank": 1,
            "unit": unit.slug,
            "name": "研究生院",
            "name_en": "",
            "group_name_en": "",
            "group": unit.group.slug,
            "group_name": unit.group.name,
            "ranked": True,
            "count": "1",
            "points": "1",
            "clicks": 1,
            "clicks_on_new": 1,
            "articles": [edition.article_id],
            "corrections": [],
        }
    ]
    assert Statement.objects.get().is_intact()


def test_l9_frozen_board_reads_as_the_computed_one_did(head):
    make_accepted(make_unit("甲"), make_unit("乙"), at=IN_OCTOBER)
    before = unit_boards.unit_board(OCTOBER, at=SECOND).as_json()

    statements.freeze_month(OCTOBER, user=head, at=SECOND)

    after = unit_boards.unit_board(OCTOBER, at=SECOND).as_json()
    assert before["frozen_at"] is None
    assert after == before | {"frozen_at": "2026-11-02T09:00:00+08:00"}


def test_l9_frozen_board_keeps_old_names_rules_and_counts(head):
    unit = make_unit("旧名")
    make_accepted(unit, at=IN_OCTOBER)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    before = unit_boards.unit_board(OCTOBER, at=SECOND).as_json()

    units.rename(unit, name="新名", day=TENTH.date())
    ScoringRule.objects.update(news=9, sharing="split")
    make_unit("后来的")

    assert unit_boards.unit_board(OCTOBER, at=TENTH).as_json() == before


def test_l9_statement_of_an_older_form_is_still_read():
    entry = {"unit": "library", "article": 7, "count": "1"}
    row = {
        "rank": 1,
        "unit": "library",
        "name": "图书馆",
        "group": "offices",
        "group_name": "部门",
        "ranked": True,
        "count": "1",
        "articles": [7],
    }
    freeze_by_hand(Board.MONTHLY_UNITS, OCTOBER, rows=[row], entries=[entry])

    board = unit_boards.unit_board(OCTOBER, at=SECOND)

    (found,) = board.rows
    assert (found.rank, found.title, found.group_title) == (1, "图书馆", "部门")
    assert (found.count, found.points, found.clicks) == (1, 0, 0)
    assert (found.articles, found.corrections) == ([7], [])
    assert board.is_final


def test_l9_row_of_a_newer_form_is_still_read():
    row = {"rank": 1, "article": 7, "headline": "文", "clicks": 3, "readers": 2}
    freeze_by_hand(Board.WEEKLY_CLICKS, WEEK, rows=[row | {"shares": 9}, row], entries=[])

    found = article_boards.weekly_articles(WEEK, at=DUE)

    assert [each.as_json() for each in found.rows] == [row, row]
    assert [each.address for each in found.rows] == ["/articles/7/-/"] * 2


def freeze_by_hand(board: Board, period: Period, **fields: Any) -> None:
    Statement.objects.create(
        board=board,
        period=period.label,
        zone="Asia/Shanghai",
        rule={"counting": "CR-1", "sharing": "full", "effective_from": "2000-01-01"},
        article_ids=[7],
        frozen_at=SECOND,
        frozen_by_name="主任",
        **fields,
    )


def test_l9_unfinished_month_is_not_frozen(head):
    end = OCTOBER.ends_at(ZONE)

    with pytest.raises(statements.FreezeNotPossible, match="not over"):
        statements.freeze_month(OCTOBER, user=head, at=end - timedelta(microseconds=1))
    statements.freeze_month(OCTOBER, user=head, at=end)

    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "group", ["correspondent", "unit reviewer", "chief editor", "administrator"]
)
def test_l9_only_the_head_freezes(group):
    with pytest.raises(statements.FreezeNotPossible, match="may not"):
        statements.freeze_month(OCTOBER, user=make_user(group), at=SECOND)

    assert not Statement.objects.exists()


def test_l9_statement_never_changes(head):
    statement = statements.freeze_month(OCTOBER, user=head, at=SECOND)

    for attempt in (
        statement.save,
        statement.delete,
        Statement.objects.all().delete,
        lambda: Statement.objects.update(rows=[]),
    ):
        with pytest.raises(EvidenceIsPermanent):
            attempt()


def test_l9_statement_that_was_tampered_with_is_found(head):
    make_accepted(make_unit("甲"), at=IN_OCTOBER)
    statement = statements.freeze_month(OCTOBER, user=head, at=SECOND)
    rows = [row | {"count": "99"} for row in statement.rows]
    QuerySet.update(Statement.objects.all(), rows=rows)

    assert not Statement.objects.get().is_intact()


def test_l9_second_freeze_needs_a_reason_and_supersedes(head):
    unit = make_unit("甲")
    first = statements.freeze_month(OCTOBER, user=head, at=SECOND)
    with pytest.raises(statements.FreezeNotPossible, match="Say why"):
        statements.freeze_month(OCTOBER, user=head, at=SECOND)
    make_accepted(unit, at=IN_OCTOBER)

    second = statements.freeze_month(OCTOBER, user=head, at=TENTH, reason="漏了一篇")

    assert second.supersedes == first
    assert list(Statement.objects.current()) == [second]
    assert Statement.objects.count() == 2
    assert counts(OCTOBER) == {"甲": 1}
    assert all(statement.is_intact() for statement in Statement.objects.all())


def test_l8_withdrawn_after_the_freeze_is_booked_in_the_current_month(head):
    unit = make_unit("甲")
    edition = make_accepted(unit, at=IN_OCTOBER)
    make_accepted(unit, at=SECOND)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    withdraw(edition, at=TENTH)

    statements.book_adjustments(TENTH)
    statements.book_adjustments(TENTH)  # once is enough

    assert lines() == [("甲", "2026-11", "2026-10", "-1", "-1", "稿件有误")]
    assert counts(OCTOBER) == {"甲": 1}
    assert counts(NOVEMBER) == {}
    (row,) = [r for r in unit_boards.unit_board(NOVEMBER, at=TENTH).rows if r.name == "甲"]
    assert (len(row.entries), len(row.corrections), row.count) == (1, 1, 0)


def test_l8_withdrawn_before_the_freeze_is_not_booked(head):
    withdraw(make_accepted(make_unit("甲"), at=IN_OCTOBER), at=SECOND - timedelta(hours=1))
    statements.freeze_month(OCTOBER, user=head, at=SECOND)

    assert statements.book_adjustments(TENTH) == []
    assert counts(OCTOBER) == {}


def test_l8_restored_article_is_given_back(head):
    edition = make_accepted(make_unit("甲"), at=IN_OCTOBER)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    withdraw(edition, at=TENTH)
    statements.book_adjustments(TENTH)
    edition.article.refresh_from_db()
    later = TENTH + timedelta(days=30)
    publishing.restore(edition.article, user=make_user("chief editor"), reason="已核实", at=later)

    statements.book_adjustments(later)

    assert [(booked, count) for _, booked, _, count, *_ in lines()] == [
        ("2026-11", "-1"),
        ("2026-12", "1"),
    ]


def test_l8_late_credit_is_booked_likewise(head):
    lead, late = make_unit("甲"), make_unit("乙")
    edition = make_accepted(lead, at=IN_OCTOBER)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    edition.article.units.create(unit=late, part="co", position=2)
    publish_again(edition.article, at=TENTH, headline="补署名")

    statements.book_adjustments(TENTH)

    assert [line[:5] for line in lines()] == [("乙", "2026-11", "2026-10", "1", "1")]
    assert counts(NOVEMBER) == {"乙": 1}


def test_l8_typo_in_a_later_edition_books_nothing(head):
    edition = make_accepted(make_unit("甲"), at=IN_OCTOBER)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    publish_again(edition.article, at=TENTH, headline="改字")

    assert statements.book_adjustments(TENTH) == []


def test_l8_superseding_takes_back_what_was_booked(head):
    edition = make_accepted(make_unit("甲"), at=IN_OCTOBER)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    withdraw(edition, at=TENTH)
    statements.book_adjustments(TENTH)

    statements.freeze_month(OCTOBER, user=head, at=TENTH, reason="重新定榜")

    assert [line[3] for line in lines()] == ["-1", "1"]
    assert (counts(OCTOBER), counts(NOVEMBER)) == ({}, {})


def test_l8_shared_article_is_booked_as_the_fraction_it_was(head):
    ScoringRule.objects.update(sharing="split")
    edition = make_accepted(make_unit("甲"), make_unit("乙"), make_unit("丙"), at=IN_OCTOBER)
    statements.freeze_month(OCTOBER, user=head, at=SECOND)
    ScoringRule.objects.update(sharing="full")
    withdraw(edition, at=TENTH)

    statements.book_adjustments(TENTH)

    assert [line[3] for line in lines()] == ["-1/3", "-1/3", "-1/3"]


# --- Weeks ----------------------------------------------------------------------------------


def test_week_is_frozen_two_days_after_its_end():
    edition = make_edition("文", at=NOON)
    rollups.add([record(edition.article_id, NOON)])

    upkeep.run(DUE - timedelta(microseconds=1))
    assert not Statement.objects.exists()
    upkeep.run(DUE)
    upkeep.run(DUE)

    statement = Statement.objects.get()
    assert (statement.board, statement.period, statement.frozen_by) == (
        Board.WEEKLY_CLICKS,
        "2026-W47",
        None,
    )
    assert statement.is_intact()


def test_frozen_week_does_not_change_any_more():
    edition = make_edition("文", at=NOON)
    rollups.add([record(edition.article_id, NOON)])
    statements.freeze_week(WEEK, at=DUE)

    rollups.add([record(edition.article_id, NOON, visitor=2)])
    withdraw(edition, at=DUE)

    said = article_boards.weekly_articles(WEEK, at=DUE).as_json()
    assert said["frozen_at"] == "2026-11-25T00:00:00+08:00"
    assert [(row["headline"], row["clicks"]) for row in said["rows"]] == [("文", 1)]


def test_week_is_not_frozen_before_it_is_due():
    with pytest.raises(statements.FreezeNotPossible, match="48 hours"):
        statements.freeze_week(WEEK, at=DUE - timedelta(seconds=1))
