"""What an old site says of one article, whatever it was kept in: table, page, document."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from articles.text.encoding import UnreadablePage

DAY = re.compile(
    r"(?P<year>[12]\d{3})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*[:：时]\s*(?P<minute>\d{1,2})"
    r"(?:\s*[:：分]\s*(?P<second>\d{1,2}))?)?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
OFFSET = re.compile(r"(?:\.\d+)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?")
NUMBER = re.compile(r"\d{1,9}")
# Texts that hold one of these are markup, others are plain.
MARKUP = re.compile(
    r"</?(?:p|br|div|span|img|a|b|strong|em|h[1-6]|table|ul|ol|li|section|figure|script)\b[^<>]*>",
    re.IGNORECASE,
)


class OldFile(NamedTuple):
    """A picture or document that goes along: where it was, and the words for it."""

    address: str
    words: str = ""


# What tables call it where an article comes from.
ORIGINS = {
    "original": ("original", "原创", "本站原创", "原创稿件"),
    "reprint": ("reprint", "转载", "转发"),
    "media": ("media", "media coverage", "媒体报道", "媒体关注", "媒体聚焦"),
}


def read_origin(text: str) -> str:
    """Say which origin a table means; nothing if it is none of ours."""
    asked = text.strip().casefold()
    return next((origin for origin, names in ORIGINS.items() if asked in names), "")


@dataclass(frozen=True)
class OldArticle:
    """An article of an old site. Times are the site's own; `views` were counted elsewhere.

    `address` tells it from all others: with its host where that is known. `source` is who is
    said to have written it first: a unit, or another paper. `enclosed` are pictures that the
    body names `clipboard:0`, `clipboard:1` …
    """

    address: str
    title: str
    body: str
    kicker: str = ""
    subhead: str = ""
    summary: str = ""
    credit_line: str = ""
    unit: str = ""
    section: str = ""
    source: str = ""
    published_at: datetime | None = None
    event_date: date | None = None
    tags: tuple[str, ...] = ()
    views: int | None = None
    pictures: tuple[OldFile, ...] = ()
    attachments: tuple[OldFile, ...] = ()
    enclosed: tuple[bytes, ...] = ()
    remarks: tuple[str, ...] = ()
    # Where whoever wrote it first has it, and what it is to this site: see `ORIGINS`.
    source_url: str = ""
    origin: str = ""

    def digest(self) -> str:
        """Give a hash of what the old site says, to see whether it says something else now."""
        said = asdict(self)
        # Readers of old pages press on; that makes no other article.
        del said["remarks"], said["views"]
        # Sources that do not speak of these say what they said before there were any.
        for name in ("source_url", "origin"):
            if not said[name]:
                del said[name]
        said["enclosed"] = [hashlib.sha256(picture).hexdigest() for picture in self.enclosed]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Found(NamedTuple):
    """A file beside the text: its own name, whatever it was called, and its size in bytes."""

    name: str
    size: int


class Files(Protocol):
    """Files beside the text. Nothing is ever fetched from anywhere else."""

    def find(self, address: str, beside: str) -> Found | None:
        """Find the file that an address means on the page `beside`; None if it is not there."""

    def content(self, found: Found) -> bytes | None:
        """Read a file that was found; None if it cannot be read."""


class Item(NamedTuple):
    """One place of a source, read when it is its turn. `read` raises `UnreadablePage`.

    It gives None for what is no article: a list, a page of its own.
    """

    number: int
    label: str
    read: Callable[[], OldArticle | None]


def read_moment(text: str) -> datetime | None:
    """Read a day, perhaps with a time, as sites and spreadsheets write it. None if empty.

    Raises `UnreadablePage`. What names no zone is meant in the site's own.
    """
    text = text.strip()
    if not text:
        return None
    found = DAY.fullmatch(text)
    zone = OFFSET.fullmatch(found["rest"]) if found else None
    if found is None or zone is None:
        raise UnreadablePage(_("“%(text)s” is no date.") % {"text": text[:40]})
    parts = {name: int(value or 0) for name, value in found.groupdict().items() if name != "rest"}
    try:
        moment = datetime(**parts)  # type: ignore[arg-type] # noqa: DTZ001 (the site's own zone)
        if zone["zone"]:
            offset = zone["zone"].replace("Z", "+00:00")
            moment = datetime.fromisoformat(f"{moment.isoformat()}{offset}")
    except ValueError as problem:
        raise UnreadablePage(_("“%(text)s” is no date.") % {"text": text[:40]}) from problem
    return moment


def read_number(text: str) -> int | None:
    """Read a count, with or without separators. None if there is none."""
    plain = re.sub(r"[,，\s]|次|\.0+$", "", text)
    if not plain:
        return None
    if not NUMBER.fullmatch(plain):
        raise UnreadablePage(_("“%(text)s” is no number.") % {"text": text[:40]})
    return int(plain)


def is_markup(text: str) -> bool:
    return MARKUP.search(text) is not None
