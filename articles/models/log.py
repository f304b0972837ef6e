"""The one log of everything that happened (日志)."""

from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.evidence import Evidence, EvidenceQuerySet


def log_actions() -> list[tuple[str, Any]]:
    """Give the words of the log. Asked by a function, they are no part of the schema."""
    return LogEntry.Action.choices


class LogEntryQuerySet(EvidenceQuerySet["LogEntry"]):
    def shown_to(self, *, desk: bool) -> Self:
        """Read details as `shown_detail`, for others than the desk without its own notes."""
        if desk:
            return self.annotate(shown_detail=F("detail"))
        noted = When(action__in=LogEntry.NOTED_FOR_THE_DESK, then=Value(""))
        return self.annotate(
            shown_detail=Case(noted, default=F("detail"), output_field=models.TextField())
        )


class LogEntry(Evidence):
    """Who did what to what, when. Names are kept as text, too.

    What is not about an article has a subject alone: an account, a policy, an export. Nobody
    is its actor if the calendar did it, or if somebody unknown failed to sign in.
    """

    class Action(models.TextChoices):
        # Signing in
        SIGNED_IN = "signed_in", pgettext_lazy("log", "signed in")
        SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("log", "failed to sign in")
        SIGNED_OUT = "signed_out", pgettext_lazy("log", "signed out")
        # Accounts and rights
        ACCOUNT_MADE = "account_made", pgettext_lazy("log", "made an account")
        ACCOUNT_CHANGED = "account_changed", pgettext_lazy("log", "changed an account")
        DEACTIVATED = "deactivated", pgettext_lazy("log", "closed an account")
        REACTIVATED = "reactivated", pgettext_lazy("log", "opened an account again")
        PASSWORD_CHANGED = "password_changed", pgettext_lazy("log", "changed a password")
        RIGHTS_CHANGED = "rights_changed", pgettext_lazy("log", "changed rights")
        MEMBERSHIP_MADE = "membership_made", pgettext_lazy("log", "made somebody a member")
        MEMBERSHIP_CHANGED = "membership_changed", pgettext_lazy("log", "changed a membership")
        MEMBERSHIP_ENDED = "membership_ended", pgettext_lazy("log", "ended a membership")
        DEPUTY_NAMED = "deputy_named", pgettext_lazy("log", "named a deputy")
        DEPUTY_ENDED = "deputy_ended", pgettext_lazy("log", "ended a deputy's time")
        # Everything else that has a list at the desk
        ADDED = "added", pgettext_lazy("log", "added")
        EDITED = "edited", pgettext_lazy("log", "edited")
        DELETED = "deleted", pgettext_lazy("log", "deleted")
        # Boards and exports
        FROZEN = "frozen", pgettext_lazy("log", "made a board final")
        ADJUSTED = "adjusted", pgettext_lazy("log", "booked adjustments")
        EXPORTED = "exported", pgettext_lazy("log", "exported")
        # Articles
        CREATED = "created", pgettext_lazy("log", "created")
        IMPORTED = "imported", pgettext_lazy("log", "imported")
        TAKEN_OVER = "taken_over", pgettext_lazy("log", "showed readers what was published before")
        CHANGED = "changed", pgettext_lazy("log", "changed")
        SUBMITTED = "submitted", pgettext_lazy("log", "submitted for review")
        CLAIMED = "claimed", pgettext_lazy("log", "claimed")
        RELEASED = "released", pgettext_lazy("log", "gave the claim back")
        HANDED_OVER = "handed_over", pgettext_lazy("log", "handed over")
        APPOINTED = "appointed", pgettext_lazy("log", "appointed a reviewer")
        ESCALATED = "escalated", pgettext_lazy("log", "overdue, escalated")
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
        FORCE_OVERDUE = "force_overdue", pgettext_lazy("log", "overdue, not confirmed")
        SCHEDULED = "scheduled", pgettext_lazy("log", "scheduled")
        LAPSED = "lapsed", pgettext_lazy("log", "taken off the schedule")
        CORRECTED = "corrected", pgettext_lazy("log", "wrote a correction")
        JOINED = "joined", pgettext_lazy("log", "joined into another")
        PARTED = "parted", pgettext_lazy("log", "made an article of its own again")
        WITHDRAWN = "withdrawn", pgettext_lazy("log", "withdrawn")
        RESTORED = "restored", pgettext_lazy("log", "restored")
        EMBARGOED = "embargoed", pgettext_lazy("log", "put under embargo")
        FREED = "freed", pgettext_lazy("log", "freed from its embargo")
        PINNED = "pinned", pgettext_lazy("log", "pinned")
        UNPINNED = "unpinned", pgettext_lazy("log", "unpinned")
        TIED = "tied", pgettext_lazy("log", "said to be a translation")
        UNTIED = "untied", pgettext_lazy("log", "said to be no translation")
        PLACED = "placed", pgettext_lazy("log", "placed on a page")
        PLACE_CHANGED = "place_changed", pgettext_lazy("log", "moved on a page")
        TAKEN_OFF = "taken_off", pgettext_lazy("log", "took off a page")
        ARRANGED = "arranged", pgettext_lazy("log", "arranged a page")
        REPORTED = "reported", pgettext_lazy("log", "reported an error")
        REPORT_TAKEN = "report_taken", pgettext_lazy("log", "took up an error report")
        REPORT_SETTLED = "report_settled", pgettext_lazy("log", "settled an error report")
        PUT_ASIDE = "put_aside", pgettext_lazy("log", "put a finding aside")
        SCANNED = "scanned", pgettext_lazy("log", "had all articles checked")
        TAKEN_UP = "taken_up", pgettext_lazy("log", "took a finding up again")
        RETRIED = "retried", pgettext_lazy("log", "had a side effect tried again")

    # Their detail is for the desk alone.
    NOTED_FOR_THE_DESK = (Action.WITHDRAWN, Action.RESTORED, Action.EMBARGOED, Action.FREED)

    at = models.DateTimeField(_("at"))
    action = models.CharField(_("action"), max_length=20, choices=log_actions)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="log_entries",
    )
    actor_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="log_entries",
    )
    version_number = models.PositiveIntegerField(_("version"), null=True, blank=True)
    # A row that may be gone by now: no foreign key, so that the log keeps nothing alive.
    subject_type = models.CharField(_("kind"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(_("about"), max_length=200, blank=True)
    detail = models.TextField(_("detail"), blank=True)

    # Where it was read `shown_to` somebody.
    shown_detail: str

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ("-at", "-pk")
        permissions = (
            ("view_security_log", _("Can see sign-ins, rights and exports in the log")),
        )
        indexes = (
            models.Index(fields=["-at", "-id"], name="log_by_time"),
            models.Index(
                fields=["-at", "-id"],
                condition=models.Q(article__isnull=False),
                name="log_of_articles_by_time",
            ),
            models.Index(fields=["article", "-at"], name="log_of_an_article"),
            models.Index(fields=["actor", "-at"], name="log_of_an_actor"),
            models.Index(fields=["action", "-at"], name="log_of_an_action"),
            models.Index(
                fields=["subject_type", "subject_id", "-at"],
                condition=~models.Q(subject_type=""),
                name="log_of_a_subject",
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_action_display()}"

    def about(self) -> str:
        """Name what it is about, with its kind in the reader's language."""
        return f"{self.kind()} {self.subject}" if self.subject_type else self.subject

    def kind(self) -> str:
        if not self.subject_type:
            return ""
        try:
            return str(apps.get_model(self.subject_type)._meta.verbose_name)
        except LookupError:
            return self.subject_type
