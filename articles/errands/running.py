"""How errands are run: each claimed and tried alone, so one that fails holds up no other.

What fails is tried again after longer and longer pauses, then given up for somebody to look at.
A worker that dies loses its errand to the next one when `LEASE` is over. Which function does
what stands in `kinds`, together with what may be promised of it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from articles.errands import kinds
from articles.models import Errand

log = logging.getLogger(__name__)

# How long a worker has for one errand before another one may take it.
LEASE = timedelta(minutes=5)
# The pauses after each failure; after the last one it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
# Done errands are kept as long, so that nothing is put twice and the record can be asked.
KEPT = timedelta(days=90)
LONGEST_ERROR = 2000


def run_due(at: datetime, *, worker: str, limit: int = 100) -> int:
    """Run what is due, one errand after the other; say how many were tried.

    `at` is the database's time (`clock.now`), so that all workers agree on what is due.
    """
    tried = 0
    while tried < limit and (errand := _claim(at, worker)):
        _run(errand, at)
        tried += 1
    return tried


@transaction.atomic
def forget_done(at: datetime) -> int:
    """Delete what was done long ago."""
    return Errand.objects.filter(done_at__lt=at - KEPT).delete()[0]


def _claim(at: datetime, worker: str) -> Errand | None:
    """Take the errand that has been due for longest; commits before anything is done for it."""
    due = Errand.objects.due(at)
    if not due.exists():  # on SQLite, looking must not wait for whoever writes
        return None
    with transaction.atomic():
        errand = due.select_for_update(skip_locked=True).first()
        if errand is None:
            return None
        errand.attempts += 1
        errand.taken_at, errand.taken_by = at, worker
        errand.next_at = at + LEASE
        errand.save(update_fields=["attempts", "taken_at", "taken_by", "next_at"])
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
