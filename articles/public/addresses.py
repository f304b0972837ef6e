"""Addresses as the world outside sees them, in each language of the site."""

from django.conf import settings
from django.utils import translation


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def prefix(language: str) -> str:
    """Give what the addresses of a language begin with; nothing for the site's own."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def in_language(path: str, language: str) -> str:
    """Give the same page in another language."""
    here = prefix(translation.get_language() or settings.LANGUAGE_CODE)
    return prefix(language) + path.removeprefix(here)
