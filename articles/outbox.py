"""The outbox: side effects, put in the transaction of their cause.

A worker runs them: `articles.errands` says what each kind does, and how often.
"""

from datetime import datetime
from typing import Any

from articles import clock
from articles.models import Article, Errand
from articles.models.outbox import ErrandQuerySet


def put(
    kind: str,
    key: str,
    *,
    due_at: datetime,
    payload: dict[str, Any] | None = None,
    article: Article | None = None,
) -> None:
    """Have something done from `due_at` on, once the caller's transaction is committed.

    What was put before under this kind and key stays as it is, done or not.
    """
    errand = Errand(
        kind=kind,
        key=key,
        payload=payload or {},
        article=article,
        put_at=clock.here(),
        due_at=due_at,
        next_at=due_at,
    )
    Errand.objects.bulk_create([errand], ignore_conflicts=True)


def cancel(kind: str, key: str) -> int:
    """Take back what has not been done yet; say how many."""
    return _take_back(Errand.objects.filter(kind=kind, key=key))


def cancel_all(prefix: str) -> int:
    """Take back what has not been done yet, of every kind, under keys that begin like this."""
    return _take_back(Errand.objects.filter(key__startswith=prefix))


def _take_back(unwanted: ErrandQuerySet) -> int:
    # What is being done this moment comes too late: waiting for it, while it may wait for
    # the article that the caller has locked, would end in a deadlock.
    idle = unwanted.filter(done_at=None).select_for_update(skip_locked=True)
    return Errand.objects.filter(pk__in=[errand.pk for errand in idle]).delete()[0]
