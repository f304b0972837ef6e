"""The calendar: what is on which day, for whom, and moving what is scheduled."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import publishing
from articles.admin.desk import calendar
from articles.models import Article, Edition
from tests.factories import (
    NOON,
    approve,
    change,
    make_article,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

CALENDAR = "/admin/desk/calendar/"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def schedule(headline="定时", unit=None, after=DAY, **times) -> Edition:
    article = approve(make_article(headline, unit=unit))
    chief = make_user("chief editor")
    return publishing.publish(article, user=chief, at=NOON, live_from=NOON + after, **times)


def entries(page):
    return {
        day.day: [(entry.kind, entry.headline) for entry in day.entries]
        for week in page.context["weeks"]
        for day in week
        if day.entries
    }


def move(browser, edition, live_from, **headers):
    address = f"{CALENDAR}move/{edition.article_id}/?month=2026-11"
    data = {"edition": edition.pk, "live_from": f"{live_from:%Y-%m-%dT%H:%M}"}
    return browser.post(address, data, headers=headers)


def test_today_can_be_jumped_to(sign_in):
    browser, _user = sign_in("desk editor")

    page = browser.get(CALENDAR).content.decode()
    elsewhere = browser.get(CALENDAR, {"month": "2026-01"}).content.decode()

    assert 'href="?month=2026-11#today"' in page
    assert f'<td id="today" data-day="{NOON:%Y-%m-%d}"' in page
    assert 'href="?month=2026-11#today"' in elsewhere
    assert 'id="today"' not in elsewhere


def test_month_has_what_went_out_is_scheduled_ends_and_happens(sign_in, unit):
    browser, _user = sign_in("desk editor")
    publish(make_article("已发", unit=unit), at=NOON, expires_at=NOON + 3 * DAY)
    schedule("定时", unit)
    make_article("草稿", unit=unit, event_date=date(2026, 11, 28))
    held = make_article("禁发稿", unit=unit)
    Article.objects.filter(pk=held.pk).update(embargo_until=NOON + 4 * DAY)
    dropped = schedule("改了又改", unit)
    change(dropped.article, by=make_user("desk editor"), at=NOON, headline="不发了")

    page = browser.get(CALENDAR)

    assert entries(page) == {
        date(2026, 11, 20): [("out", "已发")],
        date(2026, 11, 21): [("scheduled", "定时")],
        date(2026, 11, 23): [("ends", "已发")],
        date(2026, 11, 24): [("embargo", "禁发稿")],
        date(2026, 11, 28): [("event", "草稿")],
    }
    weeks = page.context["weeks"]
    assert (weeks[0][0].day, weeks[-1][-1].day) == (date(2026, 10, 26), date(2026, 12, 6))
    today = [day.day for week in page.context["weeks"] for day in week if day.is_today]
    assert today == [date(2026, 11, 20)]


def test_calendar_of_a_unit_knows_nothing_of_others(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    publish(make_article("自己的", unit=unit), at=NOON)
    theirs = make_unit()
    publish(make_article("别人的已发", unit=theirs), at=NOON, expires_at=NOON + DAY)
    schedule("别人的定时", theirs)
    make_article("别人的草稿", unit=theirs, event_date=date(2026, 11, 28))

    page = browser.get(CALENDAR)

    assert entries(page) == {date(2026, 11, 20): [("out", "自己的")]}
    assert "别人" not in page.content.decode()


def test_only_who_may_publish_finds_the_way_to_move(sign_in, unit):
    schedule(unit=unit)
    chief, _user = sign_in("chief editor")
    author, _user = sign_in("correspondent", unit=unit)

    texts = [browser.get(CALENDAR).content.decode() for browser in (chief, author)]

    assert ['draggable="true"' in text for text in texts] == [True, False]
    assert ["定时" in text for text in texts] == [True, True]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("month=2027-02", date(2027, 2, 1), date(2027, 2, 28)),
        ("week=2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("month=2026-13", date(2026, 10, 26), date(2026, 12, 6)),
        ("month=9999-12", date(2026, 10, 26), date(2026, 12, 6)),
        ("week=x", date(2026, 10, 26), date(2026, 12, 6)),
    ],
)
def test_month_or_week_that_is_asked_for_is_shown_else_this_month(sign_in, asked, first, last):
    browser, _user = sign_in("desk editor")

    page = browser.get(f"{CALENDAR}?{asked}")

    weeks = page.context["weeks"]
    assert (weeks[0][0].day, weeks[-1][-1].day) == (first, last)


def test_busy_day_shows_what_can_be_moved_and_leads_to_its_week(sign_in, unit, monkeypatch):
    monkeypatch.setitem(calendar.OF_A_DAY, "month", 2)
    browser, _user = sign_in("chief editor")
    for hour in (1, 2, 3):
        publish(make_article(f"已发{hour}", unit=unit), at=NOON - hour * HOUR)
    schedule("晚上发", unit, after=8 * HOUR)

    month, week = browser.get(CALENDAR), browser.get(f"{CALENDAR}?week=2026-W47")

    assert entries(month)[date(2026, 11, 20)] == [("out", "已发3"), ("scheduled", "晚上发")]
    assert 'href="?week=2026-W47">and 2 more' in month.content.decode()
    assert len(entries(week)[date(2026, 11, 20)]) == 4


def test_move_by_form_goes_back_to_the_month_and_says_so(sign_in):
    edition = schedule("开学典礼")
    browser, _user = sign_in("chief editor")

    answer = move(browser, edition, NOON + 6 * DAY)

    assert answer.url == f"{CALENDAR}?month=2026-11"
    assert "“开学典礼” now goes live on" in browser.get(answer.url).content.decode()
    moved = Edition.objects.latest("pk")
    assert moved.live_from == NOON + 6 * DAY
    assert moved.version == edition.version


def test_move_by_script_answers_with_the_new_plan(sign_in):
    edition = schedule("开学典礼")
    browser, _user = sign_in("chief editor")

    answer = move(browser, edition, NOON + 6 * DAY, accept="application/json")

    moved = Edition.objects.latest("pk")
    assert (answer.status_code, answer.json()["edition"]) == (200, moved.pk)
    assert moved != edition


def test_move_that_is_refused_says_why_and_leaves_the_plan(sign_in):
    edition = schedule("开学典礼")
    browser, _user = sign_in("chief editor")

    by_script = move(browser, edition, NOON - DAY, accept="application/json")
    by_form = move(browser, edition, NOON - DAY)

    assert (by_script.status_code, by_script.json()) == (
        403,
        {
            "said": "“开学典礼” was not moved. The time of publication lies in the past.",
            "edition": None,
        },
    )
    assert "lies in the past" in browser.get(by_form.url).content.decode()
    assert list(Edition.objects.not_over(NOON)) == [edition]


def test_move_is_for_those_who_see_the_article_and_may_publish(sign_in, client, unit):
    edition = schedule(unit=unit)
    stranger, _user = sign_in("correspondent", unit=make_unit())
    author, _user = sign_in("correspondent", unit=unit)
    later = NOON + 5 * DAY

    answers = [
        move(browser, edition, later, accept="application/json").status_code
        for browser in (client, stranger, author)
    ]

    assert answers == [302, 404, 403]
    assert list(Edition.objects.not_over(NOON)) == [edition]


def test_move_without_a_time_is_refused(sign_in):
    edition = schedule()
    browser, _user = sign_in("chief editor")

    answer = browser.post(
        f"{CALENDAR}move/{edition.article_id}/",
        {"edition": edition.pk, "live_from": "bald"},
        headers={"accept": "application/json"},
    )

    assert (answer.status_code, answer.json()["edition"]) == (400, None)


def test_calendar_asks_as_often_with_five_rows_as_with_one(sign_in, unit):
    browser, _user = sign_in("chief editor")

    def one_of_each():
        publish(make_article(unit=unit), at=NOON, expires_at=NOON + DAY)
        schedule(unit=unit)
        make_article(unit=unit, event_date=date(2026, 11, 28))

    browser.get(CALENDAR)
    one_of_each()
    with CaptureQueriesContext(connection) as one:
        browser.get(CALENDAR)
    for _ in range(4):
        one_of_each()
    with CaptureQueriesContext(connection) as five:
        browser.get(CALENDAR)

    assert len(five) == len(one) <= 12
    assert Article.objects.count() == 15
