"""What differs between two texts, as their reader takes them in. Knows no database.

A text is a list of passages: paragraphs, headings, rows of a table. `compare` pairs them, also
where one was moved, split or joined, and marks inside each pair what went and what came:
Chinese by character, other writing by word, a number whole.

Whatever somebody pastes, comparing ends soon: all work is paid from an `Effort`, and when that
is spent, what is left is shown as replaced.
"""

import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import Literal, NamedTuple

from articles.text.hanzi import HAN

NUMBER = r"\d+(?:[.,:]\d+)*"
WORD = rf"[^\W\d{HAN}]+(?:['\u2019-][^\W\d{HAN}]+)*"
# A line break and the border of a cell stand alone; other blanks go together.
TOKEN = re.compile(rf"[{HAN}]|{NUMBER}|{WORD}|[\n\t]|[^\S\n\t]+|.", re.DOTALL)
BORDERS = {"\n", "\t"}
# The kind of a passage that is one thing: a name out of a list, a date.
CHOICE = "choice"

# About as many steps as Python takes in a second.
STEPS = 2_000_000
# A text with more single changes than this is another text. Memory grows with the square.
MAX_CHANGES = 1_000
# Nobody reads more rows than these one by one: the rest of a text is one passage.
MAX_PASSAGES = 1_000
# Passages that differ are looked for this far from where they would stand.
REACH = 25
# From here on two passages are one that was changed.
ALIKE = 0.4
# What was moved and changed must be more alike than that.
MOVED = 0.6
# Below this, marking single words of a long passage would only make it hard to read.
REWRITTEN = 0.2
SHORT = 12
# A part of a passage that was split: most of it comes from there.
PART_OF = 0.6
# As many characters may be swallowed between two changes, so that both read as one.
SWALLOWED = 3

type Kind = Literal["same", "changed", "markup", "deleted", "inserted", "moved_away", "moved_here"]
type Pair = tuple[int, int]


class Mark(NamedTuple):
    """What a piece of a passage is besides its words: bold, or linked to `value`."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading, a row of a table (its cells divided by tabs), or one entry.

    Passages with an `identity` are the same thing whatever they say, and are paired by it.
    `things` are what it shows besides words, in their order; `facts` hold for it as a whole.
    """

    text: str
    kind: str = ""
    marks: tuple[Mark, ...] = ()
    identity: str = ""
    things: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> Hashable:
        """Give what makes it the same for a reader; without words, what stands there."""
        return self.text or (self.kind, self.things)


class Run(NamedTuple):
    kind: Literal["same", "deleted", "inserted"]
    text: str


