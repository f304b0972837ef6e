"""What every public page is wrapped in: one copy for everybody, kept for a moment."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.utils.csp import CSP, build_policy

type View = Callable[..., HttpResponse]

# Public pages print no nonce, so that one copy serves everybody; their scripts write no markup.
POLICY = build_policy(
    {
        directive: [source for source in sources if source != CSP.NONCE]
        for directive, sources in settings.SECURE_CSP.items()
    }
    | {"require-trusted-types-for": ["'script'"], "trusted-types": [CSP.NONE.value]}
)
# A copy may be kept, and is asked about before each use: nobody reads on after a withdrawal.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
MOST_COPIES = 500
READING = frozenset({"GET", "HEAD"})
# The part of its time after which a copy is renewed, while it is still good enough to be shown.
RENEWAL = 0.75


@dataclass
class Copy[Value]:
    value: Value
    renew_at: float
    expires_at: float


class Copies[Key: Hashable, Value]:
    """What this process made a moment ago, by key. Nothing that has expired is given out."""

    def __init__(self) -> None:
        self._copies: dict[Key, Copy[Value]] = {}

    def get(self, key: Key) -> Value | None:
        """Give a copy, or nothing to whoever is to make one.

        When a copy is due, one thread is told to make the next one and all others still get
        the old one, so that in a rush nobody waits and nothing is made twice.
        """
        copy = self._copies.get(key)
        now = monotonic()
        if copy is None or now >= copy.expires_at:
            return None
        if now >= copy.renew_at:
            copy.renew_at = copy.expires_at
            return None
        return copy.value

    def keep(self, key: Key, value: Value, seconds: float) -> None:
        if not seconds:
            return
        if len(self._copies) >= MOST_COPIES:
            self.clear()  # they would be thrown away in a moment anyway
        now = monotonic()
        self._copies[key] = Copy(value, now + RENEWAL * seconds, now + seconds)

    def clear(self) -> None:
        self._copies.clear()

    def __len__(self) -> int:
        return len(self._copies)


def harden(response: HttpResponse) -> HttpResponse:
    """Close a public page to injected scripts."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


class PublicPage(HttpResponse):
    """A page that is the same for everybody who asks for its address."""


def public_page(view: View) -> View:
    """Answer reading requests alike for everybody, so that `PageCopiesMiddleware` may keep a copy.

    The view must not look at cookies, the session or any header.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = harden(view(request, *args, **kwargs))
        if response.status_code != 200:
            response.headers.setdefault("Cache-Control", "no-cache")
            return response
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
        return PublicPage(response.content, headers=response.headers)

    return page


type Address = tuple[bool, str, str]
pages: Copies[Address, PublicPage] = Copies()


class PageCopiesMiddleware:
    """Give out copies of public pages, at most PAGE_CACHE_SECONDS old; 304 to who has one already.

    It stands before all others: a copy has every header that they put to the page, and in a
    rush a reader costs none of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        address = (request.is_secure(), request.get_host(), request.get_full_path())
        page = pages.get(address)
        if page is None:
            response = self.get_response(request)
            if not isinstance(response, PublicPage) or response.cookies:
                return response
            page = response
            pages.keep(address, page, settings.PAGE_CACHE_SECONDS)
        response = HttpResponse(page.content, headers=page.headers)
        etag = page.headers["ETag"]
        return get_conditional_response(request, etag=etag, response=response) or response
