"""What every public page is wrapped in: one copy for everybody, kept for a moment."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from time import monotonic
from typing import Any, NamedTuple

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
    | {"require-trusted-types-for": ["'script'"], "trusted-types": [CSP.NONE]}
)
# A copy may be kept, and is asked about before each use: nobody reads on after a withdrawal.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
MOST_COPIES = 500


class Copy(NamedTuple):
    expires: float
    content: bytes
    headers: dict[str, str]


copies: dict[str, Copy] = {}


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
        copy = copies.get(address)
        if copy and monotonic() < copy.expires:
            response = HttpResponse(copy.content, headers=copy.headers)
        else:
            response = harden(view(request, *args, **kwargs))
            if response.status_code != 200:
                response.headers.setdefault("Cache-Control", "no-cache")
                return response
            response.headers.setdefault("Cache-Control", CACHE_CONTROL)
            response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
            keep(address, response)
        return (
            get_conditional_response(request, etag=response.headers["ETag"], response=response)
            or response
        )

    return page


def keep(address: str, response: HttpResponse) -> None:
    if seconds := settings.PAGE_CACHE_SECONDS:
        if len(copies) >= MOST_COPIES:
            copies.clear()  # they would be thrown away within the second anyway
        copies[address] = Copy(monotonic() + seconds, response.content, dict(response.headers))
