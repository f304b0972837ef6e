"""A body of markup as passages to compare: what a reader reads, and how it is marked.

A table row is one passage, its cells divided by tabs, a line break inside a paragraph a line
break; a picture's words are its caption. Knows no database.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from articles.text import richtext
from articles.text.differences import Mark, Passage

type Marks = tuple[tuple[str, str], ...]
type Words = list[tuple[str, Marks]]

CONTAINERS = {"blockquote": "quote", "ul": "ul", "ol": "ol", "caption": "caption"}
HEADINGS = {"h2", "h3"}
SEEN = re.compile(f"[^{richtext.INVISIBLE}]")


def read(html: str) -> list[Passage]:
    """Give the passages of a cleaned body in reading order."""
    return list(_passages(richtext.tree(html), "p"))


def _passages(element: richtext.Element, kind: str) -> Iterator[Passage]:
    words: Words = []
    for child in element.children:
        if isinstance(child, str) or child.is_inline():
            words += _words(child, ())
            continue
        yield from _passage(words, kind)
        words = []
        match child.tag:
            case "hr":
                yield Passage("", "rule")
            case "tr":
                yield from _passage(_row(child), "row")
            case "figure":
                yield _figure(child)
            case tag if tag in HEADINGS:
                yield from _passages(child, tag)
            case tag:
                yield from _passages(child, CONTAINERS.get(tag, kind))
    yield from _passage(words, kind)


def _words(element: richtext.Element | str, marks: Marks) -> Words:
    if isinstance(element, str):
        return [(element, marks)]
    if element.tag == "br":
        return [("\n", marks)]
    if element.tag in richtext.INLINE:
        marks = (*marks, (element.tag, element.attributes.get("href", "")))
    return [word for child in element.children for word in _words(child, marks)]


def _row(row: richtext.Element) -> Words:
    words: Words = []
    for number, cell in enumerate(row.elements()):
        if number:
            words.append(("\t", ()))
        marks: Marks = (("th", ""),) if cell.tag == "th" else ()
        allowed = richtext.CELLS.get(cell.tag, ())
        marks += tuple(sorted((n, v) for n, v in cell.attributes.items() if n in allowed))
        words += _all_words(cell, marks)
    return words


def _all_words(element: richtext.Element, marks: Marks) -> Words:
    """Give the words of a cell or a caption, of blocks in it as well."""
    words: Words = []
    for child in element.children:
        if isinstance(child, str) or child.is_inline():
            words += _words(child, marks)
        else:
            inside = _all_words(child, marks)
            words += [("\n", ()), *inside] if words and inside else inside
    return words


def _figure(figure: richtext.Element) -> Passage:
    captions = list(figure.find("figcaption"))
    words = _all_words(captions[0], ()) if captions else []
    text = "".join(word for word, _marks in words).strip()
    images = [
        image.attributes for image in figure.find("img") if image.attributes.get("data-file")
    ]
    numbers = tuple(image["data-file"] for image in images)
    alts = ((f"alt {image['data-file']}", image["alt"]) for image in images if image.get("alt"))
    size = figure.attributes.get("class", "")
    facts = (*((("size", size),) if size else ()), *alts)
    return Passage(text, "figure", things=numbers, facts=facts)


def _passage(words: Words, kind: str) -> Iterator[Passage]:
    """Put words together, without the blanks around them."""
    whole = "".join(word for word, _marks in words)
    text = whole.strip(" \n\u3000\u00a0")
    if not SEEN.search(text):
        return
    skipped = whole.index(text)
    marks = []
    start = -skipped
    for set_of_marks, group in groupby(words, key=lambda word: word[1]):
        end = start + sum(len(word) for word, _marks in group)
        first, last = max(start, 0), min(end, len(text))
        if first < last:
            marks += [Mark(name, value, first, last) for name, value in set_of_marks]
        start = end
    yield Passage(text, kind, tuple(marks))
