"""The background works without anybody asking for it, and says how it is."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import timezone

from analytics.clicks.spool import Spool
from analytics.models import Salt
from articles import clock, outbox
from articles.models import Beat, Errand
from newsroom import background
from newsroom.background import JOBS, Job
from tests.analytics.clicking import body, daily, record, send
from tests.factories import make_article, make_edition


class AtFirstPause(threading.Event):
    """Tells the work to stop as soon as it rests."""

    def wait(self, timeout=None):
        self.set()
        return True


@pytest.fixture
def _one_connection(monkeypatch):
    # The test holds its transaction open on the only connection.
    monkeypatch.setattr(background, "close_old_connections", lambda: None)


def work_once(job: Job) -> None:
    background.keep_going(job, AtFirstPause())


def fail(*, at):
    raise ValueError("poisoned")


def succeed(*, at):
    pass


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
def test_every_job_does_its_work_and_gives_a_sign_of_life(client):
    edition = make_edition(at=timezone.now() - timedelta(days=1))
    send(client, body(edition.article_id, timezone.localtime()))
    outbox.put("unknown", "a", due_at=timezone.now() - timedelta(minutes=1))

    for job in JOBS:
        work_once(job)

    today = timezone.localdate()
    assert daily(edition.article_id) == [(str(today), 1, 1)]
    assert Salt.objects.filter(day=today + timedelta(days=1)).exists()
    assert Errand.objects.get(key="a").attempts == 1
    beats = {beat.job: (beat.ok_at is not None, beat.error) for beat in Beat.objects.all()}
    assert beats == {job.name: (True, "") for job in JOBS}


@pytest.mark.django_db
def test_sqlite_learns_how_the_tables_of_the_desk_are_filled():
    if connection.vendor != "sqlite":
        pytest.skip("Others look by themselves.")
    for _ in range(3):
        make_article()

    background.describe_tables(at=clock.now())

    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'articles_article'")
        found = dict(cursor.fetchall())
    assert found["articles_by_change"].split()[0] == "3"


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
def test_job_that_fails_says_why_and_goes_on():
    job = Job("poisoned", fail, every=0)
    work_once(job)
    first = Beat.objects.get()
    work_once(Job("poisoned", succeed, every=0))

    now = Beat.objects.get()
    assert (first.ok_at, first.error) == (None, "ValueError: poisoned")
    assert now.failed_at == first.failed_at <= now.ok_at
    assert [beat.is_failing for beat in (first, now)] == [True, False]


def test_job_that_fails_or_hangs_holds_up_no_other(monkeypatch):
    monkeypatch.setattr(background, "tell", lambda *_: None)
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    monkeypatch.setattr(clock, "now", timezone.now)
    stop, worked = threading.Event(), threading.Event()

    def hang(*, at):
        stop.wait(10)

    def work(*, at):
        worked.set()

    jobs = (
        Job("fails", fail, every=1),
        Job("hangs", hang, every=1),
        Job("works", work, every=1),
    )

    threads = background.start(stop, jobs)

    assert worked.wait(5)
    assert [thread.is_alive() for thread in threads] == [True] * 3
    stop.set()
    for thread in threads:
        thread.join(5)
    assert [thread.is_alive() for thread in threads] == [False] * 3


def working_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name.startswith(background.PREFIX)]


def test_web_process_works_once_however_often_it_is_asked(settings, monkeypatch):
    settings.WORK_IN_WEB = True
    stop = threading.Event()
    monkeypatch.setattr(background, "keep_going", lambda _job, _never: stop.wait(10))

    for _ in range(3):
        background.start_in_web()
    threads = working_threads()
    stop.set()
    for thread in threads:
        thread.join(5)

    assert len(threads) == len(JOBS)


def test_web_process_leaves_the_work_to_a_worker(settings):
    settings.WORK_IN_WEB = False

    background.start_in_web()

    assert working_threads() == []


@pytest.mark.django_db
def test_clock_of_the_database_goes_right():
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_worker_stops_when_told(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'worker.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SPOOL_DIR": str(tmp_path / "spool"),
    }
    manage = [sys.executable, str(project.BASE_DIR / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
    writer = Spool(tmp_path / "spool", fsync_ms=0)
    writer.append(record(1))
    writer.close()
    worker = subprocess.Popen([*manage, "worker"], env=environment)
    try:
        wait_for(lambda: not list((tmp_path / "spool").glob("*.clicks")), seconds=30)
    finally:
        worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
