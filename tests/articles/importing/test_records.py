"""What tells markup from plain text, also where somebody wants that to take for ever."""

import pytest

from articles.importing import columns
from articles.importing.records import is_markup
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
