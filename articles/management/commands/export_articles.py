"""Take articles out as a package for the archive."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import clock
from articles.actions import packaging
from articles.evidence.approval_sheet_pdf import NotPossible
from articles.management import named
from articles.models import Article, Edition
from articles.rights.permissions import NotAllowed
from articles.text import days


class Command(BaseCommand):
    help = (
        "Writes articles with all that is on file about them into a package (BagIt): a folder, "
        "or a ZIP where its name ends so. Each option narrows what is taken; --all takes "
        "everything. The package is private: it holds originals and the log. The exit code is 1 "
        "if something that a version names was missing; the package says so, too."
    )

    def add_arguments(self, parser):
        parser.add_argument("package", type=Path, help="what to write; it may not exist yet")
        parser.add_argument("--user", required=True, help="in whose name; the log has it")
        parser.add_argument(
            "--id", type=int, action="append", default=[], dest="numbers",
            help="number of an article; may be given several times",
        )  # fmt: skip
        parser.add_argument("--section", help="name or slug of a section")
        parser.add_argument("--unit", help="name or slug of the owning unit")
        parser.add_argument(
            "--from", type=days.day, dest="first",
            help="first seen by readers on this day or later",
        )  # fmt: skip
        parser.add_argument(
            "--until", type=days.day, dest="last",
            help="first seen by readers on this day or earlier",
        )  # fmt: skip
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="take every article"
        )
        parser.add_argument(
            "--pdf", action="store_true",
            help="print each approval sheet as a PDF, too: about a second and 300 KB for each",
        )  # fmt: skip

    def handle(self, *, package, user, everything, pdf, **options):
        narrowed = {
            name: value
            for name in ("numbers", "section", "unit", "first", "last")
            if (value := options[name])
        }
        if bool(narrowed) == everything:
            raise CommandError(_("Please say which articles to export, or --all."))
        account = named.account(user)
        chosen = ", ".join(f"{name}={said(value)}" for name, value in narrowed.items())
        try:
            packed = packaging.export(
                articles(**narrowed),
                user=account,
                at=clock.here(),
                to=package,
                chosen=chosen or _("all articles"),
                with_pdf=pdf,
            )
        except FileExistsError as there:
            raise CommandError(_("%(path)s is there already.") % {"path": package}) from there
        except (NotAllowed, NotPossible, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            _("%(articles)d articles, %(files)d files, %(size)d bytes in %(path)s")
            % {
                "articles": packed.articles,
                "files": packed.files,
                "size": packed.size,
                "path": packed.path,
            }
        )
        self.stdout.write(_("Note down the hash of the package: %s") % packed.sha256)
        if packed.problems:
            raise CommandError("\n".join(packed.problems))


def said(value):
    return "+".join(map(str, value)) if isinstance(value, list) else value


def articles(*, numbers=(), section=None, unit=None, first=None, last=None):
    found = Article.objects.all()
    if numbers:
        missing = set(numbers) - set(found.filter(pk__in=numbers).values_list("pk", flat=True))
        if missing:
            raise CommandError(_("There is no article %s.") % min(missing))
        found = found.filter(pk__in=numbers)
    if section:
        found = found.filter(section=named.find_section(section))
    if unit:
        found = found.filter(unit=named.find_unit(unit))
    if first or last:
        published = Edition.objects.all()
        if first:
            published = published.filter(first_published_at__gte=days.begins(first))
        if last:
            published = published.filter(first_published_at__lt=days.ends(last))
        found = found.filter(pk__in=published.values("article"))
    return found
