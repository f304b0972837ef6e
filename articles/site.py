"""What the site says of itself, read for every page and kept for a moment."""

from datetime import date
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from articles import freshness
from articles.models.people import Person
from articles.models.site import FooterLink, MemorialPeriod, SiteSettings


class Site(NamedTuple):
    """The settings as they were read together."""

    settings: SiteSettings
    footer_links: tuple[FooterLink, ...] = ()
    memorials: tuple[MemorialPeriod, ...] = ()

    def is_in_mourning(self, day: date) -> bool:
        return any(period.includes(day) for period in self.memorials)


class Kept:
    """The copy of this process. Nothing that has expired is given out."""

    def __init__(self) -> None:
        self.site: Site | None = None
        self.until = 0.0
        self.turn = 0

    def get(self) -> Site | None:
        if monotonic() >= self.until:
            return None
        freshness.made_of(self.until)
        return self.site

    def keep(self, site: Site, turn: int, since: float | None = None) -> None:
        """Keep what was read since a moment, unless it was dropped while it was read."""
        if turn == self.turn:
            self.site = site
            self.until = (monotonic() if since is None else since) + settings.SITE_CACHE_SECONDS
            if settings.SITE_CACHE_SECONDS:
                freshness.made_of(self.until)

    def drop(self) -> None:
        self.turn += 1
        self.until = 0.0


kept = Kept()


def current() -> Site:
    """Give the settings, at most SITE_CACHE_SECONDS old. Three queries, or none."""
    site = kept.get()
    if site is None:
        turn, since = kept.turn, monotonic()
        site = read()
        kept.keep(site, turn, since)
    return site


def new() -> Site:
    """Give what a site says of itself that nobody has told anything yet."""
    return Site(SiteSettings(name=settings.SITE_NAME, name_en=settings.SITE_NAME_EN))


def read() -> Site:
    row = SiteSettings.objects.first()
    if row is None:  # before the migrations have run
        return new()
    return Site(row, tuple(row.footer_links.all()), tuple(row.memorials.all()))


def hold() -> None:
    """Go on with what is known: where the database may have failed, nobody asks it."""
    kept.keep(kept.site or new(), kept.turn)


def forget() -> None:
    """Have the settings read anew; other processes do so within the second."""
    kept.drop()


def people_with_pages() -> QuerySet[Person]:
    """Keep whom readers may look up: everybody, or all but students."""
    if current().settings.students_have_pages:
        return Person.objects.all()
    return Person.objects.filter(is_student=False)
