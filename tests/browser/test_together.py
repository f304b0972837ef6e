"""Nothing typed is lost, and two at one article know of each other."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, PersonalDraft
from tests.browser.people import WORDS, hire, save, sign_in
from tests.factories import make_article


def open_form(page: Page, article: Article) -> None:
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/articles/article/{article.pk}/change/")
    # The editor has written its own spelling into the form, and the script has noted it.
    page.wait_for_timeout(800)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_of_a_window_that_was_killed_comes_back(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    page.locator("#id_headline").fill("写到一半")
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" More.", delay=5)
    expect(page.locator(".kept")).to_contain_text("Kept at", timeout=15_000)
    page.context.close()

    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    expect(page.locator("#id_headline")).to_have_value("旧题")
    page.get_by_role("link", name="Take it into the form").click()
    expect(page.locator("#id_headline")).to_have_value("写到一半")
    save(page)

    article.refresh_from_db()
    assert (article.headline, "More." in article.body) == ("写到一半", True)
    assert list(PersonalDraft.objects.all()) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_is_kept_in_the_browser_until_the_server_answers(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    page.route("**/autosave/", lambda route: route.abort())
    page.locator("#id_headline").fill("服务器不在时写的")
    expect(page.locator(".kept")).to_contain_text("does not answer", timeout=15_000)
    without = PersonalDraft.objects.count()
    page.unroute("**/autosave/")
    expect(page.locator(".kept")).to_contain_text("Kept at", timeout=15_000)

    assert without == 0
    assert PersonalDraft.objects.get().fields["headline"] == "服务器不在时写的"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_that_is_saved_is_not_offered_again(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    page.locator("#id_headline").fill("新题")
    # What the form keeps as it is sent does not get through.
    page.route("**/autosave/", lambda route: route.abort(), times=1)

    save(page)
    page.wait_for_timeout(2000)

    expect(page.locator(".messagelist")).to_contain_text("Saved as version 2.")
    page.reload()
    page.wait_for_timeout(1000)
    expect(page.locator("#id_headline")).to_have_value("新题")
    expect(page.get_by_role("link", name="Take it into the form")).to_have_count(0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_editors_see_each_other_and_merge_their_texts(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"), body="<p>一</p>\n<p>二</p>")
    hire("yang", "desk editor")
    chen = sign_in(browser, live_server.url, "chen")
    open_form(chen, article)
    yang = sign_in(browser, live_server.url, "yang")
    open_form(yang, article)
    expect(yang.locator(".presence")).to_contain_text("chen has been editing")
    expect(chen.locator(".presence")).to_contain_text("yang has been editing", timeout=25_000)

    yang.locator("#id_headline").fill("杨的标题")
    yang.locator("#id_summary").fill("杨的摘要")
    save(yang)
    chen.locator("#id_headline").fill("陈的标题")
    chen.locator("#id_kicker").fill("陈的眉题")
    chen.locator(".submit-row [name=_save]").click()
    expect(chen.locator(".merge fieldset")).to_have_count(1)
    chen.locator("[name=choice-headline][value=theirs]").check()
    left = chen.evaluate(
        "[...new FormData(document.querySelector('#article_form'))]"
        ".filter(([name, value]) => typeof value === 'string')"
    )
    save(chen)
    # What this browser kept as the form was sent: it has the headline that the save gave up.
    chen.wait_for_load_state("load")
    loads: list[str] = []
    chen.on("load", lambda page: loads.append(page.url))
    chen.evaluate(
        "left => { const { typist } = document.querySelector('#together').dataset;"
        " sessionStorage.setItem(`typed:${typist}:${location.pathname}`, JSON.stringify(left)) }",
        left,
    )
    chen.reload()
    chen.wait_for_timeout(2000)
    assert len(loads) == 1  # a second one would take what the save said off the page

    article.refresh_from_db()
    assert (article.version_number, article.headline) == (3, "杨的标题")
    assert (article.kicker, article.summary) == ("陈的眉题", "杨的摘要")


def drop_cookies(page: Page, *names: str) -> None:
    for name in names:
        page.context.clear_cookies(name=name)


def sign_in_beside(page: Page, address: str, username: str) -> None:
    """Sign in in another window of the same browser."""
    beside = page.context.new_page()
    beside.goto(address + "/admin/")
    beside.locator("[name=username]").fill(username)
    beside.locator("[name=password]").fill(WORDS)
    beside.keyboard.press("Enter")
    expect(beside.locator("h1")).to_have_text("My desk")
    beside.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_comment_of_a_lost_session_is_sent_by_the_first_press(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/comment/")
    page.locator("[name=text]").fill("请核实数字")

    drop_cookies(page, "sessionid")
    page.locator("#content button[type=submit]").click()
    expect(page.locator(".errornote")).to_contain_text("not signed in any more")
    sign_in_beside(page, live_server.url, "chen")
    page.get_by_role("button", name="Send it again").click()

    expect(page.locator(".messagelist")).to_contain_text("Your comment stands")
    assert article.comments.get().text == "请核实数字"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_typed_while_signed_out_is_kept_after_signing_in_beside(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    drop_cookies(page, "sessionid", "csrftoken")
    page.locator("#id_headline").fill("断线时写的")
    expect(page.locator(".kept")).to_contain_text("you are signed out", timeout=15_000)
    sign_in_beside(page, live_server.url, "chen")
    expect(page.locator(".kept")).to_contain_text("Kept at", timeout=15_000)

    assert PersonalDraft.objects.get().fields["headline"] == "断线时写的"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_text_that_stood_in_the_form_as_it_opened_is_kept(live_server, browser):
    body = "<p>第一段 <strong>重</strong></p>\n<h2>小标题</h2>\n<ul><li>一</li></ul>"
    article = make_article("旧题", author=hire("chen", "desk editor"), body=body)
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    page.wait_for_timeout(5000)
    untouched = PersonalDraft.objects.count()

    # As a browser does that puts back what it remembers.
    page.add_init_script(
        "addEventListener('DOMContentLoaded',"
        " () => { document.querySelector('#id_headline').value = '浏览器放回的' })"
    )
    page.reload()
    expect(page.locator(".kept")).to_contain_text("Kept at", timeout=15_000)

    assert untouched == 0
    assert PersonalDraft.objects.get().fields["headline"] == "浏览器放回的"
