"""A large newsroom for measuring: the articles of the sample, over and over, into the past."""

import json
import random
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import batched, cycle
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from taggit.models import TaggedItem

from articles import pages
from articles.models import (
    Article,
    ArticlePhoto,
    ArticleUnit,
    Credit,
    Edition,
    EditionCredit,
    EditionPhoto,
    EditionTag,
    EditionUnit,
    EditionWords,
)
from articles.public.lists.listing import PAGE_SIZE, Cursor

# However many articles there are, they appeared in these years.
SPAN = timedelta(days=5 * 365)
BATCH = 500
# The page of a section that stands for all that are far back.
DEEP = 1000
# Enough different articles that none comes again while anything of it is in memory.
MOST_ADDRESSES = 10_000

OF_ARTICLE = {
    ArticleUnit: "article_id",
    ArticlePhoto: "article_id",
    Credit: "article_id",
    TaggedItem: "object_id",
}
OF_EDITION = dict.fromkeys(
    (EditionUnit, EditionCredit, EditionTag, EditionPhoto, EditionWords), "edition_id"
)


class Pattern:
    """A live edition with every row that belongs to it, to be copied."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.version, self.article = edition, edition.version, edition.article
        self.of_article = list(belonging(OF_ARTICLE, edition.article_id))
        self.of_edition = list(belonging(OF_EDITION, edition.pk))


def belonging(models_: dict[Any, str], pk: int) -> Iterator[models.Model]:
    for model, column in models_.items():
        yield from model.objects.filter(**{column: pk})


def multiply(wanted: int) -> None:
    """Copy the live editions until there are `wanted`, each older than those before."""
    live = Edition.objects.live(timezone.now()).select_related("version", "article")
    patterns = [Pattern(edition) for edition in live.order_by("live_from")]
    missing = range(wanted - len(patterns))
    oldest = patterns[0].edition.live_from
    times = (oldest - SPAN * (number + 1) / len(missing) for number in missing)
    for batch in batched(zip(times, cycle(patterns), strict=False), BATCH):
        store(batch)
    pages.rebuild(timezone.now())
    if connection.vendor == "postgresql":  # sooner or later it would do so by itself
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def store(batch: Iterable[tuple[datetime, Pattern]]) -> None:
    times, patterns = zip(*batch, strict=True)
    articles = Article.objects.bulk_create(
        copy(pattern.article, created_at=at, changed_at=at)
        for at, pattern in zip(times, patterns, strict=True)
    )
    versions = type(patterns[0].version).objects.bulk_create(
        copy(pattern.version, article_id=article.pk, saved_at=article.created_at)
        for pattern, article in zip(patterns, articles, strict=True)
    )
    editions = Edition.objects.bulk_create(
        copy(
            pattern.edition,
            article_id=version.article_id,
            version_id=version.pk,
            number=1,
            live_until=None,
            expires_at=None,
            **dict.fromkeys(("live_from", "first_published_at", "displayed_at", "made_at"), at),
        )
        for at, pattern, version in zip(times, patterns, versions, strict=True)
    )
    rows: dict[Any, list[models.Model]] = {model: [] for model in (*OF_ARTICLE, *OF_EDITION)}
    for edition, pattern in zip(editions, patterns, strict=True):
        for row in pattern.of_article:
            rows[type(row)].append(copy(row, **{OF_ARTICLE[type(row)]: edition.article_id}))
        for row in pattern.of_edition:
            changes: dict[str, Any] = {"edition_id": edition.pk}
            if hasattr(row, "displayed_at"):
                changes["displayed_at"] = edition.displayed_at
            rows[type(row)].append(copy(row, **changes))
    for model, copies in rows.items():
        model.objects.bulk_create(copies)


def copy(row: models.Model, **changes: Any) -> Any:
    """Give an unsaved copy of a row."""
    fields = [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key and not field.generated
    ]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields} | changes)


def addresses() -> dict[str, list[str]]:
    """Give what to ask for, by name; an article has many addresses, so that none is in memory."""
    live = Edition.objects.live(timezone.now()).newest_first()
    numbers = list(live.values_list("article_id", "slug"))
    random.Random(1).shuffle(numbers)
    articles = [Edition(article_id=pk, slug=slug) for pk, slug in numbers[:MOST_ADDRESSES]]
    largest = Counter(live.values_list("section", flat=True).order_by()).most_common(1)[0][0]
    of_section = live.filter(section=largest).select_related("section")
    page = min(DEEP, of_section.count() // PAGE_SIZE)
    last_before = of_section[(page - 1) * PAGE_SIZE - 1]
    section = last_before.section.get_absolute_url()
    deep = f"{section}?before={Cursor(last_before.displayed_at, last_before.article_id)}"
    return {
        "empty view": ["/empty/"],
        "article": [article.get_absolute_url() for article in articles],
        "article, traditional": [f"/zh-hant{article.get_absolute_url()}" for article in articles],
        "front page": ["/"],
        "section, page 1": [section],
        f"section, page {page:,}": [deep],
    }


@contextmanager
def counted_queries() -> Iterator[Counter[str]]:
    """Count the queries of this thread: those that analytics asks for, and the page's own."""
    counts: Counter[str] = Counter()

    def count(execute: Any, *arguments: Any) -> Any:
        counts["boards" if asked_by("analytics.") else "page"] += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield counts


def asked_by(package: str) -> bool:
    callers = (frame for frame, _line in traceback.walk_stack(None))
    return any(frame.f_globals.get("__name__", "").startswith(package) for frame in callers)


def queries(address: str) -> Counter[str]:
    """Ask for a page, in a process that has nothing in memory for it yet."""
    with counted_queries() as counts:
        response = Client(headers={"host": settings.ALLOWED_HOSTS[0]}).get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}.")
    return counts


def main(wanted: int) -> None:
    """Fill the sample site up, and print what to measure as JSON."""
    multiply(wanted)
    pages = [
        {"page": name, "addresses": found, "queries": queries(found[0])}
        for name, found in addresses().items()
    ]
    print(json.dumps({"articles": Article.objects.count(), "pages": pages}))
