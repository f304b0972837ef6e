"""The board: every article under way, where it is, and no more than the user may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import clock
from articles.actions import publishing, reviewing
from articles.admin.desk import board
from articles.models import ReviewPolicy
from tests.factories import (
    approve,
    make_article,
    make_section,
    make_unit,
    make_user,
    publish,
    submit,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now
BOARD = "/admin/desk/board/"


def cards(page):
    return {
        column.title: [card.article.headline for card in column.cards]
        for column in page.context["columns"]
        if column.cards
    }


def test_board_has_every_article_under_way_in_its_column(sign_in, unit):
    browser, _user = sign_in("chief editor")
    make_article("草稿", unit=unit)
    submit(make_article("在初审", unit=unit), at=NOW())
    passed = submit(make_article("在终审", unit=unit), at=NOW())
    reviewing.approve(passed, reviewer=make_user("desk editor"), seen_version=1, at=NOW())
    back = submit(make_article("退改", unit=unit), at=NOW())
    reviewing.return_for_changes(
        back, reviewer=make_user("desk editor"), seen_version=1, at=NOW(), remark="改"
    )
    approve(make_article("待发", unit=unit), at=NOW())
    publish(make_article("已发", unit=unit), at=NOW())
    planned = approve(make_article("定时", unit=unit), at=NOW())
    later = NOW() + timedelta(days=2)
    publishing.publish(planned, user=make_user("chief editor"), at=NOW(), live_from=later)

    page = browser.get(BOARD)

    assert cards(page) == {
        "Drafts": ["草稿"],
        "Returned": ["退改"],
        "初审": ["在初审"],
        "终审": ["在终审"],
        "Approved": ["待发"],
        "Scheduled": ["定时"],
        "Published today": ["已发"],
    }


def test_board_of_a_unit_knows_nothing_of_others(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    make_article("自己的草稿", unit=unit)
    submit(make_article("自己的在审", unit=unit), at=NOW())
    theirs = make_unit("别的学院")
    make_article("别人的草稿", unit=theirs)
    submit(make_article("别人的在审", unit=theirs), at=NOW())
    publish(make_article("别人的已发", unit=theirs), at=NOW())

    page = browser.get(BOARD)

    assert cards(page) == {"Drafts": ["自己的草稿"], "初审": ["自己的在审"]}
    assert [column.total for column in page.context["columns"]] == [1, 0, 1, 0, 0, 0]
    assert "别" not in page.content.decode()


def test_board_is_narrowed_by_unit_section_and_whose(sign_in, unit):
    browser, user = sign_in("desk editor")
    section = make_section("校园")
    make_article("甲", unit=unit, section=section)
    make_article("乙", section=section, author=user)
    make_article("丙", unit=unit)

    def shown(**chosen):
        return set(cards(browser.get(BOARD, chosen)).get("Drafts", ()))

    assert shown() == {"甲", "乙", "丙"}
    assert shown(unit=unit.pk) == {"甲", "丙"}
    assert shown(section=section.pk) == {"甲", "乙"}
    assert shown(unit=unit.pk, section=section.pk) == {"甲"}
    assert shown(whose="mine") == {"乙"}
    assert shown(unit="x", section="9" * 40) == {"甲", "乙", "丙"}


def test_column_says_ages_and_leads_to_the_rest(sign_in, unit, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 2)
    browser, _user = sign_in("desk editor")
    for days in (0, 2, 5, 9):
        make_article(f"{days} 天", unit=unit, at=NOW() - timedelta(days=days))

    page = browser.get(BOARD, {"unit": unit.pk})

    column = page.context["columns"][0]
    assert [card.article.headline for card in column.cards] == ["0 天", "2 天"]
    assert (column.total, column.hidden) == (4, 2)
    assert column.ages == [
        ("up to a day", 1),
        ("1–3 days", 1),
        ("3–7 days", 1),
        ("over a week", 1),
    ]
    assert "and 2 more" in page.content.decode()
    rest = browser.get(column.address)
    assert {article.headline for article in rest.context["cl"].result_list} == {
        "0 天",
        "2 天",
        "5 天",
        "9 天",
    }


def test_age_is_the_time_that_has_passed_not_the_days_of_the_calendar(sign_in, unit, monkeypatch):
    morning = timezone.localtime().replace(hour=7, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "here", lambda: morning)
    browser, _user = sign_in("desk editor")
    make_article("昨夜写的", unit=unit, at=morning - timedelta(hours=8))
    make_article("整一天", unit=unit, at=morning - timedelta(days=1))

    ages = browser.get(BOARD).context["columns"][0].ages

    assert ages == [("up to a day", 1), ("1–3 days", 1), ("3–7 days", 0), ("over a week", 0)]


def test_stages_of_several_policies_stand_in_the_order_of_the_work(sign_in, unit):
    browser, _user = sign_in("chief editor")
    short = submit(make_article("短流程", unit=unit), at=NOW())
    reviewing.approve(short, reviewer=make_user("desk editor"), seen_version=1, at=NOW())
    submit(make_article("短流程之初", unit=unit), at=NOW())
    stages = ReviewPolicy.objects.get().stages
    group = stages.get(position=1).group
    stages.all().delete()
    for position, name in enumerate(("单位初审", "编辑复审", "责编三审", "终审"), start=1):
        stages.create(position=position, name=name, decider="group", group=group)
    for passed in range(4):
        article = submit(make_article(f"长流程 {passed}", unit=unit), at=NOW())
        for _stage in range(passed):
            reviewing.approve(article, reviewer=make_user("desk editor"), seen_version=1, at=NOW())

    columns = browser.get(BOARD).context["columns"]

    stages = [column.title for column in columns if column.name.startswith("stage-")]
    assert stages == ["单位初审", "初审", "编辑复审", "责编三审", "终审"]


def test_every_column_leads_to_its_own_articles(sign_in, unit):
    browser, _user = sign_in("chief editor")
    make_article("草稿", unit=unit)
    submit(make_article("在初审", unit=unit), at=NOW())
    approve(make_article("待发", unit=unit), at=NOW())
    publish(make_article("已发", unit=unit), at=NOW())
    planned = approve(make_article("定时", unit=unit), at=NOW())
    later = NOW() + timedelta(days=2)
    publishing.publish(planned, user=make_user("chief editor"), at=NOW(), live_from=later)

    columns = browser.get(BOARD).context["columns"]
    listed = {
        column.title: [a.headline for a in browser.get(column.address).context["cl"].result_list]
        for column in columns
    }

    assert listed == {
        column.title: [card.article.headline for card in column.cards] for column in columns
    }
    assert listed["初审"] == ["在初审"]


def test_overdue_card_says_so(sign_in, unit):
    browser, _user = sign_in("desk editor")
    submit(make_article("过期", unit=unit), at=NOW() - timedelta(days=20))

    text = browser.get(BOARD).content.decode()

    assert "overdue by" in text


def test_board_asks_as_often_with_five_rows_as_with_one(sign_in, unit):
    browser, _user = sign_in("chief editor")

    def one_of_each():
        make_article(unit=unit)
        submit(make_article(unit=unit), at=NOW())
        approve(make_article(unit=unit), at=NOW())
        publish(make_article(unit=unit), at=NOW())

    browser.get(BOARD)
    one_of_each()
    with CaptureQueriesContext(connection) as one:
        browser.get(BOARD)
    for _ in range(4):
        one_of_each()
    with CaptureQueriesContext(connection) as five:
        browser.get(BOARD)

    assert len(five) == len(one) <= 24


def test_units_see_the_stages_where_their_own_articles_wait(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    desk, _user = sign_in("desk editor")
    submit(make_article())
    approved_once = submit(make_article(author=user, unit=unit))
    reviewing.approve(
        approved_once, reviewer=make_user("desk editor"), seen_version=1, at=timezone.now()
    )

    def shown(browser):
        board = browser.get("/admin/desk/board/").context["columns"]
        changelist = browser.get("/admin/articles/article/").context["cl"]
        offered = [row.lookup_choices for row in changelist.filter_specs if row.title == "stage"]
        stages = [column.title for column in board if column.name.startswith("stage-")]
        return stages, [title for rows in offered for _name, title in rows]

    assert shown(browser) == (["终审"], ["终审"])
    assert shown(desk) == (["初审", "终审"], ["初审", "终审"])
