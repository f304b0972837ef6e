"""Store everything that was received so far."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from analytics import upkeep
from analytics.clicks import recording
from articles import clock


class Command(BaseCommand):
    help = (
        "Stores and rolls up every click that was received so far, does what the calendar asks "
        "for (freezing weeks, booking adjustments, forgetting salts), then returns. Running it "
        "again changes nothing, also beside a worker."
    )

    def handle(self, **options):
        stored = recording.drain()
        upkeep.run(clock.here())
        self.stdout.write(_("%(count)d clicks stored.") % {"count": stored})
