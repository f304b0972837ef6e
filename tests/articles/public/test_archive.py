"""The archive by months and days."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.actions import publishing
from tests.articles.public.helpers import headlines, text
from tests.factories import ZONE, make_edition, make_section, make_user

pytestmark = pytest.mark.django_db


def published(day: int, headline: str = "", hour: int = 12, month: int = 9):
    at = datetime(2026, month, day, hour, tzinfo=ZONE)
    return make_edition(headline, at=at)


def shades(response) -> dict[int, tuple[int, int]]:
    """Give the number of articles and the shade of each day that has some."""
    days = [day for week in response.context["weeks"] for day in week]
    return {d.date.day: (d.number, d.shade) for d in days if d.number and not d.is_outside}


def test_archive_leads_to_months(client):
    for day, headline in ((5, "初五"), (25, "廿五")):
        published(day, headline)
    published(8, "近日", month=10)

    archive = text(client.get(reverse("articles:archive")))
    month = client.get("/archive/2026/09/")

    assert "/archive/2026/09/" in archive
    assert headlines(month) == ["廿五", "初五"]
    assert "/archive/2026/10/" in text(month)
    assert "/archive/2026/08/" not in text(month)
    assert client.get("/archive/2026/08/").status_code == 404
    assert client.get("/archive/2026/13/").status_code == 404


def test_month_is_cut_in_the_zone_of_the_site(client):
    # 16:30 in UTC on the last day of August is past midnight in Shanghai.
    at = timezone.now().replace(year=2026, month=8, day=31, hour=16, minute=30)
    make_edition("九月的第一篇", at=at)

    september = client.get("/archive/2026/09/")

    assert headlines(september) == headlines(client.get("/archive/2026/09/01/"))
    assert headlines(september) == ["九月的第一篇"]
    assert shades(september) == {1: (1, 4)}
    assert client.get("/archive/2026/08/").status_code == 404


def test_calendar_counts_what_is_live_by_day(client):
    for hour in range(4):
        published(3, hour=hour)
    published(5)
    published(30)
    published(1, month=10)  # in the last week of the calendar, and not of this month
    gone = published(7)
    publishing.withdraw(
        gone.article, user=make_user("chief editor"), reason="错误", at=timezone.now()
    )

    month = client.get("/archive/2026/09/")

    assert shades(month) == {3: (4, 4), 5: (1, 1), 30: (1, 1)}
    assert [day.day for day, _editions in month.context["days"]] == [30, 5, 3]
    assert '<a href="/archive/2026/09/03/">3 <small>4' in text(month)
    assert 'href="/archive/2026/09/07/"' not in text(month)


def test_day_leads_to_the_days_around_it_that_have_something(client):
    first, second, third = (published(day, f"{day} 日") for day in (3, 9, 20))
    quiet = client.get("/archive/2026/09/04/")

    day = client.get("/archive/2026/09/09/")

    assert headlines(day) == [second.headline]
    for found in (day, quiet):
        assert 'rel="prev" href="/archive/2026/09/03/"' in text(found)
    assert 'rel="next" href="/archive/2026/09/20/"' in text(day)
    assert 'rel="next" href="/archive/2026/09/09/"' in text(quiet)
    assert "Nothing was published on this day." in text(quiet)
    publishing.withdraw(
        third.article, user=make_user("chief editor"), reason="错误", at=timezone.now()
    )
    assert 'rel="next"' not in text(client.get("/archive/2026/09/09/"))
    assert first.headline not in text(day)


@pytest.mark.parametrize("day", ["2026/09/02", "2026/09/10", "2026/09/31", "2026/09/00"])
def test_day_outside_of_the_archive_is_not_found(client, day):
    published(3)
    published(9)

    assert client.get(f"/archive/{day}/").status_code == 404


def test_quiet_month_in_between_is_a_page(client):
    published(3, month=8)
    published(3, month=10)

    assert "Nothing was published in this month." in text(client.get("/archive/2026/09/"))


@pytest.mark.usefixtures("_boards_apart")
@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize(("address", "queries"), [("2026/09/", 7), ("2026/09/03/", 6)])
def test_page_asks_as_much_for_many_as_for_one(
    client, django_assert_num_queries, rows, address, queries
):
    for hour in range(rows):
        published(3, hour=hour)

    with django_assert_num_queries(queries):
        page = client.get(f"/archive/{address}")

    assert len(headlines(page)) == rows


def test_month_turns_its_pages_by_day(client, monkeypatch):
    monkeypatch.setattr("articles.public.lists.listing.PAGE_SIZE", 2)
    section = make_section()
    for day in (3, 3, 5):
        make_edition(at=datetime(2026, 9, day, tzinfo=ZONE), section=section)
    first = client.get("/archive/2026/09/")

    second = client.get("/archive/2026/09/", {"before": str(first.context["page"].older)})

    def days(page):
        return [(day.day, len(editions)) for day, editions in page.context["days"]]

    assert (days(first), days(second)) == ([(5, 1), (3, 1)], [(3, 1)])
    assert ['class="days"' in text(page) for page in (first, second)] == [True, False]
