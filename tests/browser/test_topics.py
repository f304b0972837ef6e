"""A topic from its first word to its end, by keyboard."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Topic
from tests.browser.people import hire, sign_in
from tests.factories import make_edition


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_topic_is_made_composed_shown_and_concluded(live_server, browser):
    hire("fang", "desk editor")
    now = timezone.localtime()
    edition = make_edition("一百件旧物", tags=("校庆",), at=timezone.now())
    make_edition("来信", at=timezone.now())
    page = sign_in(browser, live_server.url, "fang")
    keys = page.keyboard

    # A draft, which has its address from the English title.
    page.goto(f"{live_server.url}/admin/articles/topic/add/")
    page.locator("[name=title]").focus()
    keys.type("迎校庆")
    keys.press("Tab")
    keys.type("The Anniversary")
    expect(page.locator("[name=slug]")).to_have_value("the-anniversary")
    page.locator("[name=tag]").fill("校庆")
    page.locator(".ProseMirror").first.focus()
    keys.type("旧物说起。")
    page.locator("[name=tag]").focus()
    page.get_by_role("button", name="保存并继续编辑").press("Enter")
    expect(page.locator(".pill").first).to_have_text("draft")
    assert page.request.get(f"{live_server.url}/topics/the-anniversary/").status == 404

    # Its page: one article by itself, another one added.
    page.get_by_role("link", name="Compose").last.press("Enter")
    expect(page.locator("#slot-lead .automatic")).to_contain_text("一百件旧物")
    page.locator("#slot-more [data-add]").press("Enter")
    expect(page.locator("#offered [name=key]")).to_have_value("more")
    page.get_by_role("button", name="Place “来信”").press("Enter")
    expect(page.locator("#slot-more .placed-row")).to_contain_text("来信")

    # Shown, named by its article, and concluded.
    page.get_by_role("link", name="Title, introduction, dates").press("Enter")
    page.locator("[name=shown_from]").fill(f"{now:%Y-%m-%d}T00:00")
    page.locator("[name=shown_from]").press("Enter")
    page.goto(live_server.url + edition.get_absolute_url())
    page.locator(".in-topic").get_by_role("link", name="迎校庆").press("Enter")
    expect(page.locator("h1")).to_have_text("迎校庆")
    expect(page.locator(".introduction")).to_have_text("旧物说起。")
    expect(page.locator(".lead h2")).to_have_text("来信")
    expect(page.locator(".heads h2")).to_have_text(["一百件旧物"])
    topic = Topic.objects.get()
    page.goto(f"{live_server.url}/admin/articles/topic/{topic.pk}/change/")
    page.locator("[name=concluded_at]").fill(f"{now:%Y-%m-%dT%H:%M}")
    page.locator("[name=concluded_at]").press("Enter")
    page.goto(f"{live_server.url}/topics/")
    expect(page.locator(".past-topics li")).to_contain_text("迎校庆")
    expect(page.locator(".nothing")).to_have_text("There is no current topic.")
