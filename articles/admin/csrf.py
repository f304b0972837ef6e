"""A form with an old token, or after signing out: its text back, and a way to send it again.

Signing in again in another window makes a new token; the forms that were open have the old one.
"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.actions import personal_drafts
from articles.admin.article.form import kept, typed
from articles.admin.article.record import comparing

ARTICLE_TEXT = ("kicker", "headline", "subhead", "summary")
MORE_OF_AN_ARTICLE = ("tags", "source", "source_url")
ROW_TEXT = ("name", "unit_name", "note", "caption", "title")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form, and offer it again to whoever sent it from a page of ours.

    What another site sent is never shown and cannot be sent on from here; passwords neither.
    A script is told why in data.
    """
    if _is_script(request):
        return JsonResponse({"signed_out": not request.user.is_authenticated}, status=403)
    return _give_back(
        request,
        _(
            "Nothing was saved or sent: this page was opened before you last signed in, "
            "or in another browser."
        ),
    )


def not_by_its_typist(request: HttpRequest) -> HttpResponse | None:
    """Give back what was sent after signing out, if there is any text, or in another's name.

    A script is sent on to the page where one signs in, and knows what to say.
    """
    if request.method != "POST" or _is_script(request):
        return None
    if _is_of_another(request):
        return _give_back(request, _("Nothing was saved or sent."))
    if request.user.is_authenticated or not _is_ours(request) or not _typed(request):
        return None
    return _give_back(request, _("Nothing was saved or sent: you are not signed in any more."))


def _is_script(request: HttpRequest) -> bool:
    return "X-CSRFToken" in request.headers


def _give_back(request: HttpRequest, reason: str) -> HttpResponse:
    is_ours = _is_ours(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Not sent"),
        "reason": reason,
        "address": request.get_full_path(),
        "is_signed_in": request.user.is_authenticated,
        "is_of_another": _is_of_another(request),
        "typed": _typed(request) if is_ours else [],
        "fields": _fields(request) if is_ours else [],
        "files": [str(file) for file in request.FILES.values()] if is_ours else [],
    }
    response = render(request, "admin/csrf.html", context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_of_another(request: HttpRequest) -> bool:
    """Tell whether somebody else typed it, before this user signed in in their browser."""
    typist = request.POST.get("typist")
    return bool(typist) and request.user.is_authenticated and typist != str(request.user.pk)


def _is_ours(request: HttpRequest) -> bool:
    """Believe that somebody at the desk typed it here, and that it is no more than they can type.

    Anybody may send anything without having been here: they get none of it back.
    """
    return (
        _is_from_here(request)
        and _was_here(request)
        and not _has_password(request)
        and _length(request) <= personal_drafts.MAX_CHARACTERS
    )


def _was_here(request: HttpRequest) -> bool:
    return not request.COOKIES.keys().isdisjoint(
        {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    )


def _length(request: HttpRequest) -> int:
    return sum(len(name) + len(value) for name, values in request.POST.lists() for value in values)


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
    for name in MORE_OF_AN_ARTICLE:
        yield comparing.label(name), request.POST.get(name, "")
    for prefix in typed.ROWS:
        rows = [
            [row.get(name, "") for name in ROW_TEXT] for row in typed.rows(request.POST, prefix)
        ]
        yield comparing.label(prefix), "\n".join(" · ".join(filter(None, row)) for row in rows)
    yield _("Reason"), request.POST.get("reason", "")
    yield _("Remark"), request.POST.get("remark", "")
    yield _("Text"), request.POST.get("text", "")
