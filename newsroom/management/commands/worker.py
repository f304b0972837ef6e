"""Run what must run in the background."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics import background
from articles import pages


class Command(BaseCommand):
    help = (
        "Runs until it is told to stop (SIGTERM or Ctrl-C): renews pages made before the last "
        "deployment, then stores clicks every second, freezes weeks 48 hours after their end, "
        "books adjustments, forgets salts. The site is right without it, only slower to tell. "
        "Set DRAIN_IN_WEB=0 for the web processes beside it."
    )

    def handle(self, **options):
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(_("Working. Press Ctrl+C to end."))
        # Clicks do not wait for it, nor does the end of the worker.
        threading.Thread(target=pages.rebuild, args=[timezone.now()], daemon=True).start()
        background.keep_going(stop)
        self.stdout.write(_("Stopped."))
