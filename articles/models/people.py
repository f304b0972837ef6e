"""Accounts, credited people (人员) and who belongs to which unit."""

from datetime import date
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.units import Unit
from articles.text.hanzi import match_key


class User(AbstractUser):
    """An account. Names are one field, since a Chinese name is not a first and a last one."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)

    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class PersonQuerySet(models.QuerySet["Person"]):
    def named(self, name: str) -> Self:
        """Find people by name or alias, blind to script and blanks. Homonyms all come."""
        key = match_key(name)
        return self.filter(Q(key=key) | Q(aliases__key=key)).distinct()


class Person(models.Model):
    """A credited human, with or without an account. Homonyms are two people."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=100)
    key = models.CharField(max_length=100, editable=False, db_index=True)
    home_unit = models.ForeignKey(
        Unit,
        verbose_name=_("home unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
    )
    is_student = models.BooleanField(
        _("student"), default=False, help_text=_("Students are not listed on public boards.")
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = match_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:person", args=[self.pk])


class PersonAlias(models.Model):
    """Another way in which a person is printed."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("alias"), max_length=100)
    key = models.CharField(max_length=100, editable=False, db_index=True)
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
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "key"), name="an_alias_is_listed_once_per_person"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = match_key(self.name)
        super().save(*args, **kwargs)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gt=day))


class Membership(models.Model):
    """What a user is to a unit, and on which days. An expired one gives no rights."""

    class Role(models.TextChoices):
        CORRESPONDENT = "correspondent", _("correspondent")
        REVIEWER = "reviewer", _("unit reviewer")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The first day without rights.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("unit", "role", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "unit", "role"),
                condition=Q(valid_until=None),
                name="an_open_membership_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="a_membership_does_not_end_before_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.unit} · {self.get_role_display()}"


@cache
def _who_may_review() -> QuerySet[User, Any]:
    """Write the query down once: what asks for the rights of users is long."""
    return User.objects.with_perm("articles.review_article").values("pk")


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def active(self, day: date) -> Self:
        """Keep those of a day whose represented person could decide themself."""
        return self.filter(
            valid_from__lte=day,
            valid_until__gt=day,
            ended_at=None,
            represented__in=_who_may_review(),
        )


class Deputy(models.Model):
    """Who decides in reviews for somebody else, and on which days. Rights end with the dates."""

    represented = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("represented"),
        on_delete=models.PROTECT,
        related_name="deputies",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        on_delete=models.PROTECT,
        related_name="stands_in_for",
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), help_text=_("The first day without rights."))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    named_at = models.DateTimeField(_("named at"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="a_deputy_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(represented=F("deputy")), name="nobody_is_their_own_deputy"
            ),
        )
        indexes = (models.Index(fields=["deputy", "valid_until"], name="deputies_by_person"),)

    def __str__(self) -> str:
        return _("%(deputy)s for %(represented)s") % {
            "deputy": self.deputy,
            "represented": self.represented,
        }
