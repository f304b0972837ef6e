"""What stands on the home page and on section fronts: placed by editors, else the newest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.db.models import QuerySet

from articles.models.editions import Edition, EditionTag
from articles.models.fronts import FrontBlock, Placement, blocks_of
from articles.models.sections import Section
from articles.public import showing
from articles.public.listing import live_parts

HEADS = 6
# Only these lead the page by being new; the others have a place of their own on it.
LEADING = (Section.Kind.NEWS, Section.Kind.ACADEMIC, Section.Kind.TOPIC)
# They stand beside the lead while they come first.
STRIP = FrontBlock.Kind.STRIP.value
BESIDE = (FrontBlock.Kind.STRIP, FrontBlock.Kind.BOARDS)


@dataclass
class Block:
    """A block with what it shows."""

    block: FrontBlock
    editions: list[Edition] = field(default_factory=list)


@dataclass
class Front:
    """A page as it is laid out. `slots` has what each shows, by `lead`, `heads` and block."""

    slots: dict[str, list[Edition]]
    blocks: list[Block] = field(default_factory=list)
    # A section without blocks is a list, with what is placed there on top.
    is_list: bool = False

    @property
    def lead(self) -> Edition | None:
        return self.slots["lead"][0] if self.slots["lead"] else None

    @property
    def top(self) -> list[Edition]:
        return [*self.slots["lead"], *self.heads]

    @property
    def heads(self) -> list[Edition]:
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

    def __init__(self, page: Section | None, blocks: list[FrontBlock], at: datetime) -> None:
        self.at = at
        self.blocks = [block for block in blocks if block.is_shown]
        self.seen: set[int] = set()
        self.room = {"lead": 1, "heads": HEADS}
        self.room |= {block.key: block.most for block in self.blocks if block.takes_articles()}
        placed = placed_on(page, at)
        self.slots = {
            key: unseen(placed.get(key, ()), self.seen, most) for key, most in self.room.items()
        }

    def live(self) -> QuerySet[Edition]:
        """Give what may still come onto the page, the newest first."""
        live = Edition.objects.live(self.at).exclude(article__in=self.seen)
        return live.for_lists().newest_first()

    def left(self, key: str) -> int:
        return self.room.get(key, 0) - len(self.slots.get(key, ()))

    def fill(self, key: str, editions: Iterable[Edition]) -> None:
        if left := self.left(key):
            self.slots[key] += unseen(editions, self.seen, left)

    def fill_top(self, newest: list[Edition]) -> None:
        """Fill lead and headlines; what leads has a photo if anything has."""
        self.fill("lead", [*(edition for edition in newest if edition.lead), *newest])
        self.fill("heads", newest)

    def stories(self, **where: Any) -> QuerySet[Edition]:
        """Give photo stories for a strip, a few more than it takes."""
        return self.live().filter(form="photo_story", **where)[: 3 * self.left(STRIP)]

    def fill_block(self, block: FrontBlock) -> None:
        if left := self.left(block.key):
            self.fill(block.key, self.newest_of(block, left))

    def newest_of(self, block: FrontBlock, most: int) -> Iterable[Edition]:
        """Give what fills a block by itself. One query, or none."""
        if block.kind == FrontBlock.Kind.LIST:
            return self.live().filter(section=block.of)[:most]
        if block.tag:
            tagged = live_parts(EditionTag.objects.filter(slug=block.tag), self.at)
            tagged = tagged.exclude(edition__article__in=self.seen)
            found = tagged.select_related("edition__section").defer("edition__body")
            in_order = found.order_by("-displayed_at", "-edition_id")
            return [part.edition for part in in_order[:most]]
        return ()

    def front(self) -> Front:
        """Give the page, without blocks that have nothing to show."""
        blocks = [
            Block(block, self.slots.get(block.key, []))
            for block in self.blocks
            if self.slots.get(block.key) or block.kind == FrontBlock.Kind.BOARDS
        ]
        # Only the first of a list has its photo shown; the others of these have theirs already.
        plain = (shown for shown in blocks if shown.block.kind not in BESIDE)
        showing.leads((e for shown in plain for e in shown.editions[:1]), self.at)
        return Front(self.slots, blocks)


def placed_on(page: Section | None, at: datetime) -> dict[str, list[Edition]]:
    """Give the live editions that editors placed on a page, by slot. At most four queries.

    A strip takes what has a photo.
    """
    placements = list(Placement.objects.live(at).filter(section=page).select_related("block"))
    numbers = {placement.article_id for placement in placements}
    live = Edition.objects.live(at).filter(article__in=numbers).for_lists()
    editions = {edition.article_id: edition for edition in showing.leads(live, at)}
    slots: dict[str, list[Edition]] = {}
    for placement in placements:
        edition = editions.get(placement.article_id)
        if edition and (edition.lead or placement.slot != Placement.Slot.STRIP):
            slots.setdefault(placement.key, []).append(edition)
    return slots


def unseen(editions: Iterable[Edition], seen: set[int], most: int) -> list[Edition]:
    """Take the first editions that the page does not show yet, and note that it does now."""
    chosen: list[Edition] = []
    for edition in editions:
        if len(chosen) == most:
            break
        if edition.article_id not in seen:
            seen.add(edition.article_id)
            chosen.append(edition)
    return chosen


def home(sections: list[Section], at: datetime) -> Front:
    """Lay out the home page. One query per list, nine others, however many articles."""
    layout = Layout(None, blocks_of(None, sections), at)
    newest = list(layout.live().filter(section__kind__in=LEADING)[:30])
    stories = list(layout.stories())
    showing.leads([*newest, *stories], at)
    layout.fill_top(newest)
    layout.fill(STRIP, (edition for edition in stories if edition.lead))
    # The strip shows what the photo section has, unless somebody wants both.
    if layout.slots.get(STRIP):
        layout.blocks = [block for block in layout.blocks if block.pk or not block.is_of_photos()]
    for block in layout.blocks:
        layout.fill_block(block)
    return layout.front()


def of_section(section: Section, newest: list[Edition], at: datetime) -> Front:
    """Lay out the front of a section, whose newest articles are known.

    One query for its blocks, one for each of them, at most seven others.
    """
    layout = Layout(section, blocks_of(section, ()), at)
    if not layout.blocks:
        return Front(layout.slots, is_list=True)
    layout.fill_top(newest)
    if layout.left(STRIP):
        stories = showing.leads(layout.stories(section=section), at)
        layout.fill(STRIP, (edition for edition in stories if edition.lead))
    for block in layout.blocks:
        layout.fill_block(block)
    return layout.front()
