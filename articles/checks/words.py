"""The institution's words: found in one pass, however many there are (Aho and Corasick, 1975)."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.checks.findings import Finding, Level, excerpt
from articles.checks.folding import fold, fold_with_places
from articles.checks.manuscripts import Manuscript
from articles.checks.personal import masked
from articles.checks.rules import Known, Rule

SHIFT = 21
CONTEXT = 4


@dataclass(frozen=True)
class Word:
    """An entry of the list. An allowed phrase hides the words that it contains."""

    text: str
    level: Level = Level.ADVISORY
    suggestion: str = ""
    is_allowed: bool = False


@dataclass(frozen=True)
class Match:
    word: Word
    start: int
    end: int


class WordList:
    """Words and allowed phrases, ready to be looked for in many texts.

    Blind to full and half width, traditional and simplified, case, and blanks inside.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        # One table for all nodes: (node, character) -> node. Small and fast.
        self._next: dict[int, int] = {}
        self._fail = [0]
        self._depth = [0]
        # The longest word that ends here, as its own node or one on the way to it.
        self._word: list[Word | None] = [None]
        self._length = [0]
        children = self._grow(words)
        self._connect(children)

    def _grow(self, words: Iterable[Word]) -> list[list[tuple[int, int]]]:
        children: list[list[tuple[int, int]]] = [[]]
        for word in words:
            node = 0
            key = fold(word.text)
            for character in map(ord, key):
                after = self._next.get(node << SHIFT | character)
                if after is None:
                    after = len(self._fail)
                    self._next[node << SHIFT | character] = after
                    children[node].append((character, after))
                    children.append([])
                    self._fail.append(0)
                    self._depth.append(self._depth[node] + 1)
                    self._word.append(None)
                    self._length.append(0)
                node = after
            if node and not ((other := self._word[node]) and other.is_allowed):
                self._word[node], self._length[node] = word, len(key)
        return children

    def _connect(self, children: list[list[tuple[int, int]]]) -> None:
        waiting = deque([0])
        while waiting:
            node = waiting.popleft()
            for character, child in children[node]:
                waiting.append(child)
                if node:
                    self._fail[child] = self._step(self._fail[node], character)
                if self._word[child] is None:
                    shorter = self._fail[child]
                    self._word[child] = self._word[shorter]
                    self._length[child] = self._length[shorter]

    def _step(self, node: int, character: int) -> int:
        following = self._next
        while True:
            after = following.get(node << SHIFT | character)
            if after is not None:
                return after
            if not node:
                return 0
            node = self._fail[node]

    def find(self, text: str) -> list[Match]:
        """Give the words of the list in a text; of those inside one another the longest."""
        folded, places = fold_with_places(text)
        found = list(self._longest(text, folded, places))
        return [match for match in reversed(found) if not match.word.is_allowed]

    def _longest(self, text: str, folded: str, places: list[int]) -> Iterator[Match]:
        """Give, last first, what is not part of something longer."""
        node = 0
        ends: list[int] = []
        for character in map(ord, folded):
            node = self._step(node, character)
            ends.append(node)
        first = len(folded)
        for end in range(len(folded), 0, -1):
            node = ends[end - 1]
            word = self._word[node]
            start = end - self._length[node]
            if word is None or start >= first:
                continue
            begins, over = places[start], places[end - 1] + 1
            if not _stands_alone(text, begins, over):
                continue
            first = start
            yield Match(word, begins, over)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell a Latin word from a part of a longer one; Chinese has no such edges."""
    return not (
        (start > 0 and _is_latin(text[start]) and _is_latin(text[start - 1]))
        or (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))
    )


def _is_latin(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x250


def check(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    for passage in manuscript.passages:
        matches = known.words.find(passage.text)
        shown = masked(passage.text) if matches else ""
        for match in matches:
            written = passage.text[match.start : match.end]
            around = passage.text[max(0, match.start - CONTEXT) : match.end + CONTEXT]
            mend = (
                _("Write “%(suggestion)s” instead.") % {"suggestion": match.word.suggestion}
                if match.word.suggestion
                else _("Choose another word, or put it aside and say why it is right here.")
            )
            yield Finding(
                rule.check,
                _("“%(word)s” is on the list of words.") % {"word": match.word.text},
                mend,
                passage.place,
                # Two words may have the same surroundings.
                f"{fold(match.word.text)}\0{fold(around)}",
                level=min(match.word.level, rule.level, key=list(Level).index),
                excerpt=excerpt(shown, match.start, match.end),
                phrase=written,
            )
