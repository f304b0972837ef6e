"""Make the search index anew."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import search


class Command(BaseCommand):
    help = (
        "Index every edition anew. Needed only after a change of how words are cut, or after "
        "rows came from elsewhere; publishing indexes by itself."
    )

    def handle(self, *args, **options):
        count = search.rebuild()
        self.stdout.write(_("%(count)d editions are indexed.") % {"count": count})
