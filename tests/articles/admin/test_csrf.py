"""A form with an old token: what was typed comes back, and nobody else's does."""

import re

import pytest
from django.test import Client

from articles.actions import personal_drafts
from articles.models import Article
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def strict(unit):
    """Give a browser whose tokens are checked, and an article that its user may change."""
    user = make_user("correspondent", unit=unit, is_staff=True)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    article = make_article("旧题", author=user, unit=unit)
    return browser, f"/admin/articles/article/{article.pk}/change/"


def hidden_fields(page):
    token = page.context["csrf_token"]
    return dict(page.context["fields"]) | {"csrfmiddlewaretoken": str(token)}


def test_form_with_an_old_token_can_be_sent_again(strict):
    browser, address = strict
    typed = form_data(browser.get(address), headline="<b>写了很久</b>", csrfmiddlewaretoken="old")

    refused = browser.post(address, typed, headers=HERE)
    again = browser.post(address, hidden_fields(refused), headers=HERE)

    text = refused.content.decode()
    assert (refused.status_code, refused["Cache-Control"]) == (403, "private, no-store")
    assert "&lt;b&gt;写了很久&lt;/b&gt;" in text
    assert "<b>写了很久</b>" not in text
    assert ("Body", "正文第一段。\n正文第二段。") in refused.context["typed"]
    assert "old" not in hidden_fields(refused).values()
    assert again.status_code == 302
    assert Article.objects.get().headline == "<b>写了很久</b>"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_form_of_another_site_is_not_shown_and_not_offered(strict, headers):
    browser, address = strict

    refused = browser.post(address, {"headline": "别人塞进来的"}, headers=headers)

    text = refused.content.decode()
    assert refused.status_code == 403
    assert "别人塞进来的" not in text
    assert "Send it again" not in text


def test_browser_that_names_the_origin_alone_is_believed(strict):
    browser, address = strict
    refused = browser.post(address, {"headline": "我的"}, headers={"Origin": "http://testserver"})
    assert "Send it again" in refused.content.decode()


def test_password_is_never_sent_back(strict):
    _browser, _address = strict
    nobody = Client(enforce_csrf_checks=True)
    data = {"username": "li", "password": "correct horse"}

    refused = nobody.post("/admin/login/", data, headers=HERE)

    text = refused.content.decode()
    assert refused.status_code == 403
    assert "correct horse" not in text
    assert "Please open the page again" in text


def send(browser, address, typed):
    """Send a form as a browser without scripts does."""
    token = browser.cookies["csrftoken"].value
    return browser.post(address, typed | {"csrfmiddlewaretoken": token}, headers=HERE)


def test_text_of_an_expired_login_comes_back_and_is_sent_after_signing_in(strict):
    browser, address = strict
    user = Article.objects.get().created_by
    credits = {"credits-0-name": "李明远", "credits-0-unit_name": "", "credits-0-note": "记者"}
    typed = form_data(browser.get(address), headline="<b>写了很久</b>", **credits)
    browser.session.flush()

    expired = send(browser, address, typed)
    browser.force_login(user)
    again = browser.post(address, hidden_fields(expired), headers=HERE)

    text = expired.content.decode()
    assert (expired.status_code, expired["Cache-Control"]) == (403, "private, no-store")
    assert "you are not signed in any more" in text
    assert "Sign in in a new window first" in text
    assert "&lt;b&gt;写了很久&lt;/b&gt;" in text
    assert ("Body", "正文第一段。\n正文第二段。") in expired.context["typed"]
    assert ("Credits", "李明远 · 记者") in expired.context["typed"]
    assert again.status_code == 302
    assert Article.objects.get().headline == "<b>写了很久</b>"


def test_expired_login_gives_back_remarks_too(strict):
    browser, address = strict
    browser.get(address)
    browser.session.flush()

    expired = send(browser, address.replace("change", "return"), {"remark": "请核实数字"})

    assert expired.status_code == 403
    assert ("Remark", "请核实数字") in expired.context["typed"]


