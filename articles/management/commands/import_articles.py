"""Make drafts of pages that were copied into text files, or import whole archives."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock
from articles.actions.importing.pages import Imported, ImportNotPossible, import_article
from articles.importing import PastedPage, UnreadablePage, read_page
from articles.importing.sources import ENDINGS
from articles.management import old_sites
from articles.management.named import find_section, find_unit, find_user
from articles.models import Role, Section, StageMark
from articles.rights.permissions import NotAllowed
from articles.rights.writing import may_write_for
from articles.text.encoding import MAX_BYTES


class Command(BaseCommand):
    help = (
        "Make a draft of each file, with credits, linked to the units and people that the site "
        "knows in either script. A file is a news page copied as text, in UTF-8, GB18030 or "
        "UTF-16: section, headline, paragraphs, credit line. Share buttons and boards below it "
        "are left out. What an editor should look at is printed with its line. Either all "
        "files are imported or, with exit status 1, none. "
        "A table (.csv, .tsv, .xlsx, .jsonl), a saved page (.html), a document (.docx), or an "
        "archive (.zip) or folder of them is imported place by place instead: what is refused "
        "is reported, what is here "
        "already stays as it is, and running it again goes on where it was stopped. "
        "docs/importing.md has the columns and layouts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            *("files",), nargs="+", type=Path, metavar="SOURCE",
            help="Pages copied as text; or tables, archives and folders.",
        )  # fmt: skip
        parser.add_argument(
            "--unit", help="Name or slug of the owning unit; of an archive, of what names none."
        )
        parser.add_argument("--section", help="Name or slug, instead of what the pages say.")
        parser.add_argument(
            "--user",
            metavar="NAME",
            help="Account that imports; a correspondent of the unit or a superuser if not "
            "given. With --as-published it has to be given.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Print what would be made, and make nothing."
        )
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="How to print the result."
        )
        parser.add_argument(
            "--site", default="", help="Where saved pages were, such as https://news.example.edu."
        )
        parser.add_argument(
            "--as-published",
            action="store_true",
            help="Show readers at once what the old site published, with its date; nobody here "
            "approved it, and its approval sheet says so.",
        )

    def handle(self, *, files: list[Path], **options) -> None:
        archives = [path for path in files if is_archive(path)]
        if not archives:
            self.import_pages(files=files, **options)
        elif len(archives) < len(files):
            raise CommandError(_("Please import pages copied as text apart from archives."))
        else:
            asked = {
                "unit": find_unit(options["unit"]) if options["unit"] else None,
                "section": find_section(options["section"]) if options["section"] else None,
                "site": options["site"],
                "as_published": options["as_published"],
                "is_trial": options["dry_run"],
            }
            if asked["as_published"] and options["user"] is None:
                raise CommandError(
                    _("Please say with --user who answers for showing readers all this at once.")
                )
            importer = find_user(options["user"])
            old_sites.run(self, archives, asked, importer, options["format"])

    def import_pages(
        self,
        *,
        files: list[Path],
        unit: str | None,
        section: str | None,
        user: str | None,
        **options,
    ) -> None:
        if unit is None:
            raise CommandError(_("Please say with --unit whose pages these are."))
        imported, problems = [], []
        with transaction.atomic():
            owner = find_unit(unit)
            at = clock.here()
            importer = find_user(user, owner, may=lambda user: may_write_for(user, owner, at))
            given = find_section(section) if section else None
            for path in files:
                try:
                    page = read_page(read_bytes(path))
                    imported.append(
                        import_article(
                            page,
                            unit=owner,
                            section=given or section_of(page),
                            user=importer,
                            at=clock.here(),
                        )
                    )
                except (UnreadablePage, ImportNotPossible, NotAllowed, CommandError) as problem:
                    problems.append(f"{path}: {problem}")
            if problems:
                raise CommandError("\n".join(problems))
            report = [described(one) for one in imported]
            transaction.set_rollback(options["dry_run"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n\n".join(map(as_text, report)))


def is_archive(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in ENDINGS


def read_bytes(path: Path) -> bytes:
    """Read a file, but never much more than what an article can have."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise CommandError(_("The file cannot be read: %s") % problem.strerror) from problem


def section_of(page: PastedPage) -> Section:
    if not page.section_label:
        raise UnreadablePage(_("The page names no section. Please say one with --section."))
    section = Section.objects.named(page.section_label).first()
    if section is None:
        message = _("There is no section called %s. Please say another one with --section.")
        raise UnreadablePage(message % page.section_label, page.section_label_at)
    return section


def described(imported: Imported) -> dict[str, object]:
    article = imported.article
    return {
        "headline": article.headline,
        "section": article.section.name,
        "credits": [
            {
                "role": credit.role,
                "name": credit.name or None,
                "unit": credit.unit_name or None,
                "stage": credit.stage or None,
                "note": credit.note or None,
            }
            for credit in article.credits.order_by("position")
        ],
        "warnings": [str(remark) for remark in imported.remarks],
    }


def as_text(report: dict) -> str:
    lines = [f"{report['headline']} ({report['section']})"]
    for credit in report["credits"]:
        role, stage = credit["role"], credit["stage"]
        about = (
            Role(role).label,
            StageMark(stage).label if stage else "",
            credit["unit"],
            credit["name"],
            credit["note"],
        )
        lines.append("  " + " ".join(str(part) for part in about if part))
    return "\n".join([*lines, *(f"  ! {warning}" for warning in report["warnings"])])
