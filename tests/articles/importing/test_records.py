"""What tells markup from plain text, also where somebody wants that to take for ever."""

import pytest

from articles.importing import columns
from articles.importing.records import OldArticle, is_markup, read_origin
from tests.patience import patience


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>字</p>", True),
        ('字<br class="x"/>', True),
        ("a < b > c", False),
        ("<p " * 500_000, False),
    ],
)
def test_markup_is_told_from_text(text, expected):
    with patience():
        assert is_markup(text) == expected


def test_an_address_is_one_word():
    row = {"title": "题", "address": " http://old.example/\n1.htm\tforged "}

    assert columns.as_article(row).address == "http://old.example/1.htmforged"


def test_digest_is_the_same_as_before_tables_named_origins():
    # Of the same row when its columns ended with `enclosed`.
    before = "f4befb6a9f949f138439300c11d77f0840bd600e8d66978b7c750de807d22df1"

    assert OldArticle("/1.htm", "甲", "<p>一</p>").digest() == before
    assert OldArticle("/1.htm", "甲", "<p>一</p>", origin="media").digest() != before


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("媒体报道", "media"),
        (" Media ", "media"),
        ("转载", "reprint"),
        ("原创", "original"),
        ("?", ""),
    ],
)
def test_origin_is_read_as_tables_write_it(text, origin):
    assert read_origin(text) == origin
