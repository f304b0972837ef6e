"""What article pages need of those who count their readers. `newsroom` says who does."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Counting:
    """By default nobody counts."""

    # The clicks of `edition.article_id`, a scalar in SQL.
    clicks: str = "0"
    # What the page of an article carries, so that a click comes from somebody who had it.
    token: Callable[[int], str] = str


counting = Counting()
