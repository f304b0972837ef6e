"""Composing the home page, section fronts and topics (编排): what stands where, and what will.

Each change is one small form, so that two editors at once change different things, and is seen
by readers within a second. What somebody else has changed meanwhile is said before it is lost.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import composing
from articles.admin.article.deciding.progress import moment_text
from articles.admin.base import (
    DeskRequest,
    MomentField,
    Page,
    again_if_it_collides,
    moment,
    visible_articles,
    visible_keys,
    whole_number,
)
from articles.models import Edition, FrontBlock, Placement, Section, Topic
from articles.models.fronts import MOST, ComposedPage, blocks_of, of_page, page_name
from articles.public import showing, topics, views
from articles.public.lists import front
from articles.public.lists.listed import Listed
from articles.rights import composing as rights
from articles.rights.permissions import NotAllowed, WrongInput

FOUND = 20
OFFERED = 8
CHANGES = 8
LONGEST_QUERY = 100
TEMPLATE = "admin/desk/composing.html"


class PlaceForm(forms.Form):
    """Asks where an article is to stand, and when."""

    key = forms.ChoiceField(label=gettext_lazy("Place in"))
    live_from = MomentField(
        label=gettext_lazy("From"), required=False, help_text=gettext_lazy("Empty: at once.")
    )
    live_until = MomentField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: until somebody takes it out."),
    )

    def __init__(self, *args: Any, keys: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = keys  # type: ignore[attr-defined]


class ChangeForm(PlaceForm):
    """Asks for other times or another slot. What has begun keeps its beginning."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].label = _("Stands in")
        if has_begun:
            del self.fields["live_from"]


