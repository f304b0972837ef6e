"""Search in Chinese and Latin script: words go in at publication, editions come out.

Chinese is indexed as overlapping pairs of characters (北京大学 -> 北京 京大 大学 学), other
scripts by whole words, all folded: width, case and traditional characters make no difference.
A query's words must all be there: Chinese anywhere, others from the beginning of a word.
`index`, `rebuild` and `find` are the whole interface, so another engine can stand in.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import BooleanField, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from articles.models.editions import Edition
from articles.models.search import EditionWords
from articles.text import hanzi, richtext

MAX_QUERY = 100
# PostgreSQL keeps a megabyte of lexemes per row; this many characters make less.
MAX_INDEXED = 100_000
MAX_WORD = 60

RUN = re.compile(rf"[{hanzi.HAN}]+|[^\W{hanzi.HAN}]+")
IS_HAN = re.compile(rf"[{hanzi.HAN}]")
WORD_BEGINS = rf"(?<![^\W{hanzi.HAN}])"


def index(edition: Edition) -> None:
    """Make an edition findable. An edition never changes, so once is enough."""
    words = EditionWords(edition=edition, tokens=tokens(_words_of(edition)))
    EditionWords.objects.bulk_create([words], ignore_conflicts=True)


@transaction.atomic
def rebuild() -> int:
    """Index every edition anew, and say how many there are."""
    EditionWords.objects.all().delete()
    for edition in Edition.objects.iterator(chunk_size=200):
        index(edition)
    return EditionWords.objects.count()


def find(query: str, *, at: datetime) -> QuerySet[Edition]:
    """Give the editions live at a moment that have all words of a query, in no order yet.

    Callers order and page by date like every other list. Whatever was typed is understood
    or ignored, never refused; what is beyond 100 characters is ignored.
    """
    wanted = runs(query[:MAX_QUERY])
    if not wanted:
        return Edition.objects.none()
    words = _with_tokens(wanted)
    for pairs in map(_pairs, wanted):
        # All pairs of a long word are there; are they side by side?
        if len(pairs) > 1:
            words = words.filter(tokens__contains=f" {' '.join(pairs)} ")
    return Edition.objects.live(at).filter(pk__in=words.values("pk"))


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


def tokens(text: str) -> str:
    """Give what goes into the index, blanks around each token."""
    found = (
        token
        for run in runs(text)
        for token in ([run[i : i + 2] for i in range(len(run))] if IS_HAN.match(run) else [run])
    )
    return f" {' '.join(found)} "


def runs(text: str) -> list[str]:
    """Give the folded words of a text: each stretch of Chinese, each word of another script."""
    found = "\n".join(RUN.findall(_folded(hanzi.without_pinyin(text))[:MAX_INDEXED]))
    return [
        run if IS_HAN.match(run) else run[:MAX_WORD]
        for run in hanzi.simplified(found).splitlines()
    ]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _words_of(edition: Edition) -> str:
    furniture = edition.furniture
    names = [
        name
        for line in furniture["credits"]
        for entry in line["entries"]
        for name in (entry["name"], entry["unit"])
    ]
    names += [row["name"] for row in (*furniture["units"], *furniture["tags"])]
    headings = (edition.kicker, edition.headline, edition.subhead)
    return "\n".join([*headings, *names, edition.summary, richtext.plain_text(edition.body)])


def _pairs(run: str) -> list[str]:
    if len(run) == 1 or not IS_HAN.match(run):
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


class _Contain(Func):
    """Words against a `tsquery`, spelled as the index on PostgreSQL is."""

    template = "articles_lexemes(%(expressions)s::tsquery"
    arg_joiner = ") @@ "
    output_field = BooleanField()


def _with_tokens(wanted: list[str]) -> QuerySet[EditionWords]:
    """Look tokens up by index. They are letters and digits only, so they need no escaping."""
    looked_up = [
        (token, len(pairs) == 1 and _is_open(token))
        for pairs in map(_pairs, wanted)
        for token in pairs
    ]
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{token}'{':*' if is_open else ''}" for token, is_open in looked_up)
        return EditionWords.objects.filter(_Contain("tokens", Value(query)))
    query = " AND ".join(f'"{token}"{"*" if is_open else ""}' for token, is_open in looked_up)
    rows = RawSQL("SELECT rowid FROM articles_words WHERE articles_words MATCH %s", [query])
    return EditionWords.objects.filter(pk__in=rows)


def _is_open(token: str) -> bool:
    """Say whether longer tokens are found as well: 学 in 学校, comp in computer."""
    return len(token) == 1 or not IS_HAN.match(token)


def _hits(text: str, query: str) -> Iterator[tuple[int, int]]:
    """Give where the words of a query begin and end in a text, in order, none overlapping."""
    wanted = sorted(runs(query[:MAX_QUERY]), key=len, reverse=True)
    if not wanted:
        return
    folded, places = "", []
    for place, character in enumerate(text):
        as_folded = _folded(character)
        folded += as_folded
        places += [place] * len(as_folded)
    as_simplified = hanzi.simplified(folded)
    if len(as_simplified) == len(folded):
        folded = as_simplified
    pattern = "|".join(run if IS_HAN.match(run) else rf"{WORD_BEGINS}{run}" for run in wanted)
    for hit in re.finditer(pattern, folded):
        yield places[hit.start()], places[hit.end() - 1] + 1
