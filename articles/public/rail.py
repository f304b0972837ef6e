"""The boards beside every page, made once in RAIL_CACHE_SECONDS for all of them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from articles import site
from articles.freshness import Copies

rails: Copies[str, SafeString] = Copies()


def rail() -> SafeString:
    """Give them in the reader's language; nothing where they are for staff."""
    if not site.current().settings.boards_are_public:
        return SafeString()
    language = translation.get_language()
    return rails.give(
        language, settings.RAIL_CACHE_SECONDS, lambda: render_to_string("components/rail.html")
    )