@dataclass(frozen=True)
class Markup:
    """Words that stayed, and what they are no longer or are now: `(name, value)`."""

    text: str
    lost: frozenset[tuple[str, str]]
    gained: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A passage on both sides, or on one. What was moved has a row at either place."""

    kind: Kind
    old: Passage | None
    new: Passage | None
    runs: tuple[Run, ...] = ()
    markup: tuple[Markup, ...] = ()
    # Characters of Chinese and words of other writing that went or came.
    size: int = 0

    @property
    def changed(self) -> bool:
        return self.kind != "same"

    @property
    def kinds(self) -> tuple[str, str] | None:
        """Give what the passage was and is, a heading for example, if that has changed."""
        if self.old is None or self.new is None or self.old.kind == self.new.kind:
            return None
        return self.old.kind, self.new.kind


@dataclass
class Effort:
    """What comparing may still cost."""

    steps: int = STEPS

    def spend(self, steps: int) -> bool:
        """Pay for some steps, and say whether there was enough."""
        self.steps -= steps
        return self.steps >= 0


def compare(
    old: Sequence[Passage], new: Sequence[Passage], effort: Effort | None = None
) -> list[Row]:
    """Pair the passages of two texts in reading order, and mark what differs in each pair."""
    return _Comparison(_bounded(old), _bounded(new), effort or Effort()).rows()


def _bounded(passages: Sequence[Passage]) -> Sequence[Passage]:
    if len(passages) <= MAX_PASSAGES or any(passage.identity for passage in passages):
        return passages
    return [*passages[: MAX_PASSAGES - 1], _as_one(passages[MAX_PASSAGES - 1 :])]


def mark(old: str, new: str, effort: Effort | None = None) -> list[Run]:
    """Mark what went and what came between two strings, in the fewest steps that it finds."""
    return list(_runs(tokens(old), tokens(new), effort or Effort()))


def readable(runs: Iterable[Run]) -> list[Run]:
    """Join changes with but a character or two between them, so that they read as one."""
    joined: list[_Piece] = []
    for piece in _pieces(runs):
        joined.append(piece)
        while len(joined) >= 3 and _swallows(*joined[-3:]):
            last, between = joined.pop(), joined.pop()
            joined[-1].take(between)
            joined[-1].take(last)
    return [run for piece in joined for run in piece.runs()]


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def weight(text: str) -> int:
    """Count as editors do: each Chinese character, word, number and mark is one."""
    return sum(1 for token in TOKEN.findall(text) if not token.isspace())


def size(runs: Iterable[Run]) -> int:
    """Count what was changed; what was put in place of something else counts once."""
    return sum(
        max(weight("".join(piece.old)), weight("".join(piece.new)))
        for piece in _pieces(runs)
        if piece.is_change
    )


# Pairing passages


@dataclass
class _Comparison:
    old: Sequence[Passage]
    new: Sequence[Passage]
    effort: Effort
    pairs: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    shingles: dict[int, frozenset[Hashable]] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        if any(passage.identity for passage in (*self.old, *self.new)):
            self._pair_by_identity()
        else:
            self._pair_what_is_the_same()
            self._pair_what_is_alike()
            self._pair_what_was_moved()
        in_order = _longest_rise(sorted(self.pairs.items()))
        return list(self._laid_out(self._with_parts(in_order)))

    def _pair(self, i: int, j: int) -> None:
        self.pairs[i] = j
        self.taken.add(j)

    def _pair_by_identity(self) -> None:
        places = {passage.identity: j for j, passage in reversed(list(enumerate(self.new)))}
        for i, passage in enumerate(self.old):
            j = places.pop(passage.identity, None)
            if j is not None:
                self._pair(i, j)

    def _pair_what_is_the_same(self) -> None:
        old, new = [p.key for p in self.old], [p.key for p in self.new]
        for i, j, length in matching(old, new, self.effort):
            for step in range(length):
                self._pair(i + step, j + step)

    def _pair_what_is_alike(self) -> None:
        """Look into each gap between passages that stayed; nothing crosses them here."""
        stayed = [(-1, -1), *sorted(self.pairs.items()), (len(self.old), len(self.new))]
        for (i1, j1), (i2, j2) in pairwise(stayed):
            olds, news = range(i1 + 1, i2), range(j1 + 1, j2)
            if len(olds) == len(news) == 1:
                if _may_pair(self.old[olds[0]], self.new[news[0]]):
                    self._pair(olds[0], news[0])
                continue
            for _likeness, i, j in sorted(self._candidates(olds, news), reverse=True):
                if i not in self.pairs and j not in self.taken:
                    self._pair(i, j)

    def _candidates(self, olds: range, news: range) -> Iterator[tuple[float, int, int]]:
        for x, i in enumerate(olds):
            place = x * len(news) // len(olds)
            for j in news[max(0, place - REACH) : place + REACH + 1]:
                likeness = self._likeness(i, j)
                if likeness >= ALIKE:
                    yield likeness, i, j
            if self.effort.steps < 0:
                return

    def _pair_what_was_moved(self) -> None:
        places = defaultdict(list)
        for j in reversed(range(len(self.new))):
            if j not in self.taken:
                places[self.new[j].key].append(j)
        for i, passage in enumerate(self.old):
            if i not in self.pairs and places.get(passage.key):
                self._pair(i, places[passage.key].pop())
        olds = [i for i in range(len(self.old)) if i not in self.pairs]
        news = [j for j in range(len(self.new)) if j not in self.taken]
        if len(olds) * len(news) <= REACH**2:
            alike = ((self._likeness(i, j), i, j) for i in olds for j in news)
            for likeness, i, j in sorted(alike, reverse=True):
                if likeness >= MOVED and i not in self.pairs and j not in self.taken:
                    self._pair(i, j)

    def _with_parts(self, in_order: list[Pair]) -> list[tuple[int, int, int, int]]:
        """Take to each pair what was split off it or joined to it, beside it on either side."""
        spans = []
        old_end = new_end = 0
        for index, (i, j) in enumerate(in_order):
            next_i, next_j = (
                in_order[index + 1]
                if index + 1 < len(in_order)
                else (len(self.old), len(self.new))
            )
            i1, i2, j1, j2 = i, i + 1, j, j + 1
            if self.old[i].key != self.new[j].key:
                while j1 > new_end and self._is_part(self.new, j1 - 1, self.old[i]):
                    j1 -= 1
                while j2 < next_j and self._is_part(self.new, j2, self.old[i]):
                    j2 += 1
                if (j1, j2) == (j, j + 1):
                    while i1 > old_end and self._is_part(self.old, i1 - 1, self.new[j]):
                        i1 -= 1
                    while i2 < next_i and self._is_part(self.old, i2, self.new[j]):
                        i2 += 1
            spans.append((i1, i2, j1, j2))
            old_end, new_end = i2, j2
        return spans

    def _is_part(self, side: Sequence[Passage], place: int, whole: Passage) -> bool:
        paired = place in self.pairs if side is self.old else place in self.taken
        part = side[place]
        if paired or part.identity or part.kind != whole.kind:
            return False
        pieces, all_pieces = self._shingles(part), self._shingles(whole)
        if len(pieces) < 3 or not self.effort.spend(len(pieces) // 8 + 1):
            return False
        return len(pieces & all_pieces) >= PART_OF * len(pieces)

    def _likeness(self, i: int, j: int) -> float:
        old, new = self.old[i], self.new[j]
        if not _may_pair(old, new):
            return 0.0
        one, other = self._shingles(old), self._shingles(new)
        least = min(len(one), len(other))
        if not self.effort.spend(least // 8 + 16):
            return 0.0
        if old.things or new.things:
            return _shared(old.things, new.things)
        if not least:
            return 0.0
        common = len(one & other)
        contained = 0.8 * common / least if least >= 6 else 0.0
        return max(2 * common / (len(one) + len(other)), contained)

    def _shingles(self, passage: Passage) -> frozenset[Hashable]:
        found = self.shingles.get(id(passage))
        if found is None:
            found = self.shingles[id(passage)] = _shingles(passage.text)
        return found

    def _laid_out(self, spans: list[tuple[int, int, int, int]]) -> Iterator[Row]:
        sources = {j: i for i, j in self.pairs.items()}
        old_end = new_end = 0
        ends = (len(self.old), len(self.old), len(self.new), len(self.new))
        for i1, i2, j1, j2 in [*spans, ends]:
            for i in range(old_end, i1):
                gone: Kind = "moved_away" if i in self.pairs else "deleted"
                yield _on_one_side(gone, self.old[i], "deleted")
            for j in range(new_end, j1):
                if j in sources:
                    row = self._row(self.old[sources[j]], self.new[j])
                    yield replace(row, kind="moved_here")
                else:
                    yield _on_one_side("inserted", self.new[j], "inserted")
            if i1 < i2:
                yield self._row(_as_one(self.old[i1:i2]), _as_one(self.new[j1:j2]))
            old_end, new_end = i2, j2

    def _row(self, old: Passage, new: Passage) -> Row:
        if old == new:
            return Row("same", old, new, _whole("same", old.text))
        if old.text == new.text:
            runs = list(_whole("same", old.text))
            found = tuple(_markup(old, new, runs))
            return Row("markup", old, new, tuple(runs), found)
        if self._is_rewritten(old, new):
            both = (*_whole("deleted", old.text), *_whole("inserted", new.text))
            return Row("changed", old, new, both, size=size(both))
        runs = list(_runs(tokens(old.text), tokens(new.text), self.effort))
        found = tuple(_markup(old, new, runs))
        return Row("changed", old, new, tuple(readable(runs)), found, size(runs))

    def _is_rewritten(self, old: Passage, new: Passage) -> bool:
        if CHOICE in {old.kind, new.kind}:
            return True
        one, other = self._shingles(old), self._shingles(new)
        least = min(len(one), len(other))
        return least > SHORT and len(one & other) < REWRITTEN * least


def _may_pair(old: Passage, new: Passage) -> bool:
    """A picture or a line is no paragraph that was changed, nor is a row of a table."""
    if _shared(old.things, new.things):
        return True
    return bool(old.text) == bool(new.text) and (old.kind == "row") == (new.kind == "row")


def _shared(old: Sequence[str], new: Sequence[str]) -> float:
    """Say from 0 to 1 how much two passages show of the same."""
    both = {*old, *new}
    return len({*old} & {*new}) / len(both) if both else 0.0


def _shingles(text: str) -> frozenset[Hashable]:
    words = [token for token in TOKEN.findall(text) if not token.isspace()]
    return frozenset(pairwise(words)) if len(words) > 1 else frozenset(words)


def _as_one(passages: Sequence[Passage]) -> Passage:
    if len(passages) == 1:
        return passages[0]
    marks: list[Mark] = []
    start = 0
    for passage in passages:
        marks += (Mark(m.name, m.value, m.start + start, m.end + start) for m in passage.marks)
        start += len(passage.text) + 1
    text = "\n".join(passage.text for passage in passages)
    things = tuple(thing for passage in passages for thing in passage.things)
    return Passage(text, passages[0].kind, tuple(marks), things=things, facts=passages[0].facts)


def _on_one_side(kind: Kind, passage: Passage, run: Literal["deleted", "inserted"]) -> Row:
    runs = _whole(run, passage.text)
    old, new = (passage, None) if run == "deleted" else (None, passage)
    return Row(kind, old, new, runs, size=0 if kind == "moved_away" else weight(passage.text))


def _whole(kind: Literal["same", "deleted", "inserted"], text: str) -> tuple[Run, ...]:
    return (Run(kind, text),) if text else ()


def _longest_rise(pairs: list[Pair]) -> list[Pair]:
    """Keep the most pairs that do not cross: the others were moved."""
    ends: list[int] = []  # the least new place in which a rise of each length can end
    places: list[int] = []
    before: list[int | None] = []
    for index, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(places[length - 1] if length else None)
        ends[length : length + 1] = [j]
        places[length : length + 1] = [index]
    kept = []
    last = places[-1] if places else None
    while last is not None:
        kept.append(pairs[last])
        last = before[last]
    return kept[::-1]


# Matching sequences


def matching[Thing: Hashable](
    old: Sequence[Thing], new: Sequence[Thing], effort: Effort
) -> list[tuple[int, int, int]]:
    """Give the stretches that both have in the same order, as `(old, new, length)`."""
    head = _count_same(old, new)
    tail = _count_same(old[head:][::-1], new[head:][::-1])
    found = [(0, 0, head)] if head else []
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if one and other:
        inside = _fewest_changes(one, other, effort)
        if inside is None:
            inside = _around_what_is_unique(one, other)
        found += [(i + head, j + head, length) for i, j, length in inside]
    if tail:
        found.append((len(old) - tail, len(new) - tail, tail))
    return found


def _count_same[Thing: Hashable](old: Iterable[Thing], new: Iterable[Thing]) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _fewest_changes[Thing: Hashable](
    old: Sequence[Thing], new: Sequence[Thing], effort: Effort
) -> list[tuple[int, int, int]] | None:
    """Find the shortest way from one to the other (Myers 1986); None when it is too long."""
    limit = min(len(old) + len(new), MAX_CHANGES)
    if abs(len(old) - len(new)) > limit:
        return None
    # reached[diagonal]: how far into `old` we got on it. Diagonals count from -limit.
    reached = [0] * (2 * limit + 3)
    trace = []
    for changes in range(limit + 1):
        trace.append(array("i", reached[limit - changes : limit + changes + 3]))
        steps = changes + 1
        for diagonal in range(-changes, changes + 1, 2):
            place = diagonal + limit + 1
            down = diagonal == -changes or (
                diagonal != changes and reached[place - 1] < reached[place + 1]
            )
            i = start = reached[place + 1] if down else reached[place - 1] + 1
            j = i - diagonal
            while i < len(old) and j < len(new) and old[i] == new[j]:
                i, j = i + 1, j + 1
            reached[place] = i
            steps += i - start
            if i >= len(old) and j >= len(new):
                return _walked_back(trace, i, j)
        if not effort.spend(steps):
            return None
    return None


def _walked_back(trace: list["array[int]"], i: int, j: int) -> list[tuple[int, int, int]]:
    found = []
    for changes in reversed(range(len(trace))):
        before = trace[changes]  # its diagonals count from -changes - 1
        diagonal = i - j
        place = diagonal + changes + 1
        down = diagonal == -changes or (
            diagonal != changes and before[place - 1] < before[place + 1]
        )
        start = 0
        if changes:
            start = before[place + 1] if down else before[place - 1] + 1
        if i > start:
            found.append((start, start - diagonal, i - start))
        i = start if down else start - 1
        j = start - diagonal - (1 if down else 0)
    return found[::-1]


def _around_what_is_unique[Thing: Hashable](
    old: Sequence[Thing], new: Sequence[Thing]
) -> list[tuple[int, int, int]]:
    """Find what each side has once, and what is the same around it."""
    in_old, in_new = Counter(old), Counter(new)
    places = {thing: j for j, thing in enumerate(new) if in_new[thing] == 1}
    anchors = [
        (i, places[thing]) for i, thing in enumerate(old) if in_old[thing] == 1 and thing in places
    ]
    found: list[tuple[int, int, int]] = []
    old_end = new_end = 0
    for i, j in _longest_rise(anchors):
        if i < old_end:
            continue  # the stretch before it reached as far
        i1, j1, i2, j2 = i, j, i + 1, j + 1
        while i1 > old_end and j1 > new_end and old[i1 - 1] == new[j1 - 1]:
            i1, j1 = i1 - 1, j1 - 1
        while i2 < len(old) and j2 < len(new) and old[i2] == new[j2]:
            i2, j2 = i2 + 1, j2 + 1
        found.append((i1, j1, i2 - i1))
        old_end, new_end = i2, j2
    return found


# Runs of words


def _runs(old: list[str], new: list[str], effort: Effort) -> Iterator[Run]:
    i = j = 0
    ends = (len(old), len(new), 0)
    for next_i, next_j, length in [*matching(old, new, effort), ends]:
        if i < next_i:
            yield Run("deleted", "".join(old[i:next_i]))
        if j < next_j:
            yield Run("inserted", "".join(new[j:next_j]))
        if length:
            yield Run("same", "".join(old[next_i : next_i + length]))
        i, j = next_i + length, next_j + length


@dataclass
class _Piece:
    """What stayed, or one change: what went and what came there."""

    is_change: bool
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    old_weight: int = 0
    new_weight: int = 0

    @property
    def weight(self) -> int:
        return max(self.old_weight, self.new_weight)

    def add(self, run: Run) -> None:
        heavy = weight(run.text)
        if run.kind != "inserted":
            self.old.append(run.text)
            self.old_weight += heavy
        if run.kind != "deleted":
            self.new.append(run.text)
            self.new_weight += heavy

    def take(self, other: "_Piece") -> None:
        self.old += other.old
        self.new += other.new
        self.old_weight += other.old_weight
        self.new_weight += other.new_weight

    def runs(self) -> Iterator[Run]:
        old, new = "".join(self.old), "".join(self.new)
        if not self.is_change:
            yield Run("same", old)
            return
        if old:
            yield Run("deleted", old)
        if new:
            yield Run("inserted", new)


def _pieces(runs: Iterable[Run]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for run in runs:
        is_change = run.kind != "same"
        if piece is None or piece.is_change != is_change:
            if piece is not None:
                yield piece
            piece = _Piece(is_change)
        piece.add(run)
    if piece is not None:
        yield piece


def _swallows(before: _Piece, between: _Piece, after: _Piece) -> bool:
    if between.is_change or any(BORDERS & set(text) for text in between.old):
        return False
    return between.weight <= min(SWALLOWED, before.weight, after.weight)


# Marks on words


@dataclass
class _Marked:
    """The marks on a passage, stretch by stretch."""

    starts: list[int]
    sets: list[frozenset[tuple[str, str]]]

    def at(self, place: int) -> tuple[frozenset[tuple[str, str]], int]:
        """Give the marks on a character, and where they end."""
        index = bisect_right(self.starts, place) - 1
        is_last = index + 1 == len(self.starts)
        return self.sets[index], sys.maxsize if is_last else self.starts[index + 1]


def _marked(passage: Passage) -> _Marked:
    changes: dict[int, list[tuple[tuple[str, str], int]]] = defaultdict(list)
    for one in passage.marks:
        changes[one.start].append(((one.name, one.value), 1))
        changes[one.end].append(((one.name, one.value), -1))
    starts, sets = [0], [frozenset[tuple[str, str]]()]
    on: Counter[tuple[str, str]] = Counter()
    for place in sorted(changes):
        for what, count in changes[place]:
            on[what] += count
        starts.append(place)
        sets.append(frozenset(+on))
    starts.append(max(len(passage.text), starts[-1]))
    sets.append(frozenset())
    return _Marked(starts, sets)


def _markup(old: Passage, new: Passage, runs: list[Run]) -> Iterator[Markup]:
    """Find the words that stayed but are something else now."""
    if not old.marks and not new.marks:
        return
    before, after = _marked(old), _marked(new)
    i = j = 0
    for run in runs:
        if run.kind == "same":
            yield from _markup_of_run(run.text, (before, i), (after, j))
        i += len(run.text) if run.kind != "inserted" else 0
        j += len(run.text) if run.kind != "deleted" else 0


def _markup_of_run(
    text: str, old: tuple[_Marked, int], new: tuple[_Marked, int]
) -> Iterator[Markup]:
    (before, i), (after, j) = old, new
    place = 0
    found: Markup | None = None
    while place < len(text):
        was, old_end = before.at(i + place)
        now, new_end = after.at(j + place)
        end = min(len(text), old_end - i, new_end - j)
        lost, gained = was - now, now - was
        if found and (found.lost, found.gained) == (lost, gained):
            found = replace(found, text=found.text + text[place:end])
        else:
            if found and (found.lost or found.gained):
                yield found
            found = Markup(text[place:end], lost, gained)
        place = end
    if found and (found.lost or found.gained):
        yield found
