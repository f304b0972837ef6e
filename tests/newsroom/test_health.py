"""`/readyz` says whether this process can serve, and whether the background keeps up."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from analytics.clicks.spool import Spool
from articles import clock, outbox
from articles.actions import heartbeats
from articles.models import Errand
from newsroom import health
from newsroom.background import JOBS
from tests.analytics.clicking import record
from tests.factories import NOON, make_edition

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """Begin with an empty spool and a background that has just run, and stop the clock."""
    settings.SPOOL_DIR = tmp_path
    monkeypatch.setattr(clock, "now", timezone.now)
    with time_machine.travel(NOON, tick=False):
        for job in JOBS:
            heartbeats.went_well(job.name, at=NOON)
        yield tmp_path


def ready(client) -> tuple[int, dict]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def of(client, check: str) -> tuple[int, dict]:
    status, answer = ready(client)
    return status, answer["checks"][check]


def test_everything_is_well_and_nothing_is_told_of_articles(client):
    make_edition("一条新闻", at=timezone.now())

    job = {"status": "ok", "late_seconds": 0, "failing": False}
    assert ready(client) == (
        200,
        {
            "status": "ok",
            "checks": {
                "database": {"status": "ok"},
                "migrations": {"status": "ok", "missing": 0},
                "clock": {"status": "ok", "off_seconds": 0},
                "outbox": {"status": "ok", "waiting_seconds": 0, "given_up": 0},
                "background": {"status": "ok", "jobs": {job_.name: job for job_ in JOBS}},
                "clicks": {"status": "ok", "waiting_seconds": 0},
            },
        },
    )
    assert client.get("/readyz").headers["Cache-Control"] == "no-store"


def test_database_is_down(client, monkeypatch):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(clock, "now", fail)

    assert ready(client) == (
        503,
        {"status": "fail", "checks": {"database": {"status": "fail"}}},
    )


def test_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="analytics", name="0001_tables").delete()

    assert of(client, "migrations") == (503, {"status": "fail", "missing": 1})


@pytest.mark.parametrize(
    ("minutes", "code", "status"), [(0, 200, "ok"), (2, 200, "warn"), (11, 503, "fail")]
)
def test_errands_wait_for_a_worker(client, minutes, code, status):
    since = timezone.now() - minutes * MINUTE
    outbox.put("ping hub", "a", due_at=since - timedelta(days=1))
    Errand.objects.update(put_at=since)

    figures = {"status": status, "waiting_seconds": minutes * 60, "given_up": 0}
    assert of(client, "outbox") == (code, figures)


def test_errand_that_is_tried_again_later_is_no_sign_of_a_late_worker(client):
    now = timezone.now()
    outbox.put("ping hub", "a", due_at=now - 60 * MINUTE)
    Errand.objects.update(next_at=now + MINUTE, attempts=2, last_error="No route to host.")

    assert of(client, "outbox")[1]["status"] == "ok"


def test_errand_that_was_given_up_wants_a_person(client):
    outbox.put("ping hub", "a", due_at=timezone.now())
    Errand.objects.update(given_up_at=timezone.now(), last_error="No route to host.")

    assert of(client, "outbox") == (200, {"status": "warn", "waiting_seconds": 0, "given_up": 1})


@pytest.mark.parametrize(
    ("minutes", "code", "status"), [(0.5, 200, "ok"), (2, 200, "warn"), (11, 503, "fail")]
)
def test_job_has_given_no_sign_of_life(client, minutes, code, status):
    job = JOBS[0]
    late = minutes * MINUTE
    heartbeats.went_well(job.name, at=timezone.now() - late - timedelta(seconds=job.every))

    found, background = of(client, "background")
    figures = {"status": status, "late_seconds": minutes * 60, "failing": False}
    assert (found, background["jobs"][job.name]) == (code, figures)


def test_job_that_fails_wants_a_person(client):
    heartbeats.failed(JOBS[0].name, at=NOON + MINUTE, error="ValueError: 一条新闻")

    status, background = of(client, "background")
    figures = {"status": "warn", "late_seconds": 0, "failing": True}
    assert (status, background["jobs"][JOBS[0].name]) == (200, figures)


@pytest.mark.parametrize(
    ("minutes", "code", "status"), [(0, 200, "ok"), (2, 200, "warn"), (11, 503, "fail")]
)
def test_clicks_wait_to_be_stored(client, folder, minutes, code, status):
    writer = Spool(folder, fsync_ms=0)
    moment = timezone.now() - minutes * MINUTE
    writer.append(record(1, at=moment))
    writer.append(record(1))

    assert of(client, "clicks") == (code, {"status": status, "waiting_seconds": minutes * 60})
    writer.close()


def test_clock_of_this_process_is_wrong(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON - 60 * MINUTE)

    assert of(client, "clock") == (503, {"status": "fail", "off_seconds": 3600})


def test_clock_of_this_machine_is_wrong_and_put_right(client, settings, monkeypatch):
    settings.CLOCK_CHECK_SECONDS = 60
    monkeypatch.setattr(clock, "_drift", clock.Drift())
    monkeypatch.setattr(clock, "now", lambda: NOON - 60 * MINUTE)

    assert of(client, "clock") == (200, {"status": "warn", "off_seconds": 3600})


def test_looking_costs_the_same_however_much_waits(client, django_assert_num_queries):
    health.needed()
    with django_assert_num_queries(6):
        client.get("/readyz")
    for key in "abcde":
        outbox.put("ping hub", key, due_at=timezone.now())
    with django_assert_num_queries(6):
        client.get("/readyz")
