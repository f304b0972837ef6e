"""Print a board: most-read articles of a week, or accepted articles by unit of a month."""

import argparse
import json

from django.core.management.base import BaseCommand, CommandError, DjangoHelpFormatter
from django.utils.translation import gettext as _

from analytics.boards import article_boards, exports, statements, unit_boards
from analytics.clicks import recording
from analytics.models import Board
from analytics.periods import Period, local_day, site_zone
from articles import clock
from articles.exporting.lines import as_csv
from articles.text.hanzi import columns

EXAMPLES = """
examples:
  manage.py leaderboard --board weekly-clicks --period 2026-W47
  manage.py leaderboard --board monthly-units --period 2026-10 --format json
  manage.py leaderboard --board monthly-units --group colleges --format csv > units.csv
"""


class HelpWithExamples(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Leave the lines of the examples as they are."""


class Command(BaseCommand):
    help = (
        "Prints a whole board: weekly-clicks ranks the articles of an ISO week by clicks,\n"
        "monthly-units the units by the articles they had accepted in a month. A board that\n"
        "was frozen is printed as it was frozen."
    )

    def create_parser(self, *args, **kwargs):
        return super().create_parser(
            *args, epilog=EXAMPLES, formatter_class=HelpWithExamples, **kwargs
        )

    def add_arguments(self, parser):
        parser.add_argument("--board", required=True, choices=Board.values, help="which board")
        parser.add_argument(
            "--period",
            help="a week such as 2026-W47 or a month such as 2026-10; the current one if left out",
        )
        parser.add_argument(
            "--group", help="slug of a unit group, to rank its units among each other"
        )
        parser.add_argument(
            "--format", choices=("table", "json", "csv"), default="table", help="how to print it"
        )

    def handle(self, *, board, period, group, format, **options):  # noqa: A002
        now = clock.here()
        recording.drain()
        chosen = self.period(board, period, now)
        if board == Board.WEEKLY_CLICKS:
            found = article_boards.weekly_articles(chosen, at=now)
        else:
            found = self.units(chosen, group, now)
        if format == "json":
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        elif format == "csv":
            self.stdout.write("".join(as_csv(exports.table(found))))
        else:
            self.print_table(found)

    def units(self, month, group, now):
        statements.book_adjustments(now)
        board = unit_boards.unit_board(month, at=now)
        if not group:
            return board
        if group not in board.groups:
            raise CommandError(
                _("There is no unit group “%(group)s” on this board.") % {"group": group}
            )
        return board.of_group(group)

    def period(self, board, label, now):
        weekly = board == Board.WEEKLY_CLICKS
        if not label:
            today = local_day(now, site_zone())
            return Period.week(today) if weekly else Period.month(today)
        try:
            period = Period.parse(label)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        if period.is_week != weekly:
            raise CommandError(
                _("This board needs a week such as 2026-W47.")
                if weekly
                else _("This board needs a month such as 2026-10.")
            )
        return period

    def print_table(self, board):
        said = board.as_json()
        state = _("frozen at %(frozen_at)s") % said if said["frozen_at"] else _("not final")
        self.stdout.write(f"{Board(said['board']).label} · {said['period']} · {state}")
        about = _("%(zone)s, rule %(rule)s, %(distinct_articles)d articles")
        self.stdout.write(about % said + "\n\n")
        rows = [[str(cell) for cell in row] for row in exports.table(board)]
        widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
        for row in rows:
            self.stdout.write(
                "  ".join(
                    cell + " " * (space - columns(cell))
                    for cell, space in zip(row, widths, strict=True)
                ).rstrip()
            )
