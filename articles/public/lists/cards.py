"""An article in a list. Pages have dozens, so each is a stencil that is filled."""

from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from articles.public.lists.listed import Listed
from articles.public.showing import picture_beside_words
from articles.public.stencils import Stencil, cut, fill, hole

TEMPLATE = "components/card.html"
HOLES = (
    *("photo", "kicker", "language", "address", "headline", "deck"),
    *("medium", "section", "form", "unit"),
)
SIZES = "(max-width: 40rem) 7rem, 14rem"
# What readers want to know before they open it.
TOLD = ("photo_story", "video")
MOST_WORDS = 90  # characters of a summary
MOST_KEPT = 2000  # cards: some five megabytes


class Shape(NamedTuple):
    """What two cards have in common that share a stencil."""

    heading: str
    has: tuple[bool, ...]  # each of HOLES


def card(
    edition: Listed, heading: str, *, picture: bool = False, section: bool = False
) -> SafeString:
    """Print an article in a list, with its photo or without."""
    return made(edition, heading, bool(picture), bool(section), translation.get_language())


@lru_cache(maxsize=MOST_KEPT)
def made(edition: Listed, heading: str, picture: bool, section: bool, language: str) -> SafeString:
    """Make a card of what is given and nothing else: so it is kept, and is never out of date."""
    photo = edition.lead if picture else None
    units = edition.contributors
    fillings = {
        "photo": picture_beside_words(photo, SIZES, lazy=True) if photo else "",
        "kicker": edition.kicker,
        "language": edition.language,
        "address": edition.get_absolute_url(),
        "headline": edition.headline,
        "deck": Truncator(edition.summary).chars(MOST_WORDS) if picture else "",
        "medium": edition.medium,
        "section": edition.section if section else "",
        "form": capfirst(edition.get_form_display()) if edition.form in TOLD else "",
        "unit": units[0] if units else "",
    }
    shape = Shape(heading, tuple(bool(filling) for filling in fillings.values()))
    moment = timezone.localtime(edition.displayed_at)
    return fill(
        stencil(shape),
        {
            **fillings,
            "moment": moment.isoformat(),
            "day": day(moment.date(), language),
        },
    )


@cache
def stencil(shape: Shape) -> Stencil:
    """Render a card that is nothing but holes. It has no word of its own, in any language."""
    there = zip(HOLES, shape.has, strict=True)
    holes = {name: hole(name) for name, is_there in there if is_there}
    context = {**holes, "heading": shape.heading, "moment": hole("moment"), "day": hole("day")}
    return cut(render_to_string(TEMPLATE, context).strip())


@lru_cache(maxsize=1000)
def day(of: date, _language: str) -> str:
    # Translators: the day of an article in lists, a date format
    return date_format(of, _("j M Y"))
