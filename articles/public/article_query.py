"""The query behind an article page, beside that for its photos.

It is written by hand, and its row is no model: composing it costs the ORM more than answering
it costs a database, and publication has made what the page prints.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse

from articles import pages
from articles.models.sections import Section

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
QUERY = f"""
    SELECT edition.id, edition.article_id, edition.slug, edition.headline, edition.language,
           edition.body, edition.form,
           section.slug, section.name, section.name_en,
           page.head, page.top, page.foot,
           older.article_id, older.slug, older.headline, older.language,
           newer.article_id, newer.slug, newer.headline, newer.language
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

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.number, self.slug or "-"])


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

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.number, self.slug or "-"])


def read(number: int, language: str, at: datetime) -> Reading | None:
    """Give what readers see of an article at a moment, in a language of the site. One query."""
    asked: dict[str, Any] = {
        "number": number,
        "language": language,
        "recipe": pages.recipe(),
        # It is left to us to write a time as the database keeps it.
        "at": connection.ops.adapt_datetimefield_value(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(QUERY, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    return Reading._make(
        (
            *row[:7],
            Place._make(row[7:10]),
            None if row[10] is None else pages.Parts._make(row[10:13]),
            Neighbour._make(row[13:17]) if row[13] else None,
            Neighbour._make(row[17:21]) if row[17] else None,
        )
    )
