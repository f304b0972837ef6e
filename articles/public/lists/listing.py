"""Turning pages by position in time: each page costs the same, however far back it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.http import Http404

from articles.models.editions import Edition, EditionPart
from articles.public import showing

PAGE_SIZE = 20


@dataclass(frozen=True)
class Cursor:
    """A place in a list: lists are ordered by displayed date, then by number."""

    displayed_at: datetime
    number: int

    def __str__(self) -> str:
        return f"{self.displayed_at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{self.number}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a cursor of an address; one that we never wrote is a page that is not there."""
        if not (found := re.fullmatch(r"([0-9]{8}T[0-9]{12})-([0-9]{1,18})", text)):
            raise Http404
        try:
            displayed_at = datetime.strptime(found[1], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        except ValueError as problem:
            raise Http404 from problem
        return cls(displayed_at, int(found[2]))

    def older(self, number: str) -> Q:
        # The first condition finds the place in the index, the second one divides equal times.
        return Q(displayed_at__lte=self.displayed_at) & (
            Q(displayed_at__lt=self.displayed_at) | Q(**{f"{number}__lt": self.number})
        )

    def newer(self, number: str) -> Q:
        return Q(displayed_at__gte=self.displayed_at) & (
            Q(displayed_at__gt=self.displayed_at) | Q(**{f"{number}__gt": self.number})
        )


def word(asked: Mapping[str, str], name: str) -> str:
    """Read a word of an address; one with what no text has names nothing that is there."""
    found = asked.get(name, "")
    if "\0" in found:
        raise Http404
    return found


@dataclass
class Page[Row]:
    """Some editions of a list, newest first, and the way to those around them."""

    editions: list[Row]
    newer: Cursor | None = None
    older: Cursor | None = None
    is_first: bool = True


type Load[Row] = Callable[[list[int], datetime], list[Row]]


def editions_page[Row](
    editions: QuerySet[Edition],
    asked: Mapping[str, str],
    at: datetime,
    *,
    load: Load[Row],
) -> Page[Row]:
    """Give the page of live editions that `before` or `after` asks for. Two queries."""
    rows = editions.values_list("displayed_at", "article_id", "pk", named=True)
    return turn(rows, asked, "article_id", lambda chosen: load([row.pk for row in chosen], at))


def live_parts[Part: EditionPart](parts: QuerySet[Part], at: datetime) -> QuerySet[Part]:
    """Keep the parts of editions that readers see at a moment."""
    return parts.filter(
        Q(edition__live_until=None) | Q(edition__live_until__gt=at), edition__live_from__lte=at
    )


def parts_page[Part: EditionPart, Row](
    parts: QuerySet[Part], asked: Mapping[str, str], at: datetime, *, load: Load[Row]
) -> Page[Row]:
    """Give the page of editions that these parts belong to. Two queries.

    Somebody may be credited twice on one edition, which is listed once.
    """
    rows = live_parts(parts, at).values_list("displayed_at", "edition_id", named=True).distinct()
    return turn(
        rows, asked, "edition_id", lambda chosen: load([row.edition_id for row in chosen], at)
    )


def whole(numbers: list[int], at: datetime) -> list[Edition]:
    """Load editions with all but their texts, for what says more of them than a list."""
    found = Edition.objects.for_lists().in_bulk(numbers)
    return showing.leads((found[number] for number in numbers), at)


def turn[Row](
    rows: QuerySet[Any],
    asked: Mapping[str, str],
    number: str,
    load: Callable[[list[Any]], list[Row]],
) -> Page[Row]:
    def cursor(row: Any) -> Cursor:
        return Cursor(row.displayed_at, getattr(row, number))

    if after := asked.get("after"):
        near = rows.filter(Cursor.read(after).newer(number)).order_by("displayed_at", number)
        found = list(near[: PAGE_SIZE + 1])
        # Turned back to the beginning: show the whole first page, not what is left of it.
        if len(found) > PAGE_SIZE:
            shown = found[PAGE_SIZE - 1 :: -1]
            return Page(load(shown), cursor(shown[0]), cursor(shown[-1]), is_first=False)
    elif before := asked.get("before"):
        far = rows.filter(Cursor.read(before).older(number))
        found = list(far.order_by("-displayed_at", f"-{number}")[: PAGE_SIZE + 1])
        shown = found[:PAGE_SIZE]
        if not shown:
            raise Http404
        older = cursor(shown[-1]) if len(found) > PAGE_SIZE else None
        return Page(load(shown), cursor(shown[0]), older, is_first=False)

    found = list(rows.order_by("-displayed_at", f"-{number}")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return Page(load(shown), older=cursor(shown[-1]) if len(found) > PAGE_SIZE else None)
