"""The text of an attached office document, read with limits on size and time.

Hidden and deleted words are read, too: whoever downloads the file can find them.
"""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

from django.utils.translation import gettext as _
from lxml import etree

MAX_ENTRIES = 2000
MAX_PARTS = 300
MAX_BYTES = 24 * 1024 * 1024
MAX_TEXT = 500_000
MAX_ELEMENTS = 500_000
CHUNK = 64 * 1024
# The parts of a document that hold words.
PARTS = {
    "docx": re.compile(
        r"word/(?:document|comments|footnotes|endnotes|header[0-9]+|footer[0-9]+)\.xml"
    ),
    "xlsx": re.compile(r"xl/(?:sharedStrings|workbook|comments[0-9]*|worksheets/[^/]+)\.xml"),
    "pptx": re.compile(r"ppt/(?:slides|notesSlides|comments)/[^/]+\.xml"),
    "odt": re.compile(r"content\.xml"),
    "ods": re.compile(r"content\.xml"),
    "odp": re.compile(r"content\.xml"),
}
# An end of one of these ends a line; cells of a table are divided by it as well.
LINES = {"p", "row", "c", "si", "tc", "h", "table-cell", "br", "tab"}


class Unreadable(Exception):
    """Nothing could be read, or not all of it. The text is for the editor."""


class _Words:
    """Collects what a part says, in order, and stops when that is too much."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.left = MAX_TEXT
        self.elements_left = MAX_ELEMENTS

    def doctype(self, *_declared: str | None) -> None:
        raise Unreadable(_("This file declares what no document needs; it is not read."))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        pass

    def data(self, text: str) -> None:
        self.left -= len(text)
        if self.left < 0:
            raise Unreadable(_too_large())
        self.texts.append(text)

    def end(self, tag: str) -> None:
        self.elements_left -= 1
        if self.elements_left < 0:
            raise Unreadable(_too_large())
        if tag.rpartition("}")[2] in LINES:
            self.texts.append("\n")

    def close(self) -> None:
        self.texts.append("\n")


def read(content: bytes, name: str) -> tuple[str, str]:
    """Give the text of a document, and why not all of it was read; empty if all was."""
    ending = name.rpartition(".")[2].lower()
    if ending not in PARTS:
        return "", _("What a file of the kind .%(ending)s says is not read.") % {"ending": ending}
    words = _Words()
    why = ""
    try:
        _read_parts(content, PARTS[ending], words)
    except Unreadable as problem:
        why = str(problem)
    except Exception:  # noqa: BLE001 (damaged archives raise whatever their packing does)
        why = _("This file is damaged or locked, so what it says is not read.")
    return "".join(words.texts), why


def _read_parts(content: bytes, parts: re.Pattern[str], words: _Words) -> None:
    left = MAX_BYTES
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        wanted = [entry for entry in entries if parts.fullmatch(entry.filename)]
        if len(entries) > MAX_ENTRIES or len(wanted) > MAX_PARTS:
            raise Unreadable(_too_large())
        for entry in wanted:
            parser = etree.XMLParser(target=words, resolve_entities=False, no_network=True)
            with archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Unreadable(_too_large())
                    parser.feed(chunk)
            parser.close()


def _too_large() -> str:
    return _("This file is too large to be read whole.")
