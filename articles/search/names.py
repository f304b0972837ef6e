"""Names that readers may mean: units, people, tags and sections of live editions.

A name is found by its beginning, by its pinyin (`zhanghuawei`) or the initials of it (`zhw`); what
only sounds like one, or has one character more, fewer or other, is offered as "did you mean".
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Length
from pypinyin import Style, lazy_pinyin

from articles import site
from articles.models.editions import (
    Edition,
    EditionCredit,
    EditionTag,
    EditionUnit,
)
from articles.models.search import PrintedName
from articles.models.sections import Section
from articles.search.words import IS_HAN
from articles.text.hanzi import match_key

Kind = PrintedName.Kind
# More names than are shown are looked at, since some are of the same person.
MOST, LOOKED_AT = 6, 30
SOUND = re.compile(r"[a-z]+")
MAX_NAME = 100


def learn(editions: Sequence[Edition], rows: type[PrintedName] = PrintedName) -> None:
    """Remember the names that editions print."""
    models.prefetch_related_objects(editions, "section")
    printed = {name for edition in editions for name in _printed_by(edition)}
    rows.objects.bulk_create(
        # Two who learn the same names at once take them in the same order, and so in turn.
        (
            rows(kind=kind, target=target, name=name, **sounds(name))
            for kind, target, name in sorted(printed)
        ),
        ignore_conflicts=True,
    )


def forget_all() -> None:
    PrintedName.objects.all().delete()


def _printed_by(edition: Any) -> Iterator[tuple[str, str, str]]:
    furniture = edition.furniture
    yield Kind.SECTION, edition.section.slug, edition.section.name
    for unit in furniture["units"]:
        yield Kind.UNIT, unit["slug"], unit["name"]
    for tag in furniture["tags"]:
        yield Kind.TAG, tag["slug"], tag["name"]
    for line in furniture["credits"]:
        for entry in line["entries"]:
            if entry["person"] and entry["name"]:
                yield Kind.PERSON, str(entry["person"]), entry["name"]


def sounds(name: str) -> dict[str, str]:
    """Give the form in which a name is compared, its pinyin and its initials."""
    key = match_key(name)[:MAX_NAME]
    return {
        "key": key,
        "pinyin": "".join(lazy_pinyin(key)),
        "initials": "".join(lazy_pinyin(key, style=Style.FIRST_LETTER)),
    }


def suggestions(query: str, *, at: datetime) -> list[PrintedName]:
    """Give the names that a query begins, in characters or in pinyin; the shortest first."""
    key = match_key(query)
    if not 2 <= len(key) <= MAX_NAME:
        return []
    begins = Q(key__startswith=key)
    if SOUND.fullmatch(key):
        begins |= Q(initials__startswith=key) | Q(pinyin__startswith=key)
    elif IS_HAN.match(key):
        begins |= Q(key__contains=key)
    return _first_live(PrintedName.objects.filter(begins), at)


def near(query: str, *, at: datetime) -> list[PrintedName]:
    """Give the names that a query may have meant, and is not."""
    key = match_key(query)
    if not 2 <= len(key) <= MAX_NAME:
        return []
    # Whatever one change leaves alone, it is the first half or the second one.
    half = len(key) // 2
    alike = Q(size__range=(len(key) - 1, len(key) + 1)) & (
        Q(key__startswith=key[:half]) | Q(key__endswith=key[half:])
    )
    sound = Q(pinyin="".join(lazy_pinyin(key)))
    names = PrintedName.objects.alias(size=Length("key")).filter(alike | sound).exclude(key=key)
    close = [
        name.pk
        for name in names.order_by("pk")[:1000]
        if name.pinyin == sounds(key)["pinyin"] or is_one_change(name.key, key)
    ]
    return _first_live(PrintedName.objects.filter(pk__in=close[:LOOKED_AT]), at)


def is_one_change(one: str, other: str) -> bool:
    """Say whether one character more, fewer or other makes one name of the other."""
    shorter, longer = sorted((one, other), key=len)
    same = next(
        (n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter)
    )
    rest = shorter[same:] if len(shorter) < len(longer) else shorter[same + 1 :]
    return len(longer) - len(shorter) <= 1 and one != other and longer[same + 1 :] == rest


def _first_live(names: QuerySet[Any], at: datetime) -> list[PrintedName]:
    """Keep what something live prints now, the shortest first. One query."""
    # A person's address has a number, and only of a person may it be read as one.
    number = Case(When(kind=Kind.PERSON, then=Cast("target", BigIntegerField())))
    of_person = {"person": OuterRef("number"), "person__in": site.people_with_pages()}
    section = Section.objects.filter(slug=OuterRef("target"), name=OuterRef("name"))
    is_live = (
        Q(Exists(section), kind=Kind.SECTION)
        | Q(_printed(EditionUnit, at, unit__slug=OuterRef("target")), kind=Kind.UNIT)
        | Q(_printed(EditionTag, at, slug=OuterRef("target")), kind=Kind.TAG)
        | Q(_printed(EditionCredit, at, **of_person), kind=Kind.PERSON)
    )
    live = names.alias(size=Length("key"), number=number).filter(is_live)
    # Somebody who has been credited under two spellings is one suggestion.
    found = {(n.kind, n.target): n for n in reversed(live.order_by("size", "pk")[:LOOKED_AT])}
    return list(found.values())[::-1][:MOST]


def _printed(part: Any, at: datetime, **target: Any) -> Exists:
    """Say whether a live edition prints a name; the first one that does is enough."""
    still = Q(edition__live_until=None) | Q(edition__live_until__gt=at)
    rows = part.objects.filter(still, edition__live_from__lte=at, **target)
    return Exists(rows.filter(name=OuterRef("name")))
