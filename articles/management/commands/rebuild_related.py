"""Find related articles anew."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import clock, related


class Command(BaseCommand):
    help = (
        "Find which articles each article relates to, for those that were imported. Publishing "
        "does it by itself."
    )

    def handle(self, *args, **options):
        count = related.rebuild(clock.here())
        self.stdout.write(_("%(count)d editions have related articles.") % {"count": count})
