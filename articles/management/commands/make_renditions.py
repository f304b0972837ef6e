"""Make the sizes that photos lack."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.actions import photos
from articles.models import Photo


class Command(BaseCommand):
    help = (
        "Make the sizes of photos that have none yet: those of before a worker ran, or whose side "
        "effect was given up. It may be stopped and run again."
    )

    def handle(self, *args, **options):
        count = 0
        for photo in Photo.objects.without_renditions().order_by("pk").iterator(chunk_size=100):
            photos.make_renditions(photo)
            count += 1
        self.stdout.write(_("%(count)d photos have new sizes.") % {"count": count})
