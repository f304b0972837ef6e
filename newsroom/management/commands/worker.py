"""Run what must run in the background."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom import background

# What is cut off is done again; this only spares the work.
PATIENCE = 5


class Command(BaseCommand):
    help = (
        "Runs until it is told to stop (SIGTERM or Ctrl-C): stores clicks and does what follows "
        "from a publication every second, freezes weeks 48 hours after their end, books "
        "adjustments, forgets salts, renews pages made before the last deployment. The site is "
        "right without it, only slower to tell. Several may run at once. "
        "Set WORK_IN_WEB=0 for the web processes beside it."
    )

    def handle(self, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(_("Working. Press Ctrl+C to end."))
        threads = background.start(stop)
        stop.wait()
        for thread in threads:
            thread.join(PATIENCE)
        self.stdout.write(_("Stopped."))
