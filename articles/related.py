"""Related articles, found at publication by tags and words; no editor has to name them.

Compared are the newest articles before it with one of its tags, of its units and of its section:
few, whatever the archive holds. A newer article relates to an older one, so readers of the
older one are led on to it as well: `articles.public.article.query` asks in both directions.
"""

from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.models.editions import Edition, EditionTag, EditionUnit
from articles.models.related import EditionRelation
from articles.text.nearness import Words, nearness, words_of

OF_A_TAG, OF_A_UNIT, OF_A_SECTION = 20, 30, 40
KEPT = 8  # more than are shown, for some may be gone when it is read
FEWEST = 3  # even where none is near
LEAST = 60  # of 1000; less may be chance


@transaction.atomic
def make(edition: Edition) -> None:
    """Keep which articles an edition relates to, as readers see them when it begins."""
    edition.relations.all().delete()
    others = {other.article_id: words(other) for other in candidates(edition)}
    near = nearness(words(edition), others)
    nearest = sorted(near, key=lambda article: (-near[article], -article))[:KEPT]
    EditionRelation.objects.bulk_create(
        EditionRelation(edition=edition, article_id=article, nearness=near[article])
        for place, article in enumerate(nearest)
        if near[article] >= (LEAST if place >= FEWEST else 1)
    )


def rebuild(at: datetime) -> int:
    """Find what every live edition relates to anew, and say of how many."""
    numbers = list(Edition.objects.not_over(at).values_list("pk", flat=True))
    for some in batched(numbers, 200):
        for edition in Edition.objects.filter(pk__in=some).defer("body"):
            make(edition)
    return len(numbers)


def words(edition: Edition) -> Words:
    tags = [tag["slug"] for tag in edition.furniture["tags"]]
    said = (edition.kicker, edition.headline, edition.subhead, edition.summary)
    return words_of("\n".join(said), tags)


def candidates(edition: Edition) -> list[Edition]:
    """Give the live editions that may be near. A query for each tag and unit, and two more."""
    at, before = edition.live_from, Q(displayed_at__lte=edition.displayed_at)
    live = Edition.objects.live(at).exclude(article=edition.article_id)
    numbers: set[int] = set()

    def add(parts: QuerySet[Any], most: int) -> None:
        rows = parts.filter(before).order_by("-displayed_at", "-edition")
        numbers.update(rows.values_list("edition", flat=True)[:most])

    for tag in edition.furniture["tags"]:
        add(EditionTag.objects.filter(slug=tag["slug"]), OF_A_TAG)
    for unit in edition.units.values_list("unit", flat=True):
        add(EditionUnit.objects.filter(unit=unit), OF_A_UNIT)
    here = live.filter(before, section=edition.section_id).newest_first()
    numbers.update(here.values_list("pk", flat=True)[:OF_A_SECTION])
    return list(live.filter(pk__in=numbers).defer("body"))
