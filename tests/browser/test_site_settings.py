"""A site says who it is: an administrator types it, and readers meet it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.people import hire, sign_in
from tests.browser.test_everybody import violations
from tests.factories import make_edition

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

NARROW_AND_DARK = {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"}
LOOK = """() => {
    const style = getComputedStyle(document.documentElement);
    return {
        name: document.querySelector(".masthead .name").firstChild.textContent,
        title: document.title,
        accent: style.getPropertyValue("--accent"),
        grey: style.filter,
        sideways: document.documentElement.scrollWidth > innerWidth,
    };
}"""


def say(page: Page, **words: str) -> None:
    for name, value in words.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator(".submit-row [name=_save]").click()


def test_name_colour_and_mourning_reach_readers(live_server, browser):
    hire("keeper", "administrator")
    edition = make_edition("图书馆夜间开放", at=timezone.now() - timedelta(hours=1))
    address = live_server.url + edition.get_absolute_url()
    reader = browser.new_context(**NARROW_AND_DARK).new_page()
    desk = sign_in(browser, live_server.url, "keeper")
    complaints: list[str] = []
    desk.on("console", lambda message: complaints.append(message.text))

    def look() -> dict:
        reader.goto(address)
        return reader.evaluate(LOOK)

    before = look()
    desk.locator("#desk-nav a[href$='/sitesettings/']").click()
    say(desk, name="青禾日报", accent="#ffd700")
    expect(desk.locator(".field-accent .errorlist")).to_contain_text("its contrast is 1.22 : 1")
    refused = look()
    say(desk, accent="#00539f", contact_mail="news@qinghe.example", icp_number="京ICP备00000000号")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    renamed = look()
    desk.locator("#memorials-group .add-row a").click()
    day = timezone.localdate().isoformat()
    say(desk, **{"memorials-0-first_day": day, "memorials-0-last_day": day})
    expect(desk.locator(".messagelist .success")).to_be_visible()
    mourning = look()
    desk.get_by_role("link", name="History").or_(desk.locator(".historylink")).click()

    assert refused == before
    assert before["sideways"] is False
    assert renamed == before | {
        "name": "青禾日报",
        "title": "图书馆夜间开放 · 青禾日报",
        "accent": "#5c91c2",
    }
    assert mourning == renamed | {"grey": "grayscale(1)"}
    assert violations(reader) == []
    assert complaints == []
    expect(desk.locator("main")).to_contain_text("→ 青禾日报")
    expect(desk.locator("main")).to_contain_text(f"{day}–{day}")
