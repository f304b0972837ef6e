"""Tags are rows of a library, which would take them off every article when they are deleted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, ProtectedError, QuerySet
from django.db.models.signals import pre_delete
from taggit.models import Tag, TaggedItem

from articles.models.articles import Article


def listen() -> None:
    pre_delete.connect(keep_what_articles_carry, sender=Tag)


def carrying(tags: Iterable[Tag]) -> QuerySet[Article]:
    """Give the articles that carry one of some tags."""
    items = TaggedItem.objects.filter(
        tag__in=tags, content_type__app_label="articles", content_type__model="article"
    )
    return Article.objects.filter(pk__in=items.values("object_id")).order_by("pk")


def keep_what_articles_carry(instance: Tag, **_about: Any) -> None:
    articles: set[Model] = set(carrying([instance]))
    if articles:
        raise ProtectedError(f"Articles carry the tag “{instance}”.", articles)
