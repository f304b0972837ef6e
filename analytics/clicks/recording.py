"""From beacon to spool, and from spool to rows."""

import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from analytics.clicks import beacons, rollups, spool
from analytics.clicks.beacons import Beacon, Malformed
from analytics.clicks.spool import Damage, Record
from analytics.clicks.visitors import visitor_key
from analytics.models import Gap, Reason, SpoolOffset
from analytics.periods import local_day, site_zone
from articles import clock, networks
from articles.networks import Headers

log = logging.getLogger(__name__)


@lru_cache(maxsize=2)
def spool_of(folder: Path, fsync_ms: int) -> spool.Spool:
    return spool.Spool(folder, fsync_ms=fsync_ms)


def receive(beacon: Beacon | Malformed, headers: Headers) -> None:
    """Judge a beacon and keep it. When this returns, it survives the process.

    Raises `OSError` or `DatabaseError` where it cannot be kept.
    """
    if beacons.asks_not_to_be_counted(headers):
        return
    record = record_of(beacon, headers, moment=spool.moment_of(clock.here()))
    spool_of(settings.SPOOL_DIR, settings.SPOOL_FSYNC_MS).append(record)


def record_of(beacon: Beacon | Malformed, headers: Headers, *, moment: int) -> Record:
    if isinstance(beacon, Malformed):  # is only counted: the less of it is kept, the better
        return Record("", beacon.article_id, moment, 0, "", Reason.MALFORMED.value)
    day = local_day(spool.at_moment(moment), site_zone())
    return Record(
        key=beacon.key,
        article_id=beacon.article_id,
        moment=moment,
        visitor=visitor_key(headers, day),
        source=beacon.source.value,
        reason=str(beacons.reason_to_exclude(beacon, headers, day)),
        referrer=beacon.referrer,
        shared_network=networks.is_shared(headers),
    )


def drain(folder: Path | None = None) -> int:
    """Store every click that the spool holds. Gives the number of clicks read."""
    folder = folder or settings.SPOOL_DIR
    stored = 0
    for path in spool.files(folder):
        try:
            while chunk := drain_chunk(path):
                stored += len(chunk.records)
            tidy_up(path)
        except FileNotFoundError:
            continue  # another drain was here and removed it
    return stored


@transaction.atomic
def drain_chunk(path: Path) -> spool.Chunk | None:
    """Store the next clicks of a file together with how far it was read, or neither."""
    rollups.wait_for_turn()
    before = offset_of(path)
    chunk = spool.read(path, before)
    if chunk.end == before:
        return None
    rollups.add(chunk.records)
    for damage in chunk.damaged:
        spool.quarantine(path, damage)
        report(path, damage, "A record in the spool was damaged.")
    SpoolOffset.objects.update_or_create(
        file=path.name, defaults={"offset": chunk.end, "changed_at": clock.here()}
    )
    return chunk


def waiting_since(folder: Path | None = None) -> datetime | None:
    """Say since when the oldest click waits in the spool; None when all are stored."""
    read = dict(SpoolOffset.objects.values_list("file", "offset"))
    moments = []
    for path in spool.files(folder or settings.SPOOL_DIR):
        try:
            record = spool.first(path, read.get(path.name, 0))
        except FileNotFoundError:
            continue  # a drain has just removed it
        if record:
            moments.append(record.at)
    return min(moments, default=None)


def offset_of(path: Path) -> int:
    found = SpoolOffset.objects.filter(file=path.name).first()
    return found.offset if found else 0


def tidy_up(path: Path) -> None:
    """Remove the file of a process that is gone, and then how far it was read."""
    if cut_off := spool.finish(path, offset_of(path)):
        report(path, cut_off, "The last record of a process that was killed is cut off.")
    if not path.exists():
        SpoolOffset.objects.filter(file=path.name).delete()


def report(path: Path, damage: Damage, detail: str) -> None:
    log.error("%s %s at byte %s", detail, path.name, damage.offset)
    Gap.objects.get_or_create(
        file=path.name,
        offset=damage.offset,
        defaults={"noticed_at": clock.here(), "detail": detail},
    )
