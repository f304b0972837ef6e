"""A version's content as the checks read it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from articles.checks.findings import Place
from articles.text import passages

TEXT = ("kicker", "headline", "subhead", "summary")


@dataclass(frozen=True)
class Passage:
    place: Place
    text: str


@dataclass(frozen=True)
class Link:
    place: Place
    address: str
    text: str


@dataclass(frozen=True)
class Picture:
    place: Place
    photo: int | None
    caption: str
    alt: str
    credit: str


@dataclass(frozen=True)
class Document:
    """An attachment; `text` is what could be read of it, `unread` why the rest was not."""

    place: Place
    name: str
    text: str = ""
    unread: str = ""


@dataclass(frozen=True)
class Manuscript:
    """`day` is when it goes or went out: what “this year” means to its readers."""

    day: date
    headline: str = ""
    origin: str = ""
    source: str = ""
    source_url: str = ""
    event_date: date | None = None
    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()
    units: frozenset[str] = frozenset()
    credits: tuple[dict[str, Any], ...] = field(default=())

    @property
    def paragraphs(self) -> Iterator[Passage]:
        return (passage for passage in self.passages if passage.place.field == "body")


def read(
    content: dict[str, Any],
    *,
    day: date,
    document: Callable[[dict[str, Any]], tuple[str, str]] = lambda _row: ("", ""),
) -> Manuscript:
    """Read a snapshot. `document` gives the text of an attachment, and why it has none."""
    body = passages.read(content["body"])
    pictures = tuple(_pictures(content["photos"]))
    event = content["event_date"]
    return Manuscript(
        day=day,
        headline=content["headline"],
        origin=content["origin"],
        source=content["source"],
        source_url=content["source_url"],
        event_date=date.fromisoformat(event) if event else None,
        passages=tuple(_passages(content, body, pictures)),
        pictures=pictures,
        links=tuple(_links(content, body)),
        documents=tuple(
            Document(Place("attachments", number), row["title"] or row["name"], *document(row))
            for number, row in enumerate(content["attachments"], 1)
        ),
        units=frozenset(row["name"] for row in content["units"]),
        credits=tuple(content["credits"]),
    )


def _passages(
    content: dict[str, Any], body: list[Any], pictures: Iterable[Picture]
) -> Iterator[Passage]:
    for name in TEXT:
        if content[name]:
            yield Passage(Place(name), content[name])
    for number, passage in enumerate(body, 1):
        if passage.text:
            yield Passage(Place("body", number), passage.text)
    for picture in pictures:
        for text in dict.fromkeys((picture.caption, picture.alt)):
            if text:
                yield Passage(picture.place, text)
    for number, row in enumerate(content["attachments"], 1):
        if row["title"]:
            yield Passage(Place("attachments", number), row["title"])


def _pictures(rows: list[dict[str, Any]]) -> Iterator[Picture]:
    for number, row in enumerate(rows, 1):
        place = Place("photos", number)
        yield Picture(place, row["photo"], row["caption"], row["alt"], row["credit"])


def _links(content: dict[str, Any], body: list[Any]) -> Iterator[Link]:
    for number, passage in enumerate(body, 1):
        for mark in passage.marks:
            if mark.name == "a":
                text = passage.text[mark.start : mark.end]
                yield Link(Place("body", number), mark.value, text)
    if content["source_url"]:
        yield Link(Place("source_url"), content["source_url"], content["source_url"])
