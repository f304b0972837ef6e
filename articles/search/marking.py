"""What a query found, marked in the texts that readers see."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from articles.models.editions import Edition
from articles.search.words import IS_HAN, Phrase, folded, phrases
from articles.text import hanzi, richtext

WORD_BEGINS = rf"(?<![^\W{hanzi.HAN}])"
WORD_ENDS = rf"(?![^\W{hanzi.HAN}])"
# No part of a word: else there are endless ways to divide a text among some words.
BETWEEN = r"\W*"


class Piece(NamedTuple):
    """A piece of a text, and whether a query found it. Both are to be escaped."""

    text: str
    is_hit: bool


def mark(text: str, query: str) -> list[Piece]:
    """Divide a text into what a query found in it and what is around that."""
    pieces = []
    end = 0
    for first, last in _hits(text, query):
        pieces += [Piece(text[end:first], is_hit=False), Piece(text[first:last], is_hit=True)]
        end = last
    pieces.append(Piece(text[end:], is_hit=False))
    return [piece for piece in pieces if piece.text]


def excerpts(editions: Iterable[Edition], query: str, length: int = 90) -> dict[int, list[Piece]]:
    """Give what stands around the first hit in each body, by edition. One query."""
    bodies = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    return {
        pk: excerpt(richtext.plain_text(body), query, length)
        for pk, body in bodies.values_list("pk", "body")
    }


def excerpt(text: str, query: str, length: int = 90) -> list[Piece]:
    """Give about `length` characters around the first hit, or the beginning without one."""
    text = " ".join(text.split())
    first = next(iter(_hits(text, query)), (0, 0))[0]
    start = max(0, first - length // 4)
    pieces = mark(text[start : start + length], query)
    before = [Piece("…", is_hit=False)] if start else []
    after = [Piece("…", is_hit=False)] if start + length < len(text) else []
    return [*before, *pieces, *after]


def _hits(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Give where the phrases of a query begin and end in a text, in order, none overlapping."""
    pattern = _pattern_of(query)
    if pattern is None:
        return
    as_folded, places = _folded_with_places(text)
    for hit in pattern.finditer(as_folded):
        yield places[hit.start()], places[hit.end() - 1] + 1


@lru_cache(maxsize=64)  # many texts are marked for one query
def _pattern_of(query: str) -> re.Pattern[str] | None:
    wanted = sorted(phrases(query), key=lambda phrase: -sum(map(len, phrase.runs)))
    return re.compile("|".join(map(_pattern, wanted))) if wanted else None


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Fold a text, and say for each character of the result where in the text it comes from."""
    parts = list(map(_folded_character, text))
    whole = "".join(parts)
    places = [place for place, part in enumerate(parts) for _character in part]
    as_simplified = hanzi.simplified(whole)
    return (as_simplified if len(as_simplified) == len(whole) else whole), places


_folded_character = lru_cache(maxsize=10_000)(folded)


def _pattern(phrase: Phrase) -> str:
    words = [_run_pattern(run) for run in phrase.runs]
    is_closed = phrase.is_quoted and not IS_HAN.match(phrase.runs[-1])
    return BETWEEN.join(words) + (WORD_ENDS if is_closed else "")


def _run_pattern(run: str) -> str:
    if not IS_HAN.match(run):
        return WORD_BEGINS + run
    # A name of two characters may be printed with a blank in it.
    return r"\s*".join(run) if len(run) == 2 else run
