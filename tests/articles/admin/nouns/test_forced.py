"""The list of what was published by force, and its count on my desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import forcing
from tests.articles.admin.conftest import section
from tests.factories import make_article, make_person, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/forcedpublication/"


def force(headline, *, hours_ago=1, unit=None):
    article = make_article(headline, unit=unit)
    at = timezone.now() - timedelta(hours=hours_ago)
    chief = make_user("chief editor")
    return forcing.force_publish(article, user=chief, seen_version=1, reason="急", at=at)


def answer(forced, do, remark=""):
    head = make_user("head")
    do(forced.article, user=head, seen_edition=1, at=timezone.now(), remark=remark)


def rows(browser, state=""):
    page = browser.get(LIST, {"state": state} if state else {})
    return [row.edition.headline for row in page.context["cl"].result_list]


def test_list_is_filtered_by_state(sign_in):
    force("等待确认")
    force("逾期未确认", hours_ago=30)
    answer(force("已确认"), forcing.confirm)
    answer(force("有异议"), forcing.object_to, remark="数字有误")
    browser, _user = sign_in("head")

    assert rows(browser, "overdue") == ["逾期未确认"]
    assert rows(browser, "waiting") == ["等待确认", "逾期未确认"]
    assert rows(browser, "confirmed") == ["已确认"]
    assert rows(browser, "objected") == ["有异议"]
    assert "overdue since" in browser.get(LIST).content.decode()


def test_list_asks_as_often_for_five_rows_as_for_one(sign_in, django_assert_num_queries):
    browser, _user = sign_in("head")
    force("甲")
    browser.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        browser.get(LIST)
    for number in range(4):
        force(f"乙{number}")

    with django_assert_num_queries(len(asked)):
        page = browser.get(LIST)

    assert len(page.context["cl"].result_list) == 5


def test_list_is_not_for_units(sign_in, unit):
    force("本单位的稿", unit=unit)
    browser, _user = sign_in("correspondent", unit=unit)

    assert browser.get(LIST).status_code == 403


def test_my_desk_shows_what_i_may_confirm(sign_in):
    browser, head = sign_in("head")
    own = make_article("自己供稿")
    own.credits.update(person=make_person(user=head))
    forcing.force_publish(
        own, user=make_user("chief editor"), seen_version=1, reason="急", at=timezone.now()
    )
    late = force("逾期未确认", hours_ago=30)
    waiting = force("等待确认")
    answer(force("已确认"), forcing.confirm)
    chief, _user = sign_in("chief editor")

    page = browser.get("/admin/")

    assert [(row, row.is_late) for row in section(page, "forced")] == [
        (late, True),
        (waiting, False),
    ]
    text = page.content.decode()
    assert "overdue by" in text
    assert "The time for an answer is over. Please confirm or object now." in text
    assert section(chief.get("/admin/"), "forced") is None


def test_my_desk_raises_no_alarm_while_there_is_time(sign_in):
    browser, _head = sign_in("head")
    force("等待确认")

    page = browser.get("/admin/").content.decode()

    assert "等待确认" in page
    assert "The time for an answer is over." not in page


def test_list_marks_what_is_overdue(sign_in):
    browser, _head = sign_in("head")
    force("等待确认")

    before = browser.get(LIST).content.decode()
    force("逾期未确认", hours_ago=30)
    after = browser.get(LIST).content.decode()

    assert (before.count('<strong class="late">'), after.count('<strong class="late">')) == (0, 1)
