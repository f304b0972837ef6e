"""What readers have seen of a topic stays: it is not hidden, not deleted, and found again."""

from datetime import timedelta

import pytest

from articles.actions import topics
from articles.models import Topic, TopicSlug
from articles.rights import photos
from articles.rights.permissions import NotAllowed, WrongInput
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def editor():
    return factories.make_user("desk editor")


def saved(topic, editor, **said):
    for name, value in said.items():
        setattr(topic, name, value)
    return topics.save(topic, user=editor, at=NOON)


def test_topic_is_a_draft_then_planned_current_and_concluded():
    def state(**times):
        return Topic(title="校庆", **times).state(NOON).value

    assert [
        state(),
        state(shown_from=NOON + HOUR),
        state(shown_from=NOON),
        state(shown_from=NOON - HOUR, concluded_at=NOON + HOUR),
        state(shown_from=NOON - HOUR, concluded_at=NOON),
    ] == ["draft", "planned", "current", "current", "concluded"]


def test_earlier_slug_is_kept_once_readers_know_it(editor):
    draft = factories.make_topic(slug="a", shown_from=None)
    shown = factories.make_topic(slug="b")

    saved(draft, editor, slug="a-2")
    saved(shown, editor, slug="b-2")
    saved(shown, editor, slug="b-3")

    kept = TopicSlug.objects.order_by("slug").values_list("slug", "topic")
    assert list(kept) == [("b", shown.pk), ("b-2", shown.pk)]


def test_topic_may_take_its_earlier_slug_back_and_no_other_may(editor):
    shown, other = factories.make_topic(slug="b"), factories.make_topic(slug="c")
    saved(shown, editor, slug="b-2")

    with pytest.raises(WrongInput, match="by this slug") as refused:
        saved(other, editor, slug="b")
    saved(shown, editor, slug="b")

    assert refused.value.field == "slug"
    assert list(TopicSlug.objects.values_list("slug", flat=True)) == ["b-2"]


@pytest.mark.parametrize("shown_from", [None, NOON + HOUR])
def test_what_readers_have_seen_is_not_taken_back(editor, shown_from):
    shown, planned = factories.make_topic(), factories.make_topic(shown_from=NOON + HOUR)

    with pytest.raises(WrongInput, match="Readers have seen this topic") as refused:
        saved(shown, editor, shown_from=shown_from)
    saved(planned, editor, shown_from=shown_from)

    shown.refresh_from_db()
    assert (refused.value.field, shown.shown_from) == ("shown_from", NOON - HOUR)


def test_only_what_no_reader_saw_is_deleted_with_what_was_placed(editor):
    edition = factories.make_edition(at=NOON - HOUR)
    shown, draft = factories.make_topic(), factories.make_topic(shown_from=None)
    for topic in (shown, draft):
        topic.placements.create(slot="lead", article=edition.article, live_from=NOON)

    topics.delete(draft, user=editor, at=NOON)
    with pytest.raises(NotAllowed, match="Readers have seen this topic"):
        topics.delete(shown, user=editor, at=NOON)

    assert list(Topic.objects.all()) == [shown]
    assert [row.topic for row in edition.article.placements.all()] == [shown]


def test_photo_is_credited_as_in_the_library_unless_somebody_says_otherwise(editor):
    first = factories.make_photo(photographer_name="沈若溪")
    second = factories.make_photo(photographer_name="周一帆")
    topic = factories.make_topic()

    credits = [
        saved(topic, editor, photo=first).photo_credit,
        saved(topic, editor, photo=second).photo_credit,
        saved(topic, editor, photo_credit="校史馆供图").photo_credit,
        saved(topic, editor, photo=first, photo_credit="沈若溪摄").photo_credit,
        saved(topic, editor, photo=None).photo_credit,
    ]

    assert credits == ["沈若溪", "周一帆", "校史馆供图", "沈若溪摄", ""]


@pytest.mark.parametrize("group", ["head", "proof-reader", "unit reviewer", "correspondent"])
def test_who_may_not_compose_makes_changes_and_deletes_no_topic(group):
    somebody = factories.make_user(group)
    draft = factories.make_topic("校庆", shown_from=None)
    ways = (
        lambda: topics.save(Topic(title="新", slug="new"), user=somebody, at=NOON),
        lambda: saved(draft, somebody, title="改"),
        lambda: topics.delete(draft, user=somebody, at=NOON),
    )

    for way in ways:
        with pytest.raises(NotAllowed, match="You may not compose pages"):
            way()

    assert list(Topic.objects.values_list("title", flat=True)) == ["校庆"]


@pytest.mark.parametrize("shown_from", [None, NOON - HOUR, NOON + HOUR])
def test_unit_does_not_change_a_photo_that_readers_see_in_a_topic(shown_from):
    unit = factories.make_unit()
    member = factories.make_user("correspondent", unit=unit)
    photo = factories.make_photo(unit=unit)
    factories.make_topic(photo=photo, shown_from=shown_from)

    refused = photos.change(member, photo, NOON)

    seen = "Readers see this photo, or soon will. Please ask the desk to change it."
    assert refused == (seen if shown_from else None)
