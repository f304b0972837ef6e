"""The page of an article, put together from what does not have to be made for each reader.

Articles of a section share a page with holes in it, made once in RAIL_CACHE_SECONDS. What an
edition fills them with was made at publication; only its clicks, its token and its neighbours
are rendered for each reader.
"""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles import pages
from articles.addresses import prefix
from articles.models.editions import Edition
from articles.public.caching import Copies
from articles.public.reading import Place, Reading

TEMPLATE = "articles/article.html"
PIECES = ("token", "clicks", "turn")
HOLES = ("title", "number", "written_in", "head", "top", "body", "foot", *PIECES)
# No text has this character, so it begins and ends a hole.
EDGE = "\0"

type Stencil = list[str]  # text and the names of holes, in turn

stencils: Copies[tuple[str, Place], Stencil] = Copies()


def article(reading: Reading) -> str:
    """Give the page of an article in the language of the reader."""
    language = translation.get_language()
    piece = {"number": reading.number, "older": reading.older, "newer": reading.newer}
    fillings = {
        "path": reading.get_absolute_url().removeprefix(prefix(language)),
        "title": reading.headline,
        "number": reading.number,
        "written_in": reading.language,
        "body": mark_safe(reading.body),  # noqa: S308 cleaned at publication
        **{name: get_template(f"{TEMPLATE}#{name}").render(piece) for name in PIECES},
        **parts(reading, language),
    }
    page = stencil(language, reading.place)
    filled = [str(conditional_escape(fillings[name])) for name in page[1::2]]
    return "".join(text for pair in zip(page[::2], [*filled, ""], strict=True) for text in pair)


def parts(reading: Reading, language: str) -> dict[str, SafeString]:
    """Give what publication made; made here and now where it was made by another recipe."""
    made = reading.page or pages.parts(Edition.objects.get(pk=reading.edition), language)
    return {name: mark_safe(text) for name, text in made._asdict().items()}  # noqa: S308 ours


def stencil(language: str, place: Place) -> Stencil:
    """Give the page that the articles of a section share in a language."""
    page = stencils.get((language, place))
    if page is None:
        page = make_stencil(language, place)
        stencils.keep((language, place), page, settings.RAIL_CACHE_SECONDS)
    return page


def make_stencil(language: str, place: Place) -> Stencil:
    request = HttpRequest()
    request.path = f"{prefix(language)}{hole('path')}"
    context = {"section": place.section(), "here": place.slug}
    holes = {name: mark_safe(hole(name)) for name in HOLES}  # noqa: S308 filled with what is safe
    return render_to_string(TEMPLATE, context | holes, request).split(EDGE)


def hole(name: str) -> str:
    return f"{EDGE}{name}{EDGE}"
