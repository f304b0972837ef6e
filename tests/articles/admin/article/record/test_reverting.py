"""The page before going back: it compares, says what is lost, and refuses with a reason."""

import pytest

from articles.models import Article, Section
from tests.factories import NOON, change, make_article, make_section, make_unit, make_user, submit

pytestmark = pytest.mark.django_db


def address(article, number=1):
    return f"/admin/articles/article/{article.pk}/versions/{number}/restore/"


@pytest.fixture
def article(unit):
    gone = make_section("旧栏目")
    article = make_article("<b>旧</b>标题", unit=unit, section=gone)
    fields = {"headline": "新标题", "section": make_section("新栏目")}
    article = change(article, by=make_user("desk editor"), at=NOON, **fields)
    Section.objects.filter(pk=gone.pk).delete()
    return article


def test_page_shows_what_would_change_and_then_does_it(sign_in, article):
    browser, _editor = sign_in("desk editor")

    page = browser.get(address(article))
    answer = browser.post(
        address(article), {"version": page.context["form"]["version"].value()}, follow=True
    )

    asked = page.content.decode()
    assert "[inserted: </span>&lt;b&gt;旧&lt;/b&gt;" in asked
    assert "Its section no longer exists, so the article stays in “新栏目”." in asked
    assert Article.objects.get().headline == "<b>旧</b>标题"
    said = [str(message) for message in answer.context["messages"]]
    assert said == [
        "Version 1 is restored as version 3.",
        "Its section no longer exists, so the article stays in “新栏目”.",
    ]


def test_stale_page_is_shown_again_with_the_newer_version(sign_in, article):
    browser, _editor = sign_in("desk editor")
    change(article, by=make_user("chief editor", name="陈晓"), at=NOON, headline="更新的标题")

    stale = browser.post(address(article), {"version": 2})
    again = browser.post(address(article), {"version": stale.context["form"]["version"].value()})

    assert (stale.status_code, again.status_code) == (409, 302)
    assert "陈晓 saved this article" in stale.content.decode()
    assert article.versions.count() == 4


def test_who_may_not_change_is_told_why(sign_in, unit, article):
    submit(article)
    browser, _user = sign_in("correspondent", unit=unit)

    for ask in (browser.get, browser.post):
        answer = ask(address(article), {"version": 2})
        assert (answer.status_code, "初审" in answer.content.decode()) == (403, True)
    assert article.versions.count() == 2


def test_stranger_finds_nothing(client, sign_in, article):
    stranger, _user = sign_in("correspondent", unit=make_unit())

    assert [
        stranger.get(address(article)).status_code,
        stranger.post(address(article)).status_code,
    ] == [404, 404]
    assert client.get(address(article)).status_code == 302


@pytest.mark.parametrize(("number", "status"), [(2, 403), (9, 404)])
def test_current_and_missing_versions_are_not_restored(sign_in, article, number, status):
    browser, _editor = sign_in("desk editor")

    assert browser.get(address(article, number)).status_code == status
