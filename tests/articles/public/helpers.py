"""What several tests of public pages do."""

import re
from html import unescape

from django.http import HttpResponseBase


def headlines(response: HttpResponseBase) -> list[str]:
    """Give the headlines of the articles that a page lists, top to bottom, once each."""
    links = re.findall(
        r'<h\d lang="[^"]*"><a href="[^"]*/articles/\d+/[^"]*">(.+?)</a>',
        text(response),
        re.DOTALL,
    )
    return list(dict.fromkeys(unescape(re.sub("</?mark>", "", link)).strip() for link in links))


def text(response: HttpResponseBase) -> str:
    return response.content.decode()  # type: ignore[attr-defined]
