"""Articles as lists show them: rows with what a card prints, and no more.

The queries are written by hand, as that of the article page is and for the same reason: pages
show dozens of articles, and models cost more to compose and read than databases take to answer.
"""

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from articles.models.editions import Edition, Origin, article_address
from articles.models.units import in_readers_language
from articles.public import prepared, showing
from articles.public.article.query import JSON, LIVE, PHOTO, photo_files

FORMS: dict[str, Any] = dict(Edition._meta.get_field("form").flatchoices)
# All rows come as one JSON array: one by one, each would let other threads go first.
ROWS = f"""
    SELECT CAST({{array_of}}({{array}}(
        edition.id, edition.article_id, edition.slug, edition.language, edition.form,
        edition.kicker, edition.headline, edition.summary, edition.displayed_at,
        CASE WHEN edition.origin = '{Origin.MEDIA}' THEN edition.source ELSE '' END,
        section.name, section.name_en,
        edition.furniture ->> 'units', edition.furniture ->> 'lead',
        photo.id, photo.expires_at IS NOT NULL AND photo.expires_at <= %(at)s,
        -- What is added makes plain text of it for SQLite, too.
        CAST({{array}}({PHOTO["photo"]}) AS text) || '',
        CAST({{array}}({PHOTO["earlier"]}) AS text) || ''
    )) AS text)
    FROM articles_edition edition
    JOIN articles_section section ON section.id = edition.section_id
    LEFT JOIN articles_photo photo
         ON photo.id = CAST(edition.furniture -> 'lead' ->> 'photo' AS bigint)
    LEFT JOIN articles_editionphoto shown
         ON shown.edition_id = edition.id AND shown.photo_id = photo.id
    LEFT JOIN articles_earlierfile earlier
         ON earlier.photo_id = photo.id AND earlier.sha256 = shown.sha256
"""  # noqa: S608 made of constants
BY_EDITION = f"{ROWS} WHERE edition.id IN ({{numbers}})"
PLACES = """
    SELECT CAST({{array_of}}({{array}}(
        edition.id, edition.article_id, edition.language,
        edition.furniture ->> 'lead' IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM articles_photo photo
            WHERE photo.id = CAST(edition.furniture -> 'lead' ->> 'photo' AS bigint)
              AND photo.expires_at <= %(at)s
        )
    )) AS text)
    FROM articles_edition edition
    WHERE {} IN ({{numbers}}) AND {}
"""
PLACES_OF_EDITIONS = PLACES.format("edition.id", LIVE.format("edition"))
PLACES_OF_ARTICLES = PLACES.format("edition.article_id", LIVE.format("edition"))
# Of each section: number, and its newest editions as number and article.
NEWEST = f"""
    SELECT CAST({{array_of}}({{array}}(section.id, (
        SELECT {{array_of}}({{array}}(newest.id, newest.article_id)) FROM (
            SELECT edition.id, edition.article_id
            FROM articles_edition edition
            WHERE edition.section_id = section.id AND {LIVE.format("edition")}
              AND edition.article_id NOT IN ({{besides}})
            ORDER BY edition.displayed_at DESC, edition.article_id DESC
            LIMIT %(most)s
        ) AS newest
    ))) AS text)
    FROM articles_section section WHERE section.id IN ({{numbers}})
"""  # noqa: S608 made of constants
NUMBERS = {
    "postgresql": "SELECT CAST(number AS bigint)"
    " FROM json_array_elements_text(CAST(%({0})s AS json)) AS given(number)",
    "sqlite": "SELECT value FROM json_each(%({0})s)",
}


class Place(NamedTuple):
    """A live edition that may come onto a page. Only where somebody asks is more known of it."""

    pk: int
    article_id: int
    language: str = ""
    has_lead: bool = False


