"""Checking a package: of strangers, without the database, and without unpacking it.

First as any archivist's tool does (every file there, unchanged, none besides), then what only
this newsroom knows: versions are what their hashes are of, and decisions are on them.
"""

import hashlib
import json
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from articles import snapshots
from articles.models.seals import canonical
from articles.packages.bags import MANIFEST, PART, TAG_MANIFEST, TAGS

# Text repeats itself, but not so much of it so often.
MAX_RATIO, SMALL = 200, 16 * 1024 * 1024
MAX_FILES = 5_000_000
MAX_JSON = 64 * 1024 * 1024
MAX_TAG_FILE = 2 * 1024 * 1024
LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)")
ESCAPED = re.compile(r"%(0[aAdD]|25)")
OXUM = re.compile(r"^Payload-Oxum:(.*)$", re.MULTILINE)
FOLDER = re.compile(r"data/articles/[^/]+")


class NotAPackage(Exception):
    """There is nothing that could be checked. The text is for the user."""


@dataclass
class Verdict:
    problems: list[str] = field(default_factory=list)
    articles: int = 0
    versions: int = 0
    files: int = 0
    sha256: str = ""

    @property
    def is_intact(self) -> bool:
        return not self.problems


class Files:
    """The files of a package by their names, seen from its root. None is ever written."""

    names: dict[str, Any]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        raise NotImplementedError

    def parts(self, name: str) -> Iterator[bytes]:
        with self.open(name) as file:
            while part := file.read(PART):
                yield part

    def read(self, name: str, limit: int) -> bytes:
        """Read a small file. Raises `NotAPackage` if it is not."""
        with self.open(name) as file:
            content = file.read(limit + 1)
        if len(content) > limit:
            raise NotAPackage(_("%(name)s is far too large.") % {"name": name})
        return content


class Folder(Files):
    def __init__(self, root: Path) -> None:
        self.names = {}
        for place, folders, files in root.walk():
            for name in (*folders, *files):
                there = place / name
                inside = there.relative_to(root).as_posix()
                kind = there.lstat().st_mode
                if stat.S_ISDIR(kind):
                    continue
                if not stat.S_ISREG(kind):
                    raise NotAPackage(_("%(name)s is no plain file.") % {"name": inside})
                self.names[inside] = there

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        with self.names[name].open("rb") as file:
            yield file


