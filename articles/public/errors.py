"""Pages for what went wrong, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.public.caching import harden


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer alike for what is missing, forbidden or not public yet."""
    return harden(render(request, "404.html", status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault. No query: the database may be what failed."""
    return harden(render(request, "500.html", status=500))
