"""Print what was counted of one article."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from analytics.boards import article_boards
from analytics.clicks import recording
from articles.models.editions import Edition


class Command(BaseCommand):
    help = (
        "Prints the clicks and readers of one article on each local day, and how many clicks "
        "were not counted, by reason."
    )

    def add_arguments(self, parser):
        parser.add_argument("article", type=int, metavar="ID", help="number of the article")
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print it"
        )

    def handle(self, *, article, format, **options):  # noqa: A002
        recording.drain()
        counts = article_boards.article_counts(article)
        if not counts["days"] and not Edition.objects.filter(article=article).exists():
            raise CommandError(
                _("No article with the number %(number)d was ever published.")
                % {"number": article}
            )
        if format == "json":
            self.stdout.write(json.dumps(counts, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{'day':10}  {'clicks':>9}  {'readers':>9}  excluded")
        for day in counts["days"]:
            excluded = ", ".join(f"{reason} {n}" for reason, n in day["excluded"].items())
            self.stdout.write(
                f"{day['day']}  {day['clicks']:9,}  {day['readers']:9,}  {excluded}".rstrip()
            )
        self.stdout.write(f"{'total':10}  {counts['clicks']:9,}  {counts['readers']:9,}")
