"""Check a package of articles; the database is not asked."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.packages.verifying import NotAPackage, verify

MOST_TOLD = 100
NOT_INTACT, NOT_READ = 1, 2


class Command(BaseCommand):
    help = (
        "Checks a package that export_articles wrote, folder or ZIP: every file is there, "
        "unchanged, and none besides; versions are what their hashes are of, and decisions are "
        "on versions that are in it. Asks no database and unpacks nothing. Exit codes: 0 intact, "
        "1 not intact, 2 no package or not to be read."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("package", type=Path, help="a folder or a ZIP")
        parser.add_argument("--hash", default="", help="of the package, as it was noted down")

    def handle(self, *, package, hash, **options):  # noqa: A002 (as it is typed)
        try:
            verdict = verify(package, hash)
        except (NotAPackage, OSError) as problem:
            raise CommandError(str(problem), returncode=NOT_READ) from problem
        for told in verdict.problems[:MOST_TOLD]:
            self.stderr.write(told)
        if (left := len(verdict.problems) - MOST_TOLD) > 0:
            self.stderr.write(_("… and %(number)d more.") % {"number": left})
        if not verdict.is_intact:
            count = len(verdict.problems)
            message = ngettext(
                "The package is not intact: %(number)d problem.",
                "The package is not intact: %(number)d problems.",
                count,
            )
            raise CommandError(message % {"number": count}, returncode=NOT_INTACT)
        self.stdout.write(
            _("Intact: %(articles)d articles, %(versions)d versions, %(files)d files.")
            % {
                "articles": verdict.articles,
                "versions": verdict.versions,
                "files": verdict.files,
            }
        )
        self.stdout.write(verdict.sha256)
