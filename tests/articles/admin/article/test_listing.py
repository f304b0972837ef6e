"""The list of articles: its questions, its search, and that it counts no further than useful."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import publishing, reviewing
from articles.admin.article import listing
from articles.models import Role
from tests.factories import approve, make_article, make_unit, make_user, publish, submit

pytestmark = pytest.mark.django_db

NOW = timezone.now
LIST = "/admin/articles/article/"


def listed(browser, **asked):
    return {article.headline for article in browser.get(LIST, asked).context["cl"].result_list}


def test_questions_of_the_list_find_what_my_desk_and_the_board_show(sign_in, unit):
    browser, user = sign_in("chief editor", unit=unit)
    old = NOW() - timedelta(days=20)
    submit(make_article("初审超时", unit=unit), at=old)
    own = submit(make_article("自己写的", author=user, unit=unit), at=NOW())
    reviewing.approve(own, reviewer=make_user("desk editor"), seen_version=1, at=NOW())
    final = submit(make_article("等我终审", unit=unit), at=NOW())
    reviewing.approve(final, reviewer=make_user("desk editor"), seen_version=1, at=NOW())
    back = submit(make_article("退给我的", author=user, unit=unit), at=NOW())
    reviewing.return_for_changes(
        back, reviewer=make_user("desk editor"), seen_version=1, at=NOW(), remark="改"
    )
    publish(make_article("去年的", unit=unit), at=NOW() - timedelta(days=400))
    publish(make_article("今天的", unit=unit), at=NOW())
    planned = approve(make_article("定时的", unit=unit), at=NOW())
    later = NOW() + timedelta(days=1)
    publishing.publish(planned, user=make_user("chief editor"), at=NOW(), live_from=later)

    found = {
        question: listed(browser, **{question.split("=")[0]: question.split("=")[1]})
        for question in (
            "whose=mine",
            "whose=waiting",
            "whose=returned",
            "whose=out",
            "when=overdue",
            "when=scheduled",
            "when=today",
            "when=live",
            "stage=终审",
        )
    }

    assert found == {
        "whose=mine": {"自己写的", "退给我的"},
        "whose=waiting": {"等我终审"},
        "whose=returned": {"退给我的"},
        "whose=out": {"自己写的"},
        "when=overdue": {"初审超时"},
        "when=scheduled": {"定时的"},
        "when=today": {"今天的"},
        "when=live": {"去年的", "今天的"},
        "stage=终审": {"自己写的", "等我终审"},
    }


def test_search_wants_every_word_in_a_heading_or_a_name(sign_in, unit):
    browser, _user = sign_in("desk editor")
    make_article("图书馆夜间开放", unit=unit, credit="王芳")
    second = make_article("图书馆闭馆", unit=unit, credit="李明远")
    second.credits.create(role=Role.EDITOR, name="李明华")

    assert listed(browser, q="图书馆") == {"图书馆夜间开放", "图书馆闭馆"}
    assert listed(browser, q="图书馆 李明") == {"图书馆闭馆"}
    assert listed(browser, q="没有的词") == set()


def test_list_counts_no_further_than_somebody_would_turn_pages(sign_in, unit, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED", 2)
    browser, _user = sign_in("desk editor")
    for _ in range(4):
        make_article(unit=unit)

    page = browser.get(LIST)
    changelist = page.context["cl"]

    assert (changelist.result_count, changelist.paginator.is_capped) == (2, True)
    assert "more than 2 articles" in page.content.decode()


def test_units_are_a_filter_of_the_desk_alone(sign_in, unit):
    make_unit("别的学院")
    make_article(unit=unit)
    desk, _user = sign_in("desk editor")
    author, _user = sign_in("correspondent", unit=unit)

    texts = [browser.get(LIST).content.decode() for browser in (desk, author)]

    assert ["别的学院" in text for text in texts] == [True, False]


def test_list_says_where_an_article_is_with_whom_and_until_when(sign_in, unit):
    browser, user = sign_in("desk editor", name="陈编辑")
    make_article("草稿", unit=unit)
    claimed = submit(make_article("有人在审", unit=unit), at=NOW())
    reviewing.claim(claimed, reviewer=user, at=NOW())
    submit(make_article("无人领取", unit=unit), at=NOW() - timedelta(days=20))

    page = browser.get(LIST)

    shown = {
        article.headline: page.context["cl"].model_admin.at_stage(article)
        for article in page.context["cl"].result_list
    }
    assert shown["草稿"] == ""
    assert shown["有人在审"].startswith("初审 · 陈编辑 · ")
    assert shown["有人在审"].endswith(" left</span>")
    assert '初审 · desk editors · <span class="late">overdue by' in shown["无人领取"]
    assert shown["无人领取"] in page.content.decode()


@pytest.mark.parametrize("number", [1, 5])
def test_list_asks_as_often_however_many_are_in_review(
    sign_in, unit, number, django_assert_max_num_queries
):
    browser, _user = sign_in("desk editor")
    for _ in range(number):
        submit(make_article(unit=unit), at=NOW())
    browser.get(LIST)

    with django_assert_max_num_queries(22):
        browser.get(LIST)
