"""What was answered survives, is stored once, and damage is told."""

import fcntl
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from analytics.clicks import recording, rollups, spool
from analytics.clicks.spool import Record, Spool
from analytics.models import Click, Gap, SpoolOffset
from tests.analytics.clicking import daily, record, seconds, totals
from tests.factories import NOON, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> int:
    return make_edition(at=NOON - timedelta(days=1)).article_id


@pytest.fixture
def folder(settings) -> Path:
    return settings.SPOOL_DIR


def fill(folder: Path, *records: Record) -> Spool:
    """Write as one process does, which is still alive."""
    writer = Spool(folder, fsync_ms=0)
    for each in records:
        writer.append(each)
    return writer


def test_record_is_read_as_it_was_written():
    written = record(7, referrer="a.example", shared_network=True, visitor=-5)

    assert Record.of(written.line().rstrip(b"\n")) == written
    assert written.at == NOON


def test_drain_stores_and_removes_what_a_dead_process_left(article, folder):
    fill(folder, *(record(article, at) for at in seconds(0, 60))).close()

    assert recording.drain() == 2

    assert daily(article) == [("2026-11-20", 2, 1)]
    assert list(folder.iterdir()) == []
    assert not SpoolOffset.objects.exists()


def test_drain_leaves_the_file_of_a_living_process_and_goes_on_there(article, folder):
    writer = fill(folder, record(article))

    assert recording.drain() == 1
    assert recording.drain() == 0
    writer.append(record(article, visitor=2))
    assert recording.drain() == 1

    assert daily(article) == [("2026-11-20", 2, 2)]
    assert len(spool.files(folder)) == 1
    writer.close()
    assert recording.drain() == 0
    assert spool.files(folder) == []


def test_r7_offset_that_was_lost_counts_nothing_twice(article, folder):
    writer = fill(folder, *(record(article, at) for at in seconds(0, 60)))
    recording.drain()
    before = totals()

    SpoolOffset.objects.all().delete()
    assert recording.drain() == 2

    assert totals() == before
    writer.close()


def test_drain_that_fails_stores_neither_clicks_nor_offset(article, folder, monkeypatch):
    writer = fill(folder, record(article))

    def fail(*args: object) -> None:
        raise OSError

    monkeypatch.setattr(rollups.Tally, "apply", fail)
    with pytest.raises(OSError):  # noqa: PT011
        recording.drain()
    assert (Click.objects.count(), SpoolOffset.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert recording.drain() == 1
    writer.close()


def test_drain_waits_for_a_record_that_is_being_written(article, folder):
    writer = fill(folder, record(article))
    half, rest = (line := record(article, visitor=2).line())[:50], line[50:]
    os.write(writer.file, half)

    assert recording.drain() == 1
    os.write(writer.file, rest)
    assert recording.drain() == 1

    assert daily(article) == [("2026-11-20", 2, 2)]
    assert not Gap.objects.exists()
    writer.close()


def test_drain_reports_a_record_that_was_cut_off(article, folder):
    writer = fill(folder, record(article))
    os.write(writer.file, record(article).line()[:50])
    writer.close()

    assert recording.drain() == 1

    assert Gap.objects.count() == 1
    assert spool.files(folder) == []
    assert [len(path.read_bytes()) for path in (folder / "quarantine").iterdir()] == [50]


def test_drain_puts_a_damaged_record_aside_and_goes_on(article, folder):
    fill(folder, *(record(article, visitor=visitor) for visitor in range(3))).close()
    path = spool.files(folder)[0]
    first = len(path.read_bytes().splitlines(keepends=True)[0])
    content = bytearray(path.read_bytes())
    content[first + 20] ^= 1
    path.write_bytes(content)

    assert recording.drain() == 2

    assert daily(article) == [("2026-11-20", 2, 2)]
    assert list(Gap.objects.values_list("offset", flat=True)) == [first]
    assert len(list((folder / "quarantine").iterdir())) == 1


def test_drain_reads_files_longer_than_a_chunk(article, folder, monkeypatch):
    monkeypatch.setattr(spool, "CHUNK", 1000)
    writer = fill(folder, *(record(article, visitor=visitor) for visitor in range(40)))

    assert recording.drain() == 40

    assert daily(article) == [("2026-11-20", 40, 40)]
    writer.close()


def test_spool_begins_a_new_file_when_one_is_full(folder, monkeypatch):
    monkeypatch.setattr(spool, "FULL", 300)

    fill(folder, *(record(1) for _ in range(6))).close()

    assert sum(len(spool.read(path, 0).records) for path in spool.files(folder)) == 6
    assert len(spool.files(folder)) > 1


def test_spool_of_a_forked_process_is_a_file_of_its_own(folder):
    writer = fill(folder, record(1))
    child = os.fork()
    if child == 0:
        writer.append(record(2))
        os._exit(0)
    os.waitpid(child, 0)
    writer.append(record(3))

    kept = [[r.article_id for r in spool.read(path, 0).records] for path in spool.files(folder)]
    assert sorted(kept) == [[1, 3], [2]]
    writer.close()


def test_spool_is_not_closed_while_it_is_flushed(folder):
    writer = fill(folder, record(1))
    closing = Thread(target=writer.close)

    with writer.lock:
        closing.start()
        closing.join(0.1)
        held = writer.file >= 0
    closing.join()

    assert (held, writer.file) == (True, -1)


def test_spool_survives_the_death_of_its_process(folder):
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from analytics.clicks.spool import Record, Spool\n"
        "spool = Spool(Path(sys.argv[1]), fsync_ms=50)\n"
        "for n in range(100): spool.append(Record(f'{n:032x}', 1, 0, 0, 'js'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], check=False)

    assert done.returncode == -9
    assert [len(spool.read(path, 0).records) for path in spool.files(folder)] == [100]


def test_spool_file_that_a_writer_holds_is_not_removed(folder):
    writer = fill(folder, record(1))
    path = spool.files(folder)[0]

    spool.finish(path, path.stat().st_size)
    assert path.exists()

    writer.close()
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    spool.finish(path, path.stat().st_size)
    assert not path.exists()
