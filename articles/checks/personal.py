"""Personal data: identity cards, mobile numbers, bank cards, student numbers. Shown masked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks.findings import Excerpt, Finding, Place, excerpt
from articles.checks.manuscripts import Document, Manuscript, Passage
from articles.checks.rules import Known, Rule

# Digits in groups, as people write them; the longest of interest has 19 of them.
_BETWEEN = r"[ \u00a0\u00b7\u2009\u200b\u202f\u2010-\u2014\ufeff-]"
# What goes on as a decimal fraction, or is money, is an amount.
RUN = re.compile(
    rf"(?<![0-9A-Za-z])\+?[0-9](?:{_BETWEEN}?[0-9]){{7,24}}(?:{_BETWEEN}?[Xx])?"
    r"(?![0-9A-Za-z]|\.[0-9]|\s?[万亿]?元)"
)
GROUP = re.compile(_BETWEEN.replace("[", "[^", 1) + "+")
# Before 1999 identity cards had no check digit: only the words before tell them.
OLD_IDENTITY = re.compile(r"(?:身份证|公民身份|证件)[^0-9，。；]{0,8}$")
# How long the numbers of interest are, the country before a mobile number included.
LENGTHS = frozenset((11, 12, 13, *range(15, 20)))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
REGIONS = frozenset(
    int(region)
    for region in (
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
        "50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"
    ).split()
)
MOBILE = re.compile(r"(?:\+?86|0)?1[3-9][0-9]{9}")
# Who issues cards, by their first digits, and how long their numbers are.
CARDS = (
    (re.compile("62|81"), range(16, 20)),
    (re.compile("4"), (13, 16, 19)),
    (re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("35(?:2[89]|[3-8])"), range(16, 20)),
)
KINDS = {
    "identity": gettext_lazy("an identity card number"),
    "mobile": gettext_lazy("a mobile number"),
    "card": gettext_lazy("a bank card number"),
    "student": gettext_lazy("a student number"),
}


@dataclass(frozen=True)
class Hit:
    kind: str
    start: int
    end: int
    number: str


def find(text: str) -> Iterator[Hit]:
    """Give the numbers that are those of a person, whatever their width and grouping."""
    for run in RUN.finditer(_half_width(text)):
        yield from _in_run(run)


def _in_run(run: re.Match[str]) -> Iterator[Hit]:
    """Look at all groups of a run as one number, then at fewer: some stand beside each other."""
    groups = list(GROUP.finditer(run[0]))
    digits = "".join(group[0] for group in groups)
    begins = list(accumulate((len(group[0]) for group in groups), initial=0))
    first = 0
    while first < len(groups):
        for last in range(len(groups), first, -1):
            number = digits[begins[first] : begins[last]]
            if len(number.removeprefix("+")) not in LENGTHS:
                continue
            kind = _kind(number)
            if first == 0 and _is_old_identity(number, run.string[: run.start()][-16:]):
                kind = "identity"
            if kind:
                start, end = groups[first].start(), groups[last - 1].end()
                yield Hit(kind, run.start() + start, run.start() + end, number)
                first = last - 1
                break
        first += 1


def find_students(text: str, patterns: Iterable[str]) -> Iterator[Hit]:
    """Give what looks like one of the patterns: `#` is a digit, `@` a letter, all else itself."""
    plain = _half_width(text)
    for pattern in patterns:
        for found in _compiled(pattern).finditer(plain):
            yield Hit("student", found.start(), found.end(), found[0])


def masked(text: str) -> str:
    """Hide the numbers in a text but for their ends; every character keeps its place."""
    return _without(text, find(text))


def _without(text: str, hits: Iterable[Hit]) -> str:
    shown = list(text)
    for hit in hits:
        shown[hit.start : hit.end] = _mask(text[hit.start : hit.end])
    return "".join(shown)


def _mask(number: str) -> str:
    keep = 3 if len(number) > 8 else 1
    return number[:keep] + "*" * (len(number) - keep - 2) + number[-2:]


def _half_width(text: str) -> str:
    """Write digits and letters in half width, each in its place."""
    return "".join(
        unicodedata.normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" or c == "\u3000" else c
        for c in text
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"#": "[0-9]", "@": "[A-Za-z]"}
    inner = "".join(parts.get(c, re.escape(c)) for c in pattern)
    return re.compile(f"(?<![0-9A-Za-z]){inner}(?![0-9A-Za-z])")


def _kind(number: str) -> str:
    if _is_identity(number):
        return "identity"
    if MOBILE.fullmatch(number):
        return "mobile"
    return "card" if _is_card(number) else ""


def _is_identity(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdecimal() or int(number[:2]) not in REGIONS:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(c) * weight for c, weight in zip(number[:17], WEIGHTS, strict=True))
    return 1900 <= born.year <= 2100 and number[17].upper() == CHECK_DIGITS[total % 11]


def _is_old_identity(number: str, before: str) -> bool:
    if len(number) != 15 or not number.isdecimal() or int(number[:2]) not in REGIONS:
        return False
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return bool(OLD_IDENTITY.search(before))


def _is_card(number: str) -> bool:
    if not number.isdecimal():
        return False
    if not any(len(number) in lengths and p.match(number) for p, lengths in CARDS):
        return False
    doubled = (sum(divmod(2 * int(c), 10)) for c in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0


def check(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find the numbers of the kind that the rule is for, in the text and what hangs on it."""
    if rule.check != "student" or rule.lines:
        yield from _in_text(manuscript, rule)
        yield from _in_documents(manuscript, rule)


def _hits(said: Passage | Document, rule: Rule) -> list[Hit]:
    if rule.check == "student":
        return list(find_students(said.text, rule.lines))
    return [hit for hit in _found(said) if hit.kind == rule.check]


def _found(said: Passage | Document) -> tuple[Hit, ...]:
    """Look for numbers once, however many checks ask."""
    kept = said.__dict__
    if "_numbers" not in kept:
        kept["_numbers"] = tuple(find(said.text))
    return kept["_numbers"]


def _in_text(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    for passage in manuscript.passages:
        hits = _hits(passage, rule)
        if not hits:
            continue
        students = find_students(passage.text, rule.lines)
        shown = _without(passage.text, (*_found(passage), *students))
        for hit in hits:
            yield _finding(rule, hit, passage.place, excerpt(shown, hit.start, hit.end))


def _in_documents(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    for document in manuscript.documents:
        seen: set[str] = set()
        for hit in _hits(document, rule):
            if hit.number not in seen:
                seen.add(hit.number)
                where = Excerpt(f"{document.name}: ", _mask(hit.number))
                yield _finding(rule, hit, document.place, where)


def _finding(rule: Rule, hit: Hit, place: Place, where: Excerpt) -> Finding:
    return Finding(
        rule.check,
        _("This looks like %(kind)s.") % {"kind": KINDS[hit.kind]},
        _("Take it out, or put it aside and say why it may be public."),
        place,
        hit.number,
        level=rule.level,
        excerpt=where,
        lasting=hit.number,
    )


def check_unread(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    for document in manuscript.documents:
        if document.unread:
            yield Finding(
                rule.check,
                document.unread,
                _("Open it yourself and look for numbers of people."),
                document.place,
                document.name,
                level=rule.level,
                excerpt=Excerpt("", document.name),
            )