class BlockForm(forms.ModelForm):
    """Says what a block shows. A list has the name of its section unless it is given another."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = FrontBlock
        fields = ("title", "title_en", "tag", "most", "is_shown")
        labels = {"most": gettext_lazy("How many articles"), "is_shown": gettext_lazy("Shown")}
        help_texts = {"tag": gettext_lazy("Its newest articles fill what is left.")}
        widgets = {"most": forms.NumberInput(attrs={"min": 1, "max": MOST})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != FrontBlock.Kind.GROUP:
            del self.fields["tag"]
            self.fields["title"].required = False
        if not self.instance.has_a_number():
            del self.fields["most"]

    def validate_constraints(self) -> None:
        """Leave it to the action, which says more."""


@dataclass
class Row:
    """Something placed, with the edition that readers see of it, or will."""

    placement: Placement
    edition: Edition | None
    is_shown: bool
    # What an editor should know of it.
    warnings: list[str]
    form: ChangeForm
    # Before which it goes with a step up and a step down; empty: last.
    up: str = ""
    down: str = ""
    is_open: bool = False

    @property
    def headline(self) -> str:
        return self.edition.headline if self.edition else self.placement.article.headline


@dataclass
class Slot:
    """A slot of the page: what is placed there, and what fills the rest by itself."""

    key: str
    name: str
    most: int
    rows: list[Row] = field(default_factory=list)
    automatic: list[Listed] = field(default_factory=list)
    block: FrontBlock | None = None
    form: BlockForm | None = None
    up: str = ""
    down: str = ""
    is_open: bool = False
    is_removable: bool = False
    # Nobody has said that the photo section is listed although the strip shows its photos.
    is_left_to_strip: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.is_left_to_strip or (self.block is not None and not self.block.is_shown)


@dataclass
class Change:
    """A moment at which the page will be another one."""

    at: datetime
    said: str


@dataclass
class Typed:
    """A form that was sent and not taken, to be shown again where it stands."""

    do: str = ""
    about: str = ""
    form: Any = None


class Composing:
    """One page of the site as an editor sees it at a moment."""

    def __init__(self, request: DeskRequest, page: ComposedPage) -> None:
        self.request, self.page, self.at = request, page, moment(request)
        self.blocks = blocks_of(page, Section.objects.in_menu())
        self.may = rights.compose(request.user) is None
        self.typed = Typed()

    @property
    def is_topic(self) -> bool:
        return isinstance(self.page, Topic)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Name the slots that take articles."""
        slot = Placement.Slot
        blocks = [block for block in self.blocks if block.takes_articles()]
        return [
            (slot.LEAD, _name(slot.LEAD)),
            (slot.HEADS, _name(slot.HEADS)),
            *((block.key, block.heading()) for block in blocks),
            *([(slot.MORE, _name(slot.MORE))] if self.is_topic else []),
        ]

    def block(self, key: str) -> FrontBlock:
        for block in self.blocks:
            if block.key == key:
                return block
        raise composing.Stale(_("There is no such block on this page any more."))

    # What there is to see

    def slots(self) -> tuple[list[Slot], list[Slot], list[Slot]]:
        """Give the slots above, the blocks below them, and what follows by its day."""
        shown = self._laid_out()
        rows = self._rows(shown)
        keys = [block.key for block in self.blocks]
        blocks = []
        for number, block in enumerate(self.blocks):
            slot = self._slot(block.key, block.heading(), block.most, rows, shown)
            slot.block = block
            slot.form = self._block_form(block)
            slot.is_open = self._is_typed("block", block.key)
            slot.up = keys[number - 1] if number else ""
            slot.down = keys[number + 2] if number + 2 < len(keys) else ""
            slot.is_left_to_strip = bool(
                not block.pk and block.is_of_photos() and shown.slots.get(front.STRIP)
            )
            slot.is_removable = composing.is_removable(block, self.page)
            blocks.append(slot)
        top = [
            self._slot(Placement.Slot.LEAD, _name(Placement.Slot.LEAD), 1, rows, shown),
            self._slot(
                Placement.Slot.HEADS, _name(Placement.Slot.HEADS), front.HEADS, rows, shown
            ),
        ]
        more = Placement.Slot.MORE
        below = [self._slot(more, _name(more), 0, rows, shown)] if self.is_topic else []
        return top, blocks, below

    def _laid_out(self) -> front.Front:
        _template, context = readers_page(self.page, self.at)
        return context["front"]

    def _slot(
        self, key: str, name: str, most: int, rows: dict[str, list[Row]], shown: front.Front
    ) -> Slot:
        here = rows.get(key, [])
        numbers = [str(row.placement.pk) for row in here]
        placed = {row.placement.article_id for row in here if row.is_shown}
        for place, row in enumerate(here):
            row.up = numbers[place - 1] if place else ""
            row.down = numbers[place + 2] if place + 2 < len(numbers) else ""
        automatic = [e for e in shown.slots.get(key, ()) if e.article_id not in placed]
        return Slot(key, name, most, here, automatic)

    def _rows(self, shown: front.Front) -> dict[str, list[Row]]:
        """Read what is placed, by slot, with what readers see of it or will. Four queries."""
        placements = list(
            Placement.objects.not_over(self.at)
            .on(self.page)
            .select_related("article", "block__of", "placed_by")
        )
        editions = self._editions(placement.article_id for placement in placements)
        found: dict[str, list[Row]] = {}
        for placement in placements:
            edition = editions.get(placement.article_id)
            is_shown = placement.live_from <= self.at and self._is_there(placement, edition, shown)
            row = Row(
                placement,
                edition,
                is_shown,
                [] if is_shown else list(self._warnings(placement, edition, shown)),
                self._change_form(placement),
                is_open=self._is_typed("change", str(placement.pk)),
            )
            found.setdefault(placement.key, []).append(row)
        return found

    def _is_there(self, placement: Placement, edition: Edition | None, shown: front.Front) -> bool:
        if placement.slot == Placement.Slot.MORE:
            return edition is not None and edition.is_live(self.at)
        here = {e.article_id for e in shown.slots.get(placement.key, ())}
        return placement.article_id in here

    def _editions(self, numbers: Iterable[int]) -> dict[int, Edition]:
        """Give of each article what is live, else what will be next."""
        rows = Edition.objects.not_over(self.at).filter(article__in=set(numbers))
        return {e.article_id: e for e in self._one_each(rows.for_lists().order_by("live_from"))}

    def _one_each(self, editions: Iterable[Edition]) -> list[Edition]:
        """Keep one edition of each article: what is live, else the first."""
        found: dict[int, Edition] = {}
        for edition in editions:
            known = found.setdefault(edition.article_id, edition)
            if not known.is_live(self.at) and edition.is_live(self.at):
                found[edition.article_id] = edition
        return showing.leads(found.values(), self.at)

    def _warnings(self, placement: Placement, edition: Edition | None, shown: front.Front) -> Any:
        until = placement.live_until
        if edition is None:
            yield _("Readers do not see this article: it was withdrawn, or its time is over.")
            return
        if edition.live_from > self.at:
            yield _("Not live yet: readers see it from %(time)s.") % {
                "time": moment_text(edition.live_from)
            }
            if until and until <= edition.live_from:
                yield _("By then its time here is over.")
        if placement.slot == Placement.Slot.STRIP and not edition.lead:
            yield _("A strip shows what has a photo, and this article has none.")
        elif placement.live_from <= self.at and edition.live_from <= self.at:
            if placement.block and not placement.block.is_shown:
                return
            if placement.article_id in shown.articles:
                yield _("It stands further up already.")
            else:
                yield _("There is no room for it: what stands above fills the slot.")

    def _change_form(self, placement: Placement) -> ChangeForm:
        if self._is_typed("change", str(placement.pk)):
            return self.typed.form
        return self.change_form(placement)

    def change_form(self, placement: Placement, data: Any = None) -> ChangeForm:
        return ChangeForm(
            data,
            keys=self.keys,
            has_begun=placement.live_from <= self.at,
            auto_id=f"id_{placement.pk}_%s",
            initial={
                "key": placement.key,
                "live_from": placement.live_from,
                "live_until": placement.live_until,
                "seen": composing.as_seen(placement),
            },
        )

    def _block_form(self, block: FrontBlock) -> BlockForm:
        if self._is_typed("block", block.key):
            return self.typed.form
        return self.block_form(block)

    def block_form(self, block: FrontBlock, data: Any = None) -> BlockForm:
        seen = {"seen": composing.block_as_seen(block)}
        return BlockForm(data, instance=block, initial=seen, auto_id=f"id_{block.key}_%s")

    def group_form(self, data: Any = None) -> BlockForm:
        block = FrontBlock(**of_page(self.page), kind=FrontBlock.Kind.GROUP)
        return BlockForm(data, instance=block, auto_id="id_new_%s")

    def place_form(self) -> PlaceForm:
        if self.typed.do == "place":
            return self.typed.form
        return PlaceForm(keys=self.keys, initial={"key": self.request.GET.get("to", "")})

    def _is_typed(self, do: str, about: str) -> bool:
        return (self.typed.do, self.typed.about) == (do, about)

    def offered(self, there: set[int]) -> tuple[str, list[Edition]]:
        """Find live and scheduled articles by words of their headline; else the newest ones."""
        asked = self.request.GET.get("q", "").strip()[:LONGEST_QUERY]
        rows = Edition.objects.not_over(self.at).filter(article__in=visible_keys(self.request))
        rows = rows.for_lists().newest_first()
        if asked:
            rows = rows.filter(headline__icontains=asked)[: 2 * FOUND]
        else:
            rows = rows.exclude(article__in=there)[: 2 * OFFERED]
        return asked, self._one_each(rows)[: FOUND if asked else OFFERED]

    def changes(self, slots: list[Slot]) -> list[Change]:
        """Say what will be different by itself, and when."""
        found = []
        for slot in slots:
            for row in slot.rows:
                words = {"headline": row.headline, "slot": slot.name}
                if row.placement.live_from > self.at:
                    begins = _("“%(headline)s” comes: %(slot)s") % words
                    found.append(Change(row.placement.live_from, begins))
                if row.placement.live_until:
                    ends = _("“%(headline)s” goes: %(slot)s") % words
                    found.append(Change(row.placement.live_until, ends))
        return sorted(found, key=lambda change: change.at)[:CHANGES]

    def other_sections(self) -> list[Section]:
        """Give the sections whose list may be put on the page; a topic has its own articles."""
        if self.is_topic:
            return []
        there = {block.of_id for block in self.blocks if block.kind == FrontBlock.Kind.LIST}
        own = self.page.pk if self.page else None
        return [s for s in Section.objects.all() if s.pk not in there and s.pk != own]

    def missing_kinds(self) -> list[tuple[str, Any]]:
        """Give the blocks other than lists that a front may have and has not."""
        if self.page is None:
            return []
        kind = FrontBlock.Kind
        has = any(block.kind == kind.STRIP for block in self.blocks)
        return [] if has else [(kind.STRIP.value, kind.STRIP.label)]

    def context(self) -> dict[str, Any]:
        top, blocks, below = self.slots()
        slots = [*top, *blocks, *below]
        there = {row.placement.article_id for slot in slots for row in slot.rows}
        there |= {edition.article_id for slot in slots for edition in slot.automatic}
        asked, offered = self.offered(there)
        return {
            "page": self.page,
            "page_name": page_name(self.page),
            "is_topic": self.is_topic,
            "state": self.page.state(self.at).label if isinstance(self.page, Topic) else "",
            "here": address_of("desk_compose", self.page),
            "readers": self._readers_address(),
            "top": top,
            "blocks": blocks,
            "below": below,
            "may": self.may,
            "q": asked,
            "offered": offered,
            "on_page": there,
            "place_form": self.place_form(),
            "placing": whole_number(self.typed.about) if self.typed.do == "place" else None,
            "group_form": self.typed.form if self.typed.do == "group" else self.group_form(),
            "is_new_group": self.typed.do == "group",
            "other_sections": self.other_sections(),
            "missing_kinds": self.missing_kinds(),
            "changes": self.changes(slots),
            "pages": [
                (one, address_of("desk_compose", one))
                for one in (None, *Section.objects.all(), *self._other_topics())
            ],
            "at": self.at,
            "query": urlencode(
                {
                    name: self.request.GET[name]
                    for name in ("q", "to")
                    if self.request.GET.get(name)
                }
            ),
        }

    def _readers_address(self) -> str:
        """Give where readers find the page, if they do."""
        if self.page is None:
            return reverse("articles:front_page")
        if isinstance(self.page, Topic) and not self.page.is_shown(self.at):
            return ""
        return self.page.get_absolute_url()

    def _other_topics(self) -> list[Topic]:
        """Give the topics that are not over, and the one that is composed."""
        own = Q(pk=self.page.pk) if isinstance(self.page, Topic) else Q(pk=None)
        return list(Topic.objects.filter(Q(concluded_at=None) | Q(concluded_at__gt=self.at) | own))

    # What there is to do

    def do(self) -> str:
        """Do what was asked for and say what came of it."""
        asked = self.request.POST.get("do", "")
        if asked not in DEEDS:
            raise NotAllowed(_("This page does not know how to do that."))
        return DEEDS[asked](self)

    def _words(self) -> dict[str, Any]:
        return {"user": self.request.user, "page": self.page, "at": self.at}

    def _number(self, name: str = "placement") -> int:
        number = whole_number(self.request.POST.get(name, ""))
        if number is None:
            raise composing.Stale(_("It does not stand there any more."))
        return number

    def place(self) -> str:
        number = self._number("article")
        form = PlaceForm(self.request.POST, keys=self.keys)
        self.typed = Typed("place", str(number), form)
        given = _valid(form)
        article = get_object_or_404(visible_articles(self.request), pk=number)
        placement = _taken(form, lambda: composing.place(article, **given, **self._words()))
        return _("“%(headline)s” now stands in: %(slot)s.") % {
            "headline": article.headline,
            "slot": placement.slot_name(),
        }

    def change(self) -> str:
        number = self._number()
        placement = Placement.objects.select_related("article", "block__of").filter(pk=number)
        found = placement.filter(**of_page(self.page)).first()
        if found is None:
            raise composing.Stale(_("It does not stand there any more."))
        form = self.change_form(found, self.request.POST)
        self.typed = Typed("change", str(number), form)
        given = {"live_from": None, **_valid(form)}
        try:
            changed = _taken(form, lambda: composing.change(number, **given, **self._words()))
        except composing.Stale:
            # What was typed stays; the next press is about what stands there now.
            data = self.request.POST.copy()
            data["seen"] = composing.as_seen(found)
            self.typed.form = self.change_form(found, data)
            raise
        return _("“%(headline)s” now stands in: %(slot)s.") % {
            "headline": changed.article.headline,
            "slot": changed.slot_name(),
        }

    def move(self) -> str:
        before = whole_number(self.request.POST.get("before", ""))
        moved = composing.move(self._number(), before=before, **self._words())
        return _("“%(headline)s” was moved.") % {"headline": moved.article.headline}

    def take_out(self) -> str:
        gone = composing.take_out(self._number(), **self._words())
        return _("“%(headline)s” does not stand there any more: %(slot)s.") % {
            "headline": gone.article.headline,
            "slot": gone.slot_name(),
        }

    def change_block(self) -> str:
        block = self.block(self.request.POST.get("key", ""))
        form = self.block_form(block, self.request.POST)
        self.typed = Typed("block", block.key, form)
        given = _valid(form)
        try:
            changed = _taken(
                form, lambda: composing.change_block(block.key, **given, **self._words())
            )
        except composing.Stale:
            data = self.request.POST.copy()
            data["seen"] = composing.block_as_seen(self._fresh(block.key))
            self.typed.form = self.block_form(self._fresh(block.key), data)
            raise
        return _("“%(block)s” was changed.") % {"block": changed.heading()}

    def _fresh(self, key: str) -> FrontBlock:
        """Read a block anew: a form writes into the one that it was given."""
        self.blocks = blocks_of(self.page, Section.objects.in_menu())
        return self.block(key)

    def show_block(self) -> str:
        is_shown = self.request.POST.get("is_shown") == "yes"
        key = self.request.POST.get("key", "")
        block = composing.change_block(key, seen="", is_shown=is_shown, **self._words())
        text = _("“%(block)s” is shown.") if is_shown else _("“%(block)s” is hidden.")
        return text % {"block": block.heading()}

    def move_block(self) -> str:
        before = self.request.POST.get("before") or None
        key = self.request.POST.get("key", "")
        block = composing.move_block(key, before=before, **self._words())
        return _("“%(headline)s” was moved.") % {"headline": block.heading()}

    def remove_block(self) -> str:
        block = composing.remove_block(self.request.POST.get("key", ""), **self._words())
        return _("“%(block)s” is off the page.") % {"block": block.heading()}

    def add_list(self) -> str:
        number = whole_number(self.request.POST.get("of", ""))
        of = next((s for s in self.other_sections() if s.pk == number), None)
        if of is None:
            raise composing.Stale(_("This section is on the page already."))
        kind = FrontBlock.Kind.LIST
        block = composing.add_block(kind=kind, of=of, **self._words())
        return _("“%(block)s” is on the page.") % {"block": block.heading()}

    def add_strip(self) -> str:
        kind = FrontBlock.Kind.STRIP
        block = composing.add_block(kind=kind, most=4, **self._words())
        return _("“%(block)s” is on the page.") % {"block": block.heading()}

    def add_group(self) -> str:
        form = self.group_form(self.request.POST)
        self.typed = Typed("group", "", form)
        given = _valid(form)
        del given["seen"]
        kind = FrontBlock.Kind.GROUP
        block = _taken(form, lambda: composing.add_block(kind=kind, **given, **self._words()))
        return _("“%(block)s” is on the page.") % {"block": block.heading()}


