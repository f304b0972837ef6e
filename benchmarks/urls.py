"""The addresses of the site, and the measure of all of them: a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom import urls
from newsroom.urls import handler404, handler500

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


# Before the others: nothing is faster to find.
urlpatterns = [path("empty/", empty), *urls.urlpatterns]
