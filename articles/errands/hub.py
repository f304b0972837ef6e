"""Telling a WebSub hub (https://www.w3.org/TR/websub/) that feeds have changed."""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles.addresses import absolute, languages
from articles.models.editions import Edition

TIMEOUT = 5


class HubRefused(Exception):
    """The hub did not take the news; another time it may."""


def topics(edition: Edition) -> list[str]:
    """Give the feeds that an edition is in, of every language of the site."""
    found = []
    for language in languages():
        with translation.override(language):
            found += [absolute(reverse(f"articles:{kind}")) for kind in ("rss", "atom")]
            found += [
                absolute(reverse(f"articles:section_{kind}", args=[edition.section.slug]))
                for kind in ("rss", "atom")
            ]
    return found


def ping(edition: Edition) -> None:
    """Ask the configured hub, and no other host, to fetch the feeds. It may take a repeat."""
    if not settings.WEBSUB_HUB:
        return
    hub = urlsplit(settings.WEBSUB_HUB)
    body = urlencode([("hub.mode", "publish"), *(("hub.url", t) for t in topics(edition))])
    kind = HTTPSConnection if hub.scheme == "https" else HTTPConnection
    connection = kind(hub.netloc, timeout=TIMEOUT)
    try:
        # http.client follows no redirection, so nobody sends us elsewhere.
        connection.request(
            "POST",
            f"{hub.path or '/'}{f'?{hub.query}' if hub.query else ''}",
            body=body,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        status = connection.getresponse().status
    finally:
        connection.close()
    if not HTTPStatus(status).is_success:
        raise HubRefused(f"{hub.hostname} answered {status}.")
