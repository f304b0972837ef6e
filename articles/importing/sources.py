"""What is imported: a table, lines of JSON, a saved page or document, or a tree of them.

A tree is a folder or an archive (.zip) of one. Nothing outside of it is read, and nothing is
ever fetched: a picture that was not saved beside its page is missing.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from articles.importing import archives, documents, sites, tables
from articles.importing.records import Files, Found, Item, OldArticle
from articles.text import pasting, richtext
from articles.text.encoding import UnreadablePage

TABLES: dict[str, Callable[[bytes], list[Item]]] = {
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
    ".xlsx": tables.read_xlsx,
    ".jsonl": tables.read_lines,
    ".ndjson": tables.read_lines,
}
PAGES = {".htm", ".html", ".shtml", ".jsp", ".psp", ".php", ".asp", ".aspx"}
DOCUMENT = ".docx"
ARCHIVE = ".zip"
ENDINGS = (*TABLES, DOCUMENT, ".html", ".htm", ARCHIVE)
MAX_PAGE = 10 * 1024 * 1024
MAX_FILE = 60 * 1024 * 1024
MAX_FILES = 200_000
# A folder that a saving program named by the host it saved.
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?", re.IGNORECASE)


class Source(NamedTuple):
    items: list[Item]
    files: Files


class NoFiles:
    """Beside an uploaded table there is nothing."""

    def find(self, address: str, beside: str) -> Found | None:
        return None

    def content(self, found: Found) -> bytes | None:
        return None


class Tree:
    """Files by their names in a folder or an archive."""

    def names(self) -> list[str]:
        raise NotImplementedError

    def read(self, name: str, limit: int) -> bytes:
        """Give a file that `names` has. Raises `UnreadablePage`."""
        raise NotImplementedError

    def size(self, name: str) -> int:
        """Say how large a file is that `names` has, without reading it."""
        raise NotImplementedError

    @cached_property
    def known(self) -> dict[str, str]:
        """Say how a file is really called, by its name as addresses may spell it."""
        return {unquote(name): name for name in self.names()}

    def find(self, address: str, beside: str) -> Found | None:
        for candidate in self._candidates(address.strip(), beside):
            if name := self.known.get(candidate):
                return Found(name, self.size(name))
        return None

    def content(self, found: Found) -> bytes | None:
        try:
            return self.read(found.name, MAX_FILE)
        except UnreadablePage:
            return None

    def _candidates(self, address: str, beside: str) -> Iterator[str]:
        """Say where a file may lie that a page refers to, inside the tree alone."""
        try:
            there = urlsplit(address)
        except ValueError:
            return
        if there.scheme not in {"", "http", "https"}:
            return
        path = unquote(there.path).replace("\\", "/")
        host = PurePosixPath(beside).parts[0] if "/" in beside else ""
        roots = [there.netloc, ""] if there.netloc else [host if HOST.fullmatch(host) else "", ""]
        bases = (
            roots if there.netloc or path.startswith("/") else [str(PurePosixPath(beside).parent)]
        )
        for base in dict.fromkeys(bases):
            inside = _inside(base, path)
            if inside:
                if there.query:
                    yield f"{inside}?{unquote(there.query)}"
                    yield f"{inside}@{unquote(there.query)}"
                yield inside


class Folder(Tree):
    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def names(self) -> list[str]:
        found = []
        for path in self.root.rglob("*"):
            # What a link leads to may lie outside.
            if path.is_file() and path.resolve().is_relative_to(self.root):
                found.append(path.relative_to(self.root).as_posix())
            if len(found) > MAX_FILES:
                raise UnreadablePage(_("This folder has too many files."))
        return sorted(found)

    def size(self, name: str) -> int:
        try:
            return (self.root / name).stat().st_size
        except OSError:
            return 0  # reading it says what is wrong

    def read(self, name: str, limit: int) -> bytes:
        try:
            with (self.root / name).open("rb") as file:
                content = file.read(limit + 1)
        except OSError as problem:
            raise UnreadablePage(_("The file cannot be read: %s") % problem.strerror) from problem
        return _within(content, limit)


class Upload(Tree):
    """A page or document that was uploaded alone."""

    def __init__(self, path: Path, name: str) -> None:
        self.folder, self.file, self.name = Folder(path.parent), path.name, name

    def names(self) -> list[str]:
        return [self.name]

    def size(self, name: str) -> int:
        return self.folder.size(self.file)

    def read(self, name: str, limit: int) -> bytes:
        return self.folder.read(self.file, limit)


class Archive(Tree):
    def __init__(self, path: Path) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
            raise UnreadablePage(_("This archive is damaged.")) from broken
        entries = self.archive.infolist()
        if archives.is_swollen(entries, most=MAX_FILES, unzipped=archives.MAX_TREE):
            raise UnreadablePage(_("This archive holds far more than its size says."))
        self.entries = {_spelled(entry): entry for entry in entries if not entry.is_dir()}

    def names(self) -> list[str]:
        return sorted(name for name in self.entries if _inside("", name) == name)

    def size(self, name: str) -> int:
        return self.entries[name].file_size

    def read(self, name: str, limit: int) -> bytes:
        entry = self.entries[name]
        try:
            with self.archive.open(entry) as file:
                # As far as the directory says, and not a byte further.
                content = file.read(min(limit, entry.file_size) + 1)
        except Exception as broken:
            raise UnreadablePage(_("This file in the archive is damaged.")) from broken
        return _within(content, min(limit, entry.file_size))


def open_source(path: Path, *, site: str = "", name: str = "") -> Source:
    """Open a source, with its places in order. Raises `UnreadablePage`.

    `site` is where a tree of pages was, such as `https://news.example.edu`; a tree whose folders
    are called by their hosts says so itself. `name` says what an uploaded file was called.
    """
    if path.is_dir():
        folder = Folder(path)
        return _of_tree(folder, folder.names(), site)
    called = name or path.name
    ending = PurePosixPath(called).suffix.lower()
    if ending == ARCHIVE:
        archive = Archive(path)
        return _of_tree(archive, archive.names(), site)
    if ending not in ENDINGS:
        raise UnreadablePage(
            _("“%(name)s” is not taken. It may be one of: %(endings)s.")
            % {"name": called, "endings": " ".join(ENDINGS)}
        )
    if ending not in TABLES:
        # On a server it has its pictures beside it.
        return _of_tree(Upload(path, name) if name else Folder(path.parent), [called], site)
    with path.open("rb") as file:
        content = file.read(tables.MAX_BYTES + 1)
    # A table on a server has its pictures beside it; an uploaded one comes alone.
    files = NoFiles() if name else Folder(path.parent)
    return Source(TABLES[ending](content), files)


def _of_tree(tree: Tree, names: list[str], site: str) -> Source:
    items: list[Item] = []
    for name in names:
        ending = PurePosixPath(name.partition("?")[0]).suffix.lower()
        if ending == DOCUMENT:
            items.append(Item(len(items) + 1, name, partial(_document, tree, name, site)))
        elif ending in PAGES or PurePosixPath(name).suffix.lower() in PAGES:
            items.append(Item(len(items) + 1, name, partial(_page, tree, name, site)))
    if not items:
        raise UnreadablePage(_("There are no pages and no documents in it."))
    return Source(items, tree)


def _page(tree: Tree, name: str, site: str) -> OldArticle | None:
    return sites.read(tree.read(name, MAX_PAGE), address=_address(name, site))


def _document(tree: Tree, name: str, site: str) -> OldArticle:
    """Read a Word document: its first heading, or its own name, is the title."""
    try:
        found = documents.read(tree.read(name, documents.MAX_BYTES))
    except documents.DocumentRefused as refused:
        raise UnreadablePage(str(refused)) from refused
    path = PurePosixPath(name)
    title, body = _title_and_rest(found.html, path.stem)
    dropped = pasting.Pasted(dropped=Counter(found.dropped)).said()
    return OldArticle(
        address=_address(name, site),
        title=title,
        body=body,
        # Campuses keep the manuscripts of each unit in a folder of its name.
        source=path.parent.name,
        enclosed=tuple(found.pictures),
        remarks=tuple(dropped),
    )


def _title_and_rest(markup: str, name: str) -> tuple[str, str]:
    heading = re.match(r"\s*<(h[1-3])[^>]*>(.*?)</\1>", markup, re.DOTALL)
    words = " ".join(richtext.plain_text(heading[2]).split()) if heading else ""
    if heading and words:
        return words, markup[heading.end() :]
    return name, markup


def _address(name: str, site: str) -> str:
    """Say at which address a saved page was read."""
    first, _slash, rest = name.partition("/")
    if rest and HOST.fullmatch(first):
        return f"http://{first}/{rest}"
    return f"{site.rstrip('/')}/{name}"


def _inside(base: str, path: str) -> str:
    """Join a path to a folder of the tree; nothing if it leads out of it."""
    parts: list[str] = []
    for part in [*base.split("/"), *path.split("/")]:
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _spelled(entry: zipfile.ZipInfo) -> str:
    """Give the name of an entry; Chinese Windows writes GBK where the archive says nothing."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _within(content: bytes, limit: int) -> bytes:
    if len(content) > limit:
        raise UnreadablePage(_("This file is too large."))
    return content
