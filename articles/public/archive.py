"""The archive: years and months, the days of a month, and what a day brought.

No page counts more than one month, and that from an index alone.
"""

from calendar import Calendar
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import clock
from articles.models.editions import Edition
from articles.public.caching import public_page
from articles.public.lists import listed
from articles.public.lists.listed import Listed
from articles.public.lists.listing import editions_page

ONE_DAY = timedelta(days=1)
SHADES = 4


class Day(NamedTuple):
    """A day in the calendar of a month."""

    date: date
    is_outside: bool  # of the month
    number: int
    shade: int  # from 0 for nothing to SHADES for the busiest day


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """List the months from the first article to the last. Two queries, both by index."""
    live = Edition.objects.live(clock.here())
    first, last = (bound(live.order_by(order)) for order in ("displayed_at", "-displayed_at"))
    years: dict[int, list[datetime]] = {}
    month = last.replace(day=1) if first and last else None
    while month and first and (month.year, month.month) >= (first.year, first.month):
        years.setdefault(month.year, []).insert(0, month)
        month = (month - timedelta(days=1)).replace(day=1)
    return render(request, "articles/archive.html", {"years": list(years.items())})


@public_page
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    first = date(int(year), int(month), 1)
    end = (first + timedelta(days=31)).replace(day=1)
    at = clock.here()
    live = Edition.objects.live(at)
    of_month = between(live, first, end)
    page = editions_page(of_month, request.GET, at, load=listed.editions)
    before, after = around(live, first, end)
    if not page.editions and not (before and after):
        raise Http404  # outside of what we have; a quiet month in between is a page
    context = {
        "first": first,
        "weeks": calendar(first, of_month),
        "before": before and first - ONE_DAY,
        "after": after and end,
        "page": page,
        "days": [(day, list(some)) for day, some in groupby(page.editions, key=shown_on)],
    }
    return render(request, "articles/month.html", context)


@public_page
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError as problem:
        raise Http404 from problem
    at = clock.here()
    live = Edition.objects.live(at)
    of_day = between(live, asked, asked + ONE_DAY)
    page = editions_page(of_day, request.GET, at, load=listed.editions)
    before, after = around(live, asked, asked + ONE_DAY)
    if not page.editions and not (before and after):
        raise Http404
    context = {
        "day": asked,
        "before": before and before.date(),
        "after": after and after.date(),
        "page": page,
    }
    return render(request, "articles/day.html", context)


def shown_on(edition: Listed) -> date:
    return timezone.localdate(edition.displayed_at)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def between(editions: QuerySet[Edition], first: date, end: date) -> QuerySet[Edition]:
    """Keep what is shown under the days from `first` until just before `end`."""
    return editions.filter(displayed_at__gte=midnight(first), displayed_at__lt=midnight(end))


def around(
    editions: QuerySet[Edition], first: date, end: date
) -> tuple[datetime | None, datetime | None]:
    """Say when the last article before some days was shown, and the first one after them."""
    earlier = editions.filter(displayed_at__lt=midnight(first)).order_by("-displayed_at")
    later = editions.filter(displayed_at__gte=midnight(end)).order_by("displayed_at")
    return bound(earlier), bound(later)


def bound(editions: QuerySet[Edition]) -> datetime | None:
    displayed_at = editions.values_list("displayed_at", flat=True).first()
    return timezone.localtime(displayed_at) if displayed_at else None


def calendar(first: date, of_month: QuerySet[Edition]) -> list[list[Day]]:
    """Lay out a month by weeks, with the number of articles of each day. One query."""
    by_day = of_month.order_by().annotate(day=TruncDate("displayed_at")).values("day")
    numbers = dict(by_day.annotate(number=Count("*")).values_list("day", "number"))
    most = max(numbers.values(), default=1)
    return [
        [
            Day(
                day,
                day.month != first.month,
                number := numbers.get(day, 0),
                -(-SHADES * number // most),
            )
            for day in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
