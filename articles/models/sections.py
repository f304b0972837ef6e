"""Sections (栏目) of the site."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.units import in_readers_language
from articles.text.hanzi import match_key


class SectionQuerySet(models.QuerySet["Section"]):
    def named(self, name: str) -> Self:
        """Find a section by slug or name, blind to script, width, blanks and stray pinyin."""
        return self.filter(models.Q(key=match_key(name)) | models.Q(slug=name.strip()))

    def in_menu(self) -> Self:
        return self.filter(in_navigation=True, parent=None)


class Section(models.Model):
    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        ACADEMIC = "academic", _("academic")
        MEDIA = "media", _("media coverage")
        PHOTO = "photo", _("photo")
        VIDEO = "video", _("video")
        NOTICE = "notice", _("notice")
        TOPIC = "topic", _("topic")

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    key = models.CharField(max_length=60, editable=False, db_index=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    in_navigation = models.BooleanField(_("in the navigation"), default=True)
    counts_for_leaderboard = models.BooleanField(
        _("counts for the boards"),
        default=True,
        help_text=_("Articles of this section count on the monthly board of units."),
    )
    weight = models.DecimalField(
        _("weight"),
        max_digits=4,
        decimal_places=2,
        default=1,
        help_text=_("Points of an article are multiplied by it."),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(weight__gte=0), name="a_section_weighs_nothing_or_more"
            ),
        )

    def __str__(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = match_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:section", args=[self.slug])
