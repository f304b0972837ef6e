"""Three-way merging: what two people made of one text. Knows no database and no form.

A side that left something as it was yields to the other. Nothing is ever invented: every line
of a merged text stands in one of the two.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

# Matching takes the number of lines squared. Beyond this, all between the ends is one change.
MAX_MATCHED = 1000


class Conflict(Exception):
    """Both sides changed the same thing in different ways."""


class Change(NamedTuple):
    """Lines `start` to `end` of the base became `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge[Value](base: Value, theirs: Value, mine: Value) -> Value:
    """Give the side that changed; raise `Conflict` where both did, differently."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    raise Conflict


def merge_lines(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """Take over the changes of both sides; raise `Conflict` where they meet."""
    merged: list[str] = []
    done = 0
    before: Change | None = None
    for change in sorted([*_changes(base, theirs), *_changes(base, mine)]):
        if change == before:
            continue
        if before is not None and _meet(before, change):
            raise Conflict
        merged += base[done : change.start]
        merged += change.lines
        done, before = change.end, change
    return merged + base[done:]


def _meet(one: Change, next_one: Change) -> bool:
    """Tell whether two changes are at the same place, or in an order that nobody knows."""
    is_insertion = one.start == one.end or next_one.start == next_one.end
    return next_one.start < one.end or (next_one.start == one.end and is_insertion)


def _changes(base: list[str], side: list[str]) -> Iterator[Change]:
    head = 0
    while head < min(len(base), len(side)) and base[head] == side[head]:
        head += 1
    tail = 0
    while tail < min(len(base), len(side)) - head and base[-1 - tail] == side[-1 - tail]:
        tail += 1
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    if max(len(old), len(new)) > MAX_MATCHED:
        yield Change(head, head + len(old), tuple(new))
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(head + i1, head + i2, tuple(new[j1:j2]))
