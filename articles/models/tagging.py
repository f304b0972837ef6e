"""Tags are rows of a library, which would take them off every article when they are deleted."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
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


def find_or_make(names: Collection[str]) -> dict[str, Tag]:
    """Give the tag of each name, blind to case, and make those that nobody has used yet."""
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in sorted(set(names) - found.keys()):
        has_case = name.lower() != name.upper()
        other = Tag.objects.filter(name__iexact=name).order_by("pk").first() if has_case else None
        found[name] = other or Tag.objects.create(name=name)
    return found


def carry(articles: Mapping[Article, Iterable[Tag]]) -> None:
    """Put tags on articles that carry none yet, all at once."""
    kind = ContentType.objects.get_for_model(Article)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tag, content_type=kind, object_id=article.pk)
        for article, tags in articles.items()
        for tag in tags
    )


def keep_what_articles_carry(instance: Tag, **_about: Any) -> None:
    articles: set[Model] = set(carrying([instance]))
    if articles:
        raise ProtectedError(f"Articles carry the tag “{instance}”.", articles)
