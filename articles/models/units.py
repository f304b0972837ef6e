"""Contributing units (供稿单位), their groups and every name they ever had."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles.text.hanzi import match_key


def in_readers_language(name: str, name_en: str) -> str:
    """Give the English name to readers of English where there is one."""
    if name_en and (translation.get_language() or "").startswith("en"):
        return name_en
    return name


class UnitGroup(models.Model):
    """Units that are ranked among each other: 机关, 学院, 直属单位."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("unit group")
        verbose_name_plural = _("unit groups")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return in_readers_language(self.name, self.name_en)


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self, day: date) -> Self:
        """Keep the units that exist on a day."""
        return self.filter(
            Q(active_from=None) | Q(active_from__lte=day),
            Q(active_until=None) | Q(active_until__gt=day),
        )

    def named(self, name: str) -> Self:
        """Find a unit by any name or alias, blind to script, width and blanks."""
        return self.filter(names__key=match_key(name)).distinct()


class Unit(models.Model):
    """A contributing unit. `name` is the official one today; `names` has all of them."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("official name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    group = models.ForeignKey(
        UnitGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="units"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    ranked = models.BooleanField(
        _("ranked"),
        default=True,
        help_text=_("The press office is listed on boards, but not ranked."),
    )
    description = models.TextField(_("description"), blank=True)
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_until = models.DateField(
        _("active until"), null=True, blank=True, help_text=_("The first day without it.")
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(active_until=None)
                | Q(active_from=None)
                | Q(active_until__gt=F("active_from")),
                name="a_unit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("pk")),
                name="a_unit_does_not_succeed_itself",
            ),
        )

    def __str__(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # A unit is always found by its official name.
        if not self.names.filter(kind=UnitName.Kind.OFFICIAL, valid_until=None).exists():
            self.names.create(
                name=self.name, kind=UnitName.Kind.OFFICIAL, valid_from=self.active_from
            )

    def get_absolute_url(self) -> str:
        return reverse("articles:unit", args=[self.slug])

    def name_on(self, day: date) -> str:
        """Give the official name on a day; today's where history does not say.

        One query, or none where `names` were prefetched.
        """
        names = (name.name for name in self.names.all() if name.is_official_on(day))
        return next(names, self.name)


class UnitName(models.Model):
    """A name or alias of a unit, with the days it was valid. `key` is what is searched."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official name")
        ALIAS = "alias", _("alias")

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=100, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ALIAS)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    taught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taught by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    taught_at = models.DateTimeField(_("taught at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("unit name")
        verbose_name_plural = _("unit names")
        ordering = ("-kind", "-valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit",),
                condition=Q(kind="official", valid_until=None),
                name="a_unit_has_one_official_name_now",
                violation_error_message=_("A unit has one official name at a time."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gt=F("valid_from")),
                name="a_unit_name_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = match_key(self.name)
        super().save(*args, **kwargs)

    def is_official_on(self, day: date) -> bool:
        has_begun = self.valid_from is None or self.valid_from <= day
        is_over = self.valid_until is not None and self.valid_until <= day
        return self.kind == self.Kind.OFFICIAL and has_begun and not is_over

    def clean(self) -> None:
        if self.kind != self.Kind.OFFICIAL or self.unit_id is None:
            return
        others = UnitName.objects.filter(unit_id=self.unit_id, kind=self.Kind.OFFICIAL)
        for other in others.exclude(pk=self.pk):
            begins = max(d for d in (self.valid_from, other.valid_from, date.min) if d)
            ends = min(d for d in (self.valid_until, other.valid_until, date.max) if d)
            if begins < ends:
                raise ValidationError(
                    _("The official name “%(name)s” is valid on some of these days."),
                    params={"name": other.name},
                )
