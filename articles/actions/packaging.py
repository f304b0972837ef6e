"""Taking articles out as a package for the archive, with all that is on file about them."""

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from articles import log, snapshots
from articles.addresses import site_name
from articles.evidence import approval_sheet_pdf, approval_sheets
from articles.models import Article, Edition, User
from articles.models.seals import canonical
from articles.packages import contents, pages
from articles.packages.bags import Bag, in_parts
from articles.rights import packaging as rights
from articles.rights.permissions import NotAllowed

ARTICLES_AT_ONCE, VERSIONS_AT_ONCE = 100, 10
README = "packages/readme.txt"
PICTURES = {
    rb"\xff\xd8\xff": ".jpg",
    rb"\x89PNG": ".png",
    rb"GIF8": ".gif",
    rb"RIFF....WEBP": ".webp",
    rb"....ftypavi[fs]": ".avif",
}

# Says what is printed on the sheet of an edition.
type Printer = Callable[[Article, Edition], dict[str, Any]]


@dataclass
class Packed:
    """What was written, and what could not be."""

    path: Path
    sha256: str = ""
    articles: int = 0
    files: int = 0
    size: int = 0
    problems: list[str] = field(default_factory=list)


def export(
    articles: QuerySet[Article],
    *,
    user: User,
    at: datetime,
    to: Path,
    chosen: str = "",
    most_bytes: int | None = None,
    with_pdf: bool = False,
) -> Packed:
    """Write those of some articles that a user sees. `chosen` says for the record which they are.

    `with_pdf` prints each approval sheet as well, which takes a second. Raises `NotAllowed`;
    OSError, `TooLarge` above `most_bytes`, and `NotPossible` where this machine makes no PDF:
    then nothing is left there.
    """
    refused = rights.export(user)
    if refused is not None:
        raise NotAllowed(refused)
    seen = Article.objects.visible_to(user, at).order_by().values("pk")
    rows = articles.filter(pk__in=seen).select_related("section", "unit").order_by("pk")
    packed = Packed(to)
    with log.in_site_language(), Bag(to, at=at, most_bytes=most_bytes) as bag:
        for article in rows.iterator(ARTICLES_AT_ONCE):
            packing = _Packing(bag, article, at, packed.problems)
            packing.write(partial(_printed, user=user, at=at), with_pdf=with_pdf)
            packed.articles += 1
        bag.add("README.txt", [_readme(at).encode()])
        packed.files, packed.size = bag.files, bag.size
        packed.sha256 = bag.close(_info(user, at, packed, chosen))
    told = _("package %(hash)s") % {"hash": packed.sha256}
    lines = "\n".join(filter(None, (told, chosen)))
    log.exported(to.name, actor=user, at=at, rows=packed.articles, detail=lines)
    return packed


def _info(user: User, at: datetime, packed: Packed, chosen: str) -> list[tuple[str, str]]:
    private = _(
        "Private: originals of photos may say where they were taken, and the log names people. "
        "Not for publication."
    )
    return [
        ("Source-Organization", site_name()),
        ("Bagging-Date", localdate(at).isoformat()),
        ("Export-Time", localtime(at).isoformat(timespec="seconds")),
        ("Contact-Name", f"{user} ({user.username})"),
        ("External-Description", chosen or _("articles")),
        ("Article-Count", str(packed.articles)),
        ("Bag-Software-Agent", f"newsroom {product_version()}"),
        ("Internal-Sender-Description", private),
        *(("Missing", problem) for problem in packed.problems),
    ]


def _readme(at: datetime) -> str:
    when = localtime(at).isoformat(timespec="seconds")
    return render_to_string(README, {"site": site_name(), "at": when})


def _printed(article: Article, edition: Edition, *, user: User, at: datetime) -> dict[str, Any]:
    sheet = approval_sheets.make(article, edition)
    # Whoever exports reads in the record why an edition was withdrawn.
    return approval_sheets.printed(sheet, user=user, at=at, says_why=True)


def product_version() -> str:
    described = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(described["project"]["version"])