@pytest.mark.parametrize(
    ("typed", "headers"),
    [
        ({"headline": "我的标题", "password": "correct horse"}, HERE),
        ({"headline": "我的标题"}, {}),
        ({"headline": "我的标题"}, {"Sec-Fetch-Site": "cross-site"}),
        ({"headline": "我的标题"}, HERE | {"X-CSRFToken": "a script asks"}),
        ({"version": "1"}, HERE),
    ],
    ids=["a secret", "says nothing", "elsewhere", "script", "no text"],
)
def test_expired_login_sends_others_to_sign_in(typed, headers):
    answer = Client().post("/admin/articles/article/add/", typed, headers=headers)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    assert "我的标题" not in answer.content.decode()


def test_signed_out_writer_is_told_to_sign_in_first(strict):
    _browser, address = strict
    nobody = Client(enforce_csrf_checks=True)
    nobody.cookies["csrftoken"] = "old"

    refused = nobody.post(address, {"headline": "我的标题"}, headers=HERE)

    text = refused.content.decode()
    assert "我的标题" in text
    assert "旧题" not in text
    assert "Sign in in a new window first" in text


def test_whoever_was_never_here_gets_nothing_back():
    nobody = Client(enforce_csrf_checks=True)

    refused = nobody.post("/admin/", {"headline": "我的标题"}, headers=HERE)
    answer = Client().post("/admin/articles/article/add/", {"headline": "我的标题"}, headers=HERE)

    assert refused.status_code == 403
    assert "我的标题" not in refused.content.decode()
    assert (answer.status_code, answer.content) == (302, b"")


@pytest.mark.parametrize("more", [0, 1])
def test_more_than_anybody_types_does_not_come_back(strict, more):
    browser, address = strict
    text = "文" * (personal_drafts.MAX_CHARACTERS - len("text") + more)

    refused = browser.post(address, {"text": text}, headers=HERE)

    assert refused.status_code == 403
    assert ("文" * 100 in refused.content.decode()) == (not more)


@pytest.mark.parametrize("form", ["change", "submit", "comment"])
def test_text_of_somebody_else_can_be_copied_but_not_sent(strict, form):
    browser, address = strict
    address = address.replace("change", form)
    other = make_user("desk editor", is_staff=True, name="陈编辑")
    page = browser.get(address).content.decode()
    typist = re.search(r'name="typist" value="([0-9]+)"', page)
    typed = {"text": "我的意见", "typist": typist[1]}
    own = browser.post(address, typed | {"csrfmiddlewaretoken": "old"}, headers=HERE)

    browser.force_login(other)
    refused = browser.post(address, typed | {"csrfmiddlewaretoken": "old"}, headers=HERE)

    text = refused.content.decode()
    assert "Send it again" in own.content.decode()
    assert "You are signed in as 陈编辑." in text
    assert ("我的意见" in text, "Send it again" in text, 'name="text"' in text) == (
        True,
        False,
        False,
    )
    assert "Somebody else typed this" in text


@pytest.mark.parametrize("form", ["change", "comment"])
def test_text_of_somebody_else_is_not_sent_with_a_new_token_either(strict, form):
    browser, address = strict
    writer = Article.objects.get().created_by
    # Both may write here, so nothing else would stop it.
    browser.force_login(make_user("desk editor", is_staff=True, name="陈编辑"))
    page = browser.get(address.replace("change", form))
    typed = form_data(page, headline="我的") if form == "change" else {"text": "我的"}

    refused = send(browser, page.request["PATH_INFO"], typed | {"typist": str(writer.pk)})

    text = refused.content.decode()
    assert refused.status_code == 403
    assert "Somebody else typed this" in text
    assert ("我的" in text, "Send it again" in text) == (True, False)
    assert Article.objects.get().headline == "旧题"
    assert not Article.objects.get().comments.exists()


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_script_learns_whether_its_user_is_signed_out(strict, is_signed_in):
    browser, _address = strict
    asks = browser if is_signed_in else Client(enforce_csrf_checks=True)

    refused = asks.post(
        "/admin/articles/article/autosave/", {"keep": "1"}, headers=HERE | {"X-CSRFToken": ""}
    )

    assert (refused.status_code, refused.json()) == (403, {"signed_out": not is_signed_in})
