"""How the library is narrowed: folders by year and month, days, and what a photo lacks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.asking import AskingFilter
from articles.admin.base import YEARS, moment, visible_articles
from articles.admin.library import pages
from articles.models.photos import PhotoQuerySet, filed_between


class Folder(NamedTuple):
    title: str
    link: str
    number: int
    is_chosen: bool
    folders: list["Folder"]


class Days(NamedTuple):
    """The days of a folder, both included."""

    first: date
    last: date


def days_of(folder: str) -> Days:
    """Read `2026` or `2026-11`; anything else is no folder."""
    year, _dash, month = folder.partition("-")
    try:
        first = date(int(year), int(month or 1), 1)
    except ValueError as problem:
        raise IncorrectLookupParameters from problem
    if first.year not in YEARS:
        raise IncorrectLookupParameters
    following = date(first.year + 1, 1, 1) if not month else first + timedelta(days=32)
    return Days(first, following.replace(day=1) - timedelta(days=1))


def years(photos: PhotoQuerySet) -> Iterator[tuple[int, int]]:
    """Give the years that have any photos, the last first, and how many.

    From one to the next by the index: a camera that forgot its date costs no empty years.
    """
    remaining = photos.order_by("-filed_at").filed(None, date(YEARS[-1], 12, 31))
    while latest := remaining.values_list("filed_at", flat=True).first():
        year = localdate(latest).year
        if year not in YEARS:
            return
        first = date(year, 1, 1)
        yield year, photos.filed(first, date(year, 12, 31)).order_by().count()
        remaining = photos.order_by("-filed_at").filed(None, first - timedelta(days=1))


def months(photos: PhotoQuerySet, year: int) -> Iterator[tuple[int, int]]:
    """Give the months of a year that have any photos, and how many. One query."""
    of_year = photos.filed(date(year, 1, 1), date(year, 12, 31)).order_by()
    counted = of_year.aggregate(
        **{
            f"month_{month}": Count("pk", filter=filed_between(*days_of(f"{year}-{month}")))
            for month in range(1, 13)
        }
    )
    for month in range(12, 0, -1):
        if number := counted[f"month_{month}"]:
            yield month, number


class FolderFilter(admin.ListFilter):
    """Years with their photos counted; the chosen one opens to its months."""

    title = gettext_lazy("folder")
    template = "admin/articles/photo/folders.html"
    name = "folder"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.request: Any = request
        if self.name in params:
            self.used_parameters[self.name] = params.pop(self.name)[-1]

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.name]

    def choices(self, changelist):
        value = str(self.used_parameters.get(self.name, ""))
        chosen = days_of(value).first if value else None
        is_month = "-" in value
        photos = pages.visible(self.request)

        def folder(day: date, title: str, number: int, folder: str, *inner: Folder) -> Folder:
            link = changelist.get_query_string({self.name: folder}, [PAGE_VAR])
            is_chosen = chosen == day and is_month == ("-" in folder)
            return Folder(title, link, number, is_chosen, list(inner))

        def of_month(year: int, month: int, number: int) -> Folder:
            day = date(year, month, 1)
            return folder(day, date_format(day, "F"), number, f"{year}-{month:02}")

        yield Folder(
            _("All"), changelist.get_query_string(remove=[self.name, PAGE_VAR]), 0, not value, []
        )
        for year, number in years(photos):
            inner = []
            if chosen and chosen.year == year:
                inner = [of_month(year, *each) for each in months(photos, year)]
            yield folder(date(year, 1, 1), str(year), number, str(year), *inner)

    def queryset(self, request, queryset):
        if value := self.used_parameters.get(self.name):
            return queryset.filed(*days_of(str(value)))
        return queryset


class DaysFilter(AskingFilter):
    """From one day until another."""

    title = gettext_lazy("days")
    template = "admin/articles/photo/days.html"
    names = ("from", "until")

    def queryset(self, request, queryset):
        return queryset.filed(self.day("from"), self.day("until"))


class LackFilter(admin.SimpleListFilter):
    title = gettext_lazy("which")
    parameter_name = "which"

    def lookups(self, request, model_admin):
        return [
            ("mine", _("uploaded by me")),
            ("uncaptioned", _("without caption")),
            ("unnamed", _("without photographer")),
            ("unused", _("in no article")),
            ("ended", _("rights have ended")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "mine":
                return queryset.filter(uploaded_by=request.user)
            case "uncaptioned":
                return queryset.without_caption()
            case "unnamed":
                return queryset.without_photographer()
            case "unused":
                return queryset.unused(visible_articles(request))
            case "ended":
                return queryset.filter(expires_at__lte=moment(request))
        return queryset
