"""Take a folder of photos into the library."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles import clock
from articles.actions import photos
from articles.management.named import find_unit, find_user
from articles.models import Photo, Unit, User
from articles.pictures import MAX_BYTES, PictureRefused, apart
from articles.pictures.intake import refuse_size
from articles.rights.permissions import NotAllowed


class Outcome(NamedTuple):
    file: str
    outcome: str
    message: str
    photo: int | None = None
    public: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.outcome == "refused"


class Command(BaseCommand):
    help = (
        "Take every file of a folder and of the folders in it into the photo library, as the form "
        "does: caption, photographer, day and rights come from the notes in the file. A file that "
        "is refused is named with the reason, and the others go on; the exit status is then 1. It "
        "may be stopped and run again: what is in the library already is said to be so and left "
        "as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="Where the photos are.")
        parser.add_argument("--unit", help="Name or slug of the unit that the photos are of.")
        parser.add_argument(
            "--user",
            metavar="NAME",
            help="Account that imports; a member of the unit or a superuser if not given.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be taken, and take nothing."
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help="How to print the result: one line per file, for people or as JSON.",
        )

    def handle(self, *, folder: Path, unit: str | None, user: str | None, **options) -> None:
        if not folder.is_dir():
            raise CommandError(_("There is no folder %s.") % folder, returncode=2)
        try:
            owner = find_unit(unit) if unit else None
            importer = find_user(user, owner, may=may_add)
        except CommandError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        files = list(files_in(folder))
        refused = 0
        for number, path in enumerate(files, 1):
            outcome = self.take_in(path, importer, owner, dry=options["dry_run"])
            refused += outcome.is_refused
            self.stdout.write(
                json.dumps(outcome._asdict(), ensure_ascii=False)
                if options["format"] == "json"
                else f"{outcome.file}: {outcome.message}"
            )
            self.stdout.flush()
            self.show(number, len(files), refused)
        if refused:
            raise CommandError(
                _("%(refused)d of %(all)d files were refused.")
                % {"refused": refused, "all": len(files)},
                returncode=1,
            )

    def take_in(self, path: Path, user: User, unit: Unit | None, *, dry: bool) -> Outcome:
        at = clock.here()
        try:
            refuse_size(path.stat().st_size)
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            known = photos.on_file(data, user=user, at=at)
            if dry and not known:
                apart.take_in(data)
                return Outcome(str(path), "accepted", _("It can be taken."))
            photo = known or photos.take_in(data, user=user, at=at, unit=unit)
            photos.make_renditions(photo)  # the worker, if there is one, has other things to do
        except OSError as problem:
            message = _("The file cannot be read: %s") % problem.strerror
        except (PictureRefused, NotAllowed) as problem:
            message = str(problem)
        else:
            told = _("It is in the library already.") if known else _("Taken into the library.")
            return Outcome(str(path), "accepted", told, photo.pk, public_paths(photo))
        return Outcome(str(path), "refused", message)

    def show(self, done: int, of: int, refused: int) -> None:
        """Say how far it is, on one line of a terminal, now and then in a file."""
        terminal = sys.stderr.isatty()
        if terminal or done == of or done % 50 == 0:
            said = _("%(done)d of %(all)d files, %(refused)d refused") % {
                "done": done,
                "all": of,
                "refused": refused,
            }
            self.stderr.write(said, ending="\r" if terminal and done < of else "\n")


def files_in(folder: Path) -> Iterator[Path]:
    """Give the files in order, but none that begin with a dot or lie behind a link."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def may_add(user: User) -> bool:
    return user.has_perm("articles.add_photo")


def public_paths(photo: Photo) -> tuple[str, ...]:
    return tuple(photo.image.storage.path(name) for name in photo.public_files())
