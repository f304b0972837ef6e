from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from articles.actions import reviewing, writing
from articles.models import Article, Membership, PolicyRule, ReviewPolicy
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
    left = factories.make_user("desk editor", is_active=False)
    users = (mine.created_by, other.created_by, desk, factories.make_user(), left)
    seen = [list(Article.objects.visible_to(user, NOON).order_by("pk")) for user in users]
    keys = [{row["pk"] for row in Article.objects.keys_visible_to(user, NOON)} for user in users]

    assert seen == [[mine], [other], [mine, other], [], []]
    assert keys == [{row.pk for row in rows} for rows in seen]


def test_correct_an_article_that_nobody_reads_is_refused():
    article = factories.make_article()
    editor = factories.make_user("desk editor")

    with pytest.raises(NotAllowed, match="readers see"):
        writing.correct(article, editor=editor, text="更正", at=NOON + timedelta(hours=1))


def file_again(article: Article, by, **fields) -> tuple[str, str]:
    """Change the filing, and say what came of it and what stands in the article."""
    said = ""
    try:
        with transaction.atomic():
            factories.change(article, by=by, at=NOON, **fields)
    except NotAllowed as refused:
        said = str(refused)
    article.refresh_from_db()
    return said, article.importance


@pytest.mark.parametrize(
    ("is_submitted", "by_desk", "says"),
    [(True, False, "the desk's to lower"), (True, True, ""), (False, False, "")],
)
def test_importance_of_what_was_submitted_is_lowered_by_the_desk(is_submitted, by_desk, says):
    article = factories.make_article(importance="important")
    desk = factories.make_user("desk editor")
    if is_submitted:
        factories.submit(article)
        reviewing.return_for_changes(
            article,
            reviewer=factories.make_user("desk editor"),
            seen_version=1,
            at=NOON,
            remark="改",
        )
        article.refresh_from_db()
    by = desk if by_desk else article.created_by

    said, importance = file_again(article, by, importance="ordinary")

    assert (says in said, bool(said)) == (True, bool(says))
    assert importance == ("important" if says else "ordinary")
    assert file_again(article, by, importance="sensitive") == ("", "sensitive")


def test_unit_moves_what_was_submitted_to_no_section_with_a_shorter_review():
    short, equal = factories.make_section(), factories.make_section()
    policy = ReviewPolicy.objects.create(name="一审")
    policy.stages.create(
        position=1, name="初审", decider="group", group=Group.objects.get(name="desk editor")
    )
    PolicyRule.objects.create(section=short, policy=policy)
    article = factories.submit(factories.make_article())
    reviewing.take_back(article, user=article.created_by, at=NOON)
    article.refresh_from_db()
    writer = article.created_by

    refused, _importance = file_again(article, writer, section=short)
    unchanged = article.section
    moved, _importance = file_again(article, writer, section=equal)

    assert "Only the desk moves it" in refused
    assert unchanged != short
    assert (moved, article.section) == ("", equal)
    assert file_again(article, factories.make_user("desk editor"), section=short)[0] == ""
