"""Errors that readers found in what they read (读者纠错)."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.editions import Edition

# So long a network is known, for the limits of a day.
NETWORK_KEPT = timedelta(days=1)


class State(models.TextChoices):
    NEW = "new", pgettext_lazy("error report", "new")
    IN_HAND = "in_hand", pgettext_lazy("error report", "being looked at")
    CORRECTED = "corrected", pgettext_lazy("error report", "corrected")
    NO_ERROR = "no_error", pgettext_lazy("error report", "not an error")
    SPAM = "spam", pgettext_lazy("error report", "spam")


WAITING = (State.NEW, State.IN_HAND)
SETTLED = (State.CORRECTED, State.NO_ERROR, State.SPAM)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def not_told(self) -> Self:
        """Keep what the desk has not heard of."""
        return self.filter(told_at=None)

    def forgotten_senders(self, at: datetime) -> Self:
        """Give reports that still say how to reach somebody whom the site promised to forget."""
        return self.exclude(contact="").filter(sent_at__lte=at - contact_kept())


def contact_kept() -> timedelta:
    return timedelta(days=settings.ERROR_REPORT_CONTACT_DAYS)


class ErrorReport(models.Model):
    """What a reader wrote about an edition, and what became of it.

    Readers' pages only put rows here and count them; the desk is told by the background.
    """

    LONGEST_PASSAGE = 500
    LONGEST_TEXT = 2000
    LONGEST_CONTACT = 200

    edition = models.ForeignKey(
        Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="error_reports",
    )
    passage = models.TextField(_("passage"), max_length=LONGEST_PASSAGE, blank=True)
    text = models.TextField(_("what is wrong"), max_length=LONGEST_TEXT)
    contact = models.CharField(
        _("how to reach the reader"), max_length=LONGEST_CONTACT, blank=True
    )
    # Of the form that was sent, so that sending it twice is one report.
    key = models.CharField(max_length=32, unique=True, editable=False)
    # A keyed hash, for the limits of a day.
    network = models.CharField(max_length=32, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"))
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ("-sent_at", "-pk")
        permissions = (("settle_errorreport", _("Can settle what readers report")),)
        indexes = (
            models.Index(fields=["-sent_at", "-id"], name="error_reports_by_time"),
            models.Index(
                fields=["network", "sent_at"],
                condition=~models.Q(network=""),
                name="error_reports_of_a_network",
            ),
            models.Index(
                fields=["edition"],
                condition=models.Q(state__in=WAITING),
                name="error_reports_waiting",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(told_at=None),
                name="error_reports_not_told",
            ),
            models.Index(
                fields=["sent_at"],
                condition=~models.Q(contact=""),
                name="error_reports_with_a_sender",
            ),
        )

    def __str__(self) -> str:
        return self.edition.headline

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING
