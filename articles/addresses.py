"""The site's name and addresses as the world outside sees them, in each of its languages."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info

from articles import site
from articles.text.traditional_pages import SIMPLIFIED, TRADITIONAL
from articles.traditional import here

# A reader finds the own language by its own name.
OWN_NAMES = {code: get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}
# A link within a text to a page that readers have in each language.
TO_A_PAGE = re.compile(
    r'(<a\b[^>]*?\bhref=")(https?://[^/"]+)?'
    r"(?=/(?:archive|articles|people|sections|tags|topics|units)/)"
)
DESK = re.compile(r"(?:/[a-z-]+)?/(?:admin|staff)/")


def site_name() -> str:
    """Give the name of the site in the language of the reader."""
    return here(site.current().settings.name_here())


def languages() -> list[str]:
    """Give the languages that readers may choose from; the desk has no traditional characters."""
    offered = bool(site.current().settings.traditional)
    return [code for code, _name in settings.LANGUAGES if code != TRADITIONAL or offered]


def is_of_desk(path: str) -> bool:
    return DESK.match(path) is not None


def spoken(language: str) -> str:
    """Give the language that pages are made in: traditional characters are put in at the end."""
    return SIMPLIFIED if language == TRADITIONAL else language


def read_here() -> list[str]:
    """Give the languages of texts that the reader reads: of both ways of writing Chinese, both."""
    spoken_here = spoken(translation.get_language() or settings.LANGUAGE_CODE)
    return [code for code, _name in settings.LANGUAGES if spoken(code) == spoken_here]


def shown_in(written_in: str, language: str) -> str:
    """Give the language of the page where a text is at home, for a reader of a language.

    What is written in simplified characters has two homes. An article in traditional ones that
    this site has no pages for stands among those of its own language.
    """
    if written_in == SIMPLIFIED and language == TRADITIONAL:
        return TRADITIONAL
    return written_in if written_in in languages() else settings.LANGUAGE_CODE


def own_hosts() -> frozenset[str]:
    return frozenset({urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS} - {"*"})


def is_own_host(host: str) -> bool:
    """Tell this site's hosts; in settings `.example.edu` stands for all below it."""
    host = host.rstrip(".").lower()
    return any(
        host == own or (own.startswith(".") and f".{host}".endswith(own)) for own in own_hosts()
    )


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def of_file(path: str) -> str:
    """Give the address of an uploaded file, on a host of its own where there is one."""
    return f"{settings.DOWNLOADS_URL}{path}"


def absolute_of_file(path: str) -> str:
    return f"{settings.DOWNLOADS_URL or settings.SITE_URL}{path}"


def home(path: str, written_in: str) -> str:
    """Give the page where a text is at home for a reader of this language."""
    reader = translation.get_language() or settings.LANGUAGE_CODE
    return in_language(path, shown_in(written_in, reader))


def homes(*texts: tuple[str, str]) -> dict[str, str]:
    """Give the pages where texts that say the same are at home, by language.

    Each text is its path and the language it is written in. What was written in a language
    goes before what was converted into it.
    """
    found: dict[str, str] = {}
    for code in languages():
        here = [text for text in texts if shown_in(text[1], code) == code]
        if here:
            path, _language = min(here, key=lambda text: text[1] != code)
            found[code] = in_language(path, code)
    return found


def alternates(there: dict[str, str]) -> list[tuple[str, str]]:
    """Give the addresses of pages that say the same, by language, if there are several.

    Readers of other languages are led to the site's own, or to the first.
    """
    if len(there) < 2:
        return []
    default = there.get(settings.LANGUAGE_CODE) or next(iter(there.values()))
    return [(code, absolute(path)) for code, path in [*there.items(), ("x-default", default)]]


def in_other_languages(path: str) -> list[dict[str, str]]:
    """Say where a page is in the languages that it is not in."""
    return [
        {"code": code, "name": OWN_NAMES[code], "address": in_language(path, code)}
        for code in languages()
        if code != translation.get_language() and (code != TRADITIONAL or not is_of_desk(path))
    ]


def prefix(language: str) -> str:
    """Give what the addresses of a language begin with; nothing for the site's own."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def in_language(path: str, language: str) -> str:
    """Give the same page in another language."""
    here = prefix(translation.get_language() or settings.LANGUAGE_CODE)
    return prefix(language) + path.removeprefix(here)


def led_on(text: str, language: str) -> str:
    """Have the links of a text to pages of this site stay in the language of the reader."""
    before = prefix(language)
    if not before:
        return text

    def link(found: re.Match[str]) -> str:
        tag, host = found.groups(default="")
        return f"{tag}{host}{before}" if host in ("", settings.SITE_URL) else found[0]

    return TO_A_PAGE.sub(link, text)
