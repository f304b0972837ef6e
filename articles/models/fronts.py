"""What stands where on the home page and other fronts (编排), and from when until when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.sections import Section
from articles.models.topics import Topic
from articles.models.units import in_readers_language

MOST = 20
OF_A_LIST = 5
NOTICES = 6
PICTURES = 4

# What is composed: the front of a section, a topic, or the home page.
type ComposedPage = Section | Topic | None


def page_name(page: ComposedPage) -> str:
    return str(page or _("home page"))


def of_page(page: ComposedPage) -> dict[str, Any]:
    """Give the columns that say to which page a row belongs."""
    return {
        "section": page if isinstance(page, Section) else None,
        "topic": page if isinstance(page, Topic) else None,
    }


class FrontBlock(models.Model):
    """A block of a page below its lead: what it shows, how many of it, and whether at all.

    A page whose blocks nobody has arranged has them as `by_itself` says.
    """

    class Kind(models.TextChoices):
        STRIP = "strip", _("photo strip")
        BOARDS = "boards", _("boards")
        LIST = "list", _("newest of a section")
        GROUP = "group", _("articles under a heading")
        TOPICS = "topics", _("current topics")

    section = models.ForeignKey(
        Section,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="blocks",
        help_text=_("Empty for the home page."),
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="blocks",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    of = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    title = models.CharField(_("heading"), max_length=60, blank=True)
    title_en = models.CharField(_("heading in English"), max_length=60, blank=True)
    tag = models.SlugField(_("tag"), max_length=100, allow_unicode=True, blank=True)
    most = models.PositiveSmallIntegerField(
        _("how many"),
        default=OF_A_LIST,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
    )
    is_shown = models.BooleanField(_("shown"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("block of a page")
        verbose_name_plural = _("blocks of pages")
        ordering = ("position", "pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="list") | Q(of__isnull=False), name="a_list_is_of_a_section"
            ),
            models.CheckConstraint(
                condition=~Q(kind="group") | ~Q(title=""), name="a_group_has_a_heading"
            ),
            models.UniqueConstraint(
                fields=("kind", "of"),
                condition=Q(section=None, topic=None, kind="list"),
                name="the_home_page_lists_a_section_once",
            ),
            models.UniqueConstraint(
                fields=("section", "kind", "of"),
                condition=Q(kind="list"),
                name="a_front_lists_a_section_once",
            ),
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(section=None, topic=None, kind__in=("strip", "boards", "topics")),
                name="the_home_page_has_one_of_each_kind",
            ),
            models.UniqueConstraint(
                fields=("section", "kind"),
                condition=Q(kind__in=("strip", "boards")),
                name="a_front_has_one_strip_and_boards",
            ),
            models.UniqueConstraint(
                fields=("topic", "kind"),
                condition=Q(kind="strip"),
                name="a_topic_has_one_strip",
            ),
            models.CheckConstraint(
                condition=Q(section=None) | Q(topic=None), name="a_block_is_on_one_page"
            ),
        )

    def __str__(self) -> str:
        return self.heading()

    @property
    def key(self) -> str:
        """Name the block among those of its page, whether it is on file or stands by itself."""
        match self.kind:
            case self.Kind.LIST:
                return f"list-{self.of_id}"
            case self.Kind.GROUP:
                return f"group-{self.pk}"
        return self.kind

    @property
    def anchor(self) -> str:
        """Name it within its page, for readers' addresses."""
        return self.of.slug if self.of else self.key

    @property
    def slot(self) -> str:
        """Say how a placement names it."""
        return Placement.Slot.STRIP if self.kind == self.Kind.STRIP else Placement.Slot.LIST

    def heading(self) -> str:
        title = in_readers_language(self.title, self.title_en)
        return title or str(self.of or self.get_kind_display())

    def takes_articles(self) -> bool:
        return self.kind not in (self.Kind.BOARDS, self.Kind.TOPICS)

    def has_a_number(self) -> bool:
        return self.kind != self.Kind.BOARDS

    def is_of_photos(self) -> bool:
        is_list = self.kind == self.Kind.LIST
        return is_list and self.of is not None and self.of.kind == Section.Kind.PHOTO