class Listed(NamedTuple):
    """A live edition as lists show it. It has whatever its card is made of."""

    pk: int
    article_id: int
    slug: str
    language: str
    form: str
    kicker: str
    headline: str
    summary: str
    displayed_at: datetime
    medium: str  # whose coverage it is, if it is any
    section_name: str
    section_name_en: str
    # As they are in the database: a card that has been made before needs none of them read.
    units: str
    picture: str | None
    photo: int | None
    photo_has_ended: bool
    file: str
    earlier_file: str

    def place(self) -> Place:
        return Place(self.pk, self.article_id, self.language, self.has_lead)

    def get_absolute_url(self) -> str:
        return article_address(self.article_id, self.slug)

    def get_form_display(self) -> str:
        return str(FORMS[self.form])

    @property
    def section(self) -> str:
        return in_readers_language(self.section_name, self.section_name_en)

    @property
    def contributors(self) -> list[str]:
        """The units, named in the reader's language where they can be."""
        return [
            in_readers_language(unit["name"], unit.get("name_en", ""))
            for unit in json.loads(self.units)
        ]

    @property
    def has_lead(self) -> bool:
        return self.picture is not None and not self.photo_has_ended

    @property
    def lead(self) -> showing.Shown | None:
        """The first of its photos as readers get it now."""
        if self.picture is None:
            return None
        row = [self.photo, self.photo_has_ended, *map(json.loads, (self.file, self.earlier_file))]
        files = showing.as_files(photo_files([row] if self.photo else []))
        return files.of(json.loads(self.picture))

    @property
    def photo_credit(self) -> str:
        return json.loads(self.picture)["credit"] if self.picture else ""


def editions(numbers: Collection[int], at: datetime) -> list[Listed]:
    """Give editions in the order of their numbers here. One query, or none."""
    found = {}
    for row in _ask(BY_EDITION, numbers, at) if numbers else ():
        row[8] = _moment(row[8])
        found[row[0]] = Listed._make(row)
    return [found[number] for number in numbers]


def places(numbers: Collection[int], at: datetime) -> dict[int, Place]:
    """Say which live editions have a photo, by their numbers and in the order of these.

    What was withdrawn since it was numbered is left out. One query, or none.
    """
    found = {place.pk: place for place in _places(PLACES_OF_EDITIONS, numbers, at)}
    return {number: found[number] for number in numbers if number in found}


def places_of_articles(numbers: Collection[int], at: datetime) -> dict[int, Place]:
    """Give what is live of articles, by their numbers. One query, or none."""
    return {place.article_id: place for place in _places(PLACES_OF_ARTICLES, numbers, at)}


def newest_of(
    sections: Collection[int], most: int, at: datetime, *, besides: Iterable[int] = ()
) -> dict[int, list[Place]]:
    """Give the newest of each section that are not of some articles. One query, or none."""
    if not sections:
        return {}
    asked = {"besides": json.dumps(list(besides)), "most": most}
    rows = _ask(NEWEST, sections, at, asked)
    return {section: [Place(*place) for place in there or ()] for section, there in rows}


def _places(wanted: str, numbers: Collection[int], at: datetime) -> Iterable[Place]:
    return map(Place._make, _ask(wanted, numbers, at) if numbers else ())


def _ask(
    wanted: str, numbers: Collection[int], at: datetime, more: dict[str, Any] | None = None
) -> list[list[Any]]:
    asked = {
        "numbers": json.dumps(list(numbers)),
        "at": connection.ops.adapt_datetimefield_value(at),
    }
    with prepared.cursor() as cursor:
        cursor.execute(_query(wanted, connection.vendor), asked | (more or {}))
        return json.loads(cursor.fetchone()[0] or "[]")


@cache
def _query(wanted: str, vendor: str) -> str:
    given = {name: NUMBERS[vendor].format(name) for name in ("numbers", "besides")}
    return wanted.format(**JSON[vendor], **given)


def _moment(written: str) -> datetime:
    """Read a time as the database writes it: with UTC, or without saying so."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