class _Packing:
    """One article on its way into a bag. What it refers to is read before what is referred to."""

    def __init__(self, bag: Bag, article: Article, at: datetime, problems: list[str]) -> None:
        self.bag, self.article, self.at, self.problems = bag, article, at, problems
        self.folder = f"articles/{article.pk:06d}"
        self.tell = contents.Teller()
        # By hash: where in the package it lies, seen from the folder.
        self.files: dict[str, str] = {}

    def write(self, printed: Printer, *, with_pdf: bool) -> None:
        parts = ("units", "credits", "tags")
        editions = list(
            self.article.editions.select_related("version", "section")
            .prefetch_related(*(Prefetch(part) for part in parts))
            .order_by("number")
        )
        record = contents.of(self.article, editions, self.tell)
        text = pages.text_of(self.article, editions, self.at)
        photos: set[tuple[int, str]] = set()
        documents: dict[str, dict[str, Any]] = {}
        record["versions"] = list(self._versions(photos, documents))
        record["photos"] = list(self._photos(photos))
        record["attachments"] = list(self._documents(documents))
        record["names"] = self.tell.names()
        for row, edition in zip(record["editions"], editions, strict=True):
            row.update(self._sheet(edition, printed(self.article, edition), with_pdf=with_pdf))
        if text is not None:
            page = pages.render(self.article, text, record, self.files)
            self._add("article.html", page)
        self._add("metadata.json", canonical(record))

    def _add(self, name: str, content: str) -> None:
        self.bag.add(f"{self.folder}/{name}", [content.encode()])

    def _sheet(
        self, edition: Edition, printed: dict[str, Any], *, with_pdf: bool
    ) -> dict[str, str]:
        """Write the approval sheet of an edition; tell where it lies."""
        name = f"sheets/edition-{edition.number:02d}"
        self._add(f"{name}.html", pages.render_sheet(printed))
        if not with_pdf:
            return {"sheet": f"{name}.html"}
        self.bag.add(f"{self.folder}/{name}.pdf", [approval_sheet_pdf.render(printed)])
        return {"sheet": f"{name}.html", "sheet_pdf": f"{name}.pdf"}

    def _versions(
        self, photos: set[tuple[int, str]], documents: dict[str, dict[str, Any]]
    ) -> Iterator[contents.Record]:
        """Write each version as the very text that its hash is of."""
        versions = self.article.versions.order_by("number")
        for version in versions.iterator(VERSIONS_AT_ONCE):
            snapshot = version.snapshot
            photos |= {(row["photo"], row["sha256"]) for row in snapshot["photos"]}
            documents |= {row["sha256"]: row for row in snapshot["attachments"]}
            name = f"versions/{version.number:04d}.json"
            written = self.bag.add(
                f"{self.folder}/{name}", [snapshots.canonical(snapshot).encode()]
            )
            if written.sha256 != version.sha256:
                self._miss(_("version %(number)d is not what its hash is of"), version.number)
            about = self.tell.row(version)
            del about["snapshot"]
            yield about | {"file": name}

    def _photos(self, wanted: set[tuple[int, str]]) -> Iterator[contents.Record]:
        found = set()
        for about, file in contents.photo_files(wanted, self.tell):
            name = f"photos/photo-{about['id']}-{file.sha256[:8]}"
            found.add((about["id"], file.sha256))
            yield about | {"file": self._copy(name, file.original, file.sha256)}
        for number, sha256 in sorted(wanted - found):
            self._miss(_("the original of photo %(number)d is not on file"), number)
            yield {"id": number, "sha256": sha256, "file": None}

    def _documents(self, documents: dict[str, dict[str, Any]]) -> Iterator[contents.Record]:
        storage = self.article.attachments.model._meta.get_field("file").storage
        for sha256, row in documents.items():
            name = f"attachments/document-{row['attachment']}-{sha256[:8]}{ending(row['file'])}"
            opener = _Stored(storage, row["file"])
            yield {**row, "stored": row["file"], "file": self._copy(name, opener, sha256)}

    def _copy(self, name: str, stored: Any, sha256: str) -> str | None:
        """Write a file that is on disk; one that is missing or changed is told, and no more."""
        try:
            file = stored.open("rb")
        except (OSError, ValueError):
            self._miss(_("the file %(number)s is not on file"), name)
            return None
        with closing(file):
            beginning = file.read(16)
            file.seek(0)
            name += picture_ending(beginning) if name.startswith("photos/") else ""
            written = self.bag.add(f"{self.folder}/{name}", in_parts(file))
        if written.sha256 != sha256:
            self._miss(_("the file %(number)s is not what its hash is of"), name)
        self.files[sha256] = name
        return name

    def _miss(self, told: str, number: object) -> None:
        where = _("article %(number)d") % {"number": self.article.pk}
        self.problems.append(f"{where}: {told % {'number': number}}")


class _Stored:
    def __init__(self, storage: Any, name: str) -> None:
        self.storage, self.name = storage, name

    def open(self, mode: str) -> Any:
        return self.storage.open(self.name, mode)


def picture_ending(beginning: bytes) -> str:
    """Tell the kind of an original, which is kept without a name, by its first bytes."""
    for first, found in PICTURES.items():
        if re.match(first, beginning, re.DOTALL):
            return found
    return ""


def ending(name: str | None) -> str:
    """Give the ending of a file's name, if it is one that can do no harm."""
    suffix = PurePosixPath(name or "").suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 6 else ""
