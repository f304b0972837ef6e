"""How the institution sets a check, and what a check may ask about the site."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

from articles.checks.findings import Level


@dataclass(frozen=True)
class Rule:
    """A check's level, its number (characters, months, days) and its lines."""

    check: str
    level: Level = Level.ADVISORY
    limit: int = 0
    lines: tuple[str, ...] = ()


class Words(Protocol):
    def find(self, text: str) -> list[Any]: ...


class _NoWords:
    def find(self, text: str) -> list[Any]:
        return []


@dataclass(frozen=True)
class Known:
    """`lead_nowhere` picks the paths of this site at which readers find nothing."""

    words: Words = field(default_factory=_NoWords)
    own_hosts: Collection[str] = frozenset()
    lead_nowhere: Callable[[Collection[str]], Collection[str]] = lambda _paths: ()
