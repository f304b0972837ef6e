"""How far two texts are apart, and whether the difference is a typo's. Knows no database.

The measure is the number of characters inserted and deleted in the shortest edit, one for
each Chinese character; replacing one by another is two. It is taken between the text that was
approved and the text as it is now, so that many small changes do not add up past the limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from html.parser import HTMLParser
from typing import Any

from django.conf import settings

# What may differ. Everything else of a version is the same to the byte, or it is no typo.
TEXTS = ("kicker", "headline", "subhead", "summary")
BODY = "body"
# Larger differences are not counted to the end, whatever the texts.
COUNTED_UP_TO = 99
# Of a short text a typo is a smaller part, and one wrong character in any.
LARGEST_PART = 4
ONE_CHARACTER = 2
AROUND = 6
VOID = {"br", "hr", "img"}

DIGIT = r"[\d²³¹\u00bc-\u00be\u2070-\u2089\u2150-\u218f\u2460-\u24ff\u2776-\u2793\u3220-\u32bf]"
BETWEEN_DIGITS = r"[.,:/：，．／\-–—~～·+×]"
NUMBER = re.compile(rf"{DIGIT}+(?:{BETWEEN_DIGITS}?{DIGIT}+)*")
HAN_NUMERALS = "〇零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
# Also a part of words like “一旦”; so only what makes it a date or an amount goes with it.
HAN_NUMBER = re.compile(rf"[{HAN_NUMERALS}]+[年月日号时点分秒元角届期周岁]?")
# Also a part of words like “非常”; so one is only counted, whatever it stands in.
NEGATION = re.compile(r"[不没沒未无無非勿]|\b(?:no|not|cannot|never)\b|n['’]t\b", re.IGNORECASE)


type Snapshot = dict[str, Any]


class Verdict(Enum):
    """What a difference is."""

    TYPO = "typo"
    TOO_LONG = "too long"
    EMPTY = "empty"
    PART = "part"
    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    MARKUP = "markup"
    OTHER = "other"


@dataclass(frozen=True)
class Finding:
    """What differs. `characters` is None where more than `COUNTED_UP_TO` do."""

    verdict: Verdict
    characters: int | None
    changes: tuple[dict[str, str], ...] = ()


def limit() -> int:
    """Give how many characters are a typo on this site; 0 where none are."""
    return max(0, min(settings.TYPO_LIMIT, COUNTED_UP_TO))


def judge(approved: Snapshot, now: Snapshot, *, limit: int) -> Finding:
    """Compare the snapshots of two versions of one article."""
    texts = {*TEXTS, BODY}
    if any(approved.get(key) != now.get(key) for key in (approved.keys() | now.keys()) - texts):
        return Finding(Verdict.OTHER, None)
    old_body, new_body = _read(approved[BODY]), _read(now[BODY])
    if old_body.structure != new_body.structure:
        return Finding(Verdict.MARKUP, None)
    pairs = [(field, approved[field], now[field]) for field in TEXTS]
    pairs += [(BODY, old, new) for old, new in zip(old_body.texts, new_body.texts, strict=True)]
    changed = [(field, old, new) for field, old, new in pairs if old != new]
    characters = _sum(changed, COUNTED_UP_TO)
    if characters is None or characters > limit:
        return Finding(Verdict.TOO_LONG, characters)
    # A number may be split by markup; so the whole of a body is asked once more.
    whole = ("".join(old_body.texts), "".join(new_body.texts))
    compared = [*((old, new) for _field, old, new in changed), whole]
    if any(numbers(old) != numbers(new) for old, new in compared):
        return Finding(Verdict.NUMBER, characters)
    if any(negations(old) != negations(new) for old, new in compared):
        return Finding(Verdict.NEGATION, characters)
    names = credited(approved)
    if any(names_in(old, names) != names_in(new, names) for old, new in compared):
        return Finding(Verdict.NAME, characters)
    if any(not old.strip() or not new.strip() for _field, old, new in changed):
        return Finding(Verdict.EMPTY, characters)
    if any(_is_large_part(field, approved, changed, old_body) for field in (*TEXTS, BODY)):
        return Finding(Verdict.PART, characters)
    changes = tuple(
        {"field": field, "old": excerpt[0], "new": excerpt[1]}
        for field, old, new in changed
        for excerpt in [excerpts(old, new)]
    )
    return Finding(Verdict.TYPO, characters, changes)


def distance(old: str, new: str, limit: int) -> int | None:
    """Count the characters inserted and deleted in the shortest edit; None above the limit.

    Myers' greedy algorithm, forward only: memory grows with the limit, time with the limit
    times the length, and it ends as soon as the limit is passed.
    """
    if abs(len(old) - len(new)) > limit:
        return None
    reached = {1: 0}
    for edits in range(limit + 1):
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1]
            )
            x = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
            x += _count_same(old, x, new, x - diagonal)
            reached[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return edits
    return None


def numbers(text: str) -> list[str]:
    """List the numbers of a text in order, each with what stands next to it.

    A number is a fact: “3月” and “3日”, “1.5” and “15”, “长5%” and “降5%” are different ones.
    """
    arabic = (
        _with_neighbours(text, match.start(), match.end()) for match in NUMBER.finditer(text)
    )
    return [*arabic, *HAN_NUMBER.findall(text)]


def negations(text: str) -> list[str]:
    """List what negates in a text, in order: with one more or less it says the opposite."""
    return [word.lower() for word in NEGATION.findall(text)]


def credited(content: Snapshot) -> set[str]:
    """Give the names that a version prints for the people who made it."""
    names = {row["name"] for row in content["credits"]}
    return (names | {row["credit"] for row in content["photos"]}) - {""}


def names_in(text: str, names: set[str]) -> dict[str, list[str]]:
    """Say where names stand in a text: each time with what stands next to it."""
    return {name: list(_places(text, name)) for name in names if name in text}


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Give what differs between two texts, with a few characters around it."""
    head = _count_same(old, 0, new, 0)
    tail = _count_same(old[head:][::-1], 0, new[head:][::-1], 0)
    start, rest = max(head - AROUND, 0), max(tail - AROUND, 0)
    return old[start : len(old) - rest], new[start : len(new) - rest]


