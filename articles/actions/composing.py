"""What stands where on the home page, section fronts and topics. Readers see a change in a second.

Nobody reviews these; each is in the log. Whoever comes second at a page waits for the first,
and is told if what they saw is not so any more.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import log
from articles.actions import steps
from articles.log import wording
from articles.models import (
    Article,
    FrontBlock,
    LogEntry,
    Placement,
    Section,
    SiteSettings,
    Topic,
    User,
)
from articles.models.fronts import MOST, ComposedPage, blocks_of, of_page, page_name
from articles.rights import composing as rights
from articles.rights.permissions import NotAllowed, Verb, WrongInput

TOP = (Placement.Slot.LEAD, Placement.Slot.HEADS)
# What somebody may say of a block.
FIELDS = ("title", "title_en", "tag", "most", "is_shown")


class Stale(NotAllowed):
    """Somebody else was there meanwhile, and what was seen is not so any more."""


@transaction.atomic
def place(
    article: Article,
    *,
    user: User,
    page: ComposedPage,
    key: str,
    at: datetime,
    live_from: datetime | None = None,
    live_until: datetime | None = None,
) -> Placement:
    """Put an article on top of a slot of a page: now or from a moment on, and maybe until one."""
    _hold(page)
    article = steps.begin(article, user=user, verb=Verb.PLACE, at=at)
    slot, block = _slot(page, key)
    placement = Placement(
        article=article,
        **of_page(page),
        slot=slot,
        block=block,
        live_from=live_from or at,
        live_until=live_until,
        placed_by=user,
    )
    if placement.live_from < at:
        raise WrongInput(_("The beginning lies in the past."), "live_from")
    _put(placement, at)
    _write(placement, LogEntry.Action.PLACED, user, at, _said(placement))
    return placement


@transaction.atomic
def move(
    number: int, *, user: User, page: ComposedPage, before: int | None, at: datetime
) -> Placement:
    """Let a placement stand before another one of its slot, or last."""
    _begin(user, page)
    placement = _standing(page, number, at)
    rows = _rows(placement, at)
    others = [row for row in rows if row.pk != number]
    numbers = [row.pk for row in others]
    if before is not None and before not in numbers:
        raise Stale(_("Somebody took out what it was to stand before. Please look again."))
    was, now = rows.index(placement), numbers.index(before) if before else len(others)
    _number([*others[:now], placement, *others[now:]])
    if was != now:
        detail = f"{_said(placement)} {was + 1} → {now + 1}"
        _write(placement, LogEntry.Action.PLACE_CHANGED, user, at, detail)
    return placement


@transaction.atomic
def change(
    number: int,
    *,
    user: User,
    page: ComposedPage,
    key: str,
    live_from: datetime | None,
    live_until: datetime | None,
    seen: str,
    at: datetime,
) -> Placement:
    """Give a placement other times, or another slot.

    What has begun keeps its beginning. In another slot it begins anew and the old one ends, so
    that what stood where stays known.
    """
    _begin(user, page)
    placement = _standing(page, number, at)
    if seen != as_seen(placement):
        raise Stale(
            _("%(name)s changed this meanwhile: %(place)s. Save again to put yours in its place.")
            % {"name": _last_to_touch(placement), "place": _said(placement)}
        )
    was = _said(placement)
    slot, block = _slot(page, key)
    has_begun = placement.live_from <= at
    if not has_begun and live_from is not None and live_from != placement.live_from:
        if live_from < at:
            raise WrongInput(_("The beginning lies in the past."), "live_from")
        placement.live_from = live_from
    placement.live_until = live_until
    if (slot, block) == (placement.slot, placement.block):
        _check(placement, at)
        placement.save(update_fields=["live_from", "live_until"])
    elif has_begun:
        elsewhere = Placement(
            article=placement.article,
            **of_page(page),
            slot=slot,
            block=block,
            live_from=at,
            live_until=live_until,
            placed_by=user,
        )
        _put(elsewhere, at)
        _end(Placement.objects.get(pk=number), at)
        placement = elsewhere
    else:
        placement.slot, placement.block = slot, block
        _put(placement, at)
    if (now := _said(placement)) != was:
        detail = wording.difference(was, now)
        _write(placement, LogEntry.Action.PLACE_CHANGED, user, at, detail)
    return placement


@transaction.atomic
def take_out(number: int, *, user: User, page: ComposedPage, at: datetime) -> Placement:
    """End a placement now; one that no reader has seen is gone."""
    _begin(user, page)
    placement = _standing(page, number, at)
    said = _said(placement)
    _write(placement, LogEntry.Action.TAKEN_OFF, user, at, said)
    _end(placement, at)
    return placement


@transaction.atomic
def move_block(
    key: str, *, user: User, page: ComposedPage, before: str | None, at: datetime
) -> FrontBlock:
    """Let a block stand before another one of its page, or last."""
    _begin(user, page)
    blocks = _on_file(page)
    block = _find(blocks, key)
    others = [row for row in blocks if row.key != key]
    keys = [row.key for row in others]
    if before is not None and before not in keys:
        raise Stale(_("Somebody took out what it was to stand before. Please look again."))
    was, now = blocks.index(block), keys.index(before) if before else len(others)
    _number_blocks([*others[:now], block, *others[now:]])
    if was != now:
        _note(page, user, at, block, f"{was + 1} → {now + 1}")
    return block


@transaction.atomic
def change_block(
    key: str, *, user: User, page: ComposedPage, seen: str, at: datetime, **said: Any
) -> FrontBlock:
    """Say of a block what is in FIELDS: how many it shows, whether at all, under which heading."""
    _begin(user, page)
    block = _find(_on_file(page), key)
    if seen and seen != block_as_seen(block):
        raise Stale(
            _("Somebody changed “%(block)s” meanwhile. Look at it, and save again.")
            % {"block": block.heading()}
        )
    was = {name: getattr(block, name) for name in said}
    for name, value in said.items():
        setattr(block, name, value)
    _check_block(block)
    block.save(update_fields=list(said))
    changed = [name for name in said if was[name] != said[name]]
    if changed:
        with log.in_site_language():
            told = [
                f"{FrontBlock._meta.get_field(name).verbose_name}: "  # type: ignore[union-attr]
                + wording.difference(wording.text(was[name]), wording.text(said[name]))
                for name in changed
            ]
        _note(page, user, at, block, *told)
    return block


@transaction.atomic
def add_block(*, user: User, page: ComposedPage, at: datetime, **said: Any) -> FrontBlock:
    """Put another block at the end of a page: a section's list, a strip, or a heading."""
    _begin(user, page)
    blocks = _on_file(page)
    block = FrontBlock(**of_page(page), position=len(blocks), **said)
    _check_block(block)
    if block.kind != FrontBlock.Kind.GROUP and block.key in {row.key for row in blocks}:
        raise Stale(_("“%(block)s” is on the page already.") % {"block": block.heading()})
    block.save()
    _note(page, user, at, block, gettext_lazy("added"))
    return block


