"""The one query behind an article page.

It is written by hand: the ORM needs ten times as long to compose it as a database to answer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from articles.models.editions import Edition
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
    SELECT edition.*,
           section.slug AS section_slug, section.name AS section_name,
           section.name_en AS section_name_en,
           older.article_id AS older_number, older.slug AS older_slug,
           older.headline AS older_headline, older.language AS older_language,
           newer.article_id AS newer_number, newer.slug AS newer_slug,
           newer.headline AS newer_headline, newer.language AS newer_language
    FROM articles_edition edition
    JOIN articles_section section ON section.id = edition.section_id
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


@dataclass
class Reading:
    """A live edition with its section, and what readers may turn to."""

    edition: Edition
    older: Neighbour | None
    newer: Neighbour | None


def read(number: int, at: datetime) -> Reading | None:
    """Give what readers see of an article at a moment. One query."""
    # Raw queries leave it to us to write a time as the database keeps it.
    moment = connection.ops.adapt_datetimefield_value(at)
    for edition in Edition.objects.raw(QUERY, {"number": number, "at": moment}):
        row = edition.__dict__
        edition.section = Section(
            pk=edition.section_id,
            slug=row["section_slug"],
            name=row["section_name"],
            name_en=row["section_name_en"],
        )
        older, newer = (
            Neighbour(*(row[f"{side}_{name}"] for name in Neighbour._fields))
            if row[f"{side}_number"]
            else None
            for side in ("older", "newer")
        )
        return Reading(edition, older, newer)
    return None
