"""Recompute the totals from the clicks."""

import json
import sys
from dataclasses import asdict
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from analytics.clicks import recording, rollups


class Command(BaseCommand):
    help = (
        "Recomputes all totals from the clicks that are kept, by the rule of counting, and "
        "prints every difference from what is stored. Exits with status 1 if there is one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--day", help="check one local day only, such as 2026-11-22")
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print it"
        )

    def handle(self, *, day, format, **options):  # noqa: A002
        recording.drain()
        try:
            days = [date.fromisoformat(day)] if day else rollups.days_kept()
        except ValueError as problem:
            raise CommandError(
                _("“%(day)s” is not a day such as 2026-11-22.") % {"day": day}
            ) from problem
        checked, differences = 0, []
        for each in days:
            clicks, of_day = rollups.check_day(each)
            checked += clicks
            differences += of_day
        differences += rollups.check_sums()
        if format == "json":
            said = {"checked": checked, "differences": [asdict(found) for found in differences]}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            for found in differences:
                line = _(
                    "%(what)s, article %(article)s, %(when)s: stored %(stored)s, "
                    "recomputed %(recomputed)s"
                )
                self.stdout.write(line % asdict(found))
            summary = _("%(clicks)d clicks checked, %(differences)d differences.")
            self.stdout.write(summary % {"clicks": checked, "differences": len(differences)})
        if differences:
            sys.exit(1)
