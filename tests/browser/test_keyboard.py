"""The board and the calendar with a keyboard alone: every step is a key that is pressed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.actions import publishing
from articles.models import Edition
from tests.browser.people import hire, sign_in
from tests.factories import NOON, approve, make_article, make_unit, submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

FURTHEST = 90


def tab_to(page: Page, target: Locator) -> None:
    """Go from one thing to the next until it is this one; it must be seen to have the focus."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            assert target.evaluate("element => element.matches(':focus-visible')")
            return
    pytest.fail(f"The keyboard does not come to {target}.")


def test_board_is_filtered_and_an_article_opened(live_server, browser):
    hire("chen", "desk editor")
    for name in ("甲学院", "乙学院"):
        submit(make_article(f"{name}的稿件", unit=make_unit(name)))
    page = sign_in(browser, live_server.url, "chen")
    page.goto(f"{live_server.url}/admin/desk/board/")
    cards = page.locator(".card h3")
    expect(cards).to_have_count(2)

    units = page.locator("select[name=unit]")
    tab_to(page, units)
    while units.evaluate("element => element.selectedOptions[0].text") != "乙学院":
        page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Show"))
    page.keyboard.press("Enter")
    expect(cards).to_have_text(["乙学院的稿件"])
    tab_to(page, cards.get_by_role("link"))
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("乙学院的稿件")


@time_machine.travel(NOON)  # between its neighbours a month has the next and the last one
def test_what_is_scheduled_is_moved_or_stays_with_the_reason(live_server, browser):
    chief = hire("yang", "chief editor")
    at = timezone.now()
    planned = timezone.localtime(at).replace(second=0, microsecond=0) + timedelta(days=1)
    article = approve(make_article("开学典礼"), at=at)
    publishing.publish(article, user=chief, at=at, live_from=planned)
    page = sign_in(browser, live_server.url, "yang")

    def move(key: str, day: str) -> None:
        page.goto(f"{live_server.url}/admin/desk/calendar/?month={day}")
        entry = page.locator(".calendar li", has_text="开学典礼")
        tab_to(page, entry.locator("summary"))
        page.keyboard.press("Enter")
        tab_to(page, entry.locator("[name=live_from]"))
        # The year or the month, as the browser writes dates.
        page.keyboard.press(key)
        tab_to(page, entry.get_by_role("button", name="Move it"))
        page.keyboard.press("Enter")

    move("ArrowUp", f"{planned:%Y-%m}")
    expect(page.locator(".messagelist .success")).to_contain_text("now goes live on")
    moved = Edition.objects.latest("pk")
    assert moved.live_from > planned + timedelta(days=27)

    publishing.reschedule(
        article, user=chief, live_from=planned, seen_edition=moved.pk, at=timezone.now()
    )
    before = Edition.objects.latest("pk")
    move("ArrowDown", f"{planned:%Y-%m}")
    expect(page.locator(".messagelist .error")).to_contain_text("lies in the past")
    assert Edition.objects.latest("pk") == before
