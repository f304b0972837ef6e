"""How this site writes for readers of traditional characters: in its style, with its own words.

Names of people whose surname is a word as well are known from their pages.
"""

from functools import reduce
from operator import or_
from time import monotonic
from typing import NamedTuple

from django.db.models import Q
from django.utils import translation

from articles import site
from articles.models.people import Person
from articles.text import traditional, traditional_pages
from articles.text.traditional import Writer
from articles.text.traditional_pages import SIMPLIFIED, TRADITIONAL

NAMES_SECONDS = 60
MOST_NAMES = 5000


class Names(NamedTuple):
    """The names that this process knows, and until when."""

    names: tuple[str, ...]
    until: float


kept = Names((), 0.0)


def names() -> tuple[str, ...]:
    """Give the names to be kept from being read as words, at most a minute old."""
    global kept  # noqa: PLW0603 one copy for the process, replaced as a whole
    if monotonic() >= kept.until:
        begins = (Q(name__startswith=surname) for surname in traditional.SAME_SURNAMES)
        people = Person.objects.filter(reduce(or_, begins)).order_by("-pk")
        found = people.values_list("name", flat=True)[:MOST_NAMES]
        kept = Names(tuple(sorted(set(found))), monotonic() + NAMES_SECONDS)
    return kept.names


def writer() -> Writer:
    """Give what writes as the settings of the site say."""
    said = site.current().settings
    style = said.traditional or said.Traditional.TAIWAN
    return traditional.writer(str(style), said.traditional_words, names())


def page(markup: str) -> str:
    return traditional_pages.written(markup, writer())


def here(text: str, written_in: str = SIMPLIFIED) -> str:
    """Give a text as the reader of the page has it, where that is no page of markup."""
    if written_in == SIMPLIFIED and translation.get_language() == TRADITIONAL:
        return writer()(text)
    return text
