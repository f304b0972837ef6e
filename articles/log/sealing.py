"""Sealing the log: each entry becomes a link of the chain once its own transaction is over.

Whoever saves an article holds no lock of the chain while the article is locked. A process
that dies between the two leaves an entry without a seal; the next one to seal takes it along.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from articles import clock
from articles.models import LogEntry, LogSeal
from articles.models.evidence import EvidenceQuerySet
from articles.models.seals import BEGINNING

# Any number, as long as nothing else of ours locks by it.
LOCK = 7_350_533
BATCH = 500
# Transactions do not end in the order of their entries' numbers. None is that far behind.
REACH = 2_000


def seal(entry: LogEntry) -> None:
    """Seal an entry that is committed, with what is waiting beside it, unless somebody has."""
    if not LogSeal.objects.filter(entry=entry).exists():
        _seal()


def seal_recent(*, at: datetime | None = None) -> int:
    """Seal a batch of what was written lately; cheap however long the log is."""
    return _seal() if _unsealed().exists() else 0


def seal_all(*, at: datetime | None = None) -> int:
    """Seal whatever has no seal, however long it has been without one; say how many."""
    sealed = 0
    while batch := _seal():
        sealed += batch
    while batch := _seal(everything=True):
        sealed += batch
    return sealed


def unsealed() -> EvidenceQuerySet[LogEntry]:
    return LogEntry.objects.filter(seal=None).order_by("pk")


def _unsealed() -> EvidenceQuerySet[LogEntry]:
    newest = LogSeal.objects.aggregate(newest=Max("entry_id"))["newest"]
    begin = (newest or 0) - REACH
    # Without its own bound PostgreSQL would read all seals to find those few.
    sealed = LogSeal.objects.filter(entry_id=OuterRef("pk"), entry_id__gt=begin)
    return LogEntry.objects.filter(~Exists(sealed), pk__gt=begin).order_by("pk")


@transaction.atomic
def _seal(*, everything: bool = False) -> int:
    _wait_for_turn()
    entries = list((unsealed() if everything else _unsealed())[:BATCH])
    last = LogSeal.objects.order_by("sequence").last()
    at = clock.now()
    seals: list[LogSeal] = []
    for entry in entries:
        seal = LogSeal(
            sequence=last.sequence + 1 if last else 1,
            entry=entry,
            sealed_at=at,
            previous=last.sha256 if last else BEGINNING,
        )
        seal.sha256 = seal.digest()
        seals.append(seal)
        last = seal
    LogSeal.objects.bulk_create(seals)
    return len(seals)


def _wait_for_turn() -> None:
    """Let one process at a time lengthen the chain. On SQLite the transaction itself does it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
