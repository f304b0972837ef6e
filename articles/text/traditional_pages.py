"""Finished pages written in traditional characters: their words, and nothing of their markup.

The pages are ours: well-formed, every text and attribute in them escaped. What is in simplified
Chinese says so by `lang`, its own or that of what it stands in; what says something else stays as
it is, and so does what has `translate="no"`.
"""

import json
import re
from typing import Any

from articles.text.scripts import in_script
from articles.text.traditional import Writer

SIMPLIFIED, TRADITIONAL = "zh-hans", "zh-hant"
TAG = re.compile(
    r"<!--.*?-->"
    r"|<script type=\"application/ld\+json\">(?P<described>.*?)</script>"
    r"|<(?P<raw>script|style)\b.*?</(?P=raw)>"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<attributes>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>"
    r"|<[!?][^>]*>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([a-z][a-z0-9:-]*)=\"([^\"]*)\"")
# What readers see or hear of attributes; the last ones by a script.
OF_WORDS = frozenset(
    (
        *("alt", "title", "placeholder", "label"),
        *("aria-label", "aria-description", "aria-roledescription", "aria-valuetext"),
        *("data-done", "data-place", "data-play"),
    )
)
META_OF_WORDS = frozenset(
    ("description", "og:title", "og:description", "og:site_name", "og:image:alt")
)
# Marks within a text, where a word may go on.
WITHIN_TEXT = frozenset(("b", "em", "i", "mark", "s", "strong", "sub", "sup", "u"))
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
ADDRESS = re.compile(r"[a-z]+:|/")


class Scope:
    """An element that says in which language its content is, or that it stays as it is."""

    def __init__(self, name: str, *, is_simplified: bool, stays: bool) -> None:
        self.name, self.is_simplified, self.stays = name, is_simplified, stays
        self.open = 1  # elements of this name, itself included


class Page:
    """A page as it is written anew, piece by piece."""

    def __init__(self, write: Writer) -> None:
        self.write = write
        self.written: list[str] = []
        self.run: list[int] = []  # where the pieces of one text stand in `written`
        self.scopes = [Scope("", is_simplified=True, stays=False)]

    def add(self, markup: str) -> str:
        end = 0
        for tag in TAG.finditer(markup):
            self.text(markup[end : tag.start()])
            self.tag(tag)
            end = tag.end()
        self.text(markup[end:])
        self.end_run()
        return "".join(self.written)

    def text(self, text: str) -> None:
        if text:
            if self.scopes[-1].is_simplified:
                self.run.append(len(self.written))
            self.written.append(text)

    def end_run(self) -> None:
        """Write a text as a whole, so that 头<mark>发</mark> is read as one word."""
        pieces = [self.written[place] for place in self.run]
        whole = "".join(pieces)
        if not whole.isascii():
            anew = self.write(whole)
            if len(anew) == len(whole):
                ends = 0
                for place, piece in zip(self.run, pieces, strict=True):
                    self.written[place] = anew[ends : ends + len(piece)]
                    ends += len(piece)
            else:
                for place, piece in zip(self.run, pieces, strict=True):
                    self.written[place] = self.write(piece)
        self.run.clear()

    def tag(self, tag: re.Match[str]) -> None:
        name = (tag["name"] or "").lower()
        if name not in WITHIN_TEXT:
            self.end_run()
        if tag["described"]:
            opening, text, closing = tag[0].partition(tag["described"])
            self.written.append(f"{opening}{describe(text, self.write)}{closing}")
        elif not name:
            self.written.append(tag[0])
        elif tag["end"]:
            self.written.append(tag[0])
            self.close(name)
        else:
            self.written.append(self.opened(name, tag))

    def opened(self, name: str, tag: re.Match[str]) -> str:
        """Give an opening tag with its words written anew; keep what it says of its content."""
        text = tag["attributes"]
        around = self.scopes[-1]
        found = dict(ATTRIBUTE.findall(text)) if 'lang="' in text or 'translate="' in text else {}
        language, stays = found.get("lang"), around.stays or found.get("translate") == "no"
        is_simplified = around.is_simplified
        if language is not None:
            is_simplified = language == SIMPLIFIED
        is_simplified = is_simplified and not stays
        if name not in VOID and not text.endswith("/"):
            if language is not None or stays != around.stays:
                self.end_run()
                self.scopes.append(Scope(name, is_simplified=is_simplified, stays=stays))
            elif name == around.name:
                around.open += 1
        if not is_simplified or (language is None and text.isascii()):
            return tag[0]

        def anew(attribute: re.Match[str]) -> str:
            return f'{attribute[1]}="{self.attribute(name, text, attribute[1], attribute[2])}"'

        return f"<{tag['name']}{ATTRIBUTE.sub(anew, text)}>"

    def attribute(self, element: str, text: str, name: str, value: str) -> str:
        if name == "lang":
            return TRADITIONAL
        if name in OF_WORDS or (name == "content" and element == "meta" and is_of_words(text)):
            return self.write(value)
        return value

    def close(self, name: str) -> None:
        scope = self.scopes[-1]
        if name == scope.name:
            scope.open -= 1
            if not scope.open:
                self.end_run()
                self.scopes.pop()


def is_of_words(attributes: str) -> bool:
    """Say whether the content of a `meta` is for people."""
    found = dict(ATTRIBUTE.findall(attributes))
    return found.get("name", found.get("property")) in META_OF_WORDS


def written(markup: str, write: Writer) -> str:
    """Write a page in traditional characters."""
    return Page(write).add(markup)


def describe(text: str, write: Writer) -> str:
    """Write what a page says to machines, unless it is in another language; addresses stay."""
    said = json.loads(text)
    if said.get("inLanguage") != SIMPLIFIED:
        return text
    anew = {**_anew(said, write), "inLanguage": TRADITIONAL}
    return in_script(anew)


def _anew(said: Any, write: Writer) -> Any:
    if isinstance(said, dict):
        return {name: _anew(value, write) for name, value in said.items()}
    if isinstance(said, list):
        return [_anew(value, write) for value in said]
    if isinstance(said, str) and not ADDRESS.match(said):
        return write(said)
    return said
