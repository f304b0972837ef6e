"""Whether this process can serve, and whether what goes on beside it keeps up: `/readyz`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from analytics.clicks import recording
from articles import clock
from articles.models.heartbeats import Beat
from articles.models.outbox import Errand
from newsroom.background import JOBS

# What is older has been noticed by somebody waiting for it.
SLOW = timedelta(minutes=1)
CLOCK_OFF, CLOCK_WRONG = timedelta(seconds=2), timedelta(minutes=1)


class State(StrEnum):
    """`warn` wants a person, and this process goes on serving; `fail` takes it off the site."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Check(NamedTuple):
    state: State
    figures: dict[str, Any]


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200, or 503 where readers are better served elsewhere. Figures only, no names."""
    checks = examine()
    worst = max((check.state for check in checks.values()), key=list(State).index)
    return JsonResponse(
        {
            "status": worst,
            "checks": {
                name: {"status": check.state, **check.figures} for name, check in checks.items()
            },
        },
        status=HTTPStatus.SERVICE_UNAVAILABLE if worst == State.FAIL else HTTPStatus.OK,
        headers={"Cache-Control": "no-store"},
    )


def examine() -> dict[str, Check]:
    """Look at everything; without a database or its tables there is nothing more to look at."""
    try:
        at = clock.now()
    except DatabaseError:
        return {"database": Check(State.FAIL, {})}
    checks = {"database": Check(State.OK, {}), "migrations": migrations()}
    if checks["migrations"].state == State.FAIL:
        return checks
    looks: dict[str, Callable[[datetime], Check]] = {
        "clock": own_clock,
        "outbox": outbox,
        "background": background,
        "clicks": clicks,
    }
    return checks | {name: look(at) for name, look in looks.items()}


@cache
def needed() -> frozenset[tuple[str, str]]:
    """Give the migrations of this code, read once per process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def migrations() -> Check:
    missing = needed() - MigrationRecorder(connection).applied_migrations().keys()
    return Check(State.FAIL if missing else State.OK, {"missing": len(missing)})


def own_clock(at: datetime) -> Check:
    """Compare this machine's clock with the database's. One that is put right harms no reader."""
    state = by_age(abs(clock.here() - at), CLOCK_OFF, CLOCK_WRONG)
    off = abs(timezone.now() - at)  # noqa: TID251 (it is what is asked about)
    if off > CLOCK_OFF and state == State.OK:
        state = State.WARN
    return Check(state, {"off_seconds": seconds(off)})


def outbox(at: datetime) -> Check:
    given_up = Errand.objects.given_up().count()
    waits_since = Errand.objects.due(at).aggregate(
        since=Min(Greatest("next_at", "put_at")),
    )["since"]
    waiting = at - waits_since if waits_since else timedelta()
    state = by_age(waiting, SLOW, settings.WORKER_LATE)
    if given_up and state == State.OK:
        state = State.WARN
    return Check(state, {"waiting_seconds": seconds(waiting), "given_up": given_up})


def background(at: datetime) -> Check:
    """Ask each job for its last sign of life. One that never ran is yet to be started."""
    beats = {beat.job: beat for beat in Beat.objects.all()}
    state, jobs = State.OK, {}
    for job in JOBS:
        beat = beats.get(job.name)
        ok_at = beat.ok_at if beat else None
        late = max(at - ok_at - timedelta(seconds=job.every), timedelta()) if ok_at else None
        is_failing = beat is not None and beat.is_failing
        found = State.WARN if late is None else by_age(late, SLOW, settings.WORKER_LATE)
        if is_failing and found == State.OK:
            found = State.WARN
        state = max(state, found, key=list(State).index)
        jobs[job.name] = {
            "status": found,
            "late_seconds": None if late is None else seconds(late),
            "failing": is_failing,
        }
    return Check(state, {"jobs": jobs})


def clicks(at: datetime) -> Check:
    since = recording.waiting_since()
    waiting = max(at - since, timedelta()) if since else timedelta()
    state = by_age(waiting, SLOW, settings.WORKER_LATE)
    return Check(state, {"waiting_seconds": seconds(waiting)})


def by_age(age: timedelta, warn: timedelta, fail: timedelta) -> State:
    if age > fail:
        return State.FAIL
    return State.WARN if age > warn else State.OK


def seconds(age: timedelta) -> int:
    return round(age.total_seconds())
