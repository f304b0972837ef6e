"""Two texts side by side, paragraph by paragraph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import Any

from django.utils.text import capfirst

from articles import richtext
from articles.models import Article, Role, Section, Unit
from articles.snapshots import Snapshot

TEXTS = ("kicker", "headline", "subhead", "summary")
CHOICES = ("form", "language", "origin", "importance")
PLAIN = ("slug", "source", "source_url", "event_date", "displayed_at")

# Lines that differ. Matching takes their number squared, and cubed where many are alike.
MAX_MATCHED = 1000

type Lines = dict[str, list[str]]


@dataclass(frozen=True)
class Row:
    """A paragraph on both sides. One that stands on one side only is empty on the other."""

    old: str
    new: str

    @property
    def changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Difference:
    label: str
    rows: list[Row]


def texts(content: Snapshot) -> Lines:
    """Give what a reader reads, as plain lines."""
    lines = {field: [content[field]] if content[field] else [] for field in TEXTS}
    return lines | {"body": richtext.plain_text(content["body"]).split("\n")}


def lines(content: Snapshot) -> Lines:
    """Give the whole working copy as plain lines."""
    section = Section.objects.filter(pk=content["section"]).first()
    unit = Unit.objects.filter(pk=content["unit"]).first()
    return {
        **texts(content),
        "section": [str(section or "")],
        "unit": [str(unit or "")],
        **{field: [_choice(field, content[field])] for field in CHOICES},
        **{field: [content[field]] if content[field] else [] for field in PLAIN},
        "units": [row["name"] for row in content["units"]],
        "credits": [_credit(row) for row in content["credits"]],
        "photos": [f"{row['caption']} {row['credit']}".strip() for row in content["photos"]],
        "attachments": [row["title"] for row in content["attachments"]],
        "tags": content["tags"],
        "corrections": [row["text"] for row in content["corrections"]],
    }


def differences(old: Lines, new: Lines) -> list[Difference]:
    """Compare what both sides have; what is the same on both is left out."""
    return [
        Difference(label(field), list(_rows(old[field], new[field])))
        for field in old
        if field in new and old[field] != new[field]
    ]


def label(field: str) -> str:
    model_field: Any = Article._meta.get_field(field)
    if model_field.auto_created:
        return str(capfirst(model_field.related_model._meta.verbose_name_plural))
    return str(capfirst(model_field.verbose_name))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    """Pair the lines; matching is for what stands between the same beginning and end."""
    head = _count_same(old, new)
    tail = _count_same(reversed(old[head:]), reversed(new[head:]))
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield from (Row(line, line) for line in old[:head])
    yield from _matched(old_middle, new_middle)
    yield from (Row(line, line) for line in old[len(old) - tail :])


def _count_same(old: Iterable[str], new: Iterable[str]) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _matched(old: list[str], new: list[str]) -> Iterator[Row]:
    if max(len(old), len(new)) > MAX_MATCHED:
        yield from _side_by_side(old, new)
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Row(line, line) for line in old[i1:i2])
        else:
            yield from _side_by_side(old[i1:i2], new[j1:j2])


def _side_by_side(old: list[str], new: list[str]) -> Iterator[Row]:
    return (Row(left, right) for left, right in zip_longest(old, new, fillvalue=""))


def _choice(field: str, value: str) -> str:
    model_field: Any = Article._meta.get_field(field)
    return str(dict(model_field.flatchoices).get(value, value))


def _credit(row: Snapshot) -> str:
    role = dict(Role.choices).get(row["role"], row["role"])
    return " ".join(
        str(part) for part in (role, row["unit_name"], row["name"], row["note"]) if part
    )
