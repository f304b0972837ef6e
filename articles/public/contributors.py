"""Who units and people are to readers: what editions say of them, and nothing else.

Each question has a bound of its own, however much somebody was credited.
"""

from collections import Counter
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from articles import site
from articles.models.editions import EditionCredit, EditionUnit
from articles.models.people import Person
from articles.models.units import Unit, UnitName
from articles.public.article.query import LIVE
from articles.public.lists.listing import live_parts

ROLES = dict(EditionCredit._meta.get_field("role").flatchoices)
# Whoever decided on a unit's articles is not one of its people by that.
DECIDING = ("reviewer", "proofreader", "publisher")
LATELY = 50  # articles of a unit that say who its people are
MOST_PEOPLE = 24
MOST_CREDITS = 200  # that say for which units somebody worked
MOST_NAMESAKES = 10
MOST_COUNTED = 999
# One credit after the other, in the order of an index: PostgreSQL would join all of them first.
COUNT = f"""(
    SELECT COUNT(*) FROM (
        SELECT DISTINCT credit.displayed_at, credit.edition_id
        FROM articles_editioncredit credit
        WHERE credit.person_id = %(person)s AND credit.role = %({{role}})s
          AND (SELECT {LIVE.format("edition")} FROM articles_edition edition
               WHERE edition.id = credit.edition_id)
        ORDER BY credit.displayed_at DESC, credit.edition_id DESC
        LIMIT {MOST_COUNTED + 1}
    ) AS counted
)"""  # noqa: S608 made of the constants above
COUNTS = f"SELECT {', '.join(COUNT.format(role=role) for role in ROLES)}"


class Work(NamedTuple):
    """What somebody did: for how many articles, and the address of the list."""

    role: str
    number: int

    @property
    def name(self) -> str:
        return str(ROLES[self.role])

    @property
    def counted(self) -> str:
        return f"{MOST_COUNTED}+" if self.number > MOST_COUNTED else str(self.number)


def former_names(unit: Unit, today: date) -> list[UnitName]:
    """Give the official names that a unit had before, the latest first."""
    official = unit.names.filter(kind=UnitName.Kind.OFFICIAL, valid_until__lte=today)
    return list(official.order_by("-valid_until"))


def people_lately(unit: Unit, at: datetime) -> list[Person]:
    """Give those whom the unit's newest articles credit to it, the busiest first."""
    parts = live_parts(EditionUnit.objects.filter(unit=unit), at)
    newest = parts.order_by("-displayed_at", "-edition").values_list("edition", flat=True)
    credits = EditionCredit.objects.filter(edition__in=list(newest[:LATELY]), unit=unit)
    credited = credits.exclude(person=None).exclude(role__in=DECIDING)
    pairs = credited.order_by().values_list("edition", "person").distinct()
    found = Counter(person for _edition, person in pairs)
    people = site.people_with_pages().in_bulk(found)
    known = (number for number, _articles in found.most_common() if number in people)
    return [people[number] for number in islice(known, MOST_PEOPLE)]


def works(person: Person, at: datetime) -> list[Work]:
    """Count the live articles that somebody is credited on, by role. One query.

    It is written by hand: the ORM cannot count no further than it has to.
    """
    asked: dict[str, Any] = {
        "person": person.pk,
        "at": connection.ops.adapt_datetimefield_value(at),
        **{role: role for role in ROLES},
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, asked)
        numbers = cursor.fetchone()
    found = zip(ROLES, numbers, strict=True)
    return [Work(role, number) for role, number in found if number]


def years(credits: QuerySet[EditionCredit]) -> tuple[datetime, datetime]:
    """Give when somebody was first and last credited, among credits that there are."""
    moments = credits.values_list("displayed_at", flat=True)
    return moments.order_by("displayed_at")[0], moments.order_by("-displayed_at")[0]


def units_of(credits: QuerySet[EditionCredit]) -> list[Unit]:
    """Give the units that somebody was lately credited with."""
    lately = credits.order_by("-displayed_at").values("unit")[:MOST_CREDITS]
    return list(Unit.objects.filter(pk__in=lately))


def namesakes(person: Person, at: datetime) -> list[Person]:
    """Give other people of the same name whom readers can know."""
    credited = live_parts(EditionCredit.objects.filter(person=OuterRef("pk")), at)
    others = site.people_with_pages().filter(Exists(credited), key=person.key)
    return list(others.exclude(pk=person.pk).select_related("home_unit")[:MOST_NAMESAKES])
