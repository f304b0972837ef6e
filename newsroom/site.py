"""What every page may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import get_language_info

from articles import clock, site
from articles.addresses import absolute, in_language, is_of_desk, languages, site_name, spoken
from articles.public.navigation import main_sections
from articles.text.traditional_pages import SIMPLIFIED, TRADITIONAL

# A reader finds the own language by its own name.
OWN_NAMES = {code: get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}


def in_other_languages(path: str) -> list[dict[str, str]]:
    """Say where a page is in the languages that it is not in."""
    return [
        {"code": code, "name": OWN_NAMES[code], "address": in_language(path, code)}
        for code in languages()
        if code != translation.get_language() and (code != TRADITIONAL or not is_of_desk(path))
    ]


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
        "frame_seconds": settings.FRAME_CACHE_SECONDS,
    }
