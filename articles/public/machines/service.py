"""Addresses for machines: health, crawlers, and files where no web server stands in front."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.static import serve

from articles import clock, site
from articles.addresses import absolute, languages, prefix
from articles.models.editions import Edition
from articles.models.photos import Photo
from articles.text.filenames import safe

# To crawlers: what no search finds, and searches.
CLOSED = ("admin", "search")
# No folder holds a longer one, and ours are short.
LONGEST_NAME = 255
YEAR = 365 * 24 * 60 * 60
# Nothing in a file that somebody uploaded may run.
UPLOADED = "default-src 'none'; sandbox"


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; `readyz` says more."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix(code)}/{path}/" for code in languages() for path in CLOSED),
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        f"Sitemap: {absolute('/news-sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a hole, as RFC 9116 has it; nothing where the site names nobody."""
    mail = site.current().settings.contact_mail
    if not mail:
        raise Http404
    # A year from the beginning of the month, so that the file does not change all day.
    month = clock.here().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{mail}",
        f"Expires: {(month + timedelta(days=365)).isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def attachment(request: HttpRequest, number: int, place: int) -> HttpResponseBase:
    """Hand out a document of a live edition, by its place among them, counted from 1."""
    live = Edition.objects.live(clock.here()).filter(article=number)
    found = live.values_list("furniture", flat=True).first()
    documents = found["attachments"] if found else []
    if not 1 <= place <= len(documents):
        raise Http404
    document = documents[place - 1]
    try:
        file = storages["private"].open(document["file"])
    except FileNotFoundError as problem:
        raise Http404 from problem
    response = FileResponse(
        file,
        as_attachment=True,
        filename=safe(document["name"]),
        content_type="application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = UPLOADED
    # What an edition has may end at any moment.
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def seconds_left(path: str, at: datetime) -> int:
    """Say how long caches may keep a public file: a year, or until its rights end."""
    master = re.sub(r"(/[0-9a-f]{32})(/[0-9]+)?\.[a-z]+$", r"\1.jpg", path)
    ending = Photo.objects.exclude(expires_at=None).for_readers()
    photo = ending.filter(image=master).first() or ending.filter(earlier__image=master).first()
    if photo is None:
        return YEAR
    assert photo.expires_at is not None
    return max(0, min(YEAR, int((photo.expires_at - at).total_seconds())))


def gone() -> HttpResponse:
    return HttpResponse(
        _("The rights to this photo have ended."),
        content_type="text/plain; charset=utf-8",
        status=410,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a public file. Names are ours and never used twice, so caches may keep it.

    A photo whose rights have ended is gone (410) for everybody.
    """
    if "\0" in path or len(path.encode()) > LONGEST_NAME:
        raise Http404
    left = seconds_left(path, clock.here())
    if left == 0:
        return gone()
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except SuspiciousOperation as problem:
        raise Http404 from problem
    response.headers["Content-Security-Policy"] = UPLOADED
    response.headers["Cache-Control"] = f"public, max-age={left}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
