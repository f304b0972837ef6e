"""Published articles of chosen units, for the boards."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from articles.actions import publishing, reviewing, writing
from articles.models import Article, Edition, EditionUnit, Role
from tests.factories import NOON, approve, change, make_article, make_user


def make_accepted(
    *contributors: Any,
    at: datetime = NOON,
    confirmed: bool = True,
    photos: Any = (),
    **fields: Any,
) -> Edition:
    """Publish an article of some units; `(unit, Part.CO)` makes a unit a joint one."""
    units_and_parts = [
        each if isinstance(each, tuple) else (each, "lead") for each in contributors
    ]
    article = make_article(at=at - timedelta(hours=2), unit=units_and_parts[0][0], **fields)
    article.units.all().delete()
    for position, (unit, part) in enumerate(units_and_parts):
        article.units.create(unit=unit, part=part, position=position)
    for unit in photos:
        article.credits.create(role=Role.PHOTOGRAPHER, name="摄影", unit=unit, position=9)
    writing.finish_change(article, author=article.created_by, at=at - timedelta(hours=1))
    article.refresh_from_db()
    approve(article, at=at - timedelta(hours=1))
    edition = publishing.publish(article, user=make_user("chief editor"), at=at)
    if not confirmed:
        QuerySet.update(EditionUnit.objects.filter(edition=edition), confirmed=False)
    return edition


def publish_again(article: Article, *, at: datetime, **fields: Any) -> Edition:
    """Have the desk change a published article, and publish it after another review."""
    editor = make_user("desk editor")
    article.refresh_from_db()
    article = change(article, by=editor, at=at, **fields)
    reviewing.submit(article, user=editor, at=at)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(
            article, reviewer=make_user(group), seen_version=article.version_number, at=at
        )
    article.refresh_from_db()
    return publishing.publish(article, user=make_user("chief editor"), at=at)
