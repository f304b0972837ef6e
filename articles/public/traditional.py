"""Pages in traditional characters: made as the simplified ones are, and written anew at the end.

It happens once for each copy that `PageCopiesMiddleware` keeps.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import escape_leading_slashes

from articles import traditional
from articles.addresses import in_language, is_of_desk, languages
from articles.public.caching import etag_of
from articles.text.traditional_pages import SIMPLIFIED, TRADITIONAL

type GetResponse = Callable[[HttpRequest], HttpResponse]

MARKUP = ("text/html", "application/opensearchdescription+xml")


class TraditionalMiddleware:
    """Answer for addresses of pages in traditional characters.

    The desk has none, and a site may have none: then they lead to the simplified ones.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if translation.get_language() != TRADITIONAL:
            return self.get_response(request)
        if is_of_desk(request.path) or TRADITIONAL not in languages():
            there = in_language(request.get_full_path(), SIMPLIFIED)
            return HttpResponseRedirect(escape_leading_slashes(there))
        response = self.get_response(request)
        if response.status_code >= 500 or response.streaming:
            return response
        if response.headers.get("Content-Type", "").startswith(MARKUP):
            response.content = traditional.page(response.content.decode()).encode()
            if response.has_header("ETag"):
                response.headers["ETag"] = etag_of(response.content)
        return response
