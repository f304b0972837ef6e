"""A form that came with an old token: its text back, and a way to send it again.

Signing in again in another window makes a new token; the forms that were open have the old one.
"""

from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.admin.article import comparing, kept

ARTICLE_TEXT = ("kicker", "headline", "subhead", "summary")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form, and offer it again to whoever sent it from a page of ours.

    What another site sent is never shown and cannot be sent on from here; passwords neither.
    """
    is_ours = _is_from_here(request) and not _has_password(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Not sent"),
        "address": request.get_full_path(),
        "is_signed_in": request.user.is_authenticated,
        "typed": _typed(request) if is_ours else [],
        "fields": _fields(request) if is_ours else [],
        "files": [str(file) for file in request.FILES.values()] if is_ours else [],
    }
    response = render(request, "admin/csrf.html", context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_from_here(request: HttpRequest) -> bool:
    """Believe the browser about where a form was; one that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _has_password(request: HttpRequest) -> bool:
    return any("password" in name for name in request.POST)


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Name the texts that are worth copying."""
    return [(label, text) for label, text in _texts(request) if text.strip()]


def _texts(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name in ARTICLE_TEXT:
        yield comparing.label(name), request.POST.get(name, "")
    yield comparing.label("body"), kept.words_of(request.POST.get("body", ""))
    yield _("Remark"), request.POST.get("remark", "")
    yield _("Text"), request.POST.get("text", "")