@transaction.atomic
def remove_block(key: str, *, user: User, page: ComposedPage, at: datetime) -> FrontBlock:
    """Take a block off its page for good, with what stands in it."""
    _begin(user, page)
    block = _find(_on_file(page), key)
    if not is_removable(block, page):
        raise NotAllowed(
            _("“%(block)s” belongs to the page. It can be hidden.") % {"block": block.heading()}
        )
    standing = block.placements.not_over(at).select_related("article")
    names = "、".join(placement.article.headline for placement in standing)
    _note(page, user, at, block, gettext_lazy("deleted"), names)
    block.delete()
    return block


def is_removable(block: FrontBlock, page: ComposedPage) -> bool:
    """Tell what editors put on a page from what would come back to it by itself."""
    if page is not None or block.kind == FrontBlock.Kind.GROUP:
        return True
    if block.kind != FrontBlock.Kind.LIST or block.of is None:
        return False
    return block.of not in Section.objects.in_menu()


def as_seen(placement: Placement) -> str:
    """Give what somebody saw of a placement before they changed it."""
    moments = filter(None, (placement.live_from, placement.live_until))
    return " ".join([placement.key, *(at.astimezone(UTC).isoformat() for at in moments)])


def block_as_seen(block: FrontBlock) -> str:
    return json.dumps([getattr(block, name) for name in FIELDS], ensure_ascii=False)


def _begin(user: User, page: ComposedPage) -> None:
    _hold(page)
    refused = rights.compose(steps.as_of_now(user))
    if refused is not None:
        raise NotAllowed(refused)


def _hold(page: ComposedPage) -> None:
    """Let others who are at the same page wait until this is done."""
    if page is None:
        SiteSettings.objects.select_for_update(no_key=True).get()
    else:
        type(page).objects.select_for_update(no_key=True).get(pk=page.pk)


def _standing(page: ComposedPage, number: int, at: datetime) -> Placement:
    rows = Placement.objects.not_over(at).on(page).filter(pk=number)
    placement = rows.select_related("article", "block__of", "section", "topic").first()
    if placement is None:
        raise Stale(
            _("It does not stand there any more: somebody took it out, or its time is up.")
        )
    return placement


