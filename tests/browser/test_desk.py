"""From a draft to the site: a correspondent, a desk editor and a chief editor at work."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Photo
from tests.browser.people import WORDS, add_photo, hire, sign_in
from tests.factories import make_article, make_unit


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_draft_goes_through_two_desks_to_the_site(live_server, browser):
    li_at_work = hire("li", "correspondent", make_unit("仪器学院"))
    for username, group in (("chen", "desk editor"), ("yang", "chief editor")):
        hire(username, group)
    unit = li_at_work.memberships.get().unit
    article = make_article("新型传感器实验室揭牌", author=li_at_work, unit=unit)
    complaints: list[str] = []

    # The correspondent finds the draft, types with spaces, adds a photo and hands it over.
    li = sign_in(browser, live_server.url, "li")
    li.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    li.get_by_role("link", name="新型传感器实验室揭牌").first.click()
    editor = li.locator(".ProseMirror[contenteditable]")
    editor.click()
    li.keyboard.press("Control+End")
    li.keyboard.press("Enter")
    li.keyboard.type("Low power, two  spaces.", delay=5)
    add_photo(li, "揭牌现场")
    li.locator(".submit-row [name=_save]").click()
    expect(li.locator(".messagelist")).to_contain_text("Saved as version 2.")
    article.refresh_from_db()
    assert article.body.splitlines()[-1] == "<p>Low power, two spaces.</p>"
    assert [use.photo for use in article.photos.all()] == list(Photo.objects.all())
    li.locator(".state .first").click()
    li.locator(".deed-form button:not([name=bring])").click()
    expect(li.locator(".messagelist")).to_contain_text("is now at “初审”, with desk editors.")

    # The desk editor finds it waiting; two taps and one remark.
    chen = sign_in(browser, live_server.url, "chen")
    chen.locator(".queue .go.first").click()
    chen.locator("[name=remark]").fill("事实已核对")
    chen.locator(".deed-form button:not([name=bring])").click()
    expect(chen.locator(".messagelist")).to_contain_text("终审")

    # Its author sees who has it.
    li.goto(live_server.url + "/admin/")
    expect(li.locator(".queue [aria-current=step]")).to_contain_text("chief editors")

    # The chief editor approves and publishes.
    yang = sign_in(browser, live_server.url, "yang")
    yang.locator(".queue .go.first").click()
    yang.locator(".deed-form button:not([name=bring])").click()
    yang.locator(".state .first").click()
    yang.locator(".deed-form button:not([name=bring])").click()
    expect(yang.locator(".messagelist")).to_contain_text("Published.")
    yang.get_by_role("link", name="Readers see it").click()
    expect(yang.locator("body")).to_contain_text("Low power, two spaces.")

    assert Article.objects.get().status == Article.Status.PUBLISHED
    assert complaints == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_decision_warns_of_changes_that_are_not_saved(live_server, browser):
    user = hire("chen", "desk editor")
    article = make_article("未保存的改动", author=user)
    page = sign_in(browser, live_server.url, "chen")
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.wait_for_timeout(600)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.locator("#id_headline").fill("还没有保存")
    page.locator(".state .first").click()

    expect(page.locator("#id_headline")).to_have_value("还没有保存")
    assert asked == ["confirm"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_stays_when_the_session_has_ended(live_server, browser):
    user = hire("chen", "desk editor")
    article = make_article("旧题", author=user)
    page = sign_in(browser, live_server.url, "chen")
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.locator("#id_headline").fill("写了很久的标题")

    Session.objects.all().delete()
    page.locator(".submit-row [name=_save]").click()
    expect(page.locator(".signed-out")).to_be_visible()
    with page.expect_popup() as opened:
        page.locator(".signed-out a").click()
    opened.value.locator("[name=username]").fill("chen")
    opened.value.locator("[name=password]").fill(WORDS)
    opened.value.keyboard.press("Enter")
    expect(opened.value.locator("h1")).to_have_text("My desk")
    page.locator(".submit-row [name=_save]").click()

    expect(page.locator(".messagelist")).to_contain_text("Saved as version 2.")
    assert Article.objects.get().headline == "写了很久的标题"
