"""The one cleaner of body text, and what is read off cleaned text. Knows no database.

What comes out of `clean` is canonical: top-level blocks one a line, no markup outside
`TAGS` and `ATTRIBUTES`, and cleaning it again changes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.text import videos
from articles.text.hanzi import HAN

# Of what is cleaned and of what comes out, so that cleaning again is always possible.
MAX_CHARACTERS = 200_000
# The parser's time grows with tags times depth: 20,000 nested ones take half a second.
MAX_TAGS = 20_000
MAX_DEPTH = 50
# Not counted in depth: each stands in a list or a table, and some are added here.
BETWEEN = {"p", "li", "caption", "thead", "tbody", "tr", "th", "td"}

INLINE = {"strong", "em", "sub", "sup", "a"}
TAGS = INLINE | {
    *("p", "h2", "h3", "blockquote", "ul", "ol", "li", "hr", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "img"),
}
CELLS = {"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}}
# What a heading cell may head; which cells those are, listeners cannot see.
SCOPES = {"row", "col", "rowgroup", "colgroup"}
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    **CELLS,
    "figure": {"class"},
    # Ours by number; `src` says which file of ours shows it.
    "img": {"data-file", "src", "alt"},
}
# How large a figure stands, where it is not as wide as the column.
SIZES = {"full", "side"}
SCHEMES = {"http", "https", "mailto", "tel"}

# What other editors write, and what it is here.
SAME_AS = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
# Boxes that only group what is in them.
BOXES = {
    *("div", "section", "article", "main", "header", "footer", "aside", "nav", "center"),
    *("address", "details", "summary", "fieldset", "dl", "dt", "dd", "pre", "tfoot"),
}
# Their text is no text of the article.
NOT_TEXT = {
    *("script", "style", "template", "textarea", "title", "noscript", "noembed", "noframes"),
    *("iframe", "object", "audio", "video", "canvas", "svg", "math", "xmp", "select", "del"),
}
# A parser repeats open ones of these in each paragraph, once per distinct set of attributes.
REPEATED = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*>", re.IGNORECASE
)
TAG = re.compile(r"<[a-z]", re.IGNORECASE)
WHITESPACE = re.compile(r"[ \t\r\n\f]+")
LINE_BREAK_IN_CHINESE = re.compile(rf"(?<=[{HAN}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{HAN}])")
INVISIBLE = r"\s\u200b-\u200f\u2060\ufeff"
NOTHING_TO_SEE = re.compile(rf"(?:<[^>]*>|&nbsp;|[{INVISIBLE}])*")
LEADING_BREAKS = re.compile(r"(?: |<br>)*")
# They turn what is read around, or hide in it: no writer types them.
DECEIVING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
FILE_PATH = re.compile(r"[A-Za-z0-9_./-]+")
PHOTO = re.compile(r'<img data-file="([0-9]+)"')
# As it is written here. No attribute has a quotation mark in it, so nothing else looks like one.
FIGURE = re.compile(
    r'<figure(?: class="(?P<size>[a-z]+)")?>'
    r'(?P<images>(?:<img data-file="[0-9]+"(?: [a-z]+="[^"]*")*>)+)'
    r"(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>",
    re.DOTALL,
)
IMAGE = re.compile(
    r'<img data-file="(?P<number>[0-9]+)"(?: src="[^"]*")?(?: alt="(?P<alt>[^"]*)")?>'
)
VIDEO = re.compile(r'<figure><a href="(?P<href>[^"]*)" rel="noopener">(?P<words>.*?)</a></figure>')
# A block with words in it, and no link yet.
WORDS_ALONE = re.compile(r"<(p|h2|h3)>((?:(?!<a[ >]).)*)</\1>", re.DOTALL)
INDENT = re.compile(r"(?<=^<p>)(?:[\s\u3000]|&nbsp;)+")


class TooMuchMarkup(ValidationError):
    """The text is too long or too deep to be read in reasonable time."""


def clean(html: str) -> str:
    """Keep what an article may contain and make one spelling of it.

    Text is never changed but for line breaks in the source and characters that nobody sees and
    that deceive: a typed indent stays.
    Raises `TooMuchMarkup`, which is an error of the form field.
    """
    refuse_too_much(html)
    blocks = "\n".join(_blocks(tree(html)))
    cleaned = nh3.clean(
        blocks,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    refuse_too_much(cleaned)
    return cleaned


def paragraphs(html: str) -> list[str]:
    """Give the top-level blocks as pages print them: clean, and without typed indents."""
    return [INDENT.sub("", block) for block in clean(html).splitlines()]


def photos_in(html: str) -> list[int]:
    """Give the numbers of the photos in cleaned text, each once, in their order."""
    return list(dict.fromkeys(int(number) for number in PHOTO.findall(html)))


def captions(html: str) -> dict[int, str]:
    """Give the photos in cleaned text, in their order, with the words below each."""
    found: dict[int, str] = {}
    for figure in FIGURE.finditer(html):
        words = " ".join(plain_text(figure["caption"] or "").split())
        for number in photos_in(figure["images"]):
            found.setdefault(number, words)
    return found


def plain_text(html: str) -> str:
    """Give the words of cleaned text alone, one line per block, without typed indents."""
    lines = "".join(_text(tree(html))).split("\n")
    return "\n".join(line.strip() for line in lines if re.search(f"[^{INVISIBLE}]", line))


def from_plain_text(text: str) -> str:
    """Make a paragraph of each line."""
    lines = (line.strip() for line in text.splitlines())
    return clean("\n".join(f"<p>{escape(line)}</p>" for line in lines if line))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def elements(self) -> "list[Element]":
        return [child for child in self.children if isinstance(child, Element)]

    def is_inline(self) -> bool:
        return self.tag in INLINE | {"br"} and all(e.is_inline() for e in self.elements())

    def find(self, tag: str) -> "Iterator[Element]":
        for element in self.elements():
            if element.tag == tag:
                yield element
            yield from element.find(tag)


class TreeBuilder(HTMLParser):
    """Builds a tree of markup that is well-formed already."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = SAME_AS.get(tag, tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in {"br", "hr", "img"}:
            self.open.append(element)
            if self.is_too_deep():
                raise TooMuchMarkup(_("The text is nested too deeply. Please paste it as text."))

    def is_too_deep(self) -> bool:
        return sum(e.tag not in BETWEEN for e in self.open) > MAX_DEPTH

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        text = DECEIVING.sub("", data)
        if not any(element.tag == "pre" for element in self.open):
            text = LINE_BREAK_IN_CHINESE.sub("", text)
            self.open[-1].children.append(WHITESPACE.sub(" ", text))
            return
        for number, line in enumerate(re.split(r"\r\n?|\n", text)):
            self.open[-1].children += [Element("br")] if number else []
            self.open[-1].children.append(WHITESPACE.sub(" ", line))


