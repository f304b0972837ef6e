"""Topics (专题): pages of their own around an event, for as long as it lasts and afterwards."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.photos import Photo
from articles.models.site import speaks_english
from articles.models.units import in_readers_language
from articles.text.richtext import plain_text


class TopicQuerySet(models.QuerySet["Topic"]):
    def shown(self, at: datetime) -> Self:
        """Keep what readers see at a moment: current ones and those that are over."""
        return self.filter(shown_from__lte=at)

    def current(self, at: datetime) -> Self:
        """Keep those that are going on, the newest first."""
        open_ = Q(concluded_at=None) | Q(concluded_at__gt=at)
        return self.shown(at).filter(open_).order_by("-shown_from", "-pk")

    def concluded(self, at: datetime) -> Self:
        """Keep those that are over, the last one first."""
        return self.shown(at).filter(concluded_at__lte=at).order_by("-concluded_at", "-pk")


class Topic(models.Model):
    """An event or campaign with an introduction and a page that editors compose.

    Without a moment from which it is shown it is a draft. A concluded one stays where it is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("topic", "draft")
        PLANNED = "planned", pgettext_lazy("topic", "planned")
        CURRENT = "current", pgettext_lazy("topic", "current")
        CONCLUDED = "concluded", pgettext_lazy("topic", "concluded")

    title = models.CharField(_("title"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    slug = models.SlugField(
        _("slug"),
        unique=True,
        help_text=_("The end of its address: /topics/…/. One that readers knew leads on."),
    )
    introduction = models.TextField(_("introduction"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    photo = models.ForeignKey(
        Photo,
        verbose_name=_("photo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
    )
    photo_credit = models.CharField(
        _("credit of the photo"),
        max_length=100,
        blank=True,
        help_text=_("As printed below it. Empty: as the library has it."),
    )
    tag = models.SlugField(
        _("tag"),
        max_length=100,
        allow_unicode=True,
        blank=True,
        help_text=_("Articles that carry it are in the topic. Others are added when composing."),
    )
    shown_from = models.DateTimeField(
        _("shown from"),
        null=True,
        blank=True,
        help_text=_("Empty: a draft, which the desk alone sees. A moment that is past: at once."),
    )
    concluded_at = models.DateTimeField(
        _("concluded at"),
        null=True,
        blank=True,
        help_text=_("From then on it is among the concluded ones. Its page stays."),
    )
    on_home_page = models.BooleanField(
        _("on the home page"), default=True, help_text=_("As long as it is current.")
    )

    # As readers get it now; set by `public.showing`.
    picture: Any = None

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topics")
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(concluded_at=None) | Q(concluded_at__gt=F("shown_from")),
                name="a_topic_is_concluded_after_it_begins",
                violation_error_message=_("It would end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None) | Q(shown_from__isnull=False),
                name="a_draft_of_a_topic_is_not_concluded",
                violation_error_message=_("A draft has no end: say from when it is shown."),
            ),
        )

    def __str__(self) -> str:
        return in_readers_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])

    @property
    def language(self) -> str:
        """The language that its title is shown in."""
        return "en" if self.title_en and speaks_english() else "zh-hans"

    def introduction_here(self) -> str:
        """Give nothing to readers of English rather than Chinese."""
        return self.introduction_en if speaks_english() else self.introduction

    def summary(self) -> str:
        """Give the first paragraph of the introduction as plain text."""
        return plain_text(self.introduction_here()).partition("\n")[0]

    def is_shown(self, at: datetime) -> bool:
        return self.shown_from is not None and self.shown_from <= at

    def is_concluded(self, at: datetime) -> bool:
        return self.is_shown(at) and self.concluded_at is not None and self.concluded_at <= at

    def state(self, at: datetime) -> State:
        if self.shown_from is None:
            return self.State.DRAFT
        if not self.is_shown(at):
            return self.State.PLANNED
        return self.State.CONCLUDED if self.is_concluded(at) else self.State.CURRENT


class TopicSlug(models.Model):
    """A slug by which readers knew a topic before: its address leads on to the one of now."""

    slug = models.SlugField(unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("earlier slug of a topic")
        verbose_name_plural = _("earlier slugs of topics")
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug
