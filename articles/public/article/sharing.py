"""How an article is shown elsewhere: the code that WeChat scans, and its card (oEmbed)."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from articles import clock, structured
from articles.addresses import absolute, absolute_of_file
from articles.models.editions import Edition
from articles.public import showing
from articles.public.machines.api import as_json
from articles.traditional import here


def qr_code(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the short address of an article. Any number has one, public or not."""
    code = segno.make(absolute(reverse("articles:article", args=[number])), error="m")
    drawing = BytesIO()
    code.save(drawing, kind="svg", scale=6, border=3, light="#fff", xmldecl=False)
    return HttpResponse(
        drawing.getvalue(),
        content_type="image/svg+xml",
        headers={"Cache-Control": "public, max-age=86400"},
    )


@as_json
def oembed(request: HttpRequest) -> dict[str, Any]:
    """Describe the article at an address of this site, as https://oembed.com has it."""
    path = path_here(request.GET.get("url", ""))
    # The page may be in another language than the question.
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        return card(edition_at(path))


def card(edition: Edition) -> dict[str, Any]:
    described = {
        "version": "1.0",
        "type": "link",
        "title": here(edition.headline, edition.language),
        "author_name": here(edition.credit_line, edition.language),
        "provider_name": structured.publisher()["name"],
        "provider_url": settings.SITE_URL,
        "cache_age": 3600,
    }
    picture = edition.furniture.get("lead")
    if edition.lead:
        described |= {
            "thumbnail_url": absolute_of_file(picture["src"]),
            "thumbnail_width": picture["width"],
            "thumbnail_height": picture["height"],
        }
    return described


def path_here(address: str) -> str:
    """Give the path of an address of this site. Raises `Http404`."""
    try:
        asked, ours = urlsplit(address), urlsplit(settings.SITE_URL)
    except ValueError as problem:
        raise Http404 from problem
    if asked.netloc != ours.netloc:
        raise Http404
    return asked.path


def edition_at(path: str) -> Edition:
    """Find what readers see at a path, which is in the language spoken. Raises `Http404`."""
    try:
        found = resolve(path)
    except Resolver404 as problem:
        raise Http404 from problem
    if found.view_name != "articles:article":
        raise Http404
    at = clock.here()
    live = Edition.objects.live(at).filter(article=found.kwargs["number"]).for_lists()
    editions = showing.leads(live, at)
    if not editions:
        raise Http404
    return editions[0]
