"""Check the log against its seals."""

import json
import re
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import clock
from articles.log import chain

HEAD = re.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = (
        "Computes the chain of hashes over the log anew and says which entry or seal was "
        "changed, is missing or was slipped in. Prints the head of the chain: note it down "
        "elsewhere, and give it next time with --expect, since only so a log whose end was cut "
        "off is found. Exits with status 1 if anything is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            metavar="SEQUENCE:HASH",
            action="append",
            default=[],
            help="a head of the chain as it was noted down before; may be given several times",
        )
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="how to print it"
        )

    def handle(self, *, expect, format, **options):  # noqa: A002
        report = chain.verify(clock.here(), dict(map(read_head, expect)))
        if format == "json":
            said = json.dumps(chain.as_json(report), ensure_ascii=False, indent=2)
            self.stdout.write(said)
        else:
            self.tell(report)
        if not report.is_intact:
            sys.exit(1)

    def tell(self, report: chain.Report) -> None:
        for problem in report.problems:
            self.stdout.write(problem.text)
        if report.more_problems:
            text = _("%(number)d more problems are not printed.")
            self.stdout.write(text % {"number": report.more_problems})
        if report.sealed_now:
            text = _("%(number)d entries had no seal yet and got one now.")
            self.stdout.write(text % {"number": report.sealed_now})
        if report.late:
            text = _(
                "%(number)d entries were sealed more than an hour after the time that they "
                "name: they were imported or written later, or nothing sealed them at once."
            )
            self.stdout.write(text % {"number": report.late})
        text = _("%(entries)d entries checked, %(problems)d problems.")
        problems = len(report.problems) + report.more_problems
        self.stdout.write(text % {"entries": report.entries, "problems": problems})
        if report.head:
            self.stdout.write(_("Note this down elsewhere: %(head)s") % {"head": report.head})


def read_head(text: str) -> tuple[int, str]:
    found = HEAD.fullmatch(text.strip().lower())
    if not found:
        raise CommandError(
            _("“%(text)s” is not a head such as 1234:9f86d081…, with all 64 digits.")
            % {"text": text}
        )
    return int(found[1]), found[2]
