"""What every page may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import get_language_info

from articles.public.addresses import absolute, in_language
from articles.public.navigation import main_sections

# A reader finds the own language by its own name.
OWN_NAMES = {code: get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}


def site_name() -> str:
    """Give the name of the site in the language of the reader."""
    if (translation.get_language() or "").startswith("en"):
        return settings.SITE_NAME_EN
    return settings.SITE_NAME


def context(request: HttpRequest) -> dict[str, object]:
    """Name the site, the page's address in each language, and the sections if a page asks."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    now = timezone.localtime()
    return {
        "site_name": site_name(),
        "site_url": settings.SITE_URL,
        "now": now,
        "is_memorial_day": now.date() in settings.MEMORIAL_DAYS,
        "language": language,
        "page_address": absolute(request.path),
        "in_other_languages": [
            {"code": code, "name": OWN_NAMES[code], "address": in_language(request.path, code)}
            for code, _name in settings.LANGUAGES
            if code != language
        ],
        "navigation": main_sections,
    }
