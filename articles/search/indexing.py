"""What of an edition goes into the index."""

import re
from collections.abc import Iterable, Sequence
from itertools import batched, pairwise
from typing import Any
from zlib import crc32

from django.db import transaction

from articles.models.editions import Edition
from articles.models.search import EditionWords
from articles.search import names
from articles.search.words import tokens
from articles.text import richtext

# What stands before a token that is in a heading; in a heading, a tag, a unit or a person's name;
# and before what editions are filtered by. No word of a text begins with any of them.
HEADING, NAMED, FACET = "§", "¶", "‡"
# What stands before the digest of two tokens that are side by side.
BESIDE = "-"
NO_SLUG = re.compile(r"[^-\w]")


def index(editions: Sequence[Edition]) -> None:
    """Make editions findable. An edition never changes, so once is enough."""
    words = [EditionWords(edition=edition, **rows_of(edition)) for edition in editions]
    EditionWords.objects.bulk_create(words, ignore_conflicts=True)
    names.learn(editions)


@transaction.atomic
def rebuild() -> int:
    """Index every edition anew, and say how many there are."""
    EditionWords.objects.all().delete()
    names.forget_all()
    editions = Edition.objects.select_related("section").iterator(chunk_size=200)
    for some in batched(editions, 200):
        index(some)
    return EditionWords.objects.count()


def rows_of(edition: Any) -> dict[str, str]:
    """Give an edition's tokens, and the marks by which they are ranked and filtered."""
    headings = f"{edition.kicker}\n{edition.headline}\n{edition.subhead}"
    named = "\n".join([headings, *_names_of(edition)])
    texts = (named, edition.summary, richtext.plain_text(edition.body))
    found = {
        HEADING: tokens(headings).split(),
        NAMED: tokens(named).split(),
        "": tokens("\n".join(texts)).split(),
    }
    marks = [mark + token for mark in (HEADING, NAMED) for token in found[mark]]
    marks += dict.fromkeys(facets_of(edition))
    marks += dict.fromkeys(mark + near for mark, some in found.items() for near in beside(some))
    return {"tokens": f" {' '.join(found[''])} ", "marks": f" {' '.join(marks)} "}


def beside(tokens: Iterable[str]) -> list[str]:
    """Give a digest of each two neighbours. Two of a million are the same, which does no harm."""
    return [
        f"{BESIDE}{crc32(f'{one} {next_}'.encode()) & 0xFFFFF:05x}"
        for one, next_ in pairwise(tokens)
    ]


def _names_of(edition: Any) -> list[str]:
    furniture = edition.furniture
    credited = [
        name
        for line in furniture["credits"]
        for entry in line["entries"]
        for name in (entry["name"], entry["unit"])
    ]
    return [*credited, edition.medium] + [
        row["name"] for row in (*furniture["units"], *furniture["tags"])
    ]


def facets_of(edition: Any) -> Iterable[str]:
    furniture = edition.furniture
    yield facet("year", f"{edition.displayed_at:%Y}")
    yield facet("month", f"{edition.displayed_at:%Y%m}")
    yield facet("section", edition.section_id)
    yield facet("form", edition.form)
    for unit in furniture["units"]:
        yield facet("unit", unit["slug"])
    for tag in furniture["tags"]:
        yield facet("tag", tag["slug"])
    for line in furniture["credits"]:
        for entry in line["entries"]:
            if entry["person"]:
                yield facet("person", entry["person"])


def facet(kind: str, value: object) -> str:
    """Name a filter as the index has it. Months and years are those of UTC."""
    return f"{FACET}{kind}-{NO_SLUG.sub('', str(value).casefold())}"
