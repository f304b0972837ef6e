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


pages: Copies[str, tuple[bytes, dict[str, str]]] = Copies()


def harden(response: HttpResponse) -> HttpResponse:
    """Close a public page to injected scripts."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


def public_page(view: View) -> View:
    """Answer reading requests alike for everybody, from a copy at most PAGE_CACHE_SECONDS old.

    The view must not look at cookies, the session or any header.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        address = request.get_host() + request.get_full_path()
        if copy := pages.get(address):
            content, headers = copy
            response = HttpResponse(content, headers=headers)
        else:
            response = harden(view(request, *args, **kwargs))
            if response.status_code != 200:
                response.headers.setdefault("Cache-Control", "no-cache")
                return response
            response.headers.setdefault("Cache-Control", CACHE_CONTROL)
            response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
            kept = (response.content, dict(response.headers))
            pages.keep(address, kept, settings.PAGE_CACHE_SECONDS)
        return (
            get_conditional_response(request, etag=response.headers["ETag"], response=response)
            or response
        )

    return page
