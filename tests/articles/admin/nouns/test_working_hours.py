"""The working hours and the calendar, as administrators enter them."""

from datetime import date

import pytest

from articles.models import CalendarDay, WorkingHours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("begins", "ends", "problem"),
    [
        ("11:00", "13:00", "These hours overlap with 星期一 08:00–12:00."),
        ("17:00", "00:00", "These hours overlap with 星期一 13:30–17:30."),
        ("19:00", "18:00", "They would end before they begin."),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_reason(sign_in, begins, ends, problem):
    browser, _user = sign_in("administrator")

    page = browser.post(
        "/admin/articles/workinghours/add/",
        {"weekday": 0, "begins_at": begins, "ends_at": ends},
    )

    assert problem in page.content.decode()
    assert WorkingHours.objects.count() == 10


def test_evening_hours_until_midnight_are_taken(sign_in):
    browser, _user = sign_in("administrator")

    browser.post(
        "/admin/articles/workinghours/add/",
        {"weekday": 0, "begins_at": "19:00", "ends_at": "00:00"},
    )

    assert str(WorkingHours.objects.filter(weekday=0).last()) == "星期一 19:00–00:00"


def test_list_without_hours_says_what_follows(sign_in):
    browser, _user = sign_in("administrator")
    WorkingHours.objects.all().delete()

    page = browser.get("/admin/articles/workinghours/")

    assert "Without working hours no article can be submitted" in page.content.decode()


def test_holiday_of_several_days_is_entered_at_once(sign_in):
    browser, _user = sign_in("administrator")

    browser.post(
        "/admin/articles/calendarday/add/",
        {"day": "2027-10-01", "last_day": "2027-10-03", "name": "国庆节", "works_like": ""},
    )
    again = browser.post(
        "/admin/articles/calendarday/add/",
        {"day": "2027-09-30", "last_day": "2027-10-01", "name": "国庆节", "works_like": ""},
    )

    days = [date(2027, 10, number) for number in (3, 2, 1)]
    assert list(CalendarDay.objects.values_list("day", flat=True)) == days
    assert "Some of these days are listed already." in again.content.decode()


def test_list_says_what_a_day_means(sign_in):
    CalendarDay.objects.create(day="2027-10-01", name="国庆节")
    CalendarDay.objects.create(day="2027-10-09", name="补班", works_like=4)
    browser, _user = sign_in("head")

    text = browser.get("/admin/articles/calendarday/").content.decode()

    assert "Nobody works." in text
    assert "Works like 星期五." in text
