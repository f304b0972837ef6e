"""What a photo file says about itself: caption, photographer, rights, and when it was taken.

XMP, IPTC and EXIF are read in this order, the day and hour in that of the camera's own notes
first. Whatever is broken in one of them costs that one alone.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from lxml import etree
from PIL import Image
from PIL.ExifTags import IFD, Base

from articles.worktime import YEARS

# As much as the fields that they go into can hold.
LONGEST = {"caption": 300, "photographer_name": 100, "rights": 200}
# Everything that anybody ever wrote about one photo is far smaller.
MAX_XMP = MAX_IPTC = 256 * 1024
MOST_VALUES = 20

NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# An XMP packet ends here; editors leave blanks behind it to grow into.
PACKET_END = re.compile(rb"<\?xpacket end=.*", re.DOTALL)

IPTC_BLOCK = 0x0404  # among the blocks of Photoshop
IPTC_MARK = 0x1C
CHARACTER_SET, CAPTION, HEADLINE = (1, 90), (2, 120), (2, 105)
BYLINE, COPYRIGHT, DAY, HOUR = (2, 80), (2, 116), (2, 55), (2, 60)
UTF_8 = (b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")

WHAT_XP_CALLS = {"title": 0x9C9B, "comment": 0x9C9C, "author": 0x9C9D, "subject": 0x9C9F}
# What cameras write where a caption belongs.
NO_CAPTIONS = re.compile(
    r"(olympus|sony|samsung|minolta|konica|kodak|pentax|casio|digital still)\b.*|dcim|default"
    r"|jpeg|untitled|无标题|未命名",
    re.IGNORECASE,
)

COMMON = re.compile("[ -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")

type Found = dict[str, str]


class Note(NamedTuple):
    """A text for one field of a photo, and which kind of note it comes from."""

    text: str
    source: str


def read(image: Image.Image) -> dict[str, Note]:
    """Give what the file says by field: caption, photographer_name, rights, taken_at.

    `taken_at` is written as ISO 8601, without an offset where the camera knew none.
    """
    told: dict[str, Found] = {}
    readers: dict[str, Callable[[Image.Image], Found]] = {
        "XMP": _xmp,
        "IPTC": _iptc,
        "EXIF": _exif,
    }
    for source, reader in readers.items():
        with suppress(Exception):  # nobody promises anything about broken notes
            told[source] = reader(image)
    notes: dict[str, Note] = {}
    for field, limit in LONGEST.items():
        for source, found in told.items():
            text = _tidy(found.get(field, ""), limit)
            if text and not (field == "caption" and NO_CAPTIONS.fullmatch(text)):
                notes.setdefault(field, Note(text, source))
    for source in ("EXIF", "XMP", "IPTC"):
        moment = _moment(told.get(source, {}).get("taken_at", ""))
        if moment:
            notes.setdefault("taken_at", Note(moment.isoformat(), source))
    return notes


# XMP


def _xmp(image: Image.Image) -> Found:
    packet = image.info.get("xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode()
    if not 0 < len(packet) <= MAX_XMP:
        return {}
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(PACKET_END.sub(b"", packet).strip(b"\0 \r\n\t"), parser)
    if root.getroottree().docinfo.doctype:
        return {}
    return {
        "caption": _value(root, "dc:description") or _value(root, "photoshop:Headline"),
        "photographer_name": "、".join(_values(root, "dc:creator")),
        "rights": _value(root, "dc:rights") or _value(root, "xmpRights:UsageTerms"),
        "taken_at": _value(root, "exif:DateTimeOriginal")
        or _value(root, "photoshop:DateCreated")
        or _value(root, "xmp:CreateDate"),
    }


def _values(root: etree._Element, name: str) -> list[str]:
    """Give the values of a property, whether a text, an attribute, or a list of either kind."""
    prefix, word = name.split(":")
    tag = f"{{{NS[prefix]}}}{word}"
    for described in root.iter(f"{{{NS['rdf']}}}Description"):
        if tag in described.attrib:
            return [str(described.attrib[tag])]
        found = described.find(tag)
        if found is not None:
            rows = found.findall(".//rdf:li", NS)
            # In a list of languages, Chinese is ours.
            rows.sort(key=lambda row: not row.get(LANGUAGE, "").lower().startswith("zh"))
            texts = ["".join(map(str, row.itertext())) for row in rows or [found]]
            return [text for text in texts if text.strip()][:MOST_VALUES]
    return []


def _value(root: etree._Element, name: str) -> str:
    return next(iter(_values(root, name)), "")


# IPTC


def _iptc(image: Image.Image) -> Found:
    blocks: Any = image.info.get("photoshop") or {}
    block = blocks.get(IPTC_BLOCK, b"") if isinstance(blocks, dict) else b""
    found: dict[tuple[int, int], list[bytes]] = {}
    for key, value in _records(block[:MAX_IPTC]):
        values = found.setdefault(key, [])
        if len(values) < MOST_VALUES:
            values.append(value)
    declared = b"".join(found.get(CHARACTER_SET, [])) in UTF_8

    def texts(key: tuple[int, int]) -> list[str]:
        return [decode(value, utf_8=declared) for value in found.get(key, [])]

    def text(key: tuple[int, int]) -> str:
        return next(filter(str.strip, texts(key)), "")

    return {
        "caption": text(CAPTION) or text(HEADLINE),
        "photographer_name": "、".join(filter(str.strip, texts(BYLINE))),
        "rights": text(COPYRIGHT),
        "taken_at": f"{text(DAY)} {text(HOUR)}".strip(),
    }


def _records(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(block) and block[at] == IPTC_MARK:
        key = (block[at + 1], block[at + 2])
        size, begin = int.from_bytes(block[at + 3 : at + 5]), at + 5
        if size & 0x8000:  # the size of the size
            end = begin + (size & 0x7FFF)
            size, begin = int.from_bytes(block[begin:end]), end
        yield key, block[begin : begin + size]
        at = begin + size


# EXIF


def _exif(image: Image.Image) -> Found:
    exif = image.getexif()
    details: dict[int, Any] = {}
    with suppress(Exception):  # the first block may be whole where the second is not
        details = exif.get_ifd(IFD.Exif)
    windows = {name: _utf_16(exif.get(tag)) for name, tag in WHAT_XP_CALLS.items()}
    moment = _ascii(details.get(Base.DateTimeOriginal))
    return {
        "caption": _ascii(exif.get(Base.ImageDescription))
        or windows["title"]
        or windows["subject"]
        or windows["comment"]
        or _comment(details.get(Base.UserComment), exif.endian),
        "photographer_name": _ascii(exif.get(Base.Artist)) or windows["author"].replace(";", "、"),
        "rights": _ascii(exif.get(Base.Copyright)),
        "taken_at": f"{moment} {_ascii(details.get(Base.OffsetTimeOriginal))}".strip(),
    }


def _ascii(value: object) -> str:
    """Read a text of EXIF: ASCII by the letter of the standard, anything in practice."""
    # Pillow gives each byte as the character of its number.
    data = value.encode("latin-1", "ignore") if isinstance(value, str) else value
    if not isinstance(data, bytes):
        return ""
    # Photographer and editor have a copyright each, with a zero between them.
    parts = (decode(part).strip() for part in data.split(b"\0"))
    text = " ".join(filter(None, parts))
    # Windows writes a question mark for each character that its code page lacks.
    lost = text.count("?") * 2 > len(text.replace(" ", ""))
    return "" if lost or CONTROLS.search(text) else text


def _utf_16(value: object) -> str:
    data = bytes(value) if isinstance(value, tuple | list) else value
    return data.decode("utf-16-le", "ignore").strip("\0 ") if isinstance(data, bytes) else ""


def _comment(value: object, endian: str | None) -> str:
    if not isinstance(value, bytes):
        return ""
    kind, data = value[:8].rstrip(b"\0 "), value[8:]
    if kind == b"UNICODE":
        # In the order of the file by the standard, in that of the writer's machine in practice.
        orders = ("utf-16-be", "utf-16-le") if endian == ">" else ("utf-16-le", "utf-16-be")
        return max((data.decode(o, "ignore").strip("\0 ") for o in orders), key=_common)
    return decode(data).strip("\0 ") if kind in {b"ASCII", b""} else ""


def _common(text: str) -> float:
    """Give the share of ASCII and of Chinese characters in use."""
    return len(COMMON.findall(text)) / max(1, len(text))


# Texts and times


def decode(data: bytes, *, utf_8: bool = False) -> str:
    """Read text of which nobody says in what encoding: UTF-8, GB18030 or western."""
    data = data.strip(b"\0")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if utf_8:
            return data.decode("utf-8", "ignore")
    # A character of Chinese has two high bytes, nearly always; in "José" they stand alone.
    if re.search(rb"[\x80-\xff]{2}", data):
        with suppress(UnicodeDecodeError):
            return data.decode("gb18030")
    return data.decode("cp1252", "ignore")


def _tidy(text: str, limit: int) -> str:
    """Make one line of it, without what could hide or turn other text, and no longer than that."""
    spaced = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    shown = "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cn", "Cs"})
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _moment(text: str) -> datetime | None:
    moment = _written(text.strip("\0 "))
    # A camera whose clock says anything else knows nothing about the hour.
    return moment if moment and moment.year in YEARS else None


def _written(text: str) -> datetime | None:
    for pattern in (
        "%Y:%m:%d %H:%M:%S %z",
        "%Y:%m:%d %H:%M:%S",
        "%Y%m%d %H%M%S%z",
        "%Y%m%d %H%M%S",
        "%Y%m%d",
    ):
        with suppress(ValueError):
            return datetime.strptime(text, pattern)  # noqa: DTZ007 the site's zone comes later
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    return None
