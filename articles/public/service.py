"""Addresses for machines: health, crawlers, and files where no web server stands in front."""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.static import serve

from articles.public.addresses import absolute

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /search/
Disallow: /en/admin/
Disallow: /en/search/

Sitemap: {sitemap}
Sitemap: {news}
"""


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; `readyz` says more."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    text = ROBOTS.format(sitemap=absolute("/sitemap.xml"), news=absolute("/news-sitemap.xml"))
    return HttpResponse(text, content_type="text/plain")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a public file. Names are ours and never used twice, so caches may keep it."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except SuspiciousOperation as problem:
        raise Http404 from problem
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
