"""How much two texts are alike. Knows no database.

Two units often report the same event, one of them from the other's press release. Headlines are
compared by their pairs of characters, bodies by runs of eight: a run that long rarely comes
twice by chance.
"""

from dataclasses import dataclass
from functools import cached_property

from articles.text import hanzi

RUN = 8
# A text is read this far; a story that begins alike is alike.
MAX_READ = 20_000


@dataclass(frozen=True)
class Text:
    """A headline and a body as plain text, ready to be compared with many others."""

    headline: str
    body: str

    @cached_property
    def pairs(self) -> frozenset[str]:
        return _runs(hanzi.match_key(self.headline), 2)

    @cached_property
    def runs(self) -> frozenset[str]:
        return _runs(hanzi.match_key(self.body[:MAX_READ]), RUN)


@dataclass(frozen=True)
class Likeness:
    """From 0 (nothing in common) to 1 (the same), for headline and body."""

    headline: float
    body: float


def compare(one: Text, other: Text) -> Likeness:
    """Compare two texts, blind to script, width, case and blanks.

    Headlines by what both have of what either has on average (Dice); bodies by how much of
    the shorter one stands in the longer one, since one unit prints what another shortens.
    """
    pairs = len(one.pairs) + len(other.pairs)
    shorter = min(len(one.runs), len(other.runs))
    return Likeness(
        headline=2 * len(one.pairs & other.pairs) / pairs if pairs else 0.0,
        body=len(one.runs & other.runs) / shorter if shorter else 0.0,
    )


def _runs(text: str, length: int) -> frozenset[str]:
    return frozenset(text[i : i + length] for i in range(len(text) - length + 1))
