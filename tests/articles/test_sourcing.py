"""What the form and imports take as the source of an article."""

import pytest

from articles import sourcing

THERE = "https://paper.example.com/a"


@pytest.mark.parametrize(
    ("origin", "source", "address", "fields"),
    [
        ("media", "江城晚报", THERE, []),
        ("media", "江城晚报", "http://paper.example.com/", []),
        ("media", "江城晚报", "", []),
        ("media", "", "", []),
        ("media", " ", THERE, ["source"]),
        ("media", "江城晚报", "ftp://paper.example.com/a", ["source_url"]),
        ("media", "江城晚报", "https://news.example.edu/articles/1/", ["source_url"]),
        ("media", "江城晚报", "https://NEWS.example.edu./a", ["source_url"]),
        ("media", "江城晚报", "https://a.sub.example.edu/", ["source_url"]),
        ("media", "", "https://news.example.edu/", ["source_url", "source"]),
        ("media", "江城晚报", "https://example.edu/", []),
        # Browsers read another host in these than we show, and feeds cannot print the last.
        ("media", "江城晚报", "https://evil.example\\@paper.example.com/", ["source_url"]),
        ("media", "江城晚报", "https://paper.example.com@evil.example/", ["source_url"]),
        ("reprint", "江城晚报", "https://paper.example.com/\x01", ["source_url"]),
        ("reprint", "", "https://news.example.edu/old.htm", []),
        ("original", "", "ftp://paper.example.com/a", ["source_url"]),
    ],
)
def test_address_leads_out_and_the_medium_is_named(settings, origin, source, address, fields):
    settings.SITE_URL = "https://news.example.edu"
    settings.ALLOWED_HOSTS = ["*", ".sub.example.edu"]

    assert list(sourcing.problems(origin, source, address)) == fields