DEEDS: dict[str, Callable[[Composing], str]] = {
    "place": Composing.place,
    "change": Composing.change,
    "move": Composing.move,
    "take out": Composing.take_out,
    "block": Composing.change_block,
    "show": Composing.show_block,
    "move block": Composing.move_block,
    "remove block": Composing.remove_block,
    "list": Composing.add_list,
    "strip": Composing.add_strip,
    "group": Composing.add_group,
}


class NotTaken(Exception):
    """A form says itself what is wrong with it."""


def _valid(form: forms.BaseForm) -> dict[str, Any]:
    if not form.is_valid():
        raise NotTaken
    return dict(form.cleaned_data)


def _taken[Made](form: forms.BaseForm, do: Callable[[], Made]) -> Made:
    """Do it; what was typed wrongly is said at its field."""
    try:
        return do()
    except WrongInput as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        raise NotTaken from wrong


def _name(slot: Placement.Slot) -> str:
    return str(slot.label)


def compose(request: DeskRequest, **which: int) -> Any:
    """Show a page with its slots; do one thing to it."""
    page = asked_for(request, **which)
    if request.method == "POST":
        return again_if_it_collides(_answer, request, page)
    return _show(request, Composing(request, page), 200)


def asked_for(
    request: DeskRequest, section_id: int | None = None, topic_id: int | None = None
) -> ComposedPage:
    """Give the page that an address of the desk is about, to whoever may look at it."""
    refused = rights.read(request.user)
    if refused is not None:
        raise PermissionDenied(refused)
    if section_id is not None:
        return get_object_or_404(Section, pk=section_id)
    if topic_id is not None:
        return get_object_or_404(Topic, pk=topic_id)
    return None


