"""What is still to be done because of something that happened: pings, renewals, mails."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# From here on an errand is late, and somebody is told.
LATE = timedelta(minutes=10)


class ErrandQuerySet(models.QuerySet["Errand"]):
    def open(self) -> Self:
        return self.filter(done_at=None, given_up_at=None)

    def due(self, at: datetime) -> Self:
        """Keep what a worker may take at a moment, the longest waiting first."""
        return self.open().filter(next_at__lte=at).order_by("next_at", "pk")

    def overdue(self, at: datetime) -> Self:
        """Keep what should have been done long ago, whether it was tried or not."""
        return self.open().filter(due_at__lte=at - LATE, put_at__lte=at - LATE)

    def given_up(self) -> Self:
        return self.exclude(given_up_at=None)

    def ran_late(self, since: datetime) -> Self:
        """Keep what was done late after a moment: no worker ran, or it failed at first."""
        wanted = Greatest(F("due_at"), F("put_at")) + LATE
        return self.filter(done_at__gte=since, done_at__gt=wanted)


class Errand(models.Model):
    """One side effect (后续事项): what, for which key, from when on.

    It is put in the transaction of its cause and taken by one worker at a time. `next_at`
    says when a worker may take it: it moves ahead while one has it, so that an errand of a
    worker that died is taken again. `(kind, key)` is put once, and stays once it is done.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    payload = models.JSONField(_("details"), default=dict)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        null=True,
        related_name="errands",
    )
    put_at = models.DateTimeField(_("put at"), default=timezone.now)  # noqa: TID251 (`put` says it)
    due_at = models.DateTimeField(_("due at"))
    next_at = models.DateTimeField(_("next try at"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    taken_at = models.DateTimeField(pgettext_lazy("errand", "taken at"), null=True)
    taken_by = models.CharField(pgettext_lazy("errand", "taken by"), max_length=100, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("side effect")
        verbose_name_plural = _("side effects")
        ordering = ("due_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("kind", "key"), name="an_errand_is_put_once"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(given_up_at=None),
                name="an_errand_is_not_both_done_and_given_up",
            ),
        )
        indexes = (
            models.Index(
                fields=["next_at"],
                condition=Q(done_at=None, given_up_at=None),
                name="errands_due",
            ),
            models.Index(
                fields=["given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="errands_given_up",
            ),
            models.Index(fields=["done_at"], name="errands_done"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
