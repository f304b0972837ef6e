"""Rows that prove what happened: written once, never changed, never deleted."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EvidenceIsPermanent(Exception):
    """Somebody tried to change or delete a row that proves what happened."""


class EvidenceQuerySet[Row: models.Model](models.QuerySet[Row]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self.model._meta.label)

    def delete(self) -> NoReturn:
        raise EvidenceIsPermanent(self.model._meta.label)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self.model._meta.label)


class Evidence(models.Model):
    """An append-only row. A second `save` or any `delete` raises `EvidenceIsPermanent`."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EvidenceIsPermanent(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self._meta.label)


class LogEntry(Evidence):
    """Who did what to which article, when. Names are kept as text, too."""

    class Action(models.TextChoices):
        CREATED = "created", pgettext_lazy("log", "created")
        IMPORTED = "imported", pgettext_lazy("log", "imported")
        CHANGED = "changed", pgettext_lazy("log", "changed")
        SUBMITTED = "submitted", pgettext_lazy("log", "submitted for review")
        CLAIMED = "claimed", pgettext_lazy("log", "claimed")
        APPROVED = "approved", pgettext_lazy("log", "approved")
        RETURNED = "returned", pgettext_lazy("log", "returned for changes")
        REJECTED = "rejected", pgettext_lazy("log", "rejected")
        TAKEN_BACK = "taken_back", pgettext_lazy("log", "took back from review")
        READMITTED = "readmitted", pgettext_lazy("log", "allowed to come again")
        PROOFREAD = "proofread", pgettext_lazy("log", "signed as proof-reader")
        TYPO_FIXED = "typo_fixed", pgettext_lazy("log", "mended under the approval")
        REOPENED = "reopened", pgettext_lazy("log", "reopened for review")
        PUBLISHED = "published", pgettext_lazy("log", "published")
        FORCED = "forced", pgettext_lazy("log", "published past review")
        FORCE_CONFIRMED = "force_confirmed", pgettext_lazy("log", "confirmed the publication")
        FORCE_OBJECTED = "force_objected", pgettext_lazy("log", "objected to the publication")
        SCHEDULED = "scheduled", pgettext_lazy("log", "scheduled")
        LAPSED = "lapsed", pgettext_lazy("log", "taken off the schedule")
        CORRECTED = "corrected", pgettext_lazy("log", "wrote a correction")
        JOINED = "joined", pgettext_lazy("log", "joined into another")
        PARTED = "parted", pgettext_lazy("log", "made an article of its own again")
        WITHDRAWN = "withdrawn", pgettext_lazy("log", "withdrawn")
        RESTORED = "restored", pgettext_lazy("log", "restored")
        RETRIED = "retried", pgettext_lazy("log", "had a side effect tried again")

    at = models.DateTimeField(_("at"), db_index=True)
    action = models.CharField(_("action"), max_length=20, choices=Action)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="log_entries",
    )
    actor_name = models.CharField(_("name at the time"), max_length=150)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="log_entries",
    )
    version_number = models.PositiveIntegerField(_("version"))
    detail = models.TextField(_("detail"), blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["article", "-at"], name="log_of_an_article"),)

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_action_display()}"