class Archive(Files):
    def __init__(self, path: Path) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
            raise NotAPackage(_("This is no whole ZIP file.")) from broken
        entries = [entry for entry in self.archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_FILES:
            raise NotAPackage(_("There are too many files in it."))
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            _refuse_entry(entry)
            if entry.filename in found:
                raise NotAPackage(_("%(name)s is in it twice.") % {"name": entry.filename})
            found[entry.filename] = entry
        tops = {name.split("/", 1)[0] for name in found}
        root = f"{tops.pop()}/" if len(tops) == 1 and "bagit.txt" not in found else ""
        self.names = {name.removeprefix(root): entry for name, entry in found.items()}

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        with self.archive.open(self.names[name]) as file:
            yield file


def _refuse_entry(entry: zipfile.ZipInfo) -> None:
    name = {"name": entry.filename}
    if climbs(entry.orig_filename) or climbs(entry.filename):
        raise NotAPackage(_("%(name)s leads out of the package.") % name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotAPackage(_("%(name)s is no plain file.") % name)
    if entry.flag_bits & 0x1:
        raise NotAPackage(_("%(name)s has a password.") % name)
    packed = max(entry.compress_size, 1)
    if entry.file_size > SMALL and entry.file_size > MAX_RATIO * packed:
        raise NotAPackage(_("%(name)s swells when it is opened.") % name)


def climbs(name: str) -> bool:
    parts = name.split("/")
    return name.startswith("/") or bool({"\\", ":", "\0"} & set(name)) or ".." in parts


def verify(path: Path, expected: str = "") -> Verdict:
    """Check a package on disk. `expected` is its hash, as somebody noted it. Raises OSError."""
    files = Folder(path) if path.is_dir() else Archive(path)
    verdict = Verdict()
    check = _Check(files, verdict)
    try:
        check.bag(expected.lower())
        check.articles()
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as broken:
        raise NotAPackage(_("This is no whole ZIP file.")) from broken
    return verdict


class _Check:
    def __init__(self, files: Files, verdict: Verdict) -> None:
        self.files, self.verdict = files, verdict
        self.hashes: dict[str, str] = {}

    def wrong(self, told: str, **said: object) -> None:
        self.verdict.problems.append(told % said)

    # As any bag

    def bag(self, expected: str) -> None:
        names = self.files.names
        for name in ("bagit.txt", MANIFEST):
            if name not in names:
                raise NotAPackage(_("This is no package: it has no %(name)s.") % {"name": name})
        if not self.files.read("bagit.txt", MAX_TAG_FILE).startswith(b"BagIt-Version: "):
            raise NotAPackage(_("This is no package: bagit.txt says something else."))
        self.compare(self.content() | self.tags())
        self.verdict.sha256 = self.hashes[MANIFEST]
        if expected and expected != self.verdict.sha256:
            told = _("This is another package: its hash is %(hash)s.")
            self.wrong(told, hash=self.verdict.sha256)

    def content(self) -> dict[str, str]:
        listed = self.manifest(MANIFEST)
        for name in [name for name in listed if not name.startswith("data/")]:
            self.wrong(_("The manifest names %(name)s, which is no content."), name=name)
            del listed[name]
        return listed

    def tags(self) -> dict[str, str]:
        """Read what is said of the files about the package.

        The hash of the package is not of these words: they count for no other file.
        """
        if TAG_MANIFEST not in self.files.names:
            self.wrong(_("%(name)s is missing."), name=TAG_MANIFEST)
            return {}
        listed = self.manifest(TAG_MANIFEST)
        for name in [name for name in listed if name not in TAGS]:
            told = _("The tag manifest names %(name)s, which is no file about the package.")
            self.wrong(told, name=name)
            del listed[name]
        return listed

    def compare(self, listed: dict[str, str]) -> None:
        """Hash every file, and hold it against what the manifests say."""
        size = 0
        for name in sorted(self.files.names):
            found, length = self.hash_of(name)
            if name.startswith("data/"):
                self.verdict.files += 1
                size += length
            if name not in listed and name != TAG_MANIFEST:
                self.wrong(_("%(name)s does not belong to the package."), name=name)
            elif listed.get(name, found) != found:
                self.wrong(_("%(name)s has been changed."), name=name)
        for name in sorted(listed.keys() - self.files.names.keys()):
            self.wrong(_("%(name)s is missing."), name=name)
        self.oxum(size)

    def manifest(self, name: str) -> dict[str, str]:
        listed: dict[str, str] = {}
        with self.files.open(name) as file:
            for number, line in enumerate(_lines(file), 1):
                found = LINE.fullmatch(line)
                path = ESCAPED.sub(lambda m: chr(int(m[1], 16)), found[2]) if found else ""
                if found is None or climbs(path) or path in listed:
                    self.wrong(
                        _("Line %(number)d of %(name)s is wrong."), number=number, name=name
                    )
                else:
                    listed[path] = found[1].lower()
        return listed

    def hash_of(self, name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        for part in self.files.parts(name):
            digest.update(part)
            size += len(part)
        self.hashes[name] = digest.hexdigest()
        return self.hashes[name], size

    def oxum(self, size: int) -> None:
        if "bag-info.txt" not in self.files.names:
            return
        text = self.files.read("bag-info.txt", MAX_TAG_FILE).decode("utf-8", "replace")
        said = OXUM.search(text)
        if said and said[1].strip() != f"{size}.{self.verdict.files}":
            self.wrong(_("bag-info.txt counts other files than there are."))

    # As a newsroom

    def articles(self) -> None:
        folders = {found[0] for name in self.files.names if (found := FOLDER.match(name))}
        for folder in sorted(folders):
            self.verdict.articles += 1
            record = self.json(f"{folder}/metadata.json")
            if isinstance(record, dict):
                try:
                    self.article(folder, record)
                except (KeyError, TypeError, AttributeError, ValueError):
                    self.wrong(_("%(name)s/metadata.json cannot be read."), name=folder)
        if not folders:
            self.wrong(_("There is no article in it."))

    def json(self, name: str) -> Any:
        if name not in self.files.names:
            self.wrong(_("%(name)s is missing."), name=name)
            return None
        try:
            return json.loads(self.files.read(name, MAX_JSON))
        except (ValueError, RecursionError):
            self.wrong(_("%(name)s cannot be read."), name=name)
            return None

    def article(self, folder: str, record: dict[str, Any]) -> None:
        versions = {}
        for version in record["versions"]:
            self.version(folder, version)
            versions[version["number"]] = version["sha256"]
        for kind, row in _binding(record):
            number = row["version_number"]
            if versions.get(number) != row["sha256"]:
                self.wrong(
                    _("%(name)s: %(kind)s %(id)s is on a version %(number)s that is not in it."),
                    name=folder, kind=kind, id=row["id"], number=number,
                )  # fmt: skip
        # Packages of the first kind had none.
        if record["schema"] > 1:
            for row in record["editions"]:
                self.sheets(folder, row)
        for row in (*record["photos"], *record["attachments"]):
            self.file(folder, row)
        for row in record["log"]:
            self.log(folder, row)

    def version(self, folder: str, version: dict[str, Any]) -> None:
        self.verdict.versions += 1
        name = f"{folder}/{version['file']}"
        content = self.json(name)
        if content is not None and snapshots.digest(content) != version["sha256"]:
            self.wrong(_("%(name)s is not the version that the record names."), name=name)

    def sheets(self, folder: str, edition: dict[str, Any]) -> None:
        """Check that an edition has its approval sheet, and a PDF of it if one is named."""
        for named in filter(None, (edition["sheet"], edition.get("sheet_pdf"))):
            if f"{folder}/{named}" not in self.hashes:
                self.wrong(_("%(name)s is missing."), name=f"{folder}/{named}")
        sheet = f"{folder}/{edition['sheet']}"
        if sheet in self.hashes:
            printed = self.files.read(sheet, MAX_JSON)
            if edition["sha256"].encode() not in printed:
                self.wrong(_("%(name)s is not the approval sheet of edition %(number)d."),
                           name=sheet, number=edition["number"])  # fmt: skip

    def file(self, folder: str, row: dict[str, Any]) -> None:
        if row["file"] is None:
            self.wrong(_("%(name)s was not on file when the package was made."),
                       name=f"{folder}: {row['sha256']}")  # fmt: skip
        elif self.hashes.get(f"{folder}/{row['file']}") != row["sha256"]:
            self.wrong(_("%(name)s is not the file that the record names."),
                       name=f"{folder}/{row['file']}")  # fmt: skip

    def log(self, folder: str, row: dict[str, Any]) -> None:
        if "sha256" not in row:
            return
        content = {name: value for name, value in row.items() if name != "sha256"}
        if hashlib.sha256(canonical(content).encode()).hexdigest() != row["sha256"]:
            self.wrong(_("%(name)s: log entry %(number)s is not what was sealed."),
                       name=folder, number=row.get("sequence"))  # fmt: skip


def _binding(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what names a version by number and hash."""
    for review in record["rounds"]:
        for kind in ("decisions", "signatures", "fixes"):
            for row in review[kind]:
                yield kind, row
    for kind in ("editions", "forced"):
        for row in record[kind]:
            yield kind, row


def _lines(file: IO[bytes]) -> Iterator[str]:
    # A line is a hash and a path; what is longer is neither.
    while line := file.readline(8192):
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text:
            yield text
