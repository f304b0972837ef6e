"""How errands are run: each claimed and tried alone, so one that fails holds up no other.

What fails is tried again after longer and longer pauses, then given up for somebody to look at.
A worker that dies loses its errand to the next one when `LEASE` is over. Which function does
what stands in `kinds`, together with what may be promised of it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When

from articles.errands import kinds
from articles.models import Errand
from articles.models.outbox import ErrandQuerySet

log = logging.getLogger(__name__)

# How long a worker has for one errand before another one may take it.
LEASE = timedelta(minutes=5)
# The pauses after each failure; after the last one it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
# Done errands are kept as long, so that nothing is put twice and the record can be asked.
KEPT = timedelta(days=90)
LONGEST_ERROR = 2000
# So often what has waited longest is taken, whatever it is: nothing waits for ever.
OLDEST_EVERY = 4


@dataclass
class Turns:
    """What one worker took so far, which says what it takes next."""

    taken: int = 0
    last: str = ""

    def order(self, due: ErrandQuerySet) -> ErrandQuerySet:
        """Put first what readers wait for, then what colleagues do, then another kind than last.

        `due` has what has waited longest first, as every few turns go.
        """
        if self.taken % OLDEST_EVERY == OLDEST_EVERY - 1:
            return due
        rank = Case(
            When(kind__in=kinds.FOR_READERS, then=Value(0)),
            When(kind__in=kinds.FOR_COLLEAGUES, then=Value(1)),
            When(kind=self.last, then=Value(3)),
            default=Value(2),
        )
        return due.order_by(rank, "next_at", "pk")


def run_due(at: datetime, *, worker: str, limit: int = 100, turns: Turns | None = None) -> int:
    """Run what is due, one errand after the other; say how many were tried.

    `at` is the database's time (`clock.now`), so that all workers agree on what is due.
    `turns` goes on where an earlier call of the same worker stopped.
    """
    tried, turns = 0, turns or Turns()
    while tried < limit and (errand := _claim(at, worker, turns)):
        _run(errand, at)
        tried += 1
    return tried


@transaction.atomic
def forget_done(at: datetime) -> int:
    """Delete what was done long ago."""
    return Errand.objects.filter(done_at__lt=at - KEPT).delete()[0]


def _claim(at: datetime, worker: str, turns: Turns) -> Errand | None:
    """Take the errand whose turn it is; commits before anything is done for it."""
    due = Errand.objects.due(at)
    if not due.exists():  # on SQLite, looking must not wait for whoever writes
        return None
    with transaction.atomic():
        errand = turns.order(due).select_for_update(skip_locked=True).first()
        if errand is None:
            return None
        errand.attempts += 1
        errand.taken_at, errand.taken_by = at, worker
        errand.next_at = at + LEASE
        errand.save(update_fields=["attempts", "taken_at", "taken_by", "next_at"])
    turns.taken, turns.last = turns.taken + 1, errand.kind
    return errand


def _run(errand: Errand, at: datetime) -> None:
    try:
        _work(errand, at)
    except Exception as problem:
        log.exception("Side effect %s failed, attempt %d.", errand, errand.attempts)
        _mark_failed(errand, at, problem)


def _work(errand: Errand, at: datetime) -> None:
    if errand.attempts > len(PAUSES) + 1:
        # It was taken again and again, and nobody lived to say what became of it.
        raise kinds.Unfinished(errand.last_error or "Its workers died.")
    if errand.kind in kinds.INSIDE:
        _run_inside(errand, at)
    elif errand.kind in kinds.OUTSIDE:
        kinds.OUTSIDE[errand.kind](errand, at)
        _mark_done(errand, at)
    else:
        raise kinds.Unfinished(f"Nobody knows what {errand.kind} is.")


@transaction.atomic
def _run_inside(errand: Errand, at: datetime) -> None:
    """Commit the effect together with "done", or neither."""
    mine = Errand.objects.select_for_update(of=("self",)).filter(**_as_taken(errand))
    if mine.exists():  # else it was cancelled, or another worker has it by now
        kinds.INSIDE[errand.kind](errand, at)
        _mark_done(errand, at)


def _mark_done(errand: Errand, at: datetime) -> None:
    Errand.objects.filter(pk=errand.pk, done_at=None).update(
        done_at=at, given_up_at=None, last_error=""
    )


def _mark_failed(errand: Errand, at: datetime, problem: Exception) -> None:
    error = f"{type(problem).__name__}: {problem}"[:LONGEST_ERROR]
    mine = Errand.objects.filter(**_as_taken(errand))
    if errand.attempts <= len(PAUSES):
        mine.update(last_error=error, next_at=at + PAUSES[errand.attempts - 1])
    else:
        mine.update(last_error=error, given_up_at=at)
        log.error("Side effect %s is given up: %s", errand, error)


def _as_taken(errand: Errand) -> dict[str, Any]:
    return {"pk": errand.pk, "attempts": errand.attempts, "done_at": None}
