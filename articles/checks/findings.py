"""What a check finds: what is wrong, where it stands, how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.crypto import salted_hmac

AROUND = 12


class Level(StrEnum):
    """How much a finding matters; a blocking one keeps an article from being submitted."""

    OFF = "off"
    ADVISORY = "advisory"
    BLOCKING = "blocking"


@dataclass(frozen=True)
class Place:
    """A field of the form, and which paragraph or row of it, counted from 1."""

    field: str
    number: int = 0


@dataclass(frozen=True)
class Excerpt:
    before: str = ""
    hit: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}【{self.hit}】{self.after}" if self.hit else ""


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    `subject` is what was found, so that the same thing is known again after the text around it
    has changed; `lasting` names it in every article, where that makes sense.
    """

    check: str
    what: str
    mend: str
    place: Place
    subject: str
    level: Level = Level.ADVISORY
    excerpt: Excerpt = Excerpt()
    lasting: str = ""
    # Of the list: the word as it was written, to allow a phrase around it.
    phrase: str = ""

    @property
    def key(self) -> str:
        return key_of(self.check, self.subject)

    @property
    def lasting_key(self) -> str:
        return key_of(self.check, self.lasting) if self.lasting else ""

    @property
    def is_blocking(self) -> bool:
        return self.level == Level.BLOCKING


def key_of(check: str, subject: str) -> str:
    """Give what a finding is remembered by. Nobody can read a number off it."""
    digest = salted_hmac("articles.checks", f"{check}\0{subject}", algorithm="sha256").hexdigest()
    return f"{check}:{digest[:40]}"


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """Cut a place out of a passage, with some words on either side."""
    return Excerpt(
        ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start],
        text[start:end],
        text[end : end + AROUND] + ("…" if end + AROUND < len(text) else ""),
    )
