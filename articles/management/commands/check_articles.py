"""Check what is live, or what is written, again."""

import json
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import clock
from articles.actions import scanning
from articles.checks import registry
from articles.exporting.lines import MARK, line

COLUMNS = ("article", "headline", "check", "level", "field", "number", "what", "excerpt", "key")
EVERY = 100


class Command(BaseCommand):
    help = (
        "Runs the checks over all that readers see now, and keeps what they find for the page "
        "“Findings in the archive” of the desk; --resume goes on where a run was stopped. With "
        "--drafts it reads what is written or reviewed and keeps nothing. Progress goes to the "
        "error output, the report to the output or a file. What was put aside is left out."
    )

    def add_arguments(self, parser):
        parser.add_argument("--drafts", action="store_true", help="read drafts, keep nothing")
        parser.add_argument("--resume", action="store_true", help="go on with an unfinished run")
        parser.add_argument("--limit", type=int, help="stop after this many articles")
        parser.add_argument(
            "--check", choices=sorted(registry.CHECKS), action="append", default=[],
            help="report the findings of this check alone; may be given several times",
        )  # fmt: skip
        parser.add_argument("--blocking", action="store_true", help="report what blocks alone")
        parser.add_argument(
            "--format", choices=("text", "json", "csv"), default="text", help="of the report"
        )
        parser.add_argument("--output", type=Path, help="write the report into this file")

    def handle(self, *, drafts, resume, limit, check, blocking, format, output, **options):  # noqa: A002
        if limit is not None and limit < 1:
            raise CommandError(_("--limit wants a number from 1 on."))
        if drafts and resume:
            raise CommandError(_("--resume goes on with what is live; drafts are read at once."))
        at = clock.here()
        with ExitStack() as closing:
            try:
                out = (
                    closing.enter_context(output.open("w", encoding="utf-8", newline=""))
                    if output
                    else self.stdout
                )
            except OSError as problem:
                raise CommandError(str(problem)) from problem
            read = self.read(at, drafts=drafts, resume=resume, limit=limit)
            report = WRITERS[format](out)
            articles = found = 0
            for articles, checked in enumerate(read, 1):
                for finding in scanning.only(checked.findings, check, blocking=blocking):
                    report.write(row(checked, finding))
                    found += 1
                if articles % EVERY == 0:
                    self.stderr.write(_("%(number)d articles checked …") % {"number": articles})
            report.close()
        self.stderr.write(
            ngettext(
                "%(articles)d article checked, %(findings)d findings.",
                "%(articles)d articles checked, %(findings)d findings.",
                articles,
            )
            % {"articles": articles, "findings": found}
        )
        if not drafts and scanning.unfinished():
            self.stderr.write(_("Not all were checked. Go on with --resume."))

    def read(self, at, *, drafts, resume, limit):
        if drafts:
            for number, checked in enumerate(scanning.drafts(at)):
                if limit is not None and number >= limit:
                    return
                yield checked
            return
        scan = scanning.unfinished() if resume else None
        if scan is None:
            scanning.drop_unfinished()
            scan = scanning.begin(at)
        yield from scanning.keep(scan, at=at, limit=limit)


def row(checked, finding):
    place = finding.place
    values = (
        checked.article.pk, checked.headline, finding.check, str(finding.level),
        place.field, place.number, finding.what, str(finding.excerpt), finding.key,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


class Text:
    def __init__(self, out):
        self.out = out
        self.article = None

    def write(self, found):
        if found["article"] != self.article:
            self.article = found["article"]
            self.out.write(f"{found['article']} {found['headline']}\n")
        name = registry.CHECKS[found["check"]].name
        self.out.write(f"    [{found['level']}] {name}: {found['what']} {found['excerpt']}\n")

    def close(self):
        pass


class Json(Text):
    """One list, written as it is found."""

    begin = "["

    def write(self, found):
        self.out.write(f"{self.begin}\n{json.dumps(found, ensure_ascii=False)}")
        self.begin = ","

    def close(self):
        self.out.write("[]\n" if self.begin == "[" else "\n]\n")


class Csv(Text):
    begin = MARK + line(COLUMNS)

    def write(self, found):
        self.out.write(self.begin + line(found.values()))
        self.begin = ""

    def close(self):
        if self.begin:
            self.out.write(self.begin)


WRITERS = {"text": Text, "json": Json, "csv": Csv}
