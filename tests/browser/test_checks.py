"""Findings follow what is typed, and the text is tidied in one step that can be undone."""

import pytest
from playwright.sync_api import expect

from articles.models import ListedWord
from tests.browser.people import hire, save, sign_in
from tests.browser.test_together import open_form
from tests.factories import make_article

BODY = "<p>第一段话,没有问题。</p><p>第二段话，有<strong>残废</strong>一词...</p>"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_findings_follow_what_is_typed_and_lead_to_their_place(live_server, browser):
    ListedWord.objects.create(text="残废", severity="blocking", suggestion="残疾")
    article = make_article("旧题", author=hire("chen", "desk editor"), body=BODY)
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    findings = page.locator("#checks .findings > li")
    expect(findings).to_have_count(1)
    expect(findings).to_contain_text("Write “残疾” instead.")

    findings.get_by_role("link", name="paragraph 2").click()
    assert "残废" in page.evaluate("getSelection().toString()")
    page.locator("#id_headline").fill("电话13800138000")
    expect(findings).to_have_count(2, timeout=15_000)
    expect(findings.last).to_contain_text("138******00")

    findings.last.get_by_role("link", name="Headline").click()
    expect(page.locator("#id_headline")).to_be_focused()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_is_tidied_in_one_step_and_undone(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"), body=BODY)
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    editor = page.locator(".ProseMirror[contenteditable]")
    before = editor.inner_html()

    page.get_by_role("button", name="Tidy the text…").click()
    dialog = page.locator("dialog#tidy")
    expect(dialog.locator("fieldset")).to_have_count(2)
    expect(dialog).to_contain_text("第一段话,，没有问题")
    dialog.get_by_role("button", name="Tidy what is ticked").click()
    expect(editor).to_contain_text("第一段话，没有问题。")
    expect(editor).to_contain_text("残废一词……")

    page.keyboard.press("Control+z")
    expect(editor).to_contain_text("第一段话,没有问题。")
    assert editor.inner_html() == before
    page.keyboard.press("Control+Shift+z")
    save(page)

    article.refresh_from_db()
    assert article.body == (
        "<p>第一段话，没有问题。</p>\n<p>第二段话，有<strong>残废</strong>一词……</p>"
    )
