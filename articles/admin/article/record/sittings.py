"""Saves of one sitting, told as one line. The record keeps every save; only the page folds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from articles.models import Article, LogEntry, Version

# Whoever comes back after this long sits down anew.
GAP = timedelta(minutes=30)
# What ends no sitting: the saves, what follows from them alone, and putting one's name on it.
UNEVENTFUL = (
    LogEntry.Action.CREATED,
    LogEntry.Action.IMPORTED,
    LogEntry.Action.CHANGED,
    LogEntry.Action.CLAIMED,
    LogEntry.Action.RELEASED,
    LogEntry.Action.LAPSED,
    LogEntry.Action.REOPENED,
    LogEntry.Action.TYPO_FIXED,
)


@dataclass(frozen=True)
class Sitting:
    """Versions that one person saved without a break, the newest first."""

    versions: list[Version]

    @property
    def last(self) -> Version:
        return self.versions[0]

    @property
    def first(self) -> Version:
        return self.versions[-1]

    @property
    def before(self) -> int:
        """Give the version that it began with; 0 if it began the article."""
        return self.first.number - 1


def sittings(article: Article) -> list[Sitting]:
    """Fold the saves of an article, the newest sitting first. Three queries, no content.

    A sitting ends with a pause, with another person, and with whatever happened in between: a
    submission, a decision, a comment, a publication.
    """
    versions = article.versions.defer("snapshot").order_by("-number")
    events = set(
        article.log_entries.exclude(action__in=UNEVENTFUL).values_list("version_number", flat=True)
    ) - {None}
    events |= set(article.comments.values_list("version_number", flat=True))
    return [Sitting(list(some)) for some in _folded(list(versions), events)]


def _folded(versions: list[Version], events: set[int | None]) -> Iterator[list[Version]]:
    some: list[Version] = []
    for version in versions:
        if some and not _goes_on(version, some[-1], events):
            yield some
            some = []
        some.append(version)
    if some:
        yield some


def _goes_on(earlier: Version, later: Version, events: set[int | None]) -> bool:
    return (
        earlier.author_id == later.author_id
        and later.saved_at - earlier.saved_at < GAP
        and earlier.number not in events
    )
