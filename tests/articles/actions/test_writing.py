from datetime import date, timedelta

import pytest

from articles.actions import writing
from articles.models import Article, Membership
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def test_create_for_another_unit_is_refused():
    author = factories.make_user("correspondent", unit=factories.make_unit())
    article = Article(
        headline="别家的稿", unit=factories.make_unit(), section=factories.make_section()
    )

    with pytest.raises(NotAllowed, match="own unit"):
        writing.create(article, author=author, at=NOON)

    assert list(Article.objects.all()) == []


def test_create_with_an_expired_membership_is_refused():
    unit = factories.make_unit()
    author = factories.make_user("correspondent", unit=unit)
    Membership.objects.update(valid_until=date(2026, 11, 1))

    with pytest.raises(NotAllowed, match="own unit"):
        factories.make_article(unit=unit, author=author)


def test_first_version_holds_the_whole_working_copy():
    article = factories.make_article("标题", tags=("校庆", "科研"))

    version = article.versions.get()

    assert version.number == article.version_number == 1
    content = version.snapshot
    assert (content["headline"], content["tags"]) == ("标题", ["校庆", "科研"])
    assert [row["name"] for row in content["credits"]] == ["李明远"]
    assert [row["unit"] for row in content["units"]] == [article.unit_id]


def test_stale_save_is_refused_and_names_who_was_faster():
    article = factories.make_article()
    fast = factories.make_user("desk editor", name="陈晓")
    factories.change(article, by=fast, at=NOON, headline="先到")

    with pytest.raises(writing.StaleArticle, match="陈晓") as refused:
        writing.begin_change(
            article, seen_version=1, author=factories.make_user("desk editor"), at=NOON
        )

    assert refused.value.current.snapshot["headline"] == "先到"


def test_correspondent_does_not_change_what_the_desk_has():
    article = factories.submit(factories.make_article())

    with pytest.raises(NotAllowed, match="初审"):
        factories.change(article, by=article.created_by, at=NOON, headline="改")


def test_visible_to_keeps_other_units_out():
    mine, other = factories.make_article("本单位"), factories.make_article("外单位")
    desk = factories.make_user("desk editor")
    seen = [
        list(Article.objects.visible_to(user, NOON).order_by("pk"))
        for user in (mine.created_by, other.created_by, desk, factories.make_user())
    ]

    assert seen == [[mine], [other], [mine, other], []]


def test_correct_an_article_that_nobody_reads_is_refused():
    article = factories.make_article()
    editor = factories.make_user("desk editor")

    with pytest.raises(NotAllowed, match="readers see"):
        writing.correct(article, editor=editor, text="更正", at=NOON + timedelta(hours=1))
