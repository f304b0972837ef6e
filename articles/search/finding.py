"""Editions that have all words of a query: the best first, or the newest.

There are three ranks: all words in the headings; in these, tags, units and people; anywhere.
Within a rank the newest comes first. Nothing is sorted but what is near: a rank is read in growing
spans of time, and stops with the first that has enough. So a word that every article has costs no
more than a rare one, and a late page no more than the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL

from articles.models.editions import Edition
from articles.models.search import EditionWords
from articles.search.indexing import HEADING, NAMED, beside, facet
from articles.search.words import Phrase, phrases


class Rank(IntEnum):
    HEADING = 1
    NAMED = 2
    ANYWHERE = 3


MARKS = {Rank.HEADING: HEADING, Rank.NAMED: NAMED, Rank.ANYWHERE: ""}
MONTHS_FIRST = 2


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, and what narrows them. `filters` are (kind, value)."""

    query: str = ""
    filters: tuple[tuple[str, object], ...] = ()
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is too late
    by_date: bool = False

    def is_empty(self) -> bool:
        return not (self.query or self.filters or self.since or self.until)


class Place(NamedTuple):
    """Where an edition stands among those found."""

    rank: int
    displayed_at: datetime
    article: int
    edition: int = 0


def find(
    wanted: Wanted,
    *,
    at: datetime,
    most: int,
    beyond: Place | None = None,
    backwards: bool = False,
) -> list[Place]:
    """Give the first editions live at a moment, or those beyond a place; backwards the last first.

    Without words, all have them. What of a query is beyond 100 characters is ignored.
    """
    asked = phrases(wanted.query)
    if wanted.query.strip() and not asked:
        return []
    bounds = _bounds(wanted)
    if bounds is None:
        return []
    newest, oldest = bounds
    ranks = list(Rank) if asked and not wanted.by_date else [Rank.ANYWHERE]
    found: list[Place] = []
    for rank in reversed(ranks) if backwards else ranks:
        if beyond and (rank > beyond.rank if backwards else rank < beyond.rank):
            continue
        begin = beyond if beyond and rank == beyond.rank else None
        lower = ranks[: ranks.index(rank)]
        rows = _rows(wanted, asked, rank, lower[-1] if lower else None, at)
        if begin:
            rows = rows.filter(_newer(begin) if backwards else _older(begin))
        first, last = (oldest, newest) if backwards else (newest, oldest)
        if begin:
            # Whoever asks names the place; no article is further away than these.
            first = min(max(begin.displayed_at, oldest), newest)
        sign = "" if backwards else "-"
        rows = rows.order_by(f"{sign}edition__displayed_at", f"{sign}edition__article")
        found += _nearest(rows, wanted, asked, rank, (first, last), most - len(found))
        if len(found) == most:
            break
    return found


def _bounds(wanted: Wanted) -> tuple[datetime, datetime] | None:
    """Give dates between which all articles are, those not live as well: two looks at an index."""
    dates = Edition.objects.values_list("displayed_at", flat=True)
    newest = dates.order_by("-displayed_at").first()
    oldest = dates.order_by("displayed_at").first()
    if newest is None or oldest is None:
        return None
    newest, oldest = min(newest, wanted.until or newest), max(oldest, wanted.since or oldest)
    return (newest, oldest) if newest >= oldest else None


def _older(place: Place) -> Q:
    # No range: PostgreSQL would walk an index by date and make lexemes of every text on the way.
    same = Q(edition__displayed_at=place.displayed_at, edition__article__lt=place.article)
    return Q(edition__displayed_at__lt=place.displayed_at) | same


def _newer(place: Place) -> Q:
    same = Q(edition__displayed_at=place.displayed_at, edition__article__gt=place.article)
    return Q(edition__displayed_at__gt=place.displayed_at) | same


