"""Addresses of old sites: they lead to the article's page here, or say that it is gone.

Only an address that would answer 404 is looked up, and only by its path and query, so nobody
is ever sent to another site.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles import clock
from articles.models.editions import Edition
from articles.models.old_addresses import SAFE, OldAddress
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
    numbers = list(OldAddress.objects.of(asked).values_list("article", flat=True)[:1])
    if not numbers:
        return None
    live = Edition.objects.live(at).filter(article=numbers[0])
    edition = live.only("article", "slug").first()
    if edition is not None:
        return harden(HttpResponsePermanentRedirect(edition.get_absolute_url()))
    try:
        return harden(gone(request, numbers[0], at))
    except Http404:  # a draft, which answers like what was never there
        return None
