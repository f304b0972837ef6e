"""The site's name and addresses as the world outside sees them, in each of its languages."""

from django.conf import settings
from django.utils import translation

from articles import site


def site_name() -> str:
    """Give the name of the site in the language of the reader."""
    return site.current().settings.name_here()


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def of_file(path: str) -> str:
    """Give the address of an uploaded file, on a host of its own where there is one."""
    return f"{settings.DOWNLOADS_URL}{path}"


def absolute_of_file(path: str) -> str:
    return f"{settings.DOWNLOADS_URL or settings.SITE_URL}{path}"


def prefix(language: str) -> str:
    """Give what the addresses of a language begin with; nothing for the site's own."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def in_language(path: str, language: str) -> str:
    """Give the same page in another language."""
    here = prefix(translation.get_language() or settings.LANGUAGE_CODE)
    return prefix(language) + path.removeprefix(here)
