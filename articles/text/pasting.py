"""Markup that was copied elsewhere, as the body of an article: tidied, and what it lost.

Word, WPS, WeChat and web pages each write the same things in their own way: lists as paragraphs,
indents as blanks, pictures under addresses of others. Whatever is read here ends in
`richtext.clean`, which alone decides what an article may contain. Knows no database.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby, pairwise

import nh3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.text import richtext, videos
from articles.text.hanzi import HAN, columns
from articles.text.richtext import Element

# Word says everything about every run of letters; what is left of it is cleaned like all else.
MAX_CHARACTERS = 3_000_000
MAX_DEPTH = 300

BLANKS = r"\s\u3000\xa0\u200b\u2060\ufeff"
INDENT = re.compile(rf"^[{BLANKS}]+")
ENDING = re.compile(rf"[{BLANKS}]+$")
DEEP_INDENT = re.compile(r"^(?:[ \t\xa0\u2002\u2003]{2,}|[\s\xa0]*[\u3000\u2003]{2})")

MARKED = {"strong", "em", "sub", "sup"}
WORDS = richtext.INLINE | {"br"}
# Elements around words that say nothing an article keeps; what stands in them stays.
PLAIN = {"span", "font", "label", "bdi", "bdo", "v:shape", "v:imagedata"}
HEADINGS = {"h2", "h3"}
SAME_AS = richtext.SAME_AS
TAGS = richtext.TAGS | richtext.BOXES | set(SAME_AS) | PLAIN
PICTURE_AT = (
    *("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-croporisrc"),
    *("data-srcset", "src", "srcset"),
)
ATTRIBUTES = {
    "*": {"style", "class", "hidden", "aria-hidden"},
    "a": {"href"},
    "ol": {"start"},
    **richtext.CELLS,
    "img": {*PICTURE_AT, "data-file", "data-frame", "alt", "width", "height"},
    "v:imagedata": {"src", "o:title"},
}
# Read to say what is missing; none of them gets past `richtext.clean`.
LIBRARY = "library:"
SCHEMES = richtext.SCHEMES | {"data", "file", "cid", "blob", "clipboard", "javascript", "vbscript"}

# A frame may be a video that a link can stand for. As a picture it needs no end.
FRAME = re.compile(r"<iframe(?=[\s/>])", re.IGNORECASE)
LIST_ITEM = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
LIST_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
# Word writes remarks of colleagues into what is copied, at their place and once more at the end.
COMMENT = re.compile(
    r"mso-element:\s*comment-list|mso-special-character:\s*comment", re.IGNORECASE
)
# Google Docs wraps whatever is copied in a <b> that is not bold. That a tag has an end is seen
# first, so that one without is read once.
UNMARKED = re.compile(
    r"<(?:(?:b|strong)\s(?=[^<>]*+>)[^<>]*?font-weight:\s*+(?:normal|lighter|[1-5]00)"
    r"|(?:i|em)\s(?=[^<>]*+>)[^<>]*?font-style:\s*+normal)[^<>]*+>",
    re.IGNORECASE,
)
BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style:\s*italic", re.IGNORECASE)
RAISED = re.compile(r"vertical-align:\s*(super|sub)\b", re.IGNORECASE)
NUMBERED = re.compile(rf"([0-9]{{1,2}})(?:[．、)）]|\.(?=[{BLANKS}{HAN}“《]))[{BLANKS}]*")
# Wingdings has its bullets where Unicode keeps places for private use.
BULLET = re.compile(rf"[•·▪◦‣⁃\uf0b7\uf0a7\uf06c\uf06e\uf0fc\uf0d8][{BLANKS}]*")
SIGN = re.compile(rf"(?:[●○■□◆◇➢➤►▶★☆*–-])[{BLANKS}]+")
# A line that begins so is no rest of the line before.
BEGINNINGS = (DEEP_INDENT, NUMBERED, BULLET, SIGN)
CAPTION = re.compile(
    r"▲|△|▼|↑|图(?:\s*[0-9０-９]|[为源左右：:/／]|[一二三四五六七八九十][：:、.．\s]|\s|片?说明|文?[：:])"
    r"|图片(?!展|社|库|新闻)|(?:供图|摄影)[：:]"
)
LONGEST_CAPTION = 120
# As cleaned text has it, where no attribute has a quotation mark in it.
IMAGE = re.compile(r'<img data-file="(?P<number>[0-9]+)"(?: [a-z]+="[^"]*")*>')
SENTENCE_ENDS = tuple("。！？；：…”’）」』.!?;:)")
# A column of a mail or of a PDF; shorter lines are poems, addresses and signatures.
WRAPPED_AT = 36

DROPPED_TAGS = {
    "script": ("script",),
    "form": ("form", "input", "select", "textarea", "button"),
    "drawing": ("svg", "math", "canvas"),
    "video": (
        *("video", "audio", "object", "embed", "applet"),
        *("mpvoice", "mp-common-mpaudio", "mp-common-videosnap", "mpvideosnap", "qqmusic"),
    ),
    "deleted": ("del",),
    "card": ("mp-miniprogram", "mp-weapp", "mp-common-profile", "mp-common-product"),
}
DROPPED = re.compile(
    rf"<({'|'.join(tag for tags in DROPPED_TAGS.values() for tag in tags)})(?=[\s/>])",
    re.IGNORECASE,
)
KIND_OF_TAG = {tag: kind for kind, tags in DROPPED_TAGS.items() for tag in tags}


@dataclass(frozen=True)
class Picture:
    """A picture that was found: its address as it stood, and the words for it."""

    address: str
    alt: str = ""

    @property
    def name(self) -> str:
        """Say which one it is, short enough to be read: its host and file, never what follows."""
        if self.address.startswith("data:"):
            return self.alt or _("a picture in the text")
        path = re.split(r"[?#]", self.address, maxsplit=1)[0].replace("\\", "/").rstrip("/")
        scheme, _colon, rest = path.partition("://")
        host = rest.partition("/")[0] if scheme.lower() in {"http", "https"} else ""
        file = path.rpartition("/")[2]
        named = " · ".join(filter(None, (self.alt[:40], host, file[-40:] if file != host else "")))
        return named or _("a picture without a name")


# Gives the number that a picture has in the library, or None if it is not there.
type Place = Callable[[Picture], int | None]


def known(picture: Picture) -> int | None:
    """Place only what stood in an article already."""
    number = picture.address.removeprefix(LIBRARY)
    return int(number) if number != picture.address and number.isdecimal() else None


@dataclass
class Pasted:
    """Cleaned markup, with the pictures that could not come along and how often what was left."""

    html: str = ""
    missing: list[Picture] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def said(self) -> list[str]:
        """Give a sentence for each kind of thing that was left out."""
        said = [_in_words(kind, count) for kind, count in self.dropped.items() if count]
        if self.missing:
            names = "; ".join(picture.name for picture in self.missing[:5])
            said.append(
                ngettext(
                    "%(count)d picture is missing, please upload it: %(names)s",
                    "%(count)d pictures are missing, please upload them: %(names)s",
                    len(self.missing),
                )
                % {"count": len(self.missing), "names": names}
            )
        return said


def read(html: str, place: Place = known) -> Pasted:
    """Make of copied markup what an article may contain. Raises `TooMuchMarkup`.

    Reading again what came out changes nothing.
    """
    if len(html) > MAX_CHARACTERS:
        raise richtext.too_much()
    pasted = Pasted()
    try:
        blocks = _Reader(pasted, place).read(_tree(html))
    except richtext.TooMuchMarkup:
        # Boxes in boxes in boxes: without what they look like, it may be read after all.
        pasted.html = _without_strangers(richtext.clean(html), pasted, place)
    else:
        pasted.html = richtext.clean("\n".join(map(_written, _tidied(blocks))))
    for found in DROPPED.finditer(html):
        pasted.dropped[KIND_OF_TAG[found[1].lower()]] += 1
    return pasted


def _without_strangers(html: str, pasted: Pasted, place: Place) -> str:
    """Take out of cleaned text the pictures of the library that have no place here."""
    refused = set()
    for number in richtext.photos_in(html):
        picture = Picture(f"{LIBRARY}{number}")
        if place(picture) is None:
            refused.add(str(number))
            pasted.missing.append(picture)
    if not refused:
        return html
    return richtext.clean(
        IMAGE.sub(lambda found: "" if found["number"] in refused else found[0], html)
    )


def read_text(text: str) -> Pasted:
    """Make paragraphs of plain text: lists are known, lines of one width are one paragraph."""
    lines = [unicodedata.normalize("NFC", line) for line in text.splitlines()]
    chunks = [list(chunk) for full, chunk in groupby(lines, key=_has_words) if full]
    blocks = [
        Element("p", children=[line])
        for chunk in chunks
        for line in (["".join(_joined(chunk))] if _is_wrapped(chunk) else chunk)
    ]
    return Pasted(richtext.clean("\n".join(map(_written, _tidied(blocks)))))


def _in_words(kind: str, count: int) -> str:
    return {
        "script": ngettext(
            "%(count)d script was left out", "%(count)d scripts were left out", count
        ),
        "form": ngettext(
            "%(count)d form control was left out", "%(count)d form controls were left out", count
        ),
        "drawing": ngettext(
            "%(count)d drawing or formula was left out",
            "%(count)d drawings or formulas were left out",
            count,
        ),
        "video": ngettext(
            "%(count)d video or sound was left out",
            "%(count)d videos or sounds were left out",
            count,
        ),
        "card": ngettext("%(count)d card was left out", "%(count)d cards were left out", count),
        "frame": ngettext(
            "%(count)d frame of another site was left out",
            "%(count)d frames of other sites were left out",
            count,
        ),
        "deleted": ngettext(
            "%(count)d deleted passage was left out",
            "%(count)d deleted passages were left out",
            count,
        ),
        "comments": _("the comments were left out"),
        "embedded file": ngettext(
            "%(count)d embedded file was left out",
            "%(count)d embedded files were left out",
            count,
        ),
        "linked picture": ngettext(
            "%(count)d picture is only linked and missing, please upload it",
            "%(count)d pictures are only linked and missing, please upload them",
            count,
        ),
        "hidden": ngettext(
            "%(count)d hidden passage was left out",
            "%(count)d hidden passages were left out",
            count,
        ),
        "link": ngettext(
            "%(count)d link without an address that readers can follow was left out",
            "%(count)d links without an address that readers can follow were left out",
            count,
        ),
    }[kind] % {"count": count}


# From any markup to a tree of well-formed elements


class _TreeBuilder(richtext.TreeBuilder):
    """Here boxes around boxes are no depth: they go. What stays is counted when it is cleaned."""

    def is_too_deep(self) -> bool:
        return len(self.open) > MAX_DEPTH


def _tree(html: str) -> Element:
    # A comment is dropped by the parser, too; of Word's the most part is one.
    html = FRAME.sub('<img data-frame="1" ', html)
    html = richtext.without_repetition(UNMARKED.sub("<span>", html))
    if len(richtext.TAG.findall(html)) > richtext.MAX_TAGS:
        raise richtext.too_much()
    well_formed = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=richtext.NOT_TEXT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    builder = _TreeBuilder()
    builder.feed(well_formed)
    builder.close()
    return builder.open[0]


# From the tree to blocks: paragraphs, headings, lists, tables, figures


class _Reader:
    """Reads one tree. A block is an element; the words in it are text and marks alone."""

    def __init__(self, pasted: Pasted, place: Place) -> None:
        self.pasted = pasted
        self.place = place
        self.places: dict[str, int | None] = {}

    def read(self, element: Element, like: Element | None = None) -> list[Element]:
        blocks: list[Element] = []
        words: list[Element | str] = []

        def close() -> None:
            if words:
                blocks.append(
                    Element(like.tag if like else "p", _said(like), children=_merged(words))
                )
                words.clear()

        for child in element.children:
            if isinstance(child, str):
                words.append(child)
            elif self._is_hidden(child):
                continue
            elif _is_words(child):
                words += self._words(child)
            elif child.tag in WORDS | PLAIN | MARKED:
                # Marks around whole blocks: what is in them counts.
                close()
                blocks += self._picture(child) if child.tag == "v:imagedata" else ()
                inside = self.read(child, like)
                blocks += self._linked(child, inside) if child.tag == "a" else inside
            else:
                close()
                blocks += self._block(child)
        close()
        return blocks

    def _block(self, element: Element) -> list[Element]:
        match element.tag:
            case "hr":
                return [Element("hr")]
            case "img":
                return self._picture(element)
            case "figure":
                return self._figure(element)
            case "table":
                return self._table(element)
            case "ul" | "ol":
                return self._list(element)
            case "blockquote":
                inside = _tidied(self.read(element))
                return [Element("blockquote", children=[*inside])] if inside else []
            case "p":
                return self.read(element, element)
            case "h2" | "h3":
                inside = self.read(element, element)
                if len(inside) == 1 and inside[0].tag == "p":
                    return [replace(inside[0], tag=element.tag)]
                return inside
            case _:
                return self.read(element)

    def _is_hidden(self, element: Element) -> bool:
        style = element.attributes.get("style", "")
        if COMMENT.search(style):
            self.pasted.dropped["comments"] = 1
            return True
        if "msoDel" in element.attributes.get("class", "").split():
            # What is in a <del> was counted as it was dropped.
            self.pasted.dropped["deleted"] += bool(_all_text(element).strip())
            return True
        if element.tag == "p" or not _all_text(element).strip():
            # Word's own paragraphs are never hidden as a whole without their words.
            hidden = bool(HIDDEN.search(style)) and bool(_all_text(element).strip())
        else:
            hidden = bool(HIDDEN.search(style)) or "hidden" in element.attributes
        self.pasted.dropped["hidden"] += hidden
        return hidden

    def _words(self, element: Element) -> list[Element | str]:
        if element.tag == "br":
            return [Element("br")]
        style = element.attributes.get("style", "")
        if LIST_MARKER.search(style):
            return [Element("marker", children=[_all_text(element)])]
        inside: list[Element | str] = []
        for child in element.children:
            if isinstance(child, str):
                inside.append(child)
            elif not self._is_hidden(child):
                inside += self._words(child)
        if element.tag == "a":
            return [_link(element, inside)] if self._may_link(element) else inside
        marks = [element.tag] if element.tag in MARKED else []
        if element.tag in PLAIN:
            raised = RAISED.search(style)
            marks += ["strong"] if BOLD.search(style) else []
            marks += ["em"] if ITALIC.search(style) else []
            marks += [{"super": "sup"}.get(raised[1].lower(), "sub")] if raised else []
        for mark in marks:
            inside = [Element(mark, children=inside)]
        return inside

    def _linked(self, link: Element, blocks: list[Element]) -> list[Element]:
        """Put a link around blocks around the words of each."""
        if self._may_link(link):
            for block in blocks:
                if block.tag in {"p", *HEADINGS} and not any(block.find("a")):
                    block.children = [_link(link, block.children)]
        return blocks

    def _may_link(self, link: Element) -> bool:
        href = link.attributes.get("href", "")
        may = richtext.may_link(href)
        # Places in the same document are no loss: Word writes them around every heading.
        self.pasted.dropped["link"] += bool(href) and not may and not href.startswith("#")
        return may

    def _picture(self, element: Element) -> list[Element]:
        said = element.attributes
        if "data-frame" in said:
            return self._frame(said.get("data-src") or said.get("src", ""))
        if "data-file" in said:
            return self._of_the_library(said)
        if said.get("width") in {"0", "1"} and said.get("height") in {"0", "1"}:
            return []
        picture = Picture(_address(said), said.get("alt", said.get("o:title", "")).strip())
        key = picture.address or f"?{len(self.places)}"
        if key in self.places and element.tag == "v:imagedata":
            return []
        if key not in self.places:
            self.places[key] = self.place(picture)
            if self.places[key] is None:
                self.pasted.missing.append(picture)
        number = self.places[key]
        if number is None:
            return []
        attributes = {"data-file": str(number)} | ({"alt": picture.alt} if picture.alt else {})
        return [Element("figure", children=[Element("img", attributes)])]

    def _of_the_library(self, said: dict[str, str]) -> list[Element]:
        picture = Picture(f"{LIBRARY}{said['data-file']}", said.get("alt", ""))
        if self.place(picture) is None:
            self.pasted.missing.append(picture)
            return []
        kept = {name: said[name] for name in said if name in {"data-file", "src", "alt"}}
        return [Element("figure", children=[Element("img", kept)])]

    def _frame(self, address: str) -> list[Element]:
        address = f"https:{address}" if address.startswith("//") else address
        page = videos.page_of(address)
        if page:
            return [_video(page)]
        self.pasted.dropped["frame"] += 1
        return []

    def _figure(self, element: Element) -> list[Element]:
        captions = list(element.find("figcaption"))
        around = Element("", children=[c for c in element.children if c not in captions])
        blocks = self.read(around)
        caption = [word for c in captions for word in _run(self.read(c))]
        images = [image for block in blocks for image in block.elements() if image.tag == "img"]
        if not images or any(block.tag != "figure" for block in blocks):
            return [*blocks, *([Element("p", children=caption)] if caption else [])]
        # Several pictures that stood in one figure are a gallery.
        below = [Element("figcaption", children=caption)] if caption else []
        return [Element("figure", {"class": _size(element)}, [*images, *below])]

    def _list(self, element: Element) -> list[Element]:
        items: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element) and self._is_hidden(child):
                continue
            is_item = isinstance(child, Element) and child.tag == "li"
            last = items[-1] if items else None
            if (
                isinstance(child, Element)
                and child.tag in {"ul", "ol"}
                and isinstance(last, Element)
            ):
                # A list straight in a list is what the entry before is divided into.
                last.children += self._list(child)
                continue
            inside = child if is_item else Element("li", children=[child])
            assert isinstance(inside, Element)
            blocks = _tidied(self.read(inside))
            if blocks:
                items.append(Element("li", children=[*blocks]))
        start = {"start": element.attributes["start"]} if "start" in element.attributes else {}
        return [Element(element.tag, start, items)] if items else []

    def _table(self, table: Element) -> list[Element]:
        parts: list[Element | str] = []
        cells: list[Element] = []
        for part in _rows_in_parts(table):
            if part.tag == "caption":
                parts.append(Element("caption", children=[*_run(self.read(part))]))
                continue
            rows: list[Element | str] = []
            for row in part.elements():
                if HIDDEN.search(row.attributes.get("style", "")):
                    self.pasted.dropped["hidden"] += bool(_all_text(row).strip())
                    continue
                written = [
                    Element(
                        cell.tag,
                        {
                            n: v
                            for n, v in cell.attributes.items()
                            if n in richtext.CELLS[cell.tag]
                        },
                        [*_tidied(self.read(cell))],
                    )
                    for cell in row.elements()
                    if cell.tag in {"td", "th"}
                ]
                cells += written
                rows.append(Element("tr", children=[*written]))
            parts.append(Element(part.tag, children=rows))
        if len(cells) == 1 and len(parts) == 1:
            # A table around one thing is a frame, which is the style sheet's matter.
            return cells[0].elements()
        if any(cell.children for cell in cells):
            return [Element("table", children=parts)]
        # Without a cell that says something, only the caption is left to read.
        captions = [part for part in parts if isinstance(part, Element) and part.tag == "caption"]
        return [Element("p", children=caption.children) for caption in captions]


def _merged(words: list[Element | str]) -> list[Element | str]:
    """Join marks that only stand beside each other: Word cuts words where their font changes."""
    merged: list[Element | str] = []
    for word in words:
        last = merged[-1] if merged else None
        if not isinstance(word, Element) or word.tag not in MARKED:
            merged.append(word)
        elif isinstance(last, Element) and last.tag == word.tag:
            last.children += word.children
        else:
            merged.append(replace(word, children=[*word.children]))
    # What was joined may have marks side by side in turn.
    for word in merged:
        if isinstance(word, Element) and word.tag in MARKED:
            word.children = _merged(word.children)
    return merged


def _link(like: Element, words: list[Element | str]) -> Element:
    return Element("a", {"href": like.attributes["href"]}, words)


def _is_words(element: Element) -> bool:
    kept = WORDS | PLAIN
    return (
        element.tag in kept
        and element.tag != "v:imagedata"
        and all(map(_is_words, element.elements()))
    )


def _all_text(element: Element) -> str:
    return "".join(c if isinstance(c, str) else _all_text(c) for c in element.children)


def _said(like: Element | None) -> dict[str, str]:
    if like is None:
        return {}
    return {name: like.attributes[name] for name in ("style", "class") if name in like.attributes}


def _size(element: Element) -> str:
    return next(
        (c for c in element.attributes.get("class", "").split() if c in richtext.SIZES), ""
    )


def _video(address: str, words: str = "") -> Element:
    link = Element("a", {"href": address}, [words or address])
    return Element("figure", children=[link])


def _address(said: dict[str, str]) -> str:
    """Find the address that a picture really has: pages put it aside until it is scrolled to."""
    for name in PICTURE_AT:
        value = said.get(name, "").strip()
        if "srcset" in name:
            value = value.split(",")[0].strip().split(" ")[0]
        elif name == "src" and value.startswith("data:image/gif") and len(value) < 200:
            continue  # holds the place of one that was not loaded yet
        if value:
            return value
    return ""


def _run(blocks: list[Element]) -> list[Element | str]:
    """Put the words of blocks into one line."""
    words: list[Element | str] = []
    for block in blocks:
        words += [" ", *block.children] if words else block.children
    return words


def _rows_in_parts(table: Element) -> Iterator[Element]:
    loose: list[Element | str] = []
    for child in sorted(table.elements(), key=lambda part: part.tag == "tfoot"):
        if child.tag == "tr":
            loose.append(child)
            continue
        if loose:
            yield Element("tbody", children=loose)
            loose = []
        if child.tag in {"caption", "thead", "tbody", "tfoot"}:
            yield Element("tbody" if child.tag == "tfoot" else child.tag, children=child.children)
    if loose:
        yield Element("tbody", children=loose)


# Blocks as an article has them


def _tidied(blocks: list[Element]) -> list[Element]:
    divided = [part for block in blocks for part in _divided(block)]
    trimmed = [block for block in map(_trimmed, divided) if block is not None]
    return _captioned(_listed([_as_video(block) for block in trimmed]))


def _divided(block: Element) -> Iterator[Element]:
    """Divide a paragraph where two breaks, or a break and an indent, stand for its end."""
    if block.tag != "p":
        yield block
        return
    lines = _lines(block.children)
    texts = ["".join(c if isinstance(c, str) else _all_text(c) for c in line) for line in lines]
    if len(lines) > 1 and _is_wrapped(texts):
        children = lines[0]
        for before, text, line in zip(texts, texts[1:], lines[1:], strict=False):
            children = [*children, *([] if _touches(before, text) else [" "]), *line]
        yield Element("p", block.attributes, children)
        return
    part: list[Element | str] = []
    attributes = block.attributes
    for text, line in zip(texts, lines, strict=True):
        is_new = not _has_words(text) or DEEP_INDENT.match(text)
        if part and is_new:
            yield Element("p", attributes, part)
            part = []
        if _has_words(text):
            part = [*part, Element("br"), *line] if part else [*line]
    if part:
        yield Element("p", attributes, part)


def _lines(children: list[Element | str]) -> list[list[Element | str]]:
    """Cut words at their breaks; marks around a break go on after it."""
    lines: list[list[Element | str]] = [[]]
    for child in children:
        if isinstance(child, str):
            lines[-1].append(child)
        elif child.tag == "br":
            lines.append([])
        else:
            inside = _lines(child.children)
            for number, line in enumerate(inside):
                if number:
                    lines.append([])
                if line:
                    lines[-1].append(Element(child.tag, child.attributes, line))
    return lines


def _trimmed(block: Element) -> Element | None:
    """Take the blanks around the words of a paragraph; nothing is left of an empty one."""
    if block.tag not in {"p", *HEADINGS}:
        return block
    children = _stripped(_stripped(block.children, INDENT, 0), ENDING, -1)
    return Element(block.tag, block.attributes, children) if children else None


def _stripped(
    children: list[Element | str], blanks: re.Pattern[str], end: int
) -> list[Element | str]:
    left = list(children)
    while left:
        edge = left[end]
        if isinstance(edge, str):
            edge = blanks.sub("", edge)
            if edge:
                left[end] = edge
                return left
        elif edge.tag == "marker":
            return left
        elif edge.tag != "br":
            inside = _stripped(edge.children, blanks, end)
            if inside:
                left[end] = Element(edge.tag, edge.attributes, inside)
                return left
        del left[end]
    return left


def _as_video(block: Element) -> Element:
    """Take a paragraph that is nothing but the address of a video for the video."""
    if block.tag != "p" or len(block.children) != 1:
        return block
    (only,) = block.children
    words = only if isinstance(only, str) else _all_text(only)
    address = words if isinstance(only, str) else only.attributes.get("href", "")
    page = videos.page_of(address.strip())
    if page is None or (not isinstance(only, str) and only.tag != "a"):
        return block
    return _video(page, words.strip() if words.strip() != address.strip() else "")


@dataclass(frozen=True)
class _Item:
    """A paragraph that is an entry of a list: how deep, in which kind, and from which number."""

    tag: str
    level: int
    number: int
    block: Element
    is_sure: bool


def _listed(blocks: list[Element]) -> list[Element]:
    """Make lists of the paragraphs that only look like one."""
    found = [_item(block) for block in blocks]
    done: list[Element] = []
    at = 0
    while at < len(blocks):
        run = _run_of_items(found, at)
        if run:
            done.append(_nested(run))
            at += len(run)
        else:
            done.append(_without_marker(blocks[at]))
            at += 1
    return done


def _item(block: Element) -> _Item | None:
    if block.tag != "p":
        return None
    text = _all_text(Element("", children=[*block.children]))
    is_word = LIST_ITEM.search(block.attributes.get("style", ""))
    markers = [c for c in block.children if isinstance(c, Element) and c.tag == "marker"]
    if is_word:
        marker = _all_text(markers[0]).strip() if markers else ""
        rest = [c for c in block.children if c not in markers]
        number = re.search(r"[0-9]+", marker)
        # Without a marker of its own a list of Word's is one of bullets.
        is_number = bool(
            re.match(rf"[(（]?(?:[0-9]+|[a-zA-Z]|[ivxIVX]+|[{HAN}]+)[.．、)）]", marker)
        )
        tag = "ol" if is_number else "ul"
        start = int(number[0]) if number and is_number else 1
        stripped = _stripped(rest, INDENT, 0)
        return _Item(tag, int(is_word[1]), start, Element("p", children=stripped), is_sure=True)
    for tag, pattern in (("ol", NUMBERED), ("ul", BULLET), ("ul", SIGN)):
        match = pattern.match(text)
        if match and len(match[0]) < len(text):
            rest = _stripped(block.children, re.compile(f"^{re.escape(match[0])}"), 0)
            start = int(match[1]) if tag == "ol" else 1
            return _Item(tag, 1, start, Element("p", children=rest), is_sure=pattern is BULLET)
    return None


def _run_of_items(found: list[_Item | None], at: int) -> list[_Item]:
    """Give the entries of the list that begins here; numbers have to count up to be one."""
    first = found[at]
    if first is None:
        return []
    run = [first]
    for item in found[at + 1 :]:
        if item is None or item.is_sure != first.is_sure:
            break
        is_deep = item.level > 1 or first.level > 1
        if not is_deep and item.tag != first.tag:
            break
        if not first.is_sure and item.tag == "ol" and item.number != run[-1].number + 1:
            break
        run.append(item)
    return run if first.is_sure or len(run) > 1 else []


def _nested(run: list[_Item]) -> Element:
    first = run[0]
    start = {"start": str(first.number)} if first.tag == "ol" and first.number > 1 else {}
    whole = Element(first.tag, start)
    lists = [(first.level, whole)]
    for item in run:
        while len(lists) > 1 and item.level < lists[-1][0]:
            lists.pop()
        level, open_list = lists[-1]
        if item.level > level and open_list.children:
            deeper = Element(item.tag)
            last = open_list.children[-1]
            assert isinstance(last, Element)
            last.children.append(deeper)
            lists.append((item.level, deeper))
            open_list = deeper
        open_list.children.append(Element("li", children=[item.block]))
    return whole


def _without_marker(block: Element) -> Element:
    """Word's number of a heading or of a paragraph is part of what is read."""
    if not any(isinstance(c, Element) and c.tag == "marker" for c in block.children):
        return block
    children: list[Element | str] = [
        _all_text(c).strip() + " " if isinstance(c, Element) and c.tag == "marker" else c
        for c in block.children
    ]
    return Element(block.tag, block.attributes, children)


