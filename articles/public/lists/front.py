"""What stands on the home page, section fronts and topics: placed by editors, else the newest."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import starmap, takewhile
from typing import Any

from django.db.models import QuerySet

from articles import addresses
from articles.models.editions import Edition, EditionTag
from articles.models.fronts import ComposedPage, FrontBlock, Placement, blocks_of
from articles.models.sections import Section
from articles.models.topics import Topic
from articles.public import showing
from articles.public.lists import listed
from articles.public.lists.listed import Listed, Place
from articles.public.lists.listing import live_parts

HEADS = 6
# So long what was written in the reader's language leads before what is newer.
LATELY = timedelta(days=90)
# Only these lead the page by being new; the others have a place of their own on it.
LEADING = (Section.Kind.NEWS, Section.Kind.ACADEMIC, Section.Kind.TOPIC)
# They stand beside the lead while they come first.
STRIP = FrontBlock.Kind.STRIP.value
BESIDE = (FrontBlock.Kind.STRIP, FrontBlock.Kind.BOARDS)


@dataclass
class Block:
    """A block with what it shows."""

    block: FrontBlock
    editions: list[Listed] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)


@dataclass
class Front:
    """A page as it is laid out. `slots` has what each shows, by `lead`, `heads` and block."""

    slots: dict[str, list[Listed]]
    blocks: list[Block] = field(default_factory=list)
    # A section without blocks is a list, with what is placed there on top.
    is_list: bool = False

    @property
    def lead(self) -> Listed | None:
        return self.slots["lead"][0] if self.slots["lead"] else None

    @property
    def top(self) -> list[Listed]:
        return [*self.slots["lead"], *self.heads]

    @property
    def heads(self) -> list[Listed]:
        return self.slots["heads"]

    @property
    def beside(self) -> list[Block]:
        return list(takewhile(lambda shown: shown.block.kind in BESIDE, self.blocks))

    @property
    def below(self) -> list[Block]:
        return self.blocks[len(self.beside) :]

    @property
    def articles(self) -> set[int]:
        return {edition.article_id for shown in self.slots.values() for edition in shown}


class Layout:
    """Fills the slots of a page: what editors placed first, wherever it stands; then the rest.

    So what was placed further down is not taken away by what is new.
    """

    def __init__(self, page: ComposedPage, blocks: list[FrontBlock], at: datetime) -> None:
        self.at = at
        self.blocks = [block for block in blocks if block.is_shown]
        self.seen: set[int] = set()
        self.room = {"lead": 1, "heads": HEADS}
        self.room |= {block.key: block.most for block in self.blocks if block.takes_articles()}
        self.topics: list[Topic] = []
        # Of what may be shown, what has been read already.
        self.rows: dict[int, Listed] = {}
        placed = placed_on(page, at)
        self.slots: dict[str, list[Place]] = {
            key: unseen(placed.get(key, ()), self.seen, most) for key, most in self.room.items()
        }

    def live(self) -> QuerySet[Edition]:
        """Give what may still come onto the page, the newest first."""
        return Edition.objects.live(self.at).exclude(article__in=self.seen).newest_first()

    def left(self, key: str) -> int:
        return self.room.get(key, 0) - len(self.slots.get(key, ()))

    def fill(self, key: str, editions: Iterable[Place]) -> None:
        if left := self.left(key):
            self.slots[key] += unseen(editions, self.seen, left)

    def fill_top(self, newest: list[Place]) -> None:
        """Fill lead and headlines; what leads has a photo if anything has."""
        self.fill("lead", [*(edition for edition in newest if edition.has_lead), *newest])
        self.fill("heads", newest)

    def fill_strip(self, stories: list[Place]) -> None:
        self.fill(STRIP, (edition for edition in stories if edition.has_lead))

    def stories(self, **where: Any) -> QuerySet[Edition]:
        """Give photo stories for a strip, a few more than it takes."""
        return self.live().filter(form="photo_story", **where)[: 3 * self.left(STRIP)]

    def fill_blocks(self) -> None:
        """Fill the blocks one after the other. One query for all lists, one for each group."""
        kind = FrontBlock.Kind
        lists = {b.of_id: self.left(b.key) for b in self.blocks if b.kind == kind.LIST}
        groups = sum(self.left(block.key) for block in self.blocks if block.kind == kind.GROUP)
        wanted = [section for section, left in lists.items() if section and left]
        # Whatever a group takes of a section is replaced.
        most = max(lists.values(), default=0) + groups
        newest = listed.newest_of(wanted, most, self.at, besides=self.seen)
        for block in self.blocks:
            if block.kind == kind.LIST:
                self.fill(block.key, newest.get(block.of_id or 0, ()))
            elif block.tag and self.left(block.key):
                self.fill(block.key, self.tagged(block.tag, self.left(block.key)))

    def tagged(self, tag: str, most: int) -> Iterable[Place]:
        tagged = live_parts(EditionTag.objects.filter(slug=tag), self.at)
        tagged = tagged.exclude(edition__article__in=self.seen)
        in_order = tagged.order_by("-displayed_at", "-edition_id")
        return starmap(Place, in_order.values_list("edition", "edition__article")[:most])

    def show_topics(self) -> None:
        """Fill the block of current topics. Two queries, or none."""
        for block in self.blocks:
            if block.kind == FrontBlock.Kind.TOPICS:
                found = Topic.objects.current(self.at).filter(on_home_page=True)
                self.topics = showing.photos_of(found[: block.most], self.at)

    def filled(self, newest: list[Listed], **where: Any) -> Front:
        """Give the page with all its slots filled: with the newest, and stories from `where`."""
        self.rows = {edition.pk: edition for edition in newest}
        self.fill_top([edition.place() for edition in newest])
        if self.left(STRIP):
            stories = numbers_of(self.stories(**where))
            self.fill_strip(list(listed.places(stories, self.at).values()))
        self.fill_blocks()
        return self.front()

    def front(self) -> Front:
        """Give the page, without blocks that have nothing to show. One query, or none."""
        numbers = [place.pk for slot in self.slots.values() for place in slot]
        unread = [number for number in numbers if number not in self.rows]
        rows = self.rows | {row.pk: row for row in listed.editions(unread, self.at)}
        slots = {key: [rows[place.pk] for place in slot] for key, slot in self.slots.items()}
        kind = FrontBlock.Kind
        topics = {kind.TOPICS.value: self.topics}
        blocks = [
            Block(block, slots.get(block.key, []), topics.get(block.kind, []))
            for block in self.blocks
        ]
        filled = [
            shown
            for shown in blocks
            if shown.editions or shown.topics or shown.block.kind == kind.BOARDS
        ]
        return Front(slots, filled)


def placed_on(page: ComposedPage, at: datetime) -> dict[str, list[Place]]:
    """Give the live editions that editors placed on a page, by slot. At most two queries.

    What the reader reads comes first in each, so a slot may have a lead for every language. A
    strip takes what has a photo.
    """
    placements = list(Placement.objects.live(at).on(page).select_related("block"))
    numbers = {placement.article_id for placement in placements}
    editions = listed.places_of_articles(numbers, at)
    slots: dict[str, list[Place]] = {}
    for placement in placements:
        edition = editions.get(placement.article_id)
        if edition and (edition.has_lead or placement.slot != Placement.Slot.STRIP):
            slots.setdefault(placement.key, []).append(edition)
    read_here = addresses.read_here()
    for there in slots.values():
        there.sort(key=lambda edition: edition.language not in read_here)
    return slots


def unseen(editions: Iterable[Place], seen: set[int], most: int) -> list[Place]:
    """Take the first editions that the page does not show yet, and note that it does now."""
    chosen: list[Place] = []
    for edition in editions:
        if len(chosen) == most:
            break
        if edition.article_id not in seen:
            seen.add(edition.article_id)
            chosen.append(edition)
    return chosen


def numbers_of(editions: QuerySet[Edition]) -> list[int]:
    return list(editions.values_list("pk", flat=True))


def home(sections: list[Section], at: datetime) -> Front:
    """Lay out the home page. Eleven queries at most and one for each tag, whatever it shows."""
    layout = Layout(None, blocks_of(None, sections), at)
    leading = layout.live().filter(section__kind__in=LEADING)
    own = numbers_of(
        leading.filter(language__in=addresses.read_here(), displayed_at__gt=at - LATELY)[:30]
    )
    # Others follow where little was written in the reader's language.
    others = numbers_of(leading[:30]) if len(own) <= HEADS else []
    stories = numbers_of(layout.stories())
    places = listed.places({*own, *others, *stories}, at)
    layout.fill_top([places[number] for number in own if number in places])
    layout.fill_top([places[number] for number in others if number in places])
    layout.fill_strip([places[number] for number in stories if number in places])
    # The strip shows what the photo section has, unless somebody wants both.
    if layout.slots.get(STRIP):
        layout.blocks = [block for block in layout.blocks if block.pk or not block.is_of_photos()]
    layout.fill_blocks()
    layout.show_topics()
    return layout.front()


def of_section(section: Section, newest: list[Listed], at: datetime) -> Front:
    """Lay out the front of a section, whose newest articles are known.

    Seven queries at most and one for each tag.
    """
    layout = Layout(section, blocks_of(section, ()), at)
    if not layout.blocks:
        return replace(layout.front(), is_list=True)
    return layout.filled(newest, section=section)


def of_topic(
    topic: Topic, members: QuerySet[Edition], newest: list[Listed], at: datetime
) -> Front:
    """Lay out the page of a topic, whose newest articles are known. As many queries."""
    return Layout(topic, blocks_of(topic, ()), at).filled(newest, pk__in=members.values("pk"))
