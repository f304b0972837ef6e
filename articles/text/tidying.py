"""Tidying a body: punctuation, quotes, blanks and slips of the hand, each kind by itself.

Works on the words of cleaned markup. Tags, the words of links, addresses, code numbers and the
names of those credited stay as they are. Tidying what was tidied changes nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.text import richtext
from articles.text.hanzi import HAN

type Edit = tuple[int, int, str]
type Find = Callable[[str, bytearray], Iterator[Edit]]

TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
TAG_NAME = re.compile(r"</?([a-z0-9]+)")
AROUND = 12
MAX_ROUNDS = 10

HAS_HAN = re.compile(f"[{HAN}]")
LATIN = re.compile("[A-Za-z]")
FIXED = re.compile(
    r"(?:https?://|www\.|mailto:)[!-~]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    # Code numbers, times, versions, thousands: whatever joins letters and digits without blanks.
    r"|[A-Za-z0-9]+(?:[-./:_#+%&=?,'’*~][A-Za-z0-9]+)+",
    re.ASCII,
)
OPEN, CLOSE = "“‘「『《（", "”’」』》）"
MARKS = "，。；：！？、"
HALF = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
FULL = {"，": ",", "。": ".", "；": ";", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")"}


# Each kind: find what to put in place of what, in the words of one block


def _width(text: str, fixed: bytearray) -> Iterator[Edit]:
    for found in re.finditer("[０-９Ａ-Ｚａ-ｚ]+", text):
        yield *found.span(), unicodedata.normalize("NFKC", found[0])


def _ellipses(text: str, fixed: bytearray) -> Iterator[Edit]:
    if HAS_HAN.search(text):
        for found in re.finditer(r"\.{3,}|。{3,}|．{3,}|・{3,}|…+", text):
            if found[0] != "……":
                yield *found.span(), "……"


def _dashes(text: str, fixed: bytearray) -> Iterator[Edit]:
    if HAS_HAN.search(text):
        joined = rf"(?<=[{HAN}{CLOSE}])-{{2,}}|-{{2,}}(?=[{HAN}{OPEN}])|－{{2,}}|—{{3,}}|―+"
        for found in re.finditer(joined, text):
            yield *found.span(), "——"


def _punctuation(text: str, fixed: bytearray) -> Iterator[Edit]:
    if not HAS_HAN.search(text):
        yield from _half_width(text)
        return
    for found in re.finditer(r"[,;:!?] *|\.(?![.A-Za-z0-9])|(?<=[0-9])：(?=[0-9])", text):
        before = text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        mark = found[0][0]
        if mark == "：":
            yield *found.span(), ":"
        elif mark == ".":
            if _is_chinese(before, CLOSE):
                yield *found.span(), "。"
        elif _is_chinese(before, CLOSE) or (
            _is_chinese(after, OPEN) and not (mark == ":" and before.isdigit())
        ):
            yield *found.span(), HALF[mark]
    for found in re.finditer(r"\(([^()（）]*)\)", text):
        start, end = found.start(), found.end() - 1
        is_chinese = HAS_HAN.search(found[1]) or _is_chinese(text[start - 1 : start], CLOSE)
        if is_chinese and not fixed[start] and not fixed[end]:
            yield start, start + 1, "（"
            yield end, end + 1, "）"


def _half_width(text: str) -> Iterator[Edit]:
    """Give English its own marks, each with the blank that follows it."""
    if not LATIN.search(text):
        return
    for found in re.finditer("[，。；：！？（）]", text):
        after = text[found.end() : found.end() + 1]
        wants_blank = found[0] not in "（）" and after.isalnum()
        yield *found.span(), FULL[found[0]] + (" " if wants_blank else "")


def _is_chinese(character: str, marks: str) -> bool:
    return bool(character) and bool(HAS_HAN.match(character) or character in marks)


def _quotes(text: str, fixed: bytearray) -> Iterator[Edit]:
    if not HAS_HAN.search(text):
        return
    places = [found.start() for found in re.finditer('"', text)]
    if len(places) % 2 == 0 and not any(fixed[place] for place in places):
        for number, place in enumerate(places):
            yield place, place + 1, "“”"[number % 2]
    for found in re.finditer(rf"'([^'\"]*[{HAN}][^'\"]*)'", text):
        start, end = found.start(), found.end() - 1
        if not fixed[start] and not fixed[end]:
            yield start, start + 1, "‘"
            yield end, end + 1, "’"


def _corners(text: str, fixed: bytearray) -> Iterator[Edit]:
    for pattern, pair in (("“([^“”]*)”", "「」"), ("‘([^‘’]*)’", "『』")):
        for found in re.finditer(pattern, text):
            start, end = found.start(), found.end() - 1
            if HAS_HAN.search(found[1]) and not fixed[start] and not fixed[end]:
                yield start, start + 1, pair[0]
                yield end, end + 1, pair[1]


def _repeated_marks(text: str, fixed: bytearray) -> Iterator[Edit]:
    for found in re.finditer(r"([，、；：！？])\1+|(?<!。)。。(?!。)|[，、]+。|。，", text):
        last = "。" if "。" in found[0] else found[0][0]
        yield *found.span(), last


# Words that never stand twice; 的的确确 is one, and 了了 or 对对 may be right.
TWICE = re.compile(
    "(?<![的])的的(?!的?确)|(?<!在)在在(?!在)|与与|被被|及及|于于|"
    "(我们|他们|她们|它们|你们|因为|所以|以及|但是|并且|或者|关于)\\1+"
)
TWICE_IN_ENGLISH = re.compile(r"\b(the|a|an|of|to|in|and|is|for|with|that)\s+\1\b", re.IGNORECASE)


def _repeated_words(text: str, fixed: bytearray) -> Iterator[Edit]:
    for found in TWICE.finditer(text):
        yield *found.span(), found[1] or found[0][0]
    for found in TWICE_IN_ENGLISH.finditer(text):
        yield *found.span(), found[1]


def _blanks(text: str, fixed: bytearray) -> Iterator[Edit]:
    """Take out blanks in Chinese; between short words they stand in for commas, and stay."""
    either = rf"[{HAN}{OPEN}{CLOSE}{MARKS}]"
    for found in re.finditer(rf"(?<={either})[ \u00a0]+(?={either})", text):
        start, end = found.span()
        is_between_words = HAS_HAN.match(text[start - 1]) and HAS_HAN.match(text[end])
        if not is_between_words or max(_length_before(text, start), _length_after(text, end)) > 4:
            yield start, end, ""


def _length_before(text: str, place: int) -> int:
    found = re.search(f"[{HAN}]*$", text[max(0, place - 5) : place])
    return len(found[0]) if found else 0


def _length_after(text: str, place: int) -> int:
    found = re.match(f"[{HAN}]*", text[place : place + 5])
    return len(found[0]) if found else 0


def _spacing(text: str, fixed: bytearray) -> Iterator[Edit]:
    edges = rf"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{HAN}])"
    for found in re.finditer(edges, text):
        yield found.start(), found.start(), " "


@dataclass(frozen=True)
class Kind:
    code: str
    name: Any
    find: Find
    is_usual: bool = True


# In the order in which they work.
KINDS = {
    kind.code: kind
    for kind in (
        Kind("width", _("Full-width digits and letters: ２０ → 20"), _width),
        Kind("ellipses", _("Ellipses: ... → ……"), _ellipses),
        Kind("dashes", _("Dashes: -- → ——"), _dashes),
        Kind("punctuation", _("Punctuation of the language: 好,的 → 好，的"), _punctuation),
        Kind("quotes", _('Straight quotes: "" → “”'), _quotes),
        Kind("corners", _("Corner quotes: “” → 「」"), _corners, is_usual=False),
        Kind("marks", _("Repeated punctuation: ，， → ，"), _repeated_marks),
        Kind("words", _("Repeated words: 的的 → 的"), _repeated_words),
        Kind("blanks", _("Blanks inside Chinese"), _blanks),
        Kind("spacing", _("A blank between Chinese and Latin"), _spacing, is_usual=False),
    )
}
USUAL = frozenset(code for code, kind in KINDS.items() if kind.is_usual)


@dataclass(frozen=True)
class Change:
    """One change in its context."""

    kind: str
    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True)
class Tidied:
    html: str
    changes: list[Change]


def tidy(html: str, kinds: Collection[str], names: Iterable[str] = ()) -> Tidied:
    """Tidy a body in some ways. `names` are those of people and units, which stay as they are."""
    lines = richtext.clean(html).split("\n")
    kept = _pattern_of(names)
    changes: list[Change] = []
    made = "\n".join(_line(line, kinds, kept, changes) for line in lines)
    return Tidied(richtext.clean(made) if changes else "\n".join(lines), changes)


def _pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    wanted = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, wanted))) if wanted else None


def _line(
    line: str, kinds: Collection[str], names: re.Pattern[str] | None, changes: list[Change]
) -> str:
    parts = TAG.split(line)
    block: list[int] = []
    linked: set[int] = set()
    depth = 0
    for number, part in enumerate(parts):
        if number % 2 == 0:
            block.append(number)
            if depth:
                linked.add(number)
            continue
        name = TAG_NAME.match(part)
        tag = name[1] if name else ""
        if tag == "a":
            depth += -1 if part.startswith("</") else 1
        if tag not in richtext.INLINE:
            _block(parts, block, linked, kinds, names, changes)
            block = []
    _block(parts, block, linked, kinds, names, changes)
    return "".join(parts)


@dataclass
class _Words:
    """The words of a block: each character with its part of the line, and whether it stays."""

    text: str
    owners: list[int]
    fixed: bytearray

    def apply(self, edits: list[Edit]) -> None:
        texts: list[str] = []
        owners: list[int] = []
        fixed = bytearray()
        place = 0
        for start, end, new in edits:
            texts += (self.text[place:start], new)
            owner = self._owner(start, end)
            owners += self.owners[place:start] + [owner] * len(new)
            fixed += self.fixed[place:start] + bytes(len(new))
            place = end
        self.text = "".join(texts) + self.text[place:]
        self.owners = owners + self.owners[place:]
        self.fixed = fixed + self.fixed[place:]

    def _owner(self, start: int, end: int) -> int:
        if start < end:
            return self.owners[start]
        # What comes in between does not become a part of a link.
        return self.owners[start if self.fixed[start - 1] else start - 1]


def _block(
    parts: list[str],
    block: list[int],
    linked: set[int],
    kinds: Collection[str],
    names: re.Pattern[str] | None,
    changes: list[Change],
) -> None:
    texts = [unescape(parts[number]) for number in block]
    text = "".join(texts)
    if not text.strip():
        return
    owners = [number for number, one in zip(block, texts, strict=True) for _c in one]
    words = _Words(text, owners, bytearray())
    found: list[Change] = []
    for _round in range(MAX_ROUNDS):
        before = len(found)
        words.fixed = _fixed(words, linked, names)
        for code, kind in KINDS.items():
            if code in kinds:
                edits = _allowed(words, kind.find(words.text, words.fixed))
                found += (_change(code, words.text, edit) for edit in edits)
                words.apply(edits)
        if len(found) == before:
            break
    if found:
        changes += found
        for number in block:
            parts[number] = ""
        for character, owner in zip(words.text, words.owners, strict=True):
            parts[owner] += escape(character, quote=False)


def _fixed(words: _Words, linked: set[int], names: re.Pattern[str] | None) -> bytearray:
    fixed = bytearray(owner in linked for owner in words.owners)
    for pattern in (FIXED, names):
        if pattern is not None:
            for found in pattern.finditer(words.text):
                fixed[found.start() : found.end()] = b"\1" * len(found[0])
    return fixed


def _allowed(words: _Words, edits: Iterable[Edit]) -> list[Edit]:
    """Keep what touches nothing that stays, in order and without overlaps."""
    kept: list[Edit] = []
    over = 0
    for start, end, new in sorted(edits):
        around = words.fixed[max(0, start - 1) : start + 1] if start == end else b""
        is_inside = len(around) == 2 and all(around)
        if start >= over and not any(words.fixed[start:end]) and not is_inside:
            kept.append((start, end, new))
            over = end
    return kept


def _change(code: str, text: str, edit: Edit) -> Change:
    start, end, new = edit
    return Change(
        code,
        text[max(0, start - AROUND) : start],
        text[start:end],
        new,
        text[end : end + AROUND],
    )
