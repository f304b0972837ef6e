"""Word documents of strangers: opened in a process of their own, given back as markup and bytes.

The archive is measured before a part of it is read and while it is read; a document type
declaration is refused, nothing is looked up anywhere. What Word hides or has marked as deleted
stays out, what was inserted stays in. `python -m articles.importing.documents` is the process.
"""

import base64
import json
import re
import struct
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from articles import confined

MAX_BYTES = 30 * 1024 * 1024
MAX_UNZIPPED = 80 * 1024 * 1024
MAX_PART = 40 * 1024 * 1024
MAX_XML = 20 * 1024 * 1024
MAX_ENTRIES = 2000
# Text repeats itself, pictures do not: an honest part stays far below it.
MAX_RATIO = 200
SMALL = 1024 * 1024
MAX_ELEMENTS = 400_000
MAX_DEPTH = 200
SECONDS = 20
MEMORY = 1024 * 1024 * 1024

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAIN, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
DECLARATION = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Mammoth reads "Title" and "Heading n" by itself; Chinese Word and WPS name them so.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='标题 1'] => h1:fresh
p[style-name='标题 2'] => h2:fresh
p[style-name='标题 3'] => h3:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='题注'] => p.caption:fresh
"""


class DocumentRefused(Exception):
    """The file is not taken. `reason` says why; as text it is for the user."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return _sentence(self.reason)


@dataclass(frozen=True)
class Document:
    """Markup whose pictures are called `clipboard:0`, `clipboard:1`, and their bytes."""

    html: str
    pictures: list[bytes]
    dropped: dict[str, int]


def read(data: bytes, *, seconds: float = SECONDS) -> Document:
    """Read a .docx in a process of its own. Raises `DocumentRefused`."""
    if len(data) > MAX_BYTES:
        raise DocumentRefused("bytes")
    told = confined.ask("articles.importing.documents", data, seconds=seconds)
    if "refused" in told:
        raise DocumentRefused(told["refused"])
    pictures = [base64.b64decode(picture) for picture in told["pictures"]]
    return Document(told["html"], pictures, told["dropped"])


def _sentence(reason: str) -> str:
    return {
        "bytes": _("The document is too large. It may have up to 30 MB."),
        "empty": _("The document is empty."),
        "old": _("This is an old .doc, or it has a password. Save it as .docx without one."),
        "no document": _("This is not a Word document. Save it as .docx and try again."),
        "macros": _("The document has macros. Save it as .docx without them."),
        "bomb": _("The document holds more than a text can. Save it anew, with smaller pictures."),
        "declaration": _("The document declares types of its own, which Word never does."),
        "time": _("Reading the document took too long. Paste it in parts."),
    }.get(reason, _("The document is damaged. Open it, save it again, and try once more."))


# In the process of its own


