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
    """`leads_nowhere` tells a path of this site at which readers find nothing."""

    words: Words = field(default_factory=_NoWords)
    own_hosts: Collection[str] = frozenset()
    leads_nowhere: Callable[[str], bool] = lambda _path: False
