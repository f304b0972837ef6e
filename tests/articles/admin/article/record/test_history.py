"""The record of an article: sittings, pages, and the ways on from there."""

from datetime import timedelta

import pytest

from articles.actions import commenting, reviewing
from articles.admin.article.record.sittings import sittings
from articles.models import Article
from tests.factories import NOON, change, make_article, make_user, submit

pytestmark = pytest.mark.django_db


def save(article, by, minutes):
    article.refresh_from_db()
    return change(
        article,
        by=by,
        at=NOON + timedelta(minutes=minutes),
        headline=f"第{article.version_number + 1}稿",
    )


def folded(article):
    return [[version.number for version in one.versions] for one in sittings(article)]


def test_saves_of_one_person_without_a_break_are_one_sitting(unit):
    article = make_article(unit=unit)
    author = article.created_by
    for minutes in (10, 39, 69, 98):
        save(article, author, minutes)

    assert folded(article) == [[5, 4], [3, 2, 1]]


def test_another_person_ends_a_sitting(unit):
    article = make_article(unit=unit)
    save(article, make_user("desk editor"), 1)
    save(article, article.created_by, 2)

    assert folded(article) == [[3], [2], [1]]


def test_what_happens_between_saves_ends_a_sitting(unit):
    article = submit(make_article(unit=unit))
    editor = make_user("desk editor")
    save(article, editor, 1)
    save(article, editor, 2)
    commenting.comment(Article.objects.get(), author=editor, text="批注", at=NOON)
    save(article, editor, 3)
    article.refresh_from_db()
    reviewing.claim(article, reviewer=editor, at=NOON)
    save(article, editor, 4)
    reviewing.approve(article, reviewer=editor, seen_version=5, at=NOON)
    save(article, editor, 5)

    assert folded(article) == [[6], [5, 4], [3, 2], [1]]


def test_history_offers_what_changed_in_a_sitting_in_one_click(sign_in, unit):
    article = make_article(unit=unit)
    editor = make_user("desk editor")
    for minutes in (1, 2, 3):
        save(article, editor, minutes)
    browser, _user = sign_in("desk editor")

    page = browser.get(f"/admin/articles/article/{article.pk}/history/").content.decode()

    assert f"/admin/articles/article/{article.pk}/compare/?old=1&amp;new=4" in page
    assert "3 saves in this sitting" in page
    assert f"/admin/articles/article/{article.pk}/versions/3/" in page


def test_history_of_hundreds_of_versions_is_flat(sign_in, unit, django_assert_num_queries):
    article = make_article(unit=unit)
    editors = make_user("desk editor"), make_user("chief editor")
    browser, _user = sign_in("desk editor")
    address = f"/admin/articles/article/{article.pk}/history/"
    browser.get(address)

    for saves in (2, 70):
        for number in range(saves):
            save(article, editors[number % 2], number)
        with django_assert_num_queries(17) as queries:
            page = browser.get(address)
        assert not any('version"."snapshot"' in query["sql"] for query in queries)

    assert [sitting.last.number for sitting in page.context["sittings"]] == list(range(73, 43, -1))
    second = browser.get(address, {"page": 2})
    assert [sitting.last.number for sitting in second.context["sittings"]] == list(
        range(43, 13, -1)
    )
