"""What goes on beside the pages: each job in a thread of its own, again and again.

`manage.py worker` runs all of it; without a worker the web process does. Any number of
processes may: each job takes turns through the database.
"""

import logging
import os
import socket
import threading
import time
from datetime import datetime
from typing import NamedTuple, Protocol

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from analytics import upkeep
from analytics.clicks import recording
from articles import clock, pages
from articles.actions import (
    error_reports,
    forcing,
    heartbeats,
    notices,
    personal_drafts,
    putting_away,
    reviewing,
)
from articles.actions.importing import old_sites
from articles.errands import running
from articles.log import sealing

log = logging.getLogger(__name__)

SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 24 * 3600
# A sign of life every second would be a write every second.
BEAT_EVERY = 10
# Whoever waits to write on SQLite looks now and then; without a pause nobody else has a turn.
BREATH = 0.05
PREFIX = "background "

starting = threading.Lock()


class Work(Protocol):
    def __call__(self, *, at: datetime) -> object: ...


class Job(NamedTuple):
    """Something to do every so many seconds. It may run twice at once and changes nothing twice.

    `at` is the time of the database, the same for all workers.
    """

    name: str
    work: Work
    every: float


def store_clicks(*, at: datetime) -> None:
    recording.drain()


def run_errands(*, at: datetime) -> None:
    worker = f"{socket.gethostname()} {os.getpid()} {threading.get_ident()}"
    # One at a time, each with the time at which it is taken.
    turns = running.Turns()
    while running.run_due(clock.now(), worker=worker, limit=1, turns=turns):
        time.sleep(BREATH)


def describe_tables(*, at: datetime) -> None:
    """Let SQLite see how the tables of the desk are filled; other databases look by themselves.

    One table at a time, so that whoever saves meanwhile waits for no more than one. Clicks are
    too many to be looked through, and each question about them has its index.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model in apps.get_app_config("articles").get_models(include_auto_created=True):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


JOBS = (
    Job("clicks", store_clicks, every=SECOND),
    Job("outbox", run_errands, every=SECOND),
    Job("calendar", upkeep.run, every=MINUTE),
    Job("daily mail", notices.put_digests, every=MINUTE),
    Job("alarm mail", notices.put_alarm_mails, every=MINUTE),
    Job("log", sealing.seal_recent, every=10 * SECOND),
    Job("whole log", sealing.seal_all, every=HOUR),
    Job("escalation", reviewing.escalate_overdue, every=MINUTE),
    Job("deadlines", notices.tell_of_deadlines, every=MINUTE),
    Job("error reports", error_reports.tell, every=10 * SECOND),
    Job("senders of reports", error_reports.forget_senders, every=HOUR),
    Job("confirmation", forcing.remind_overdue, every=MINUTE),
    Job("pages", pages.rebuild, every=HOUR),
    Job("files of photos", putting_away.settle, every=MINUTE),
    Job("outbox upkeep", running.forget_done, every=HOUR),
    Job("personal drafts", personal_drafts.purge_drafts, every=HOUR),
    Job("uploads of imports", old_sites.purge_uploads, every=HOUR),
    Job("table statistics", describe_tables, every=DAY),
)


def start(stop: threading.Event, jobs: tuple[Job, ...] = JOBS) -> list[threading.Thread]:
    """Start a thread for each job, so that one that fails or hangs holds up no other."""
    threads = [
        threading.Thread(
            target=keep_going, args=(job, stop), name=f"{PREFIX}{job.name}", daemon=True
        )
        for job in jobs
    ]
    for thread in threads:
        thread.start()
    return threads


def start_in_web() -> None:
    """Work in this web process, unless a worker does."""
    if not settings.WORK_IN_WEB:
        return
    with starting:
        if not any(thread.name.startswith(PREFIX) for thread in threading.enumerate()):
            start(threading.Event())


def keep_going(job: Job, stop: threading.Event) -> None:
    """Work until told to stop. What fails is logged and tried again."""
    told, told_at = None, 0.0
    while not stop.is_set():
        error = run(job)
        if error != told or time.monotonic() - told_at >= BEAT_EVERY:
            told, told_at = error, time.monotonic()
            tell(job, error)
        stop.wait(job.every)


def run(job: Job) -> str:
    """Do the work once; say what went wrong, or nothing."""
    try:
        close_old_connections()
        job.work(at=clock.now())
    except Exception as problem:
        log.exception("The background job “%s” failed; it will be tried again.", job.name)
        return f"{type(problem).__name__}: {problem}"
    finally:
        close_old_connections()
    return ""


def tell(job: Job, error: str) -> None:
    """Keep a sign of life for whoever asks how the background is doing."""
    try:
        if error:
            heartbeats.failed(job.name, at=clock.now(), error=error)
        else:
            heartbeats.went_well(job.name, at=clock.now())
    except DatabaseError:
        log.exception("No sign of life of “%s” could be kept.", job.name)
    finally:
        close_old_connections()
