"""Importing whole archives of old sites, place by place, so that it can stop and go on anywhere.

The transaction that brings some places also notes that they are done (`taking_in`). A run that is
killed goes on where it was; what is here already is known by its old address and stays as it is.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import log, outbox
from articles.actions.importing import taking_in
from articles.importing.sources import Source, open_source
from articles.models import Errand, ImportRow, ImportRun, LogEntry, Section, Unit, User
from articles.rights import importing as rights
from articles.rights.permissions import NotAllowed
from articles.text.encoding import UnreadablePage

# How long one errand goes on: it should not take longer than a minute.
SECONDS = 20
KIND = "import articles"
# How long an upload waits that was only tried, or whose import stopped.
KEPT = timedelta(days=30)
Outcome = ImportRow.Outcome


class Plan(NamedTuple):
    """What is asked of an import, beside what is imported."""

    site: str = ""
    unit: Unit | None = None
    section: Section | None = None
    as_published: bool = False
    is_trial: bool = False


# Beginning


def begin(name: str, contents: str, plan: Plan, *, user: User, at: datetime) -> ImportRun:
    """Go on with the same import if one was left, else begin it.

    `contents` is a hash of what is read: another file under the same name is another import.
    """
    refused = rights.publish(user) if plan.as_published else rights.run(user)
    if refused is not None:
        raise NotAllowed(refused)
    asked = [name, contents, plan.site, plan.as_published, plan.is_trial]
    asked += [chosen.pk if chosen else None for chosen in (plan.unit, plan.section)]
    fingerprint = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
    left = ImportRun.objects.filter(fingerprint=fingerprint, started_by=user, finished_at=None)
    run = left.first()
    if run is not None:
        ImportRun.objects.filter(pk=run.pk).update(problem="")
        run.problem = ""
        return run
    return ImportRun.objects.create(
        name=name[-200:],
        fingerprint=fingerprint,
        site=plan.site,
        unit=plan.unit,
        section=plan.section,
        as_published=plan.as_published,
        is_trial=plan.is_trial,
        started_by=user,
        started_at=at,
    )


@transaction.atomic
def upload(name: str, file: File, plan: Plan, *, user: User, at: datetime) -> ImportRun:
    """Keep an uploaded file, and have it read by a worker."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    run = begin(name, digest.hexdigest(), plan, user=user, at=at)
    if not run.file:
        run.file.save("upload", file, save=False)
        run.save(update_fields=["file"])
    _put(run, at)
    return run


@transaction.atomic
def carry_out(trial: ImportRun, *, user: User, at: datetime) -> ImportRun:
    """Do for good what a trial has shown, with the same file and the same words."""
    trial.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if not trial.is_trial or trial.finished_at is None or trial.problem:
        raise NotAllowed(_("Try it first: the trial says what would become of each place."))
    if not trial.file:
        raise NotAllowed(_("The file of this trial is not here any more. Please upload it again."))
    plan = Plan(trial.site, trial.unit, trial.section, trial.as_published)
    run = begin(trial.name, trial.fingerprint, plan, user=user, at=at)
    if not run.file:
        # The same file under the same name; it stays as long as one of them does.
        run.file = trial.file.name
        run.save(update_fields=["file"])
    _put(run, at)
    return run


@transaction.atomic
def resume(run: ImportRun, *, user: User, at: datetime) -> None:
    """Let a run go on that stopped."""
    refused = rights.publish(user) if run.as_published else rights.run(user)
    if refused is not None:
        raise NotAllowed(refused)
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if not run.problem or not run.file:
        raise NotAllowed(_("This import has not stopped."))
    stop(run, "")
    key = f"import/{run.pk}/{run.reached}/{at.isoformat()}"
    outbox.put(KIND, key, due_at=at, payload={"run": run.pk})


@transaction.atomic
def halt(run: ImportRun, *, user: User) -> None:
    """Stop a run after the place that it is at. `resume` lets it go on from there."""
    refused = rights.publish(user) if run.as_published else rights.run(user)
    if refused is not None:
        raise NotAllowed(refused)
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if run.is_over:
        raise NotAllowed(_("This import is not running."))
    with log.in_site_language():
        why = _("%(name)s stopped it.") % {"name": user}
    stop(run, why)