def _rows(
    wanted: Wanted, asked: list[Phrase], rank: Rank, above: Rank | None, at: datetime
) -> QuerySet[EditionWords]:
    """Give the words of live editions of a rank that are not of the rank above it."""
    words = EditionWords.objects.filter(
        Q(edition__live_until=None) | Q(edition__live_until__gt=at), edition__live_from__lte=at
    )
    if wanted.since:
        words = words.filter(edition__displayed_at__gte=wanted.since)
    if wanted.until:
        words = words.filter(edition__displayed_at__lt=wanted.until)
    for phrase in asked:
        if len(phrase.tokens) > 1:
            # All pairs of a long word are there; are they side by side?
            words = words.filter(_has(phrase, rank))
    if above is None:
        return words
    of_above = Q()
    for phrase in asked:
        of_above &= _has(phrase, above)
    return words.exclude(of_above)


def _has(phrase: Phrase, rank: Rank) -> Q:
    mark = MARKS[rank]
    text = " ".join(mark + token for token in phrase.tokens)
    column = "marks" if mark else "tokens"
    return Q(**{f"{column}__contains": f" {text}{'' if phrase.is_open else ' '}"})


def _nearest(
    rows: QuerySet[EditionWords],
    wanted: Wanted,
    asked: list[Phrase],
    rank: Rank,
    times: tuple[datetime, datetime],
    most: int,
) -> list[Place]:
    """Give the first rows, in their order, which leads from a time to another one."""
    first, last = times
    found: list[Place] = []
    for span in _spans(first.astimezone(UTC), last.astimezone(UTC)):
        by_index = _by_index(asked, rank, wanted.filters, span)
        there = rows.filter(by_index)
        columns = there.values_list("edition__displayed_at", "edition__article", "edition")
        found = [Place(rank, *row) for row in columns[:most]]
        if len(found) == most:
            break
    return found


def _spans(first: datetime, last: datetime) -> Iterator[list[str]]:
    """Give stretches of time, as facets, from one date on; the last one reaches the other date."""
    step = 1 if last > first else -1
    month, final = (time.year * 12 + time.month - 1 for time in (first, last))
    months = range(month, final + step, step)[:MONTHS_FIRST]
    yield [facet("month", f"{number // 12:04}{number % 12 + 1:02}") for number in months]
    if abs(final - month) < MONTHS_FIRST:
        return
    years = range(first.year, last.year + step, step)
    for reached in dict.fromkeys((min(2, len(years)), len(years))):
        yield [facet("year", f"{year:04}") for year in years[:reached]]


class _Matches(Func):
    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "
    output_field = BooleanField()


def _sought(phrase: Phrase) -> Iterator[tuple[str, bool]]:
    """Give what to look up of a phrase, and whether it may be the beginning of a token.

    Neighbours are looked up together: words that every article has are seldom side by side.
    """
    *closed, last = phrase.tokens
    if not phrase.is_open:
        closed.append(last)
    yield from ((token, False) for token in (beside(closed) or closed))
    if phrase.is_open:
        yield last, True


def _by_index(
    asked: list[Phrase], rank: Rank, filters: tuple[tuple[str, object], ...], span: list[str]
) -> Q | Func:
    """Look tokens up by index. None has a quotation mark in it, so they need no escaping."""
    mark = MARKS[rank]
    tokens = [(mark + token, is_open) for phrase in asked for token, is_open in _sought(phrase)]
    tokens += [(facet(kind, value), False) for kind, value in filters]
    if connection.vendor == "postgresql":
        wanted = [f"'{token}'{':*' if is_open else ''}" for token, is_open in tokens]
        times = " | ".join(f"'{time}'" for time in span)
        # Spelled as the index is.
        lexemes = Func("tokens", "marks", function="articles_lexemes", output_field=TextField())
        return _Matches(lexemes, Value(" & ".join([*wanted, f"({times})"])))
    wanted = [f'"{token}"{"*" if is_open else ""}' for token, is_open in tokens]
    times = " OR ".join(f'"{time}"' for time in span)
    query = " AND ".join([*wanted, f"({times})"])
    rows = RawSQL("SELECT rowid FROM articles_words WHERE articles_words MATCH %s", [query])
    return Q(pk__in=rows)
