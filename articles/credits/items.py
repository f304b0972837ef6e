"""The pieces a line falls into before anybody is credited."""

from dataclasses import dataclass
from enum import Enum, auto

from articles.credits.lexicon import Label


class Kind(Enum):
    LABEL = auto()
    TITLE = auto()  # 记者, 学生助理: says what the next people are
    UNIT = auto()
    NAME = auto()
    NOTE = auto()  # says something about the people just named
    SEPARATOR = auto()
    NO_CREDIT = auto()  # a label whose value is no credit: 点击数, 主办单位
    NOBODY = auto()  # a placeholder, a date, a dateline, a place
    UNKNOWN = auto()


@dataclass(frozen=True)
class Item:
    kind: Kind
    text: str
    label: Label | None = None
    note: str | None = None
    unit: str | None = None
    sure: bool = True
    """False for a name that only its place in the line makes one."""
    latin: bool = False
    trailing: bool = False
    """A label that can only follow its people: "contributed to this report"."""
