"""What follows when an edition begins or ends: errands put in the transaction of its cause.

What readers see needs none of them: an edition begins and ends by its own times. The index of
search and the parts of pages are made with the edition, for they are rows like it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from articles import outbox
from articles.models import Edition

# Kinds of errands when readers get something new, and when it goes without a successor.
BEGINS = ("renew pages", "ping hub")
ENDS = ("ping hub",)


def begins(edition: Edition) -> None:
    for kind in _wanted(BEGINS):
        _put(kind, edition, "begins", edition.live_from)
    runs_on([edition])


def runs_on(editions: Iterable[Edition]) -> None:
    """Editions end as they were published to, if at all."""
    for edition in editions:
        if edition.expires_at is not None:
            for kind in _wanted(ENDS):
                _put(kind, edition, "ends", edition.expires_at)


def is_replaced(editions: Iterable[Edition]) -> None:
    """The next edition begins where these end; what follows is told for that one."""
    for edition in editions:
        outbox.cancel_all(_key(edition, "ends"))


def never_begins(editions: Iterable[Edition]) -> None:
    for edition in editions:
        outbox.cancel_all(_key(edition, ""))


def ends(editions: Iterable[Edition], *, at: datetime) -> None:
    """Editions end before their time. What was still to be told of their begin is not."""
    for edition in editions:
        outbox.cancel_all(_key(edition, ""))
        for kind in _wanted(ENDS):
            _put(kind, edition, "ends", at)


def _wanted(kinds: tuple[str, ...]) -> list[str]:
    return [kind for kind in kinds if kind != "ping hub" or settings.WEBSUB_HUB]


def _put(kind: str, edition: Edition, moment: str, due_at: datetime) -> None:
    outbox.put(
        kind,
        _key(edition, moment),
        due_at=due_at,
        payload={"edition": edition.pk},
        article=edition.article,
    )


def _key(edition: Edition, moment: str) -> str:
    return f"edition/{edition.pk}/{moment}"
