"""Text as the word list compares it, with the way back to what was written."""

import unicodedata
from functools import cache

from articles.text import hanzi


@cache
def _simplified(character: str) -> str:
    return hanzi.simplified(character)


@cache
def _folded(character: str) -> str:
    """Give what one character counts as; nothing for blanks and what cannot be seen."""
    wide = unicodedata.normalize("NFKC", character).casefold()
    return "".join(
        _simplified(c)
        for c in wide
        if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc", "Mn"}
    )


def fold(text: str) -> str:
    return "".join(map(_folded, text))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Give the folded text, and for each of its characters the place it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for c in _folded(character):
            folded.append(c)
            places.append(place)
    return "".join(folded), places
