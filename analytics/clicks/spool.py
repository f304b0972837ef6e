"""Clicks on their way: one file per process, one line per click, appended and checked.

A line is `crc32 json`. The writer holds a lock on its file as long as it lives, so that the
drain knows which files are complete, however the writer died.
"""

import errno
import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zlib import crc32

SUFFIX = ".clicks"
FULL = 64 * 1024 * 1024
CHUNK = 256 * 1024
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at_moment(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


def moment_of(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Record:
    """One beacon as it waits to be stored. `moment` counts microseconds since 1970.

    What was malformed has no key, reader or source.
    """

    key: str
    article_id: int
    moment: int
    visitor: int
    source: str
    reason: str = ""
    referrer: str = ""
    shared_network: bool = False

    @property
    def uuid(self) -> UUID:
        return UUID(hex=self.key)

    @property
    def at(self) -> datetime:
        return at_moment(self.moment)

    def line(self) -> bytes:
        text = json.dumps(astuple(self), separators=(",", ":")).encode()
        return b"%08x %s\n" % (crc32(text), text)

    @classmethod
    def of(cls, line: bytes) -> "Record | None":
        """Read a line back; None if a bit of it has changed."""
        checksum, _, text = line.partition(b" ")
        if checksum != b"%08x" % crc32(text):
            return None
        return cls(*json.loads(text))


class Spool:
    """Where one process appends. A click that `append` has returned from outlives it."""

    def __init__(self, folder: Path, *, fsync_ms: int) -> None:
        self.folder = folder
        self.fsync_ms = fsync_ms
        self.lock = threading.RLock()  # `append` may `begin`, which closes
        self.file = -1
        self.size = 0
        self.owner = 0
        self.flush_is_due = False

    def append(self, record: Record) -> None:
        """Write a record. Raises `OSError` if it cannot be kept, and then keeps nothing."""
        line = record.line()
        with self.lock:
            if self.owner != os.getpid() or self.size + len(line) > FULL:
                self.begin()
            self.write(line)
            if self.fsync_ms == 0:
                os.fsync(self.file)
            elif not self.flush_is_due:
                self.flush_is_due = True
                timer = threading.Timer(self.fsync_ms / 1000, self.flush)
                timer.daemon = True
                timer.start()

    def begin(self) -> None:
        """Open a file of this process's own. A forked child leaves its parent's alone."""
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        while True:
            name = f"{time.time_ns()}-{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:6]}"
            path = self.folder / (name + SUFFIX)
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            # The drain may have removed the empty file before we had the lock.
            if path.exists():
                break
            os.close(file)
        self.file, self.size, self.owner = file, 0, os.getpid()

    def write(self, line: bytes) -> None:
        written = 0
        try:
            written = os.write(self.file, line)
        finally:
            if written != len(line):
                os.ftruncate(self.file, self.size)
        if written != len(line):
            raise OSError(errno.ENOSPC, "The spool took only a part of a click.")
        self.size += len(line)

    def flush(self) -> None:
        with self.lock:
            self.flush_is_due = False
            if self.owner == os.getpid():
                os.fsync(self.file)

    def close(self) -> None:
        with self.lock:
            if self.file >= 0:
                if self.owner == os.getpid():
                    os.fsync(self.file)
                os.close(self.file)
            self.file, self.owner, self.size = -1, 0, 0


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that does not fit its checksum."""

    offset: int
    line: bytes


@dataclass(frozen=True, slots=True)
class Chunk:
    records: list[Record]
    damaged: list[Damage]
    end: int


def files(folder: Path) -> list[Path]:
    """Give the spool files, the oldest first."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def read(path: Path, offset: int) -> Chunk:
    """Read the whole lines after an offset, up to some hundred kilobytes.

    A line without its end is still being written, or was never answered; it is left.
    """
    with path.open("rb") as file:
        file.seek(offset)
        content = file.read(CHUNK)
    whole = content[: content.rfind(b"\n") + 1]
    if not whole and len(content) == CHUNK:
        whole = content  # no click is that long
    records, damaged = [], []
    for start, line in lines(whole):
        record = Record.of(line)
        if record is None:
            damaged.append(Damage(offset + start, line))
        else:
            records.append(record)
    return Chunk(records, damaged, offset + len(whole))


def first(path: Path, offset: int) -> Record | None:
    """Give the first sound record after an offset, if there is one."""
    with path.open("rb") as file:
        file.seek(offset)
        for line in file:
            if line.endswith(b"\n") and (record := Record.of(line.removesuffix(b"\n"))):
                return record
    return None


def lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    for line in content.removesuffix(b"\n").split(b"\n") if content else ():
        yield start, line
        start += len(line) + 1


def finish(path: Path, offset: int) -> Damage | None:
    """Remove a file that was stored up to an offset, unless its writer lives.

    What is left behind the offset is a click that was cut off; it goes into quarantine.
    """
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        file.seek(offset)
        rest = file.read()
        if b"\n" in rest:  # written since we looked
            return None
        cut_off = Damage(offset, rest) if rest else None
        if cut_off:
            quarantine(path, cut_off)
        path.unlink()
        return cut_off


def quarantine(path: Path, damage: Damage) -> None:
    """Keep a damaged line for somebody to look at."""
    folder = path.parent / "quarantine"
    folder.mkdir(exist_ok=True)
    (folder / f"{path.stem}-{damage.offset}").write_bytes(damage.line)
