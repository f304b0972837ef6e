"""What stands on the home page and on section fronts: placed by editors, else the newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.models.editions import Edition, Placement
from articles.models.sections import Section
from articles.public import showing

HEADS = 6
STRIP = 4
NOTICES = 6
PER_SECTION = 5
# Only these lead the page by being new; the others have a place of their own on it.
LEADING = (Section.Kind.NEWS, Section.Kind.ACADEMIC, Section.Kind.TOPIC)


@dataclass
class Block:
    """A section on the home page with its newest articles."""

    section: Section
    editions: list[Edition]


@dataclass
class Front:
    lead: Edition | None
    heads: list[Edition]
    strip: list[Edition]
    photos: Section | None
    blocks: list[Block]
    notices: list[Block]


def placed(section: Section | None, at: datetime) -> dict[str, list[Edition]]:
    """Give the live editions that editors placed, by slot. Three queries."""
    placements = list(Placement.objects.live(at).filter(section=section))
    numbers = {placement.article_id for placement in placements}
    live = Edition.objects.live(at).filter(article__in=numbers).for_lists()
    editions = {edition.article_id: edition for edition in showing.leads(live, at)}
    slots: dict[str, list[Edition]] = {slot: [] for slot in Placement.Slot.values}
    for placement in placements:
        if edition := editions.get(placement.article_id):
            slots[placement.slot].append(edition)
    return slots


def unseen(editions: Iterable[Edition], seen: set[int], most: int) -> list[Edition]:
    """Take the first editions that the page does not show yet, and note that it does now."""
    chosen: list[Edition] = []
    for edition in editions:
        if len(chosen) < most and edition.article_id not in seen:
            seen.add(edition.article_id)
            chosen.append(edition)
    return chosen


def compose(sections: list[Section], at: datetime) -> Front:
    """Lay out the home page. One query per section, eight others, however many articles."""
    slots = placed(None, at)
    live = Edition.objects.live(at).for_lists().newest_first()
    newest = list(live.filter(section__kind__in=LEADING)[:30])
    stories = list(live.filter(form="photo_story")[: 3 * STRIP])
    showing.leads([*newest, *stories], at)
    pictured = [edition for edition in newest if edition.lead]

    seen: set[int] = set()
    lead = unseen([*slots["lead"], *pictured, *newest], seen, 1)
    heads = unseen([*slots["heads"], *newest], seen, HEADS)
    pictures = [e for e in [*slots["strip"], *stories] if e.lead]
    strip = unseen(pictures, seen, STRIP)
    blocks: list[Block] = []
    notices: list[Block] = []
    # The strip shows what the photo section has.
    photos = next((s for s in sections if s.kind == Section.Kind.PHOTO), None)
    for section in sections:
        if section == photos and strip:
            continue
        is_notice = section.kind == Section.Kind.NOTICE
        most = NOTICES if is_notice else PER_SECTION
        newest_here = live.filter(section=section)[: most + HEADS + 1]
        if editions := unseen(newest_here, seen, most):
            (notices if is_notice else blocks).append(Block(section, editions))
    showing.leads((edition for block in blocks for edition in block.editions[:1]), at)
    return Front(lead[0] if lead else None, heads, strip, photos, blocks, notices)
