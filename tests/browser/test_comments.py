"""An editor comments on selected words; their author is told, answers, and it is settled."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import clock
from articles.errands import running
from articles.models import Comment
from tests import factories
from tests.browser.people import hire, sign_in


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_words_are_commented_on_answered_and_settled(live_server, browser):
    unit = factories.make_unit("仪器学院")
    author = hire("li", "correspondent", unit)
    hire("chen", "desk editor")
    article = factories.make_article(
        "实验室揭牌",
        author=author,
        unit=unit,
        body="<p>到会四十余台设备。</p>",
        at=timezone.now(),
    )
    factories.submit(article, at=timezone.now())

    chen = sign_in(browser, live_server.url, "chen")
    chen.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    chen.locator(".ProseMirror[contenteditable] p").first.click(click_count=3)
    chen.get_by_role("link", name="Comment on the selected words…").click()
    expect(chen.locator("[name=passage]")).to_have_value("到会四十余台设备。")
    chen.locator("[name=text]").fill("请附设备清单")
    chen.locator(".deed-form button:not([name=bring])").click()
    expect(chen.locator("#comments q")).to_have_text("到会四十余台设备。")
    while running.run_due(clock.now(), worker="test"):
        pass

    li = sign_in(browser, live_server.url, "li")
    expect(li.locator(".bell")).to_have_accessible_name("1 unread notice")
    li.locator(".bell").click()
    li.locator(".notices a").first.click()
    li.locator("#comments").get_by_role("link", name="Answer").click()
    li.locator("[name=text]").fill("已附")
    li.locator(".deed-form button:not([name=bring])").click()
    li.locator("#comments").get_by_role("button", name="Settled").click()
    expect(li.locator("#comments summary")).to_contain_text("settled by li")
    assert Comment.objects.get(reply_to=None).settled_by == author