def _rows(placement: Placement, at: datetime) -> list[Placement]:
    """Give what stands in the slot of a placement or is going to, in order."""
    return list(
        Placement.objects.not_over(at)
        .on(placement.page)
        .filter(slot=placement.slot, block=placement.block)
        .order_by("position", "-live_from")
    )


def _slot(page: ComposedPage, key: str) -> tuple[str, FrontBlock | None]:
    """Find a slot of a page by its key; a list that stood by itself is on file afterwards."""
    if key in TOP or (key == Placement.Slot.MORE and isinstance(page, Topic)):
        return key, None
    block = next((block for block in _blocks(page) if block.key == key), None)
    if block is None or not block.takes_articles():
        raise Stale(_("There is no such place on this page any more."))
    if block.kind == FrontBlock.Kind.STRIP:
        return Placement.Slot.STRIP, None
    return Placement.Slot.LIST, block if block.pk else _find(_on_file(page), key)


def _check(placement: Placement, at: datetime) -> None:
    until = placement.live_until
    if until is not None and until <= at:
        raise WrongInput(_("The end lies in the past."), "live_until")
    if until is not None and until <= placement.live_from:
        raise WrongInput(_("It would end before it begins."), "live_until")
    same = [row for row in _rows(placement, at) if row.article_id == placement.article_id]
    for row in same:
        ends_before = row.live_until is not None and row.live_until <= placement.live_from
        begins_after = until is not None and until <= row.live_from
        if row.pk != placement.pk and not ends_before and not begins_after:
            raise WrongInput(_("This article stands there at that time already."), "key")


def _put(placement: Placement, at: datetime) -> None:
    """Save a placement on top of its slot."""
    _check(placement, at)
    others = [row for row in _rows(placement, at) if row.pk != placement.pk]
    placement.position = 0
    placement.save()
    _number([placement, *others])


def _number(rows: Iterable[Placement]) -> None:
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def _end(placement: Placement, at: datetime) -> None:
    if placement.live_from >= at:
        placement.delete()
    else:
        placement.live_until = at
        placement.save(update_fields=["live_until"])


def _blocks(page: ComposedPage) -> list[FrontBlock]:
    return blocks_of(page, Section.objects.in_menu())


def _on_file(page: ComposedPage) -> list[FrontBlock]:
    """Give the blocks of a page, all of them on file from now on, as they stand."""
    blocks = _blocks(page)
    for block in blocks:
        if block.pk is None and block.is_of_photos():
            block.is_shown = False  # the strip shows them
    _number_blocks(blocks)
    return blocks


def _number_blocks(blocks: Iterable[FrontBlock]) -> None:
    for position, block in enumerate(blocks):
        if block.pk is None or block.position != position:
            block.position = position
            block.save()


def _find(blocks: list[FrontBlock], key: str) -> FrontBlock:
    block = next((block for block in blocks if block.key == key), None)
    if block is None:
        raise Stale(_("There is no such block on this page any more."))
    return block


def _check_block(block: FrontBlock) -> None:
    if not 1 <= block.most <= MOST:
        raise WrongInput(_("A block shows 1 to %(most)d articles.") % {"most": MOST}, "most")
    if block.kind == FrontBlock.Kind.GROUP and not block.title.strip():
        raise WrongInput(_("Please give a heading."), "title")


def _said(placement: Placement) -> str:
    """Say where a placement stands and when, for the log and for colleagues."""
    with log.in_site_language():
        times = f"{wording.text(placement.live_from)} – {wording.text(placement.live_until)}"
        return f"{placement.page_name()} · {placement.slot_name()}, {times}"


def _last_to_touch(placement: Placement) -> str:
    entries = LogEntry.objects.filter(
        subject_type=Placement._meta.label_lower, subject_id=placement.pk
    )
    return entries.values_list("actor_name", flat=True).first() or _("Somebody")


def _write(
    placement: Placement, action: LogEntry.Action, user: User, at: datetime, detail: str
) -> None:
    log.write(placement.article, action, actor=user, at=at, detail=detail, about=placement)


def _note(
    page: ComposedPage, user: User, at: datetime, block: FrontBlock, *told: str | Promise
) -> None:
    with log.in_site_language():
        detail = "\n".join([f"{block.heading()}: {told[0]}", *filter(None, map(str, told[1:]))])
        name = page_name(page)
    log.note(LogEntry.Action.ARRANGED, actor=user, at=at, about=page or name, detail=detail)
