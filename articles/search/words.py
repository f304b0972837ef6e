"""Texts and queries, cut into words. Knows no database."""

import re
import unicodedata
from typing import NamedTuple

from articles.text import hanzi

MAX_QUERY = 100
# PostgreSQL keeps a megabyte of lexemes per row; this many characters make less.
MAX_INDEXED = 80_000
MAX_WORD = 60

RUN = re.compile(rf"[{hanzi.HAN}]+|[^\W{hanzi.HAN}]+")
IS_HAN = re.compile(rf"[{hanzi.HAN}]")
LONE = rf"(?<![{hanzi.HAN}])([{hanzi.HAN}])(?![{hanzi.HAN}])"
LONE_PAIR = re.compile(rf"{LONE}[ \t]+{LONE}")
LONE_ONES = re.compile(rf"{LONE}(?:[ \t]+{LONE})+")
QUOTED = re.compile('"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』')


class Phrase(NamedTuple):
    """Words of a query that must stand side by side: one alone, or several in quotation marks.

    Chinese is found anywhere, other words from their beginning on, in quotation marks only whole.
    """

    runs: tuple[str, ...]
    is_quoted: bool

    @property
    def tokens(self) -> list[str]:
        """Give its tokens in the order in which an index text has them."""
        *before, last = self.runs
        return [token for run in before for token in of_run(run)] + pairs(last)

    @property
    def is_open(self) -> bool:
        """Say whether its last token may begin a longer one: 学 in 学校, comp in computer."""
        last = self.tokens[-1]
        return len(last) == 1 if IS_HAN.match(last) else not self.is_quoted


def phrases(query: str) -> list[Phrase]:
    """Give what a query asks for. Whatever was typed is understood or ignored, never refused.

    Two lone characters are a name as it is printed: 王 伟 is 王伟.
    """
    query = folded(query[:MAX_QUERY])
    found = []
    end = 0
    for quoted in QUOTED.finditer(query):
        found += _words(query[end : quoted.start()])
        inside = runs(_names_closed(quoted[quoted.lastindex or 0]))
        found += [Phrase(tuple(inside), is_quoted=True)] if inside else []
        end = quoted.end()
    return list(dict.fromkeys([*found, *_words(query[end:])]))


def _words(text: str) -> list[Phrase]:
    return [Phrase((run,), is_quoted=False) for run in runs(_names_closed(text))]


def _names_closed(text: str) -> str:
    return LONE_PAIR.sub(r"\1\2", text)


def tokens(text: str) -> str:
    """Give what goes into the index, blanks around each token."""
    # Which two of several lone characters are a name nobody knows, so all neighbours are pairs.
    text = LONE_ONES.sub(lambda lone: "".join(lone[0].split()), folded(text))
    return f" {' '.join(token for run in runs(text) for token in of_run(run))} "


def of_run(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run))] if IS_HAN.match(run) else [run]


def pairs(run: str) -> list[str]:
    """Give the tokens that make sure of a run wherever it begins and ends."""
    return of_run(run)[:-1] if len(run) > 1 and IS_HAN.match(run) else [run]


def runs(text: str) -> list[str]:
    """Give the folded words of a text: each stretch of Chinese, each word of another script."""
    found = "\n".join(RUN.findall(folded(hanzi.without_pinyin(text))[:MAX_INDEXED]))
    return [
        run if IS_HAN.match(run) else run[:MAX_WORD]
        for run in hanzi.simplified(found).splitlines()
    ]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
