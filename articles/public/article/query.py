"""The one query behind an article page.

It is written by hand, and its row is no model: composing it costs the ORM more than answering
it costs a database, and publication has made what the page prints.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection

from articles import pages
from articles.models.editions import article_address
from articles.models.sections import Section
from articles.models.topics import Topic
from articles.public import prepared, showing
from articles.public.counted import counting

LIVE = "{0}.live_from <= %(at)s AND ({0}.live_until IS NULL OR {0}.live_until > %(at)s)"
# Rows are compared whole, date and then number, as the index of a section has them.
NEIGHBOUR = """
    LEFT JOIN articles_edition {name} ON {name}.id = (
        SELECT other.id FROM articles_edition other
        WHERE other.section_id = edition.section_id
          AND (other.displayed_at, other.article_id)
              {beyond} (edition.displayed_at, edition.article_id)
          AND {live}
        ORDER BY other.displayed_at {order}, other.article_id {order}
        LIMIT 1
    )
"""
# Of each: number, slug, headline, language and nearness. Both are bounded: an article relates to
# few others, and while it is new few others relate to it.
RELATED = """
    (SELECT CAST({{array_of}}({{array}}(
         there.article_id, there.slug, there.headline, there.language, relation.nearness
     )) AS text)
     FROM articles_editionrelation relation
     JOIN articles_edition there ON {there} AND {live}
     WHERE {here})
"""
EARLIER = RELATED.format(
    there="there.article_id = relation.article_id",
    here="relation.edition_id = edition.id",
    live=LIVE.format("there"),
)
LATER = RELATED.format(
    there="there.id = relation.edition_id",
    here="relation.article_id = edition.article_id",
    live=LIVE.format("there"),
)
# Of each: number, slug, headline, language, and the number of what the group was made from.
IN_OTHER_LANGUAGES = f"""
    (SELECT CAST({{array_of}}({{array}}(
         there.article_id, there.slug, there.headline, there.language, own.original_id
     )) AS text)
     FROM articles_translation own
     JOIN articles_translation tied
          ON tied.original_id = own.original_id AND tied.article_id <> own.article_id
     JOIN articles_edition there ON there.article_id = tied.article_id AND {LIVE.format("there")}
     WHERE own.article_id = edition.article_id)
"""  # noqa: S608 made of the constants above
# Of each: slug, both titles, number. There are few, and each is found by an index.
TOPICS = f"""
    (SELECT CAST({{array_of}}({{array}}(
         topic.slug, topic.title, topic.title_en, topic.id
     )) AS text)
     FROM articles_topic topic
     WHERE topic.shown_from <= %(at)s AND topic.id IN (
         SELECT tagged.id FROM articles_editiontag tag
         JOIN articles_topic tagged ON tagged.tag = tag.slug
         WHERE tag.edition_id = edition.id
         UNION
         SELECT placed.topic_id FROM articles_placement placed
         WHERE placed.article_id = edition.article_id AND placed.topic_id IS NOT NULL
           AND {LIVE.format("placed")}
     ))
"""  # noqa: S608 made of the constants above
# Of each: what `showing.as_files` reads, of the photo and of the file that it had when the edition
# was made, if it got another one since.
PHOTO = {
    name: ", ".join(
        f"{{of_json}}({name}.{column})" if column == "renditions" else f"{name}.{column}"
        for column in showing.COLUMNS
    )
    for name in ("photo", "earlier")
}
PHOTOS = f"""
    (SELECT CAST({{array_of}}({{array}}(
         photo.id, photo.expires_at IS NOT NULL AND photo.expires_at <= %(at)s,
         {{array}}({PHOTO["photo"]}), {{array}}({PHOTO["earlier"]})
     )) AS text)
     FROM articles_editionphoto shown
     JOIN articles_photo photo ON photo.id = shown.photo_id
     LEFT JOIN articles_earlierfile earlier
          ON earlier.photo_id = photo.id AND earlier.sha256 = shown.sha256
     WHERE shown.edition_id = edition.id)
"""  # noqa: S608 made of the constants above
JSON = {
    "postgresql": {"array_of": "json_agg", "array": "json_build_array", "of_json": "to_json"},
    "sqlite": {"array_of": "json_group_array", "array": "json_array", "of_json": "json"},
}
MOST_RELATED = 5
QUERY = f"""
    SELECT edition.id, edition.article_id, edition.slug, edition.headline, edition.language,
           edition.body, edition.form,
           section.slug, section.name, section.name_en,
           page.head, page.top, page.foot,
           older.article_id, older.slug, older.headline, older.language,
           newer.article_id, newer.slug, newer.headline, newer.language,
           {EARLIER}, {LATER}, {IN_OTHER_LANGUAGES}, {TOPICS}, {PHOTOS}, {{clicks}}
    FROM articles_edition edition
    JOIN articles_section section ON section.id = edition.section_id
    LEFT JOIN articles_editionpage page ON page.edition_id = edition.id
         AND page.language = %(language)s AND page.recipe = %(recipe)s
    {NEIGHBOUR.format(name="older", beyond="<", order="DESC", live=LIVE.format("other"))}
    {NEIGHBOUR.format(name="newer", beyond=">", order="ASC", live=LIVE.format("other"))}
    WHERE edition.article_id = %(number)s AND {LIVE.format("edition")}