def seconds_left(run: ImportRun, at: datetime) -> int | None:
    """Say how long a run will take still, by the pace of the errand that is at it now."""
    errands = Errand.objects.filter(kind=KIND, key__startswith=f"import/{run.pk}/")
    now = errands.filter(done_at=None).exclude(taken_at=None).order_by("pk").last()
    if now is None or now.taken_at is None:
        return None
    done = run.reached - int(now.key.split("/")[2])
    seconds = (at - now.taken_at).total_seconds()
    return round(seconds / done * (run.total - run.reached)) if done > 0 else None


def _put(run: ImportRun, at: datetime) -> None:
    key = f"import/{run.pk}/{run.reached}"
    outbox.put(KIND, key, due_at=at, payload={"run": run.pk})


# Tidying up


def purge_uploads(at: datetime) -> int:
    """Delete uploads that no import will read again; tell how many.

    For the background: running it late, twice or never breaks nothing.
    """
    uploads = ImportRun.objects.exclude(file="")
    kept = uploads.filter(_needed(at)).values("file")
    names = uploads.exclude(file__in=kept).order_by("file").values_list("file", flat=True)
    return sum(_delete(name, at) for name in names.distinct())


def _needed(at: datetime) -> Q:
    waits = Q(is_trial=True) | ~Q(problem="")
    return Q(finished_at=None, problem="") | (waits & Q(started_at__gt=at - KEPT))


@transaction.atomic
def _delete(name: str, at: datetime) -> bool:
    runs = ImportRun.objects.filter(file=name)
    # A trial that is carried out at this very moment is locked, and then needed.
    locked = list(runs.select_for_update())
    if not locked or runs.filter(_needed(at)).exists():
        return False
    # What is gone already is no error, so that a failure below is made up for next time.
    locked[0].file.storage.delete(name)
    runs.update(file="")
    return True


# Going on


def go_on(number: int, *, at: datetime, seconds: float = SECONDS) -> None:
    """Import some more of an uploaded file, and put an errand for the rest."""
    run = ImportRun.objects.select_related("started_by").filter(pk=number).first()
    if run is None or run.is_over:
        return
    user = run.started_by
    refused = rights.publish(user) if run.as_published else rights.run(user)
    if refused is None and not user.is_active:
        refused = _("The account that started it is closed.")
    if refused is not None:
        stop(run, refused)
        return
    try:
        with log.in_site_language():
            source = open_source(Path(run.file.path), site=run.site, name=run.name)
    except (UnreadablePage, OSError) as problem:
        stop(run, str(problem))
        return
    began = time.monotonic()
    with log.in_site_language():
        for _row in take(run, source, at=at):
            if time.monotonic() - began > seconds:
                break
    run.refresh_from_db()
    if not run.is_over:
        _put(run, at)


def stop(run: ImportRun, why: str) -> None:
    run.problem = why
    run.save(update_fields=["problem"])


def take(
    run: ImportRun, source: Source, *, at: datetime, limit: int | None = None
) -> Iterator[ImportRow]:
    """Import from where a run stopped, and say of each place what became of it."""
    if run.total != len(source.items):
        run.total = len(source.items)
        run.save(update_fields=["total"])
    intake = taking_in.Intake(run, source.files, at=at)
    items = source.items[run.reached :][:limit]
    while items:
        rows = intake.take(items)
        if not rows:
            return  # somebody else is at it, or has stopped it
        yield from rows
        items = items[len(rows) :]
    if run.reached >= run.total:
        _finish(run, at)


@transaction.atomic
def _finish(run: ImportRun, at: datetime) -> None:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.finished_at is not None:
        return
    run.finished_at = at
    run.save(update_fields=["finished_at"])
    if run.is_trial:
        return
    counts = run.rows.counts()
    made = counts.get(Outcome.MADE, 0) + counts.get(Outcome.REMARKS, 0)
    with log.in_site_language():
        told = ngettext("%(number)d article", "%(number)d articles", made) % {"number": made}
    log.note(LogEntry.Action.IMPORTED, actor=run.started_by, at=at, about=run, detail=told)
