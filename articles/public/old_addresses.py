"""Addresses of old sites: they lead to what is here of them now, or say that it is gone.

Only an address that would answer 404 is looked up, and only by its path and query, so nobody
is ever sent to another site.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from articles import clock
from articles.models.editions import Edition
from articles.models.old_addresses import SAFE, OldAddress
from articles.public import showing
from articles.public.caching import harden
from articles.public.views import gone

type GetResponse = Callable[[HttpRequest], HttpResponse]


class OldAddressMiddleware:
    """Answer for addresses that an old site gave its readers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        return _led_on(request) or response


def _led_on(request: HttpRequest) -> HttpResponse | None:
    at = clock.here()
    # What could not be decoded stands in the path as it was escaped.
    path = quote(request.path_info, safe=f"{SAFE}%")
    asked = f"{path}?{request.META.get('QUERY_STRING', '')}"
    old = OldAddress.objects.of(asked).first()
    if old is None:
        return None
    live = Edition.objects.live(at)
    there = _where(old, live, at)
    if there:
        response = harden(HttpResponsePermanentRedirect(there))
        # The next edition may have its documents in another order, or no such photo.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
    if live.filter(article=old.article_id).exists():
        return None  # the article is there without this file
    try:
        return harden(gone(request, old.article_id, at))
    except Http404:  # a draft, which answers like what was never there
        return None


def _where(old: OldAddress, live: QuerySet[Edition], at: datetime) -> str:
    """Say where readers find now what an old address was of; nothing if they do not see it."""
    if old.photo_id is not None:
        edition = live.filter(photos__photo=old.photo_id).first()
        return _photo(old.photo_id, edition, at) if edition else ""
    edition = live.filter(article=old.article_id).first()
    if edition is None or not old.document:
        return edition.get_absolute_url() if edition else ""
    files = [row["file"] for row in edition.furniture["attachments"]]
    if old.document not in files:
        return ""
    place = files.index(old.document) + 1
    return reverse("articles:attachment", args=[old.article_id, place])


def _photo(number: int, edition: Edition, at: datetime) -> str:
    """Give the file of a photo that an edition shows, unless the rights to it have ended."""
    pictures = showing.numbers_and_addresses(edition.body)
    lead = edition.furniture["lead"] or {}
    src = lead["src"] if lead.get("photo") == number else pictures.get(number, "")
    found = showing.files([(number, src)], at)
    shown = found.shown.get((number, src))
    return shown.src if shown and number not in found.gone else ""
