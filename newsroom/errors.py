"""Pages for what went wrong, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles import site
from articles.addresses import in_other_languages
from articles.public.caching import harden


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer alike for what is missing, forbidden or not public yet."""
    # The page repeats nothing of the address, so all of them are the same.
    front = reverse("articles:front_page")
    context = {
        "page_address": "",
        "converted_from": "",
        "in_other_languages": in_other_languages(front),
    }
    return harden(render(request, "404.html", context, status=404))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault. No query: the database may be what failed."""
    site.hold()
    return harden(render(request, "500.html", status=500))
