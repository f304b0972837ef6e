"""The language of an address, and headers that every response carries."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.utils import translation

type GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class AddressLanguageMiddleware:
    """Speak the language of the address, and no other: one copy of a page serves everybody.

    Django's own middleware would say `Vary: Accept-Language` where nothing varies.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class UploadedFilesMiddleware:
    """Keep cookies away from files that people have uploaded, and these from the site's host.

    Nothing behind this sees a cookie of such a request, so no session is read for it, and no
    answer to it sets one or depends on one. The host of DOWNLOADS_URL has such files alone.
    """

    FILES = re.compile(
        rf"{settings.MEDIA_URL}|(?:/(?:{'|'.join(code for code, _name in settings.LANGUAGES)}))?"
        r"/articles/[0-9]+/attachments/[0-9]+/"
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_file = self.FILES.match(request.path_info) is not None
        if settings.DOWNLOADS_URL:
            is_there = request.get_host() == urlsplit(settings.DOWNLOADS_URL).netloc
            if is_there and not is_file:
                return HttpResponseNotFound("Not found", content_type="text/plain")
            if is_file and not is_there:
                return HttpResponseRedirect(f"{settings.DOWNLOADS_URL}{request.get_full_path()}")
        return self.without_cookies(request) if is_file else self.get_response(request)

    def without_cookies(self, request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
        if kept := [name for name in varies if name and name.lower() != "cookie"]:
            response.headers["Vary"] = ", ".join(kept)
        else:
            response.headers.pop("Vary", None)
        return response


class SecurityHeadersMiddleware:
    """Close what no page needs, and keep pages with a session out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        session = getattr(request, "session", None)
        if session is not None and (session.accessed or response.cookies):
            response.headers["Cache-Control"] = "private, no-store"
        return response