def readers_page(page: ComposedPage, at: datetime) -> tuple[str, dict[str, Any]]:
    """Give the template of a page, and what readers see on it at a moment."""
    match page:
        case Section():
            return views.SECTION, views.front_of(page, {}, at)
        case Topic():
            return topics.PAGE, topics.page_of(page, {}, at)
    return views.HOME, views.home(at)


def _answer(request: DeskRequest, page: ComposedPage) -> Any:
    refused = rights.compose(request.user)
    if refused is not None:
        raise PermissionDenied(refused)
    here = Composing(request, page)
    try:
        said = here.do()
    except composing.Stale as late:
        messages.error(request, str(late))
        status = 409
    except NotAllowed as problem:
        messages.error(request, str(problem))
        status = 403
    except NotTaken:
        messages.error(request, _("Please mend what is marked. Nothing was changed."))
        status = 400
    else:
        messages.success(request, said)
        return HttpResponseRedirect(request.get_full_path())
    # A failed attempt may have read what is not so any more.
    again = Composing(request, page)
    again.typed = here.typed
    return _show(request, again, status)


def _show(request: DeskRequest, here: Composing, status: int) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Compose: %(page)s") % {"page": page_name(here.page)},
        **here.context(),
        "preview": address_of("desk_preview", here.page),
    }
    request.__dict__["current_app"] = admin.site.name
    return TemplateResponse(request, TEMPLATE, context, status=status)


def address_of(name: str, page: ComposedPage) -> str:
    match page:
        case Section():
            return reverse(f"admin:{name}_section", args=[page.pk])
        case Topic():
            return reverse(f"admin:{name}_topic", args=[page.pk])
    return reverse(f"admin:{name}")


PAGES = (
    Page("desk/compose/", compose, "desk_compose"),
    Page("desk/compose/<int:section_id>/", compose, "desk_compose_section"),
    Page("desk/compose/topics/<int:topic_id>/", compose, "desk_compose_topic"),
)
