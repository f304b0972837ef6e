"""What photographers contributed: the photos of theirs that readers got, each counted once.

A photo counts in the period in which it first went out in an article; a later edition of the same
article adds nothing, another article does. Who took it is what the library says now.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Min, QuerySet

from analytics.periods import midnight, site_zone
from articles.models.editions import Edition, EditionPhoto
from articles.models.people import Person
from articles.models.photos import Photo

HEADING = ("photo", "caption", "first published", "articles", "headlines")


class Days(NamedTuple):
    """Local days, both included."""

    first: date
    last: date

    def begins_at(self) -> datetime:
        return midnight(self.first, site_zone())

    def ends_at(self) -> datetime:
        return midnight(self.last + timedelta(days=1), site_zone())


class Printed(NamedTuple):
    """When an article first showed a photo, under which headline."""

    article: int
    headline: str
    at: datetime


@dataclass
class Contribution:
    photo: Photo
    printed: list[Printed] = field(default_factory=list)


class Photographer(NamedTuple):
    """Somebody with photos in print. Without a person it is a name that is printed alone."""

    name: str
    person: int | None
    photos: int


def contributions(person: Person, days: Days, *, at: datetime) -> list[Contribution]:
    """List a person's photos that went out in some days, the first first. Two queries."""
    shown = (
        _shown(days, at).filter(photo__photographer=person).order_by("edition__live_from", "pk")
    )
    columns = ("photo", "edition__article", "edition__headline", "edition__live_from")
    seen: set[tuple[int, int]] = set()
    printed: dict[int, list[Printed]] = defaultdict(list)
    for photo, article, headline, since in shown.values_list(*columns):
        if (photo, article) not in seen:
            seen.add((photo, article))
            if since >= days.begins_at():
                printed[photo].append(Printed(article, headline, since))
    library = Photo.objects.in_bulk(list(printed))
    return [Contribution(library[photo], rows) for photo, rows in printed.items()]


def photographers(days: Days, *, at: datetime) -> list[Photographer]:
    """Count the photos of everybody who had any in some days; the most first."""
    begins, shown = days.begins_at(), _shown(days, at)
    of_these_days = shown.filter(edition__live_from__gte=begins).values("photo")
    first = (
        shown.filter(photo__in=of_these_days)
        .order_by()
        .values_list(
            "photo__photographer", "photo__photographer_name", "photo", "edition__article"
        )
        .annotate(first=Min("edition__live_from"))
    )
    photos: dict[tuple[int | None, str], set[int]] = defaultdict(set)
    for person, name, photo, _article, since in first:
        if since >= begins and (person or name):
            photos[person, "" if person else name].add(photo)
    people = Person.objects.in_bulk([person for person, _name in photos if person])
    found = [
        Photographer(str(people[person]) if person else name, person, len(numbers))
        for (person, name), numbers in photos.items()
    ]
    return sorted(found, key=lambda row: (-row.photos, row.name))


def _shown(days: Days, at: datetime) -> QuerySet[EditionPhoto]:
    editions = Edition.objects.went_out(at).filter(live_from__lt=days.ends_at()).order_by()
    return EditionPhoto.objects.filter(edition__in=editions.values("pk"))


def table(rows: list[Contribution]) -> Iterator[tuple[Any, ...]]:
    """Give a list with its heading row, for spreadsheets."""
    yield HEADING
    for row in rows:
        yield (
            row.photo.pk,
            row.photo.caption,
            row.printed[0].at,
            len(row.printed),
            "; ".join(f"{each.article} {each.headline}" for each in row.printed),
        )
