"""Tidying an open form: with script it answers the form, without it goes by a kept text."""

import pytest

from articles.models import Article, PersonalDraft
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, make_unit, submit

pytestmark = pytest.mark.django_db

BEGIN = "/admin/articles/article/tidy/"
PREVIEW = "/admin/articles/article/tidy/preview/"
BODY = "<p>你好,世界...记者王 芳芳今天报道的的</p>"


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def writer(sign_in, unit):
    return sign_in("correspondent", unit=unit)


@pytest.fixture
def article(writer, unit):
    _browser, user = writer
    return make_article("原题", author=user, unit=unit, body="<p>旧</p>", credit="王 芳芳")


def typed(browser, article, **changes):
    page = browser.get(address(article))
    return form_data(page, **{"body": BODY, **changes}) | {"article": article.pk}


def offered(page):
    return {
        one.kind.code: [change.old for change in one.changes] for one in page.context["offers"]
    }


def test_preview_shows_each_change_by_kind_and_keeps_nothing(writer, article):
    browser, _user = writer

    page = browser.post(PREVIEW, typed(browser, article))

    text = page.content.decode()
    assert offered(page) == {"ellipses": ["..."], "punctuation": [","], "words": ["的的"]}
    assert "…你好<del>,</del><ins>，</ins>世界" in text
    article.refresh_from_db()
    assert (article.body, PersonalDraft.objects.count()) == ("<p>旧</p>", 0)


def test_apply_answers_with_the_body_as_the_ticked_kinds_leave_it(writer, article):
    browser, _user = writer
    data = typed(browser, article) | {"apply": "1", "kind": ["punctuation", "none"]}

    answer = browser.post(PREVIEW, data)

    assert answer.json() == {"body": "<p>你好，世界...记者王 芳芳今天报道的的</p>"}
    article.refresh_from_db()
    assert (article.body, article.version_number) == ("<p>旧</p>", 1)


def test_text_without_script_is_kept_tidied_taken_in_and_saved_as_usual(writer, article):
    browser, _user = writer

    begun = browser.post(BEGIN, typed(browser, article, headline="新题"))
    page = browser.get(begun.url)
    back = browser.post(begun.url, {"kind": ["ellipses", "punctuation"]})
    form = browser.get(back.url)
    before = Article.objects.get().body
    browser.post(address(article), form_data(form))

    article.refresh_from_db()
    assert set(offered(page)) == {"ellipses", "punctuation", "words"}
    assert before == "<p>旧</p>"
    assert (article.headline, article.body) == (
        "新题",
        "<p>你好，世界……记者王 芳芳今天报道的的</p>",
    )
    assert PersonalDraft.objects.count() == 0


def test_whoever_does_not_tidy_finds_the_form_as_it_was(writer, article):
    browser, _user = writer

    begun = browser.post(BEGIN, typed(browser, article, headline="新题"))
    page = browser.get(begun.url)
    form = browser.get(page.context["way"].address)

    assert form.context["adminform"].form["headline"].value() == "新题"
    assert form.context["adminform"].form["body"].value() == BODY


def test_new_article_is_tidied_before_its_first_save(writer):
    browser, _user = writer
    page = browser.get("/admin/articles/article/add/")

    begun = browser.post(BEGIN, form_data(page, headline="题", body="<p>好,的</p>"))
    back = browser.post(begun.url, {"kind": ["punctuation"]})
    form = browser.get(back.url)

    assert form.context["adminform"].form["body"].value() == "<p>好，的</p>"
    assert Article.objects.count() == 0


def test_text_in_order_has_nothing_to_tidy(writer, article):
    browser, _user = writer

    page = browser.post(PREVIEW, typed(browser, article, body="<p>你好，世界。</p>"))

    assert "There is nothing to tidy." in page.content.decode()


def test_text_that_is_too_long_is_refused_with_a_sentence(writer, article):
    browser, _user = writer

    answer = browser.post(PREVIEW, {"article": article.pk, "body": "<p>" * 30_000})

    assert answer.status_code == 413
    assert "too long" in answer.json()["reason"]


def test_nobody_tidies_what_they_may_not_change(client, sign_in, writer, article):
    browser, _user = writer
    data = typed(browser, article)
    stranger, _user = sign_in("correspondent", unit=make_unit())
    head, _user = sign_in("head")
    begun = browser.post(BEGIN, data)
    submit(article)

    assert stranger.post(PREVIEW, data).status_code == 404
    assert stranger.get(begun.url).status_code == 404
    assert head.post(PREVIEW, data).status_code == 403
    assert head.post(PREVIEW, {"body": "x"}).status_code == 403
    assert client.post(PREVIEW, data).status_code == 302
    assert browser.post(BEGIN, data).status_code == 403
    refused = browser.post(begun.url, {"kind": ["punctuation"]})
    assert refused.status_code == 403
    assert "Please ask them for changes" in refused.content.decode()
    assert PersonalDraft.objects.get().fields["body"] == BODY
