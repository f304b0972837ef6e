"""What every page may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation

from articles import clock, site
from articles.addresses import absolute, in_language, in_other_languages, site_name, spoken
from articles.public import sheet
from articles.public.navigation import has_topics, main_sections
from articles.text.traditional_pages import SIMPLIFIED, TRADITIONAL


def context(request: HttpRequest) -> dict[str, object]:
    """Name the site, the page's address in each language, and the sections if a page asks."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    now = timezone.localtime(clock.here())
    said = site.current()
    return {
        "site_name": site_name(),
        "site_url": settings.SITE_URL,
        "now": now,
        "is_memorial_day": said.is_in_mourning(now.date()),
        "sheet": sheet.address(),
        "site": said.settings,
        "footer_links": said.footer_links,
        "files": settings.DOWNLOADS_URL,
        "language": language,
        # What texts say they are in: see `articles.text.traditional_pages`.
        "lang": spoken(language),
        "converted_from": in_language(request.path, SIMPLIFIED) if language == TRADITIONAL else "",
        "page_address": absolute(request.path),
        "own_address": absolute(in_language(request.path, settings.LANGUAGE_CODE)),
        "in_other_languages": in_other_languages(request.path),
        "navigation": main_sections,
        "has_topics": has_topics,
        "frame_seconds": settings.FRAME_CACHE_SECONDS,
    }