def open_document(data: bytes) -> Document:
    """Read a .docx in this process: `read` is for files of strangers."""
    import mammoth  # noqa: PLC0415 (only here, and it takes a moment)

    safe, dropped = _checked(data)
    pictures: list[str] = []

    def enclose(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                content = file.read()
        except Exception:  # noqa: BLE001 - a picture that is linked is never looked up
            dropped["linked picture"] = dropped.get("linked picture", 0) + 1
            return {"src": ""}
        pictures.append(base64.b64encode(content).decode())
        return {"src": f"clipboard:{len(pictures) - 1}", "alt": image.alt_text or ""}

    result = mammoth.convert_to_html(
        BytesIO(safe),
        style_map=STYLES,
        convert_image=mammoth.images.img_element(enclose),
        external_file_access=False,
    )
    return Document(result.value, [base64.b64decode(picture) for picture in pictures], dropped)


def _checked(data: bytes) -> tuple[bytes, dict[str, int]]:
    """Measure an archive, and write the parts that a text needs into a new one."""
    _refuse_by_beginning(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as broken:
        raise DocumentRefused("damaged") from broken
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        raise DocumentRefused("bomb")
    names = [entry.filename for entry in entries]
    if MAIN not in names:
        raise DocumentRefused("no document")
    if len(set(names)) < len(names) or any(map(_climbs, names)):
        raise DocumentRefused("damaged")
    if any("vbaproject" in name.lower() for name in names):
        raise DocumentRefused("macros")
    dropped: dict[str, int] = {}
    outside: set[str] = set()
    if RELATIONS in names:
        relations, _text = _parsed(_part(archive, archive.getinfo(RELATIONS)))
        outside = {relation.get("Id", "") for relation in _outside(relations)}
    out, total = BytesIO(), 0
    # Only what a text needs goes on; the rest is never unzipped.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as safe:
        for entry in entries:
            if entry.is_dir() or not _is_needed(entry.filename):
                kind = _kind(entry.filename)
                dropped[kind] = dropped.get(kind, 0) + bool(kind)
                continue
            content = _part(archive, entry)
            total += len(content)
            if total > MAX_UNZIPPED:
                raise DocumentRefused("bomb")
            if entry.filename.endswith((".xml", ".rels")):
                content = _plain_xml(content, entry.filename, dropped, outside)
            safe.writestr(entry.filename, content)
    dropped.pop("", None)
    return out.getvalue(), {kind: count for kind, count in dropped.items() if count}


def _refuse_by_beginning(data: bytes) -> None:
    if not data:
        raise DocumentRefused("empty")
    if data.startswith(OLE):
        raise DocumentRefused("old")
    if not data.startswith(ZIP):
        # An archive without entries begins otherwise, and is no document either.
        raise DocumentRefused("no document")


def _climbs(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name


def _is_needed(name: str) -> bool:
    return (
        name in {"[Content_Types].xml", "_rels/.rels"}
        or (name.startswith("word/media/") and not name.endswith((".bin", ".xml", ".rels")))
        or bool(
            re.fullmatch(
                r"word/(?:_rels/)?(?:document|styles|numbering|footnotes|endnotes)\.xml(?:\.rels)?",
                name,
            )
        )
    )


def _kind(name: str) -> str:
    if name.startswith("word/embeddings/"):
        return "embedded file"
    return "comments" if name == "word/comments.xml" else ""


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unzip a part as far as its directory said, and not a byte further."""
    limit = min(
        MAX_XML if entry.filename.endswith((".xml", ".rels")) else MAX_PART, entry.file_size
    )
    try:
        with archive.open(entry) as file:
            content = file.read(limit + 1)
    except Exception as broken:
        raise DocumentRefused("damaged") from broken
    too_dense = len(content) > SMALL and len(content) > MAX_RATIO * max(entry.compress_size, 1)
    if len(content) > limit or too_dense:
        raise DocumentRefused("bomb")
    return content


def _plain_xml(content: bytes, name: str, dropped: dict[str, int], outside: set[str]) -> bytes:
    """Refuse declarations, and take out what is hidden, deleted or looks outside."""
    root, text = _parsed(content)
    if name == "[Content_Types].xml" and "macroEnabled" in text:
        raise DocumentRefused("macros")
    if name.endswith(".rels"):
        for relation in _outside(root):
            root.remove(relation)
    if name == MAIN:
        _without_what_is_hidden(root, dropped)
        _without_what_is_outside(root, outside, dropped)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _parsed(content: bytes) -> tuple[Any, str]:
    text = _decoded(content)
    if DECLARATION.search(text):
        raise DocumentRefused("declaration")
    if text.count("<") > 2 * MAX_ELEMENTS:
        raise DocumentRefused("bomb")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser), text
    except etree.XMLSyntaxError as broken:
        raise DocumentRefused("damaged") from broken


def _outside(relations: Any) -> list[Any]:
    """Find what a part refers to elsewhere, but for links, which readers follow themselves."""
    return [
        relation
        for relation in relations
        if relation.get("TargetMode") == "External"
        and not relation.get("Type", "").endswith("/hyperlink")
    ]


def _without_what_is_outside(root: Any, outside: set[str], dropped: dict[str, int]) -> None:
    for element in list(root.iter()):
        if not any(name.startswith(R) and value in outside for name, value in element.items()):
            continue
        around = [e for e in element.iterancestors() if e.tag in {W + "drawing", W + "pict"}]
        found = around[-1] if around else element
        if found.getparent() is not None:
            dropped["linked picture"] = dropped.get("linked picture", 0) + 1
            found.getparent().remove(found)


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:64]:
        raise DocumentRefused("damaged")
    said = ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    try:
        return content.decode(said[1].decode() if said else "utf-8-sig")
    except (LookupError, UnicodeDecodeError) as broken:
        raise DocumentRefused("damaged") from broken


def _without_what_is_hidden(root: Any, dropped: dict[str, int]) -> None:
    deepest = 0
    for event, _element in _walk(root):
        deepest += event
        if deepest > MAX_DEPTH:
            raise DocumentRefused("bomb")
    for tag in ("del", "moveFrom"):
        for element in list(root.iter(W + tag)):
            if element.getparent() is not None and element.getparent().tag != W + "rPr":
                dropped["deleted"] = dropped.get("deleted", 0) + 1
                element.getparent().remove(element)
    for hidden in [*root.iter(W + "vanish"), *root.iter(W + "webHidden")]:
        run = hidden.getparent().getparent() if hidden.getparent() is not None else None
        if run is None or run.tag != W + "r" or hidden.get(W + "val") in {"0", "false", "off"}:
            continue
        if run.getparent() is not None:
            dropped["hidden"] = dropped.get("hidden", 0) + 1
            run.getparent().remove(run)
    for chunk in list(root.iter(W + "altChunk")):
        dropped["embedded file"] = dropped.get("embedded file", 0) + 1
        chunk.getparent().remove(chunk)


def _walk(root: Any) -> Any:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        yield (1 if event == "start" else -1), element


def main() -> None:
    confined.confine(MEMORY)
    told: dict[str, Any]
    try:
        found = open_document(sys.stdin.buffer.read(MAX_BYTES + 1))
        pictures = [base64.b64encode(picture).decode() for picture in found.pictures]
        told = {"html": found.html, "pictures": pictures, "dropped": found.dropped}
    except DocumentRefused as refused:
        told = {"refused": refused.reason}
    except MemoryError:
        told = {"refused": "bomb"}
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of its reader
        told = {"refused": "damaged"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