def by_itself(sections: Iterable[Section]) -> list[FrontBlock]:
    """Give the blocks of a home page that nobody has arranged, from the sections of the menu."""
    news = [s for s in sections if s.kind != Section.Kind.NOTICE]
    notices = [s for s in sections if s.kind == Section.Kind.NOTICE]
    photos = next((s for s in sections if s.kind == Section.Kind.PHOTO), None)
    kind = FrontBlock.Kind
    return [
        FrontBlock(kind=kind.STRIP, of=photos, most=PICTURES),
        FrontBlock(kind=kind.BOARDS),
        FrontBlock(kind=kind.TOPICS, most=PICTURES),
        *(FrontBlock(kind=kind.LIST, of=section) for section in news),
        *(FrontBlock(kind=kind.LIST, of=section, most=NOTICES) for section in notices),
    ]


def blocks_of(page: ComposedPage, sections: Iterable[Section]) -> list[FrontBlock]:
    """Give the blocks of a page: as arranged, then what nobody has arranged. One query.

    So a section that comes into the menu is on the home page, until somebody hides it.
    """
    arranged = list(FrontBlock.objects.filter(**of_page(page)).select_related("of"))
    if page is not None:
        return arranged
    known = {block.key for block in arranged}
    return [*arranged, *(block for block in by_itself(sections) if block.key not in known)]


class PlacementQuerySet(models.QuerySet["Placement"]):
    def on(self, page: ComposedPage) -> Self:
        return self.filter(**of_page(page))

    def live(self, at: datetime) -> Self:
        return self.not_over(at).filter(live_from__lte=at)

    def not_over(self, at: datetime) -> Self:
        """Keep what stands on a page, or is going to."""
        return self.filter(Q(live_until=None) | Q(live_until__gt=at))


class Placement(models.Model):
    """An article that editors put in a slot of a page, from a moment, and maybe until one.

    In a slot the first ones are shown, as many as it holds; the newest first of those that
    nobody has put in order. Never deleted once it was seen: it ends.
    """

    class Slot(models.TextChoices):
        LEAD = "lead", pgettext_lazy("placement", "lead")
        HEADS = "heads", _("headlines")
        STRIP = "strip", _("photo strip")
        LIST = "list", _("list")
        # Of a topic alone: it is in the topic, and stands where its day puts it.
        MORE = "more", _("further articles")

    slot = models.CharField(_("slot"), max_length=10, choices=Slot)
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="placements",
        help_text=_("Empty for the home page."),
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="placements",
    )
    block = models.ForeignKey(
        FrontBlock,
        verbose_name=_("block of a page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="placements",
    )
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="placements",
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    live_from = models.DateTimeField(_("from"))
    live_until = models.DateTimeField(_("until"), null=True, blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("placed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ("slot", "position", "-live_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=F("live_from")),
                name="a_placement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(slot="list", block__isnull=False)
                | (~Q(slot="list") & Q(block__isnull=True)),
                name="a_place_in_a_list_says_in_which",
            ),
            models.CheckConstraint(
                condition=Q(section=None) | Q(topic=None), name="a_placement_is_on_one_page"
            ),
            models.CheckConstraint(
                condition=~Q(slot="more") | Q(topic__isnull=False),
                name="only_a_topic_has_further_articles",
            ),
        )
        indexes = (models.Index(fields=["section", "live_until"], name="placements_of_a_page"),)

    def __str__(self) -> str:
        return f"{self.page_name()} · {self.slot_name()}"

    @property
    def key(self) -> str:
        """Name its slot among those of the page."""
        return self.block.key if self.block else self.slot

    @property
    def page(self) -> ComposedPage:
        return self.section or self.topic

    def page_name(self) -> str:
        return page_name(self.page)

    def slot_name(self) -> str:
        return self.block.heading() if self.block else str(self.get_slot_display())
