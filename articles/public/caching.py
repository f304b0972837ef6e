"""What every public page is wrapped in: one copy for everybody, kept for a moment."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import ResponseHeaders
from django.utils.cache import get_conditional_response
from django.utils.csp import CSP, build_policy

from articles.freshness import Copies, making
from articles.public import sheet

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
READING = frozenset({"GET", "HEAD"})


def harden(response: HttpResponse) -> HttpResponse:
    """Close a public page to injected scripts."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


def etag_of(content: bytes) -> str:
    return f'"{blake2b(content, digest_size=12).hexdigest()}"'


def early() -> str:
    """Name what a browser needs before it can paint, to be sent ahead as `103 Early Hints`."""
    return f"<{sheet.address()}>; rel=preload; as=style"


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
        if response.headers["Content-Type"].startswith("text/html"):
            response.headers["Link"] = early()
        response.headers["ETag"] = etag_of(response.content)
        public = PublicPage(response.content)
        public.headers = response.headers
        return public

    return page


type Address = tuple[bool, str, str]


class PageCopy(NamedTuple):
    content: bytes
    headers: ResponseHeaders


# Whatever stands behind the question mark of an address makes another copy of its page.
pages: Copies[Address, PageCopy] = Copies(size=lambda copy: len(copy.content))


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
        copy = pages.get(address)
        if copy is None:
            with making() as span:
                response = self.get_response(request)
            if not isinstance(response, PublicPage) or response.cookies:
                return response
            copy = PageCopy(response.content, response.headers)
            pages.keep(address, copy, span, settings.PAGE_CACHE_SECONDS)
        else:
            response = HttpResponse(copy.content, headers=copy.headers)
        etag = copy.headers["ETag"]
        return get_conditional_response(request, etag=etag, response=response) or response
