"""Clicks are stored without anybody asking for it."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.utils import timezone

from analytics import background
from analytics.models import Salt
from analytics.spool import Spool
from tests.analytics.clicks import body, daily, record, send
from tests.factories import make_edition


class AtFirstPause(threading.Event):
    """Tells the work to stop as soon as it rests."""

    def wait(self, timeout=None):
        self.set()
        return True


@pytest.mark.django_db
def test_background_stores_clicks_and_does_what_the_calendar_asks(client, monkeypatch):
    # The test holds its transaction open on the only connection.
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    edition = make_edition(at=timezone.now() - timedelta(days=1))
    send(client, body(edition.article_id, timezone.localtime()))

    background.keep_going(AtFirstPause())

    today = timezone.localdate()
    assert daily(edition.article_id) == [(str(today), 1, 1)]
    assert Salt.objects.filter(day=today + timedelta(days=1)).exists()


def test_one_thread_starts_however_many_beacons_come(settings, monkeypatch):
    settings.DRAIN_IN_WEB = True
    stop = threading.Event()
    monkeypatch.setattr(background, "keep_going", lambda _never: stop.wait(10))

    for _ in range(3):
        background.start_thread_once()
    threads = [thread for thread in threading.enumerate() if thread.name == "drain"]
    stop.set()
    for thread in threads:
        thread.join(5)

    assert len(threads) == 1


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_no_thread_starts_where_a_worker_runs(settings):
    settings.DRAIN_IN_WEB = False

    background.start_thread_once()

    assert "drain" not in {thread.name for thread in threading.enumerate()}


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