"""  # noqa: S608 made of the constants above


class Neighbour(NamedTuple):
    """An article before or after another one in its section."""

    number: int
    slug: str
    headline: str
    language: str


class Translation(NamedTuple):
    """A live article that says the same in another language, and what all were made from."""

    number: int
    slug: str
    headline: str
    language: str
    original: int

    def is_original(self) -> bool:
        return self.number == self.original

    def get_absolute_url(self) -> str:
        return article_address(self.number, self.slug)


class Place(NamedTuple):
    """The section that an article stands in."""

    slug: str
    name: str
    name_en: str

    def section(self) -> Section:
        return Section(**self._asdict())


class Reading(NamedTuple):
    """A live edition, and what readers may turn to."""

    edition: int
    number: int
    slug: str
    headline: str
    language: str
    body: str
    form: str
    place: Place
    page: pages.Parts | None
    older: Neighbour | None
    newer: Neighbour | None
    related: list[Neighbour]
    translations: list[Translation]
    topics: list[Topic]
    photos: showing.Files
    clicks: int

    def get_absolute_url(self) -> str:
        return article_address(self.number, self.slug)


@cache
def query(vendor: str) -> str:
    """Give the query as a database spells it."""
    return QUERY.format(**JSON[vendor], clicks=counting.clicks)


def nearest(rows: list[list[Any]], language: str, besides: set[int]) -> list[Neighbour]:
    """Choose what readers are led on to: in their language first, then what is nearest.

    Two articles may each relate to the other; what the page names already is left out.
    """
    in_order = sorted(rows, key=lambda row: (row[3] != language, -row[4], -row[0]))
    found = {row[0]: Neighbour._make(row[:4]) for row in in_order if row[0] not in besides}
    return list(found.values())[:MOST_RELATED]


def in_other_languages(rows: list[list[Any]], language: str) -> list[Translation]:
    """Give one article for each other language, in the order in which they were written.

    An edition may still be in the language that its article was in before.
    """
    found = {row[3]: Translation._make(row) for row in sorted(rows, reverse=True)}
    found.pop(language, None)
    return sorted(found.values())


def topics(rows: list[list[Any]]) -> list[Topic]:
    """Give the topics that readers see an article in, the newest first."""
    in_order = sorted(rows, key=lambda row: -row[3])
    return [Topic(slug=slug, title=title, title_en=en) for slug, title, en, _pk in in_order]


def photo_files(rows: list[list[Any]]) -> Iterator[tuple[int, bool, showing.File]]:
    """Give the file that each photo has, and the one that the edition shows."""
    for number, has_ended, now, then in rows:
        file, earlier = showing.File._make(now), showing.File._make(then)
        yield number, has_ended, file
        if earlier.image:
            yield number, has_ended, earlier.cut_as(file)


def read(number: int, language: str, at: datetime) -> Reading | None:
    """Give what readers see of an article at a moment, in a language of the site. One query."""
    asked: dict[str, Any] = {
        "number": number,
        "language": language,
        "recipe": pages.recipe(),
        # It is left to us to write a time as the database keeps it.
        "at": connection.ops.adapt_datetimefield_value(at),
    }
    with prepared.cursor() as cursor:
        cursor.execute(query(connection.vendor), asked)
        row = cursor.fetchone()
    if row is None:
        return None
    older, newer = (Neighbour._make(row[i : i + 4]) if row[i] else None for i in (13, 17))
    turned_to = {row[13], row[17]}
    translations = in_other_languages(json.loads(row[23] or "[]"), row[4])
    rows = list(chain.from_iterable(json.loads(found or "[]") for found in row[21:23]))
    return Reading._make(
        (
            *row[:7],
            Place._make(row[7:10]),
            None if row[10] is None else pages.Parts._make(row[10:13]),
            older,
            newer,
            nearest(rows, row[4], turned_to | {there.number for there in translations}),
            translations,
            topics(json.loads(row[24] or "[]")),
            showing.as_files(photo_files(json.loads(row[25] or "[]"))),
            row[26] or 0,
        )
    )
