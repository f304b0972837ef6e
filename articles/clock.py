"""The clock that all machines share: the database's.

`here` is for pages and whatever else decides by time; `now` asks the database each time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from logging import getLogger
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

log = getLogger(__name__)

# A clock that is set over the network stays within this, and is used as it is.
NEAR = timedelta(seconds=2)
# After a database that did not answer, and for others while somebody asks.
ASK_AGAIN_SECONDS = 5


def now() -> datetime:
    """Give the database's time, so that a worker whose own clock is wrong does no harm."""
    if connection.vendor == "sqlite":
        asked = "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
    else:
        asked = "SELECT clock_timestamp()"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        (answer,) = cursor.fetchone()
    return answer if isinstance(answer, datetime) else datetime.fromisoformat(answer)


def here() -> datetime:
    """Give the time by which this process decides: the machine's, put right by the database's.

    Asks the database when this process first wants to know, then once in CLOCK_CHECK_SECONDS,
    and when somebody sets the machine's clock.
    """
    global _drift  # noqa: PLW0603 (the one place that knows)
    if not settings.CLOCK_CHECK_SECONDS:
        return timezone.now()
    drift = _drift
    if drift.is_to_be_measured():
        _drift = drift.for_now()
        drift = _drift = measured(drift)
    return timezone.now() - drift.ahead


def today() -> date:
    return timezone.localdate(here())


@dataclass(frozen=True)
class Drift:
    """How far the clock of this machine is ahead of the database's, and how long that is good."""

    ahead: timedelta = timedelta()
    # What the machine's clock said when `monotonic`, which nobody can set, was zero.
    began_at: datetime | None = None
    good_until: float = 0

    def is_to_be_measured(self) -> bool:
        if self.began_at is None or monotonic() >= self.good_until:
            return True
        return abs(_began_at() - self.began_at) > NEAR

    def for_now(self) -> "Drift":
        """Let others go on with what is known, so that they do not all wait for one answer."""
        return replace(self, good_until=monotonic() + ASK_AGAIN_SECONDS)


_drift = Drift()


def measured(before: Drift) -> Drift:
    """Compare both clocks. Without a database what was known before stands."""
    asked_at = timezone.now()
    try:
        answer = now()
    except DatabaseError:
        log.warning("The database did not say what time it is.", exc_info=True)
        return replace(before.for_now(), began_at=_began_at())
    took = timezone.now() - asked_at
    ahead = asked_at + took / 2 - answer
    if abs(ahead) <= NEAR + took / 2:
        ahead = timedelta()
    elif abs(ahead - before.ahead) > NEAR:
        log.warning("The clock of this machine is wrong by %s and put right.", ahead)
    return Drift(ahead, _began_at(), monotonic() + settings.CLOCK_CHECK_SECONDS)


def _began_at() -> datetime:
    return timezone.now() - timedelta(seconds=monotonic())
