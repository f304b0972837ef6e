"""The code by which WeChat shares an article."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.addresses import absolute


def qr_code(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the short address of an article. Any number has one, public or not."""
    code = segno.make(absolute(reverse("articles:article", args=[number])), error="m")
    drawing = BytesIO()
    code.save(drawing, kind="svg", scale=6, border=3, light="#fff", xmldecl=False)
    return HttpResponse(
        drawing.getvalue(),
        content_type="image/svg+xml",
        headers={"Cache-Control": "public, max-age=86400"},
    )
