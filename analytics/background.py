"""What goes on beside the pages: storing clicks, freezing weeks, forgetting salts.

`manage.py worker` runs it; without a worker a thread of the web process does.
"""

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from analytics import recording, upkeep

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks into the spool
UPKEEP_EVERY = timedelta(minutes=1)

starting = threading.Lock()


def start_thread_once() -> None:
    """Store clicks from this web process, unless a worker does."""
    if not settings.DRAIN_IN_WEB:
        return
    with starting:
        if not any(thread.name == "drain" for thread in threading.enumerate()):
            threading.Thread(
                target=keep_going, args=(threading.Event(),), name="drain", daemon=True
            ).start()


def keep_going(stop: threading.Event) -> None:
    """Work until told to stop. What fails is logged and tried again."""
    upkeep_at = timezone.now()
    while not stop.is_set():
        try:
            close_old_connections()
            recording.drain()
            if timezone.now() >= upkeep_at:
                upkeep_at = timezone.now() + UPKEEP_EVERY
                upkeep.run(timezone.now())
        except (OSError, DatabaseError):
            log.exception("Clicks wait in the spool; trying again.")
        stop.wait(PAUSE)
