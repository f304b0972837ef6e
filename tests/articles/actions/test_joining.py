from datetime import timedelta

import pytest

from articles.actions import joining, reviewing, writing
from articles.models import Article, LogEntry, Part, ReviewRound, Role
from articles.rights.permissions import NotAllowed, Verb, can
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def editor():
    return factories.make_user("desk editor")


def join(article, into, user, **fields):
    fields.setdefault("seen_version", into.version_number)
    return joining.join(article, into=into, user=user, at=NOON + HOUR, **fields)


def test_join_brings_units_credits_and_photos_after_their_own(editor):
    lead, co = factories.make_unit("宣传部"), factories.make_unit("仪器学院")
    into = factories.make_article("走访座谈", unit=lead, credit="李萌萌")
    article = factories.make_article("赴朝阳区走访", unit=co, credit="王小明")
    article.credits.create(role=Role.PHOTOGRAPHER, name="刘涧涧", unit=co, position=1)
    article.credits.create(role=Role.REVIEWER, name="杨静静", position=2)
    photo = factories.make_photo()
    article.photos.create(photo=photo, caption="座谈现场")

    joint = join(article, into, editor)

    article.refresh_from_db()
    assert (article.status, article.joined_into) == (Article.Status.JOINED, into)
    assert list(joint.units.values_list("unit__name", "part", "confirmed_at")) == [
        ("宣传部", Part.LEAD, None),
        ("仪器学院", Part.CO, None),
    ]
    assert list(joint.credits.values_list("role", "name", "unit_name")) == [
        (Role.AUTHOR, "李萌萌", "宣传部"),
        (Role.AUTHOR, "王小明", "仪器学院"),
        (Role.PHOTOGRAPHER, "刘涧涧", "仪器学院"),
    ]
    assert list(joint.photos.values_list("photo", "caption", "paragraph")) == [
        (photo.pk, "座谈现场", 2)
    ]
    version = joint.versions.first()
    assert (version.number, version.author, version.reason) == (
        2,
        editor,
        f"joined with no. {article.pk} of 仪器学院",
    )
    entry = article.log_entries.first()
    assert (entry.action, entry.detail) == (LogEntry.Action.JOINED, f"→ {into.pk}")


def test_join_takes_an_article_out_of_its_review(editor):
    into = factories.make_article()
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")
    assert can(desk, Verb.APPROVE, article, NOON)

    join(article, into, editor)

    article.refresh_from_db()
    assert article.rounds.get().outcome == ReviewRound.Outcome.JOINED
    assert not can(desk, Verb.APPROVE, article, NOON)


def test_join_into_an_approved_article_asks_its_last_stage_again(editor):
    into = factories.approve(factories.make_article())

    joint = join(factories.make_article(), into, editor)

    joint.refresh_from_db()
    assert joint.status == Article.Status.IN_REVIEW
    assert joint.rounds.get().is_last_stage


def test_join_of_the_same_credits_brings_nothing_twice(editor):
    unit = factories.make_unit()
    into = factories.make_article(unit=unit, credit="李萌萌")
    article = factories.make_article(unit=unit, credit="李萌萌")

    joint = join(article, into, editor)

    assert joint.version_number == into.version_number
    assert (joint.units.count(), joint.credits.count()) == (1, 1)


def test_author_of_the_joined_article_may_not_review_the_joint_one(editor):
    writer = factories.make_user("desk editor")
    person = factories.make_person("王小明", user=writer)
    article = factories.make_article()
    article.credits.update(person=person)
    into = factories.make_article()
    assert can(writer, Verb.APPROVE, factories.submit(factories.make_article()), NOON)

    join(article, into, editor)

    assert not can(writer, Verb.APPROVE, factories.submit(into), NOON)


def published():
    article = factories.make_article()
    factories.publish(article)
    return article


def joined():
    article = factories.make_article()
    join(article, factories.make_article(), factories.make_user("desk editor"))
    article.refresh_from_db()
    return article


def joint():
    return joined().joined_into


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (published, "has been published"),
        (joined, "was joined into another one already"),
        (joint, "the other way round"),
    ],
)
def test_join_is_refused_and_changes_nothing(editor, make, reason):
    article, into = make(), factories.make_article()
    before = article.status

    with pytest.raises(NotAllowed, match=reason):
        join(article, into, editor)

    article.refresh_from_db()
    assert article.status == before
    assert into.units.count() == 1


def test_join_into_what_is_over_or_itself_is_refused(editor):
    over = factories.submit(factories.make_article("退掉的"))
    reviewing.reject(
        over, reviewer=editor, seen_version=over.version_number, at=NOON, remark="不用"
    )
    article = factories.make_article()

    with pytest.raises(NotAllowed, match="“退掉的” is not worked on any more"):
        join(article, over, editor)
    with pytest.raises(NotAllowed, match="into itself"):
        join(article, article, editor)


def test_join_is_the_desks(editor):
    unit = factories.make_unit()
    correspondent = factories.make_user("correspondent", unit=unit)
    article = factories.make_article(unit=unit)

    with pytest.raises(NotAllowed, match="Only the desk"):
        join(article, factories.make_article(unit=unit), correspondent)


def test_join_into_a_version_that_has_moved_is_stale(editor):
    into = factories.make_article()
    factories.change(into, by=into.created_by, at=NOON, headline="新标题")
    article = factories.make_article()

    with pytest.raises(writing.StaleArticle):
        join(article, into, editor, seen_version=1)

    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_joined_article_is_not_changed_or_submitted(editor):
    article = joined()

    assert not can(editor, Verb.CHANGE, article, NOON)
    assert not can(article.created_by, Verb.SUBMIT, article, NOON)


def test_part_makes_a_draft_of_its_own_again(editor):
    article = joined()
    joint = article.joined_into

    joining.part(article, user=editor, at=NOON)

    article.refresh_from_db()
    assert (article.status, article.joined_into) == (Article.Status.DRAFT, None)
    assert joint.units.count() == 2
    assert can(article.created_by, Verb.SUBMIT, article, NOON)


def test_part_is_refused_to_the_unit_and_to_what_was_not_joined(editor):
    article = joined()
    with pytest.raises(NotAllowed, match="Only the desk"):
        joining.part(article, user=article.created_by, at=NOON)
    with pytest.raises(NotAllowed, match="was not joined"):
        joining.part(factories.make_article(), user=editor, at=NOON)
