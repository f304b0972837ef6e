"""Sharing by plain links; the code for WeChat is drawn here."""

from io import BytesIO
from urllib.parse import urlencode

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.public.addresses import absolute


def links(headline: str, address: str) -> dict[str, str]:
    """Give the addresses that open a service's own form for sharing."""
    weibo = urlencode({"url": address, "title": headline})
    qq = urlencode({"url": address, "title": headline})
    return {
        "weibo": f"https://service.weibo.com/share/share.php?{weibo}",
        "qq": f"https://connect.qq.com/widget/shareqq/index.html?{qq}",
    }


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