class _Reader(HTMLParser):
    """Takes cleaned markup apart: its tags with all they carry, and the text between them.

    Between two blocks there is one line break, however the markup was written down.
    """

    def __init__(self) -> None:
        super().__init__()
        self.structure: list[tuple[Any, ...]] = []
        self.texts = [""]
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mark("start", tag, *attrs)
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self._mark("end", tag)
        self.depth -= 1
        if self.depth == 0:
            self.texts[-1] = "\n"

    def handle_comment(self, data: str) -> None:
        self._mark("comment", data)

    def handle_data(self, data: str) -> None:
        if self.depth or data.strip():
            self.texts[-1] += data

    def _mark(self, *what: Any) -> None:
        self.structure.append(what)
        self.texts.append("")


def _read(body: str) -> _Reader:
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return reader


def _sum(changed: list[tuple[str, str, str]], limit: int) -> int | None:
    total = 0
    for _field, old, new in changed:
        apart = distance(old, new, limit - total)
        if apart is None:
            return None
        total += apart
    return total


def _is_large_part(
    field: str, approved: Snapshot, changed: list[tuple[str, str, str]], body: _Reader
) -> bool:
    """Tell whether so much of one field differs that it says something else."""
    length = len("".join(body.texts) if field == BODY else approved[field])
    apart = _sum([row for row in changed if row[0] == field], COUNTED_UP_TO) or 0
    return apart > max(length // LARGEST_PART, ONE_CHARACTER)


def _count_same(old: str, x: int, new: str, y: int) -> int:
    """Count how far two texts agree from two places on, by comparing growing slices."""
    longest = max(min(len(old) - x, len(new) - y), 0)
    same, step = 0, 16
    while same < longest:
        end = min(same + step, longest)
        if old[x + same : x + end] != new[y + same : y + end]:
            break
        same, step = end, step * 2
    else:
        return longest
    most = end - 1
    while same < most:
        middle = (same + most + 1) // 2
        if old[x + same : x + middle] == new[y + same : y + middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _places(text: str, name: str) -> Iterator[str]:
    at = text.find(name)
    while at >= 0:
        yield _with_neighbours(text, at, at + len(name))
        at = text.find(name, at + len(name))


def _with_neighbours(text: str, start: int, end: int) -> str:
    before = text[max(start - 3, 0) : start].rstrip()[-1:]
    after = text[end : end + 3].lstrip()[:1]
    return f"{before}[{text[start:end]}]{after}"
