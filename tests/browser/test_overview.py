"""The desk over many articles: what is planned is moved, and many are passed at once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from articles.actions import publishing
from articles.models import Edition
from tests.browser.people import hire, sign_in
from tests.factories import NOON, approve, make_article, make_unit, submit


def at_ten(days: int):
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=10, minute=30, second=0, microsecond=0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_scheduled_is_dragged_and_moved_by_keyboard(live_server, browser):
    chief = hire("yang", "chief editor")
    article = approve(make_article("开学典礼"), at=timezone.now())
    publishing.publish(article, user=chief, at=timezone.now(), live_from=at_ten(1))
    page = sign_in(browser, live_server.url, "yang")
    page.set_viewport_size({"width": 1280, "height": 1800})
    address = f"{live_server.url}/admin/desk/calendar/?week={at_ten(1):%G-W%V}"

    # Within the week that shows tomorrow there is a day on either side of it, or a day before.
    page.goto(address)
    other = at_ten(2) if at_ten(1).weekday() < 6 else at_ten(0)
    entry = page.locator(".calendar li", has_text="开学典礼")
    if other > at_ten(1):
        entry.drag_to(page.locator(f"[data-day='{other:%Y-%m-%d}']"))
        expect(page.locator("#calendar-said")).to_contain_text("now goes live on")
        expect(page.locator(f"[data-day='{other:%Y-%m-%d}'] li")).to_have_count(1)
        assert Edition.objects.latest("pk").live_from == other

    # By keyboard alone, and to the past, which is refused.
    entry.locator("summary").focus()
    page.keyboard.press("Enter")
    entry.locator("[name=live_from]").fill(f"{at_ten(9):%Y-%m-%dT%H:%M}")
    entry.get_by_role("button", name="Move it").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("now goes live on")
    assert Edition.objects.latest("pk").live_from == at_ten(9)


@pytest.fixture
def middle_of_the_month() -> Iterator[None]:
    """Make it a day with days behind it and ahead on every page of the calendar."""
    with time_machine.travel(NOON.replace(day=18)):
        yield


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("span", ["month=2026-11", "week=2026-W47"])
def test_drag_into_the_past_goes_back_with_the_reason(
    live_server, browser, middle_of_the_month, span
):
    chief = hire("yang", "chief editor")
    article = approve(make_article("开学典礼"), at=timezone.now())
    edition = publishing.publish(article, user=chief, at=timezone.now(), live_from=at_ten(1))
    page = sign_in(browser, live_server.url, "yang")
    page.set_viewport_size({"width": 1280, "height": 1800})
    page.goto(f"{live_server.url}/admin/desk/calendar/?{span}")
    planned, past, later = (
        page.locator(f"[data-day='{at_ten(days):%Y-%m-%d}']") for days in (1, -1, 2)
    )
    entry = page.locator(".calendar li", has_text="开学典礼")
    said = page.locator("#calendar-said")

    entry.drag_to(past)

    expect(page.locator("#calendar-said.refused")).to_contain_text("lies in the past")
    expect(planned.locator("li")).to_have_count(1)
    expect(past.locator("li")).to_have_count(0)
    expect(entry.locator("[name=live_from]")).to_have_value(f"{at_ten(1):%Y-%m-%dT%H:%M}")
    assert list(Edition.objects.all()) == [edition]

    # Where it went back to, it can be dragged from as before.
    entry.drag_to(later)

    expect(said).to_contain_text("now goes live on")
    expect(said).not_to_have_class("calendar-said refused")
    expect(later.locator("li")).to_have_count(1)
    assert Edition.objects.latest("pk").live_from == at_ten(2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_articles_are_approved_after_a_preview(live_server, browser):
    unit = make_unit("仪器学院")
    hire("chen", "desk editor")
    articles = [submit(make_article(name, unit=unit)) for name in ("第一篇", "第二篇", "第三篇")]
    page = sign_in(browser, live_server.url, "chen")

    page.goto(f"{live_server.url}/admin/articles/article/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("approve_selected")
    page.locator(".actions button[name=index]").click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("checkbox", name="第一篇").check()
    page.get_by_role("checkbox", name="第二篇").check()
    page.get_by_role("button", name="Approve what is ticked").click()

    expect(page.get_by_role("status")).to_have_text("Done for 2 of 2 articles.")
    assert [article.rounds.get().stage for article in articles] == [1, 1, 0]