def _captioned(blocks: list[Element]) -> list[Element]:
    """Put the line below a picture that speaks of it into its figure."""
    done: list[Element] = []
    for block in blocks:
        above = done[-1] if done else None
        if above and _wants_caption(above) and _is_caption(block):
            words = _stripped(block.children, re.compile(r"^[▲△▼↑]\s*"), 0)
            above.children.append(Element("figcaption", children=words))
        else:
            done.append(block)
    return done


def _wants_caption(block: Element) -> bool:
    inside = [e.tag for e in block.elements()]
    return block.tag == "figure" and "img" in inside and "figcaption" not in inside


def _is_caption(block: Element) -> bool:
    text = _all_text(block)
    if block.tag != "p" or len(text) > LONGEST_CAPTION:
        return False
    style = block.attributes.get("class", "").lower()
    return "caption" in style or bool(CAPTION.match(text))


def _has_words(text: str) -> bool:
    return bool(INDENT.sub("", text))


def _is_wrapped(lines: list[str]) -> bool:
    """Tell lines that were broken at one width from lines that somebody ended."""
    if len(lines) < 3 or any(not _has_words(line) for line in lines):
        return False
    if any(new.match(line) for line in lines[1:] for new in BEGINNINGS):
        return False
    widths = [columns(line.strip()) for line in lines]
    full = widths[:-1]
    ended = sum(line.rstrip().endswith(SENTENCE_ENDS) for line in lines[:-1])
    is_even = min(full) >= 0.8 * max(full) and widths[-1] <= max(full) * 1.05
    return max(full) >= WRAPPED_AT and is_even and ended * 2 <= len(full)


def _touches(before: str, after: str) -> bool:
    """Say whether two lines join without a blank: Chinese has none between its words."""
    ends = unicodedata.east_asian_width(before.rstrip()[-1:] or " ") in "WF"
    return ends or unicodedata.east_asian_width(after.lstrip()[:1] or " ") in "WF"


def _joined(lines: list[str]) -> Iterator[str]:
    yield lines[0]
    for before, line in pairwise(lines):
        yield line.strip() if _touches(before, line) else f" {line.strip()}"


def _written(element: Element | str) -> str:
    if isinstance(element, str):
        return escape(element, quote=False)
    if element.tag in {"br", "hr", "img"}:
        return f"<{element.tag}{_attributes(element)}>"
    inner = "".join(map(_written, element.children))
    tag = "span" if element.tag == "marker" else element.tag
    return f"<{tag}{_attributes(element)}>{inner}</{tag}>" if tag else inner


def _attributes(element: Element) -> str:
    kept = {
        name: value
        for name, value in element.attributes.items()
        if name != "style" and (name != "class" or element.tag == "figure") and value
    }
    return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
