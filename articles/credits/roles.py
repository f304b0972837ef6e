"""What a credit line says, in the words the rest of the newsroom uses."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    AUTHOR = "author"
    EDITOR = "editor"
    PHOTOGRAPHER = "photographer"
    VIDEOGRAPHER = "videographer"
    REVIEWER = "reviewer"
    PROOFREADER = "proofreader"
    DESIGNER = "designer"
    ILLUSTRATOR = "illustrator"
    TRANSLATOR = "translator"
    PRODUCER = "producer"
    PRESENTER = "presenter"
    PUBLISHER = "publisher"
    SOURCE = "source"
    CONTRIBUTING_UNIT = "contributing_unit"
    OTHER = "other"


class Stage(StrEnum):
    """How far along a review or a proof-reading was. Only those two roles have stages."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FINAL = "final"


@dataclass(frozen=True)
class ParsedCredit:
    """One person or unit in one role. A unit that signs for itself has no name."""

    role: Role
    name: str | None = None
    unit: str | None = None
    stage: Stage | None = None
    note: str | None = None


@dataclass(frozen=True)
class Parsed:
    credits: tuple[ParsedCredit, ...]
    rest: str
    """What the line says besides credits: dates, clicks, words we could not read."""
