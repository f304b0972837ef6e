"""A reviewer with a telephone: what waits is read, and decided on in two taps."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from articles.actions import reviewing
from articles.models import Article
from tests.browser.people import hire, sign_in
from tests.factories import NOON, change, make_article, submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FINGER = 44


@pytest.fixture
def article() -> Article:
    """Make an article that waits for the chief editors, changed since the desk passed it."""
    chen = hire("chen", "desk editor")
    long = "<p>体育馆改造历时五个月。</p>" * 20
    article = submit(make_article("体育馆恢复开放", body=f"{long}<p>晚上九点闭馆。</p>"))
    reviewing.approve(article, reviewer=chen, seen_version=1, at=NOON)
    article.refresh_from_db()
    return change(article, by=chen, at=NOON, body=f"{long}<p>晚上十点闭馆。</p>")


def open_what_waits(browser: Browser, site: str) -> Page:
    """Open the desk of the chief editor, and tap what waits there."""
    hire("yang", "chief editor")
    page = sign_in(browser, site, "yang", **TELEPHONE)
    page.get_by_role("link", name="体育馆恢复开放").first.tap()
    return page


def tap(target: Locator) -> None:
    """Tap what is on the screen already, and large enough for a finger."""
    expect(target).to_be_in_viewport(ratio=1)
    box = target.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= FINGER
    target.tap()


def test_what_changed_is_seen_and_approved(live_server, browser, article):
    page = open_what_waits(browser, live_server.url)

    expect(page.locator(".since")).to_contain_text("Changed since “初审”")
    expect(page.locator(".since ins")).to_contain_text("十")
    expect(page.locator(".whole-text")).to_contain_text("晚上十点闭馆。")
    tap(page.get_by_role("button", name="Approve"))

    expect(page.locator(".messagelist")).to_contain_text("Approved")
    assert Article.objects.get().status == Article.Status.APPROVED


def test_it_is_returned_with_a_reason(live_server, browser, article):
    page = open_what_waits(browser, live_server.url)

    page.locator("[name=remark]").fill("闭馆时间请再核实")
    tap(page.get_by_role("button", name="Return"))
    page.wait_for_url("**/return/**")
    expect(page.locator("[name=remark]")).to_have_value("闭馆时间请再核实")
    page.get_by_label("事实待核实").tap()
    tap(page.get_by_role("button", name="Return"))

    expect(page.locator(".messagelist")).to_contain_text("Returned")
    decision = article.rounds.get().decisions.latest("pk")
    assert Article.objects.get().status == Article.Status.RETURNED
    assert decision.why() == "事实待核实 · 闭馆时间请再核实"


def test_menu_hangs_under_the_bar_and_reaches_its_last_line(live_server, browser):
    hire("yang", "chief editor")
    page = sign_in(browser, live_server.url, "yang", **TELEPHONE)
    tap(page.get_by_role("button", name="Menu"))
    first, last = page.locator("#desk-nav a").first, page.locator("#desk-nav a").last

    expect(first).to_have_text("My desk")
    expect(first).to_be_in_viewport()
    expect(page.locator("#header .menu")).to_be_visible()
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    last.tap()

    expect(page).to_have_url(f"{live_server.url}/")
