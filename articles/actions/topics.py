"""Topics: what readers have seen of one stays, and its addresses lead to it."""

import json
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions import steps
from articles.models import Topic, TopicSlug, User
from articles.rights import composing as rights
from articles.rights.permissions import NotAllowed, WrongInput

# What somebody may say of a topic.
FIELDS = (
    *("title", "title_en", "slug", "introduction", "introduction_en", "photo", "photo_credit"),
    *("tag", "shown_from", "concluded_at", "on_home_page"),
)


@transaction.atomic
def save(topic: Topic, *, user: User, at: datetime) -> Topic:
    """Put a new topic on file, or what is different about one.

    Readers who know it by another slug are led on; a photo without a credit has the library's.
    """
    refused = rights.compose(steps.as_of_now(user))
    if refused is not None:
        raise NotAllowed(refused)
    before = Topic.objects.select_for_update(no_key=True).filter(pk=topic.pk).first()
    check(topic, before, at)
    if (
        before is not None
        and before.photo_id != topic.photo_id
        and before.photo_credit == topic.photo_credit
    ):
        topic.photo_credit = ""  # it is that of the other photo
    if topic.photo is None:
        topic.photo_credit = ""
    elif not topic.photo_credit:
        topic.photo_credit = topic.photo.credit
    topic.save()
    topic.former_slugs.filter(slug=topic.slug).delete()
    if before is not None and before.slug != topic.slug and before.is_shown(at):
        topic.former_slugs.create(slug=before.slug)
    return topic


def check(topic: Topic, before: Topic | None, at: datetime) -> None:
    """Raise `WrongInput` where a topic cannot be as somebody wants it."""
    if before is not None and before.is_shown(at) and not topic.is_shown(at):
        raise WrongInput(
            _("Readers have seen this topic. It can be concluded, and its page stays."),
            "shown_from",
        )
    known = TopicSlug.objects.filter(slug=topic.slug).exclude(topic=topic.pk)
    if other := known.select_related("topic").first():
        raise WrongInput(
            _("Readers know “%(topic)s” by this slug.") % {"topic": other.topic}, "slug"
        )


@transaction.atomic
def delete(topic: Topic, *, user: User, at: datetime) -> None:
    """Delete a topic that no reader has seen, with what was placed in it."""
    found = Topic.objects.select_for_update().filter(pk=topic.pk).first() or topic
    refused = rights.delete_topic(steps.as_of_now(user), found, at)
    if refused is not None:
        raise NotAllowed(refused)
    topic.delete()


def as_seen(topic: Topic) -> str:
    """Give what somebody saw of a topic before they changed it."""
    return json.dumps({name: told(getattr(topic, name)) for name in FIELDS}, ensure_ascii=False)


def told(value: Any) -> Any:
    """Give a value of a topic so that two of them can be compared."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return getattr(value, "pk", value)
