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

from articles.models.editions import Edition
from articles.public.showing import picture_beside_words
from articles.public.stencils import Stencil, cut, fill, hole

TEMPLATE = "components/card.html"
HOLES = ("photo", "kicker", "language", "address", "headline", "deck", "section", "form", "unit")
SIZES = "(max-width: 40rem) 7rem, 14rem"
# What readers want to know before they open it.
TOLD = ("photo_story", "video")
MOST_WORDS = 90  # characters of a summary


class Shape(NamedTuple):
    """What two cards have in common that share a stencil."""

    heading: str
    has: tuple[bool, ...]  # each of HOLES


def card(
    edition: Edition, heading: str, *, picture: bool = False, section: bool = False
) -> SafeString:
    """Print an edition (`for_lists`, with its lead from `showing`), with its photo or without."""
    photo = edition.lead if picture else None
    units = edition.furniture["units"]
    fillings = {
        "photo": picture_beside_words(photo, SIZES, lazy=True) if photo else "",
        "kicker": edition.kicker,
        "language": edition.language,
        "address": edition.get_absolute_url(),
        "headline": edition.headline,
        "deck": Truncator(edition.summary).chars(MOST_WORDS) if picture else "",
        "section": edition.section if section else "",
        "form": capfirst(edition.get_form_display()) if edition.form in TOLD else "",
        "unit": edition.contributors[0]["title"] if units else "",
    }
    shape = Shape(heading, tuple(bool(filling) for filling in fillings.values()))
    moment = timezone.localtime(edition.displayed_at)
    return fill(
        stencil(shape),
        {
            **fillings,
            "moment": moment.isoformat(),
            "day": day(moment.date(), translation.get_language()),
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
