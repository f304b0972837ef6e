import pytest

from articles.text import pasting, richtext
from tests.articles.text.payloads import PAYLOADS


@pytest.mark.parametrize("read", [richtext.clean, lambda html: pasting.read(html).html])
@pytest.mark.parametrize(("html", "gone", "kept"), PAYLOADS)
def test_hostile_markup_leaves_its_words_alone(read, html, gone, kept):
    cleaned = read(html)

    left = [piece for piece in gone if piece.lower() in cleaned.lower()]
    assert (left, [piece for piece in kept if piece not in cleaned]) == ([], [])
    assert read(cleaned) == cleaned
    assert richtext.clean(cleaned) == cleaned
