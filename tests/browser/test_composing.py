"""The home page is composed by dragging, and looked at as it will be."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.actions import composing
from articles.models import FrontBlock, Placement
from tests.browser.people import hire, sign_in
from tests.factories import make_edition, make_section


def heads() -> list[str]:
    rows = Placement.objects.filter(slot="heads").order_by("position")
    return [row.article.headline for row in rows]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_home_page_is_composed_and_previewed(live_server, browser):
    editor = hire("fang", "desk editor")
    now, section = timezone.now(), make_section("综合新闻")
    editions = [
        make_edition(name, section=section, at=now - timedelta(hours=2)) for name in "丙乙甲"
    ]
    make_edition("新生报到", section=section, at=now - timedelta(hours=1))
    for edition in editions:
        composing.place(edition.article, user=editor, page=None, key="heads", at=timezone.now())
    page = sign_in(browser, live_server.url, "fang")
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.goto(f"{live_server.url}/admin/desk/compose/")
    rows, said = page.locator("#slot-heads .placed-row"), page.locator("#composing-said")

    # By pointer: the last before the first.
    rows.filter(has_text="丙").locator("[data-grip]").drag_to(
        rows.filter(has_text="甲"), target_position={"x": 100, "y": 3}
    )
    expect(said).to_have_text("“丙” was moved.")
    expect(rows.locator(".what > a")).to_have_text(["丙", "甲", "乙"])
    assert heads() == ["丙", "甲", "乙"]

    # By keys, and the grip stays in hand.
    rows.first.locator("[data-grip]").focus()
    page.keyboard.press("ArrowDown")
    expect(rows.locator(".what > a")).to_have_text(["甲", "丙", "乙"])
    page.keyboard.press("ArrowDown")
    expect(rows.locator(".what > a")).to_have_text(["甲", "乙", "丙"])
    expect(page.locator("body.sending")).to_have_count(0)
    assert heads() == ["甲", "乙", "丙"]

    # Found, and placed from tomorrow on; a wrong end is said where it stands.
    page.locator("#slot-lead").get_by_role("link", name="Add…").click()
    page.locator("#found [name=q]").fill("报到")
    page.keyboard.press("Enter")
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.locator("#offered [name=live_from]").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    page.locator("#offered [name=live_until]").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Place “新生报到”").click()
    expect(page.locator("#offered .errorlist")).to_have_text("It would end before it begins.")
    page.locator("#offered [name=live_until]").fill("")
    page.get_by_role("button", name="Place “新生报到”").click()
    expect(page.locator("#slot-lead .placed-row")).to_contain_text("新生报到")

    # A block goes up, and the page is looked at as it will be.
    block = page.locator(f"#slot-list-{section.pk}")
    block.get_by_role("button", name="Up").click()
    expect(said).to_have_text("“综合新闻” was moved.")
    assert list(FrontBlock.objects.values_list("kind", flat=True)) == [
        "strip",
        "boards",
        "list",
        "topics",
    ]
    with page.expect_popup() as opened:
        page.locator("#changes a").click()
    preview = opened.value
    expect(preview.locator(".lead h2")).to_have_text("新生报到")
    expect(preview.locator(".preview")).to_contain_text("as far as it is planned")
    expect(preview.locator(".heads h2")).to_have_text(["甲", "乙", "丙"])