def too_much() -> TooMuchMarkup:
    return TooMuchMarkup(_("The text is too long. Please paste it as text, or in parts."))


def refuse_too_much(html: str) -> None:
    if len(html) > MAX_CHARACTERS or len(TAG.findall(html)) > MAX_TAGS:
        raise too_much()


def without_repetition(html: str) -> str:
    """Take what would make a parser repeat itself; the text stays."""
    # Without its last tag's end, each unclosed tag would be searched up to the end of the text.
    end = html.rfind(">") + 1
    return REPEATED.sub(r"<\1>", html[:end]) + html[end:]


def tree(html: str) -> Element:
    well_formed = nh3.clean(
        without_repetition(html),
        tags=TAGS | BOXES | set(SAME_AS),
        clean_content_tags=NOT_TEXT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    builder = TreeBuilder()
    builder.feed(well_formed)
    builder.close()
    return builder.open[0]


def _attribute(tag: str, name: str, value: str) -> str | None:
    value = WHITESPACE.sub(" ", DECEIVING.sub("", value)).strip()
    match name:
        case "href":
            return value if may_link(value) else None
        case "class":
            return next((word for word in value.split() if word in SIZES), None)
        case "scope":
            return value if (value := value.lower()) in SCOPES else None
        case "src":
            return value if _is_file_of_ours(value) else None
        case "alt" | "rel":
            return value
        case _:
            return value if re.fullmatch(r"[1-9][0-9]{0,8}", value) else None


def _is_file_of_ours(address: str) -> bool:
    """Tell a picture from an address that does something when a reader's browser asks for it."""
    inside = address.removeprefix(settings.MEDIA_URL)
    return inside != address and ".." not in inside and bool(FILE_PATH.fullmatch(inside))


def _is_path(address: str) -> bool:
    return address.startswith("/") and address[1:2] not in {"/", "\\"}


def may_link(address: str) -> bool:
    """Tell an address that stays on the site, or says by which scheme it leaves it."""
    scheme, colon, _rest = address.partition(":")
    return _is_path(address) or (bool(colon) and scheme.lower() in SCHEMES)


def _blocks(element: Element) -> Iterator[str]:
    """Give what is in an element as blocks; words that stand alone become paragraphs."""
    words: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            words.append(escape(child, quote=False))
        elif child.is_inline():
            words.append(_inline(child))
        else:
            yield from _paragraph(words)
            yield from _block(child)
    yield from _paragraph(words)


def _paragraph(words: list[str]) -> Iterator[str]:
    yield from _with_tag("p", _trimmed("".join(words)))
    words.clear()


def _trimmed(inner: str) -> str:
    if NOTHING_TO_SEE.fullmatch(inner):
        return ""
    inner = LEADING_BREAKS.sub("", WHITESPACE.sub(" ", inner), count=1)
    # A pattern for the end would look through each run of breaks once per break in it.
    end = len(inner)
    while inner.endswith((" ", "<br>"), 0, end):
        end -= 1 if inner[end - 1] == " " else len("<br>")
    return inner[:end]


def _inline(element: Element | str) -> str:
    if isinstance(element, str):
        return escape(element, quote=False)
    if element.tag == "br":
        return "<br>"
    inner = "".join(map(_inline, element.children))
    if element.tag not in INLINE or NOTHING_TO_SEE.fullmatch(inner):
        return inner
    if element.tag == "a":
        href = element.attributes.get("href")
        return f'<a href="{escape(href)}">{inner}</a>' if href else inner
    return f"<{element.tag}>{inner}</{element.tag}>"


def _block(element: Element) -> Iterator[str]:
    match element.tag:
        case "hr":
            yield "<hr>"
        case "h2" | "h3" as tag:
            blocks = list(_blocks(element))
            if len(blocks) == 1 and blocks[0].startswith("<p>"):
                blocks = [f"<{tag}>{blocks[0][3:-4]}</{tag}>"]
            yield from blocks
        case "a" if href := element.attributes.get("href"):
            yield from (_linked(block, escape(href)) for block in _blocks(element))
        case "blockquote" as tag:
            yield from _with_tag(tag, "".join(_blocks(element)))
        case "ul" | "ol":
            yield from _list(element)
        case "table":
            yield from _table(element)
        case "img":
            yield from _figure([element], "")
        case "figure":
            yield from _figure_or_its_text(element)
        case _:
            yield from _blocks(element)


def _linked(block: str, href: str) -> str:
    """Put the link around a block around its words, where links may stand."""
    words = WORDS_ALONE.fullmatch(block)
    return f'<{words[1]}><a href="{href}">{words[2]}</a></{words[1]}>' if words else block


def _with_tag(tag: str, inner: str, attributes: str = "") -> Iterator[str]:
    if inner:
        yield f"<{tag}{attributes}>{inner}</{tag}>"


def _list(element: Element) -> Iterator[str]:
    entries = map(_inside, _entries(element))
    inner = "".join(f"<li>{entry}</li>" for entry in entries if entry)
    start = element.attributes.get("start", "1")
    yield from _with_tag(element.tag, inner, "" if start == "1" else f' start="{start}"')


def _entries(element: Element) -> list[Element]:
    """Give the entries; a list straight in a list is what the one before is divided into."""
    entries: list[Element] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            entries.append(child)
        elif isinstance(child, Element) and child.tag in {"ul", "ol"} and entries:
            entries[-1] = replace(entries[-1], children=[*entries[-1].children, child])
        elif not isinstance(child, str) or child.strip():
            entries.append(Element("li", children=[child]))
    return entries


def _inside(element: Element) -> str:
    """Give what is in a list entry or a table cell; one paragraph alone needs no `<p>`."""
    blocks = list(_blocks(element))
    if len(blocks) == 1 or (blocks and all(b.startswith(("<ul", "<ol")) for b in blocks[1:])):
        blocks[0] = blocks[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(blocks)


def _table(table: Element) -> Iterator[str]:
    parts = {"caption": "", "thead": "", "tbody": ""}
    # Wherever the sums are written, they stand last.
    for child in sorted(table.elements(), key=lambda part: part.tag == "tfoot"):
        if child.tag == "caption":
            parts["caption"] += _inside(child)
        else:
            head = "thead" if child.tag == "thead" else "tbody"
            parts[head] += "".join(_row(row) for row in child.elements() if row.tag == "tr")
    inner = "".join(f"<{tag}>{html}</{tag}>" for tag, html in parts.items() if html)
    yield from _with_tag("table", inner)


def _row(row: Element) -> str:
    cells = ""
    for cell in row.elements():
        if cell.tag in {"th", "td"}:
            said = "".join(f' {name}="{n}"' for name, n in sorted(cell.attributes.items()))
            cells += f"<{cell.tag}{said}>{_inside(cell)}</{cell.tag}>"
    return f"<tr>{cells}</tr>" if cells else ""


def _figure_or_its_text(figure: Element) -> Iterator[str]:
    images = [image for image in figure.find("img") if image.attributes.get("data-file")]
    links = [link.attributes.get("href", "") for link in figure.find("a")]
    page = videos.page_of(links[0]) if len(links) == 1 else None
    if images:
        yield from _figure(images, _trimmed(_inline(figure)), figure.attributes.get("class", ""))
    elif page:
        words = _trimmed(escape(" ".join("".join(_text(figure)).split()), quote=False))
        yield f'<figure><a href="{escape(page)}">{words or escape(page)}</a></figure>'
    else:
        yield from _blocks(figure)


def _figure(images: list[Element], caption: str, size: str = "") -> Iterator[str]:
    written = ""
    for image in images:
        if not image.attributes.get("data-file"):
            continue
        names = ("data-file", "src", "alt")
        values = {name: image.attributes.get(name, "") for name in names}
        said = (f' {name}="{escape(value)}"' for name, value in values.items() if value)
        written += f"<img{''.join(said)}>"
    if not written:
        return
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    of_size = f' class="{size}"' if size else ""
    yield f"<figure{of_size}>{written}{below}</figure>"


def _text(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield "\n"
        elif child.is_inline():
            yield from _text(child)
        else:
            yield "\n"
            yield from _text(child)
            yield "\n"
