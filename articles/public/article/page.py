"""The page of an article, put together from what does not have to be made for each reader.

Articles of a section share a stencil: their page with holes in it, made once in
FRAME_CACHE_SECONDS. What an edition fills them with was made at publication, the boards once in
RAIL_CACHE_SECONDS; the rest is what one query found.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles import addresses, pages, structured
from articles.addresses import absolute, home, prefix
from articles.freshness import Copies
from articles.models.editions import Edition, article_addresses
from articles.public import showing
from articles.public.article.query import Neighbour, Place, Reading, Translation
from articles.public.counted import counting
from articles.public.rail import rail
from articles.public.stencils import Stencil, cut, fill, hole
from articles.text.traditional_pages import SIMPLIFIED, TRADITIONAL

TEMPLATE = "articles/article.html"
HOLES = (
    *("title", "number", "written_in", "head", "alternates", "top", "body", "foot"),
    *("token", "clicks", "rail"),
)
# What a reader of the language looks for, in no other one.
VERSIONS = {"zh-hans": "中文版", "zh-hant": "繁體中文版", "en": "English version"}


class Shape(NamedTuple):
    """What two articles have in common that share a stencil."""

    language: str
    place: Place
    has_older: bool
    has_newer: bool
    related: int
    translations: int
    topics: int
    is_photo_story: bool
    has_pictures: bool
    is_converted: bool  # from simplified characters


stencils: Copies[Shape, Stencil] = Copies(frames=True)


def article(reading: Reading, address: str) -> str:
    """Give the page of an article in the language of the reader. No query, as a rule."""
    language = translation.get_language()
    is_photo_story = reading.form == "photo_story"
    sizes = showing.SIZES_OF_STORIES if is_photo_story else showing.SIZES
    body = showing.body(reading.body, reading.photos, sizes)
    shape = Shape(
        language,
        reading.place,
        bool(reading.older),
        bool(reading.newer),
        len(reading.related),
        len(reading.translations),
        len(reading.topics),
        is_photo_story,
        body.has_pictures,
        language == TRADITIONAL and reading.language == SIMPLIFIED,
    )
    texts = [(other.get_absolute_url(), other.language) for other in reading.translations]
    address_of = article_addresses()
    there = addresses.homes((address, reading.language), *texts)
    fillings = {
        "path": address.removeprefix(prefix(language)),
        "title": reading.headline,
        "number": reading.number,
        "written_in": reading.language,
        "alternates": mark_safe(alternates(there) + described(reading, address)),  # noqa: S308 ours
        # Cleaned at publication.
        "body": mark_safe(addresses.led_on(body.text, language)),  # noqa: S308
        "token": counting.token(reading.number),
        "clicks": f"{reading.clicks:,}",
        "rail": rail(),
        **made_at_publication(reading, language, body.gone),
        **neighbour("older", reading.older, address_of),
        **neighbour("newer", reading.newer, address_of),
    }
    for place, near in enumerate(reading.related):
        fillings |= neighbour(f"related.{place}", near, address_of)
    for place, other in enumerate(reading.translations):
        fillings |= translated(f"translation.{place}", other)
    for place, topic in enumerate(reading.topics):
        fillings |= {
            f"topic.{place}.address": topic.get_absolute_url(),
            f"topic.{place}.headline": str(topic),
            f"topic.{place}.language": topic.language,
        }
    for code in addresses.languages():
        fillings[f"switch.{code}"] = there.get(code) or addresses.in_language(address, code)
    return fill(stencil(shape), fillings)


def translated(hole: str, there: Translation) -> dict[str, str]:
    return {
        f"{hole}.address": home(there.get_absolute_url(), there.language),
        f"{hole}.headline": there.headline,
        f"{hole}.language": there.language,
        f"{hole}.name": VERSIONS[there.language],
    }


def described(reading: Reading, address: str) -> SafeString:
    """Tell machines what a text was translated from, or into."""
    if not reading.translations:
        return mark_safe("")
    others = {
        other: structured.in_other_language(
            other.headline,
            other.language,
            absolute(home(other.get_absolute_url(), other.language)),
        )
        for other in reading.translations
    }
    said = structured.ties(
        absolute(home(address, reading.language)),
        translationOfWork=[said for other, said in others.items() if other.is_original()],
        workTranslation=[
            said for other, said in others.items() if other.original == reading.number
        ],
    )
    return format_html('\n<script type="application/ld+json">{}</script>', structured.block(said))


def alternates(there: dict[str, str]) -> str:
    """Tell machines where a text is, if it has several homes. Nothing in it has to be escaped."""
    return "".join(
        f'\n<link rel="alternate" hreflang="{code}" href="{address}">'
        for code, address in addresses.alternates(there)
    )


def made_at_publication(
    reading: Reading, language: str, gone: dict[int, str]
) -> dict[str, SafeString]:
    """Give the edition's own parts; they are made here and now if the recipe has changed.

    So they are where the head names a photo that may no longer be shown.
    """
    made = reading.page
    if made is not None and any(src in made.head for src in gone.values()):
        made = None
    if made is None:
        made = pages.parts(Edition.objects.get(pk=reading.edition), language, gone=gone)
    return {name: mark_safe(text) for name, text in made._asdict().items()}  # noqa: S308 ours


def neighbour(
    side: str, there: Neighbour | None, address_of: Callable[[int, str], str]
) -> dict[str, str]:
    if there is None:
        return {}
    return {
        f"{side}.address": address_of(there.number, there.slug),
        f"{side}.headline": there.headline,
        f"{side}.language": there.language,
    }


def stencil(shape: Shape) -> Stencil:
    return stencils.give(shape, settings.FRAME_CACHE_SECONDS, lambda: make_stencil(shape))


def make_stencil(shape: Shape) -> Stencil:
    """Render the page of an article that is nothing but holes."""
    request = HttpRequest()
    request.path = f"{prefix(shape.language)}{hole('path')}"
    context = {
        **{name: hole(name) for name in HOLES},
        "section": shape.place.section(),
        "here": shape.place.slug,
        "older": shape.has_older and holes_of("older"),
        "newer": shape.has_newer and holes_of("newer"),
        "related": [holes_of(f"related.{place}") for place in range(shape.related)],
        "is_photo_story": shape.is_photo_story,
        "has_pictures": shape.has_pictures,
        "translations": [
            holes_of(f"translation.{place}", "name") for place in range(shape.translations)
        ],
        "topics": [holes_of(f"topic.{place}") for place in range(shape.topics)],
        "in_other_languages": [
            {**other, "address": hole(f"switch.{other['code']}")}
            for other in addresses.in_other_languages("")
        ],
    }
    if not shape.is_converted:
        context["converted_from"] = ""
    return cut(render_to_string(TEMPLATE, context, request))


def holes_of(side: str, *more: str) -> dict[str, str]:
    return {name: hole(f"{side}.{name}") for name in ("address", "headline", "language", *more)}
