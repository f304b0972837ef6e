"""The hub is told of every feed with news; nobody else is."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from articles.errands import hub
from tests.factories import make_edition, make_section

pytestmark = pytest.mark.django_db


@contextmanager
def hub_that_answers(status: int, location: str = ""):
    """Run a hub, and give its address and what it was asked."""
    asked: list[tuple[str, list[tuple[str, str]]]] = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((self.path, parse_qsl(body)))
            self.send_response(status)
            self.send_header("Location", location)
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def log_message(self, *args):
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hub?site=1", asked
    server.shutdown()
    server.server_close()


def test_hub_is_told_of_the_feeds_in_every_language(settings):
    edition = make_edition(section=make_section(slug="news"))
    with hub_that_answers(202) as (settings.WEBSUB_HUB, asked):
        hub.ping(edition)

    feeds = ["feeds/rss/", "feeds/atom/", "feeds/news/rss/", "feeds/news/atom/"]
    prefixes = ("", "zh-hant/", "en/")
    topics = [f"http://testserver/{prefix}{feed}" for prefix in prefixes for feed in feeds]
    fields = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]
    assert asked == [("/hub?site=1", fields)]


def test_hub_that_refuses_is_asked_again_later(settings):
    with (
        hub_that_answers(500) as (settings.WEBSUB_HUB, _asked),
        pytest.raises(hub.HubRefused, match=r"127\.0\.0\.1 answered 500"),
    ):
        hub.ping(make_edition())


def test_hub_sends_us_nowhere_else(settings):
    with hub_that_answers(200) as (elsewhere, asked_elsewhere):  # noqa: SIM117
        with hub_that_answers(302, location=elsewhere) as (settings.WEBSUB_HUB, _asked):
            with pytest.raises(hub.HubRefused):
                hub.ping(make_edition())

    assert asked_elsewhere == []


@pytest.mark.parametrize(
    ("kind", "link"), [("rss", "<atom:link href={} rel="), ("atom", "<link href={} rel=")]
)
def test_feeds_name_the_hub(client, settings, kind, link):
    address = reverse(f"articles:{kind}")
    settings.WEBSUB_HUB = ""
    before = client.get(address).content.decode()
    settings.WEBSUB_HUB = "https://hub.example.org/"
    after = client.get(address).content.decode()

    named = link.format('"https://hub.example.org/"') + '"hub"'
    assert (named in before, named in after) == (False, True)
