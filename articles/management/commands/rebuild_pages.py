"""Make the stored parts of article pages anew."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import clock, pages


class Command(BaseCommand):
    help = (
        "Make what article pages print of their editions, where it is missing or was made from "
        "other templates, wording or settings. Run it after a deployment; the site is right "
        "without it, only slower. Publishing makes pages by itself."
    )

    def handle(self, *args, **options):
        count = pages.rebuild(clock.here())
        self.stdout.write(_("%(count)d editions have new pages.") % {"count": count})
