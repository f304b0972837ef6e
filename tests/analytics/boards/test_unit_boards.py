"""The board of units, by the numbers of its rule."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from analytics.boards import unit_boards
from analytics.models import ScoringRule
from analytics.periods import Period
from articles.actions import publishing, units
from articles.models import Edition, Form, Origin, Part
from tests.analytics.accepted import make_accepted, publish_again
from tests.analytics.clicking import click
from tests.factories import (
    NOON,
    ZONE,
    approve,
    make_article,
    make_group,
    make_section,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

NOVEMBER = Period.parse("2026-11")
LATER = NOON + timedelta(days=365)


def board(month: Period = NOVEMBER, at: datetime = LATER) -> unit_boards.UnitBoard:
    return unit_boards.unit_board(month, at=at)


def counts(found: unit_boards.UnitBoard | None = None) -> dict[str, Any]:
    found = found or board()
    return {row.name: found.number(row.count) for row in found.rows}


def points() -> dict[str, Any]:
    return {row.name: float(row.points) for row in board().rows}


def test_l1_article_counts_for_its_confirmed_unit():
    make_accepted(make_unit("计入"))

    assert counts() == {"计入": 1} | {row.name: 0 for row in board().rows if row.name != "计入"}
    assert board().distinct_articles == 1


def test_l1_what_does_not_count():
    unit = make_unit("本单位")
    make_accepted(unit)
    make_accepted(unit, origin=Origin.REPRINT)
    make_accepted(unit, origin=Origin.MEDIA)
    make_accepted(unit, section=make_section(counts_for_leaderboard=False))
    make_accepted(unit, confirmed=False)
    approve(make_article(unit=unit))  # never published

    assert counts()["本单位"] == 1


def test_l2_month_is_that_of_first_publication_in_the_sites_zone():
    unit = make_unit("本单位")
    begin = datetime(2026, 11, 1, tzinfo=ZONE)
    end = datetime(2026, 12, 1, tzinfo=ZONE)
    for at in (
        begin - timedelta(microseconds=1),
        begin,
        end - timedelta(microseconds=1),
        end,
    ):
        make_accepted(unit, at=at)

    months = ("2026-10", "2026-11", "2026-12")
    assert [counts(board(Period.parse(month)))["本单位"] for month in months] == [1, 2, 1]


def test_l2_later_edition_displayed_date_and_move_change_nothing():
    unit = make_unit("本单位")
    edition = make_accepted(unit, displayed_at=NOON - timedelta(days=90))
    uncounted = make_section(counts_for_leaderboard=False)
    publish_again(edition.article, at=NOON + timedelta(days=15), section=uncounted)

    assert counts()["本单位"] == 1
    assert counts(board(Period.parse("2026-12")))["本单位"] == 0
    assert counts(board(Period.parse("2026-08")))["本单位"] == 0


def test_l2_scheduled_article_does_not_count_before_it_is_out():
    unit = make_unit("本单位")
    article = make_accepted(unit, at=NOON - timedelta(days=40)).article
    Edition.objects.filter(article=article).end(NOON)
    scheduled = make_article(unit=unit)
    approve(scheduled)

    assert counts(board(Period.parse("2026-10")))["本单位"] == 1  # expired, yet published
    assert counts()["本单位"] == 0


def test_l3_unit_counts_an_article_once():
    unit = make_unit("本单位")
    make_accepted(unit, photos=[unit])

    assert counts()["本单位"] == 1
    assert points()["本单位"] == 1.0


@pytest.mark.parametrize(
    ("sharing", "expected"),
    [
        ("full", {"主": 1, "合": 1, "合二": 1}),
        ("lead_only", {"主": 1, "合": 0, "合二": 0}),
        ("split", {"主": "1/3", "合": "1/3", "合二": "1/3"}),
    ],
)
def test_l4_units_share_an_article(sharing, expected):
    ScoringRule.objects.update(sharing=sharing)
    lead, co, third = (make_unit(name) for name in ("主", "合", "合二"))
    make_accepted(lead, (co, Part.CO), (third, Part.CO))

    found = board()

    assert {name: counts(found)[name] for name in expected} == expected
    assert found.distinct_articles == 1


def test_l4_split_is_exact():
    ScoringRule.objects.update(sharing="split")
    shared = [make_unit(f"合{n}") for n in range(3)]
    for _ in range(3):
        make_accepted(*((unit, Part.CO) for unit in shared))

    assert {row.count for row in board().rows if row.entries} == {Fraction(1)}


def test_l4_unit_of_photos_alone_gets_points_and_no_count():
    lead, photos = make_unit("文字"), make_unit("图片")
    make_accepted(lead, photos=[photos])

    assert (counts()["文字"], counts()["图片"]) == (1, 0)
    assert (points()["文字"], points()["图片"]) == (1.0, 0.5)
    assert [row.articles for row in board().rows if row.name == "图片"] == [[]]


def test_l5_points_follow_form_and_section():
    heavy = make_section(weight="2.00")
    for form in Form:
        make_accepted(make_unit(str(form.value)), form=form, section=heavy)

    expected = {"brief": 1.0, "news": 2.0, "feature": 6.0, "photo_story": 2.0, "video": 4.0}
    assert {name: points()[name] for name in expected} == expected


def test_l5_rule_of_the_months_first_day_applies():
    ScoringRule.objects.create(effective_from=date(2026, 11, 2), news=100)
    ScoringRule.objects.create(effective_from=date(2026, 12, 1), news=7)
    unit = make_unit("本单位")
    make_accepted(unit)
    make_accepted(unit, at=NOON + timedelta(days=20))

    december = board(Period.parse("2026-12"))
    assert points()["本单位"] == 1.0
    assert {row.name: float(row.points) for row in december.rows}["本单位"] == 7.0


def test_l6_order_is_count_then_points_then_position():
    units_ = {
        name: make_unit(name, position=position)
        for position, name in enumerate(("后", "先", "长", "多"), 1)
    }
    make_accepted(units_["后"])
    make_accepted(units_["先"])
    make_accepted(units_["长"], form=Form.FEATURE)
    make_accepted(units_["多"], form=Form.BRIEF)
    make_accepted(units_["多"], form=Form.BRIEF)

    found = [(row.rank, row.name) for row in board().rows if row.count]

    assert found == [(1, "多"), (2, "长"), (2, "后"), (2, "先")]


def test_l7_unranked_unit_stands_below_the_line_and_zero_rows_are_listed():
    office, college, idle = make_unit("宣传部", ranked=False), make_unit("学院"), make_unit("无稿")
    for _ in range(3):
        make_accepted(office)
    make_accepted(college)

    mine = {office.name, college.name, idle.name}
    found = [(row.rank, row.name, row.count) for row in board().rows if row.name in mine]

    assert [name for _, name, _ in found] == ["学院", "无稿", "宣传部"]
    assert (found[0][0], found[-1][0], found[-1][2]) == (1, None, 3)


def test_l7_unit_that_did_not_exist_then_is_not_listed():
    make_unit("新设", active_from=date(2026, 12, 1))
    make_unit("撤销", active_until=date(2026, 11, 1))
    make_unit("月中", active_from=date(2026, 11, 30))

    assert {"新设", "撤销", "月中"} & counts().keys() == {"月中"}


def test_l7_groups_are_ranked_apart():
    colleges, offices = make_group("学院"), make_group("部门")
    make_accepted(make_unit("机关", group=offices))
    make_accepted(make_unit("机关", group=offices, slug="x"))
    make_accepted(make_unit("书院", group=colleges))

    found = board().of_group(colleges.slug)

    assert [(row.rank, row.name) for row in found.rows if row.count] == [(1, "书院")]
    assert {row.group for row in found.rows} == {colleges.slug}


def test_l8_withdrawn_article_does_not_count_and_restored_one_does():
    edition = make_accepted(make_unit("本单位"))
    chief = make_user("chief editor")
    publishing.withdraw(edition.article, user=chief, reason="错", at=NOON + timedelta(hours=1))
    withdrawn = counts()["本单位"]
    edition.article.refresh_from_db()
    publishing.restore(edition.article, user=chief, reason="已核实", at=NOON + timedelta(hours=2))

    assert (withdrawn, counts()["本单位"]) == (0, 1)


def test_l10_name_is_that_of_first_publication():
    unit = make_unit("旧名")
    make_accepted(unit)
    units.rename(unit, name="新名", day=date(2026, 12, 1))
    december = board(Period.parse("2026-12"))

    assert counts()["旧名"] == 1
    assert [row.name for row in december.rows if row.unit == unit.slug] == ["新名"]


def test_l11_number_opens_to_its_articles():
    unit = make_unit("本单位")
    articles = [make_accepted(unit).article_id for _ in range(3)]

    (row,) = [row for row in board().rows if row.entries]

    assert row.articles == articles
    assert len(articles) == row.count


def test_clicks_of_a_unit_are_two_numbers():
    unit = make_unit("本单位")
    old = make_accepted(unit, at=NOON - timedelta(days=40))
    new = make_accepted(unit)
    click(old, 1, 2, 3)
    click(new, 1)
    click(new, 1, 2, at=NOON + timedelta(days=30))  # another month

    (row,) = [row for row in board().rows if row.name == "本单位"]

    assert (row.clicks, row.clicks_on_new, row.count) == (4, 1, 1)


def test_unit_board_as_json():
    unit = make_unit("本单位")
    edition = make_accepted(unit)

    said = board().of_group(unit.group.slug).as_json()

    assert said | {"rows": said["rows"][:1]} == {
        "board": "monthly-units",
        "period": "2026-11",
        "zone": "Asia/Shanghai",
        "rule": "CR-1 full 2000-01-01",
        "frozen_at": None,
        "distinct_articles": 1,
        "rows": [
            {
                "rank": 1,
                "unit": unit.slug,
                "name": "本单位",
                "group": unit.group.slug,
                "count": 1,
                "points": 1,
                "clicks": 0,
                "articles": [edition.article_id],
            }
        ],
    }


@pytest.mark.parametrize("articles", [1, 5])
def test_unit_board_takes_the_same_queries_however_long(django_assert_num_queries, articles):
    for _ in range(articles):
        click(make_accepted(make_unit(), photos=[make_unit()]), 1)

    with django_assert_num_queries(11):
        board()


def test_unit_stands_where_the_board_has_it_and_where_it_came_from():
    before = NOON - timedelta(days=31)
    up, down, new, none, unranked = (
        make_unit("升"), make_unit("降"), make_unit("新"), make_unit("无"),
        make_unit("不排名", ranked=False),
    )  # fmt: skip
    for unit, at, times in (
        (down, before, 2), (up, before, 1), (up, NOON, 3), (new, NOON, 2), (down, NOON, 1),
        (unranked, NOON, 1),
    ):  # fmt: skip
        for _ in range(times):
            make_accepted(unit, at=at)

    def stands(unit):
        hour_later = NOON + timedelta(hours=1)
        found = unit_boards.standing(unit.slug, NOVEMBER, lambda month: board(month, hour_later))
        return found and (found.row.rank, found.moved, found.fell)

    assert [stands(unit) for unit in (up, new, down, none, unranked)] == [
        (1, 1, -1),
        (2, None, 0),
        (3, -2, 2),
        None,
        None,
    ]
