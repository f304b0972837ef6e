"""What colleagues are told (通知), and how each of them wants to hear of it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import Article, Comment
from articles.models.log import LogEntry
from articles.models.people import User
from articles.models.reviews import ReviewRound


class Mailing(models.TextChoices):
    AT_ONCE = "at_once", pgettext_lazy("mail", "at once")
    DAILY = "daily", pgettext_lazy("mail", "once a day")
    NEVER = "never", pgettext_lazy("mail", "never")


class NoticeKind(models.TextChoices):
    """What a notice is about, as its reader puts it."""

    WAITING = "waiting", _("An article waits for my decision")
    DUE_SOON = "due_soon", _("A decision that I may take is due soon")
    OVERDUE = "overdue", _("A decision that I may take is overdue")
    RETURNED = "returned", _("My article came back or was turned down")
    PROGRESS = "progress", _("My article passed a stage")
    READY = "ready", _("An article is ready to be published")
    FORCED = "forced", _("An article was published past review")
    PUBLISHED = "published", _("My article went out, was corrected or withdrawn")
    COMMENT = "comment", _("Somebody commented on my article or answered me")
    MENTION = "mention", _("Somebody mentioned me")
    REPORTED = "reported", _("A reader reported an error")


# What asks for a decision on a review: done with when its stage is, or when a later one asks.
ASKING = (NoticeKind.WAITING, NoticeKind.DUE_SOON, NoticeKind.OVERDUE)
DEADLINES = (NoticeKind.DUE_SOON, NoticeKind.OVERDUE)

# What colleagues hear of. `actions.notices` knows whom it concerns.
TOLD = frozenset(
    {
        LogEntry.Action.SUBMITTED,
        LogEntry.Action.REOPENED,
        LogEntry.Action.ESCALATED,
        LogEntry.Action.HANDED_OVER,
        LogEntry.Action.APPOINTED,
        LogEntry.Action.RELEASED,
        LogEntry.Action.APPROVED,
        LogEntry.Action.RETURNED,
        LogEntry.Action.REJECTED,
        LogEntry.Action.READMITTED,
        LogEntry.Action.PUBLISHED,
        LogEntry.Action.FORCED,
        LogEntry.Action.FORCE_OVERDUE,
        LogEntry.Action.FORCE_CONFIRMED,
        LogEntry.Action.FORCE_OBJECTED,
        LogEntry.Action.JOINED,
        LogEntry.Action.SCHEDULED,
        LogEntry.Action.LAPSED,
        LogEntry.Action.CORRECTED,
        LogEntry.Action.WITHDRAWN,
        LogEntry.Action.RESTORED,
        LogEntry.Action.REPORTED,
    }
)

# How each kind is mailed to whoever has not said otherwise.
MAILED = {
    NoticeKind.WAITING: Mailing.AT_ONCE,
    NoticeKind.DUE_SOON: Mailing.DAILY,
    NoticeKind.OVERDUE: Mailing.AT_ONCE,
    NoticeKind.RETURNED: Mailing.AT_ONCE,
    NoticeKind.PROGRESS: Mailing.NEVER,
    NoticeKind.READY: Mailing.DAILY,
    NoticeKind.FORCED: Mailing.AT_ONCE,
    NoticeKind.PUBLISHED: Mailing.DAILY,
    NoticeKind.COMMENT: Mailing.DAILY,
    NoticeKind.MENTION: Mailing.AT_ONCE,
    # Strangers write these: whoever wants a mail for each says so.
    NoticeKind.REPORTED: Mailing.DAILY,
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def readable_by(self, user: User, at: datetime) -> Self:
        """Keep a user's own, as far as they are about articles that the user may see now."""
        own = self.filter(user=user)
        if user.is_active and user.has_perm("articles.view_every_unit"):
            return own
        return own.filter(article__in=Article.objects.keys_visible_to(user, at))

    def with_source(self) -> Self:
        """Load all that a notice prints."""
        return self.select_related("user", "article", "entry", "comment__author", "round")

    def shown(self) -> Self:
        """Leave out what its user wants by mail only."""
        return self.filter(is_shown=True)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_read(self) -> Self:
        """Keep what is unread and not overtaken."""
        return self.unread().exclude(self._overtaken())

    def read_or_overtaken(self) -> Self:
        return self.filter(Q(read_at__isnull=False) | self._overtaken())

    def _overtaken(self) -> Q:
        """Tell what asked for a decision that was taken, or is asked for by a later notice."""
        later = Notice.objects.filter(
            user=OuterRef("user"),
            article=OuterRef("article"),
            kind__in=ASKING,
            pk__gt=OuterRef("pk"),
        ).order_by()
        waits = ReviewRound.objects.filter(
            pk=OuterRef("round"), stage=OuterRef("stage"), outcome=ReviewRound.Outcome.OPEN
        )
        moved_on = Q(round__isnull=False) & ~Exists(waits)
        return Q(kind__in=ASKING) & (Exists(later) | moved_on)

    def for_digest(self, since: datetime) -> Self:
        """Keep what nobody has read or mailed, and whoever gets it wants once a day."""
        return self.to_read().filter(mailing=Mailing.DAILY, mailed_at=None, created_at__gte=since)


class Notice(models.Model):
    """One thing that one user is told, once. It says so in the words of its log entry.

    `mailing` is how its user wanted this kind to be mailed when it happened.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="notices"
    )
    entry = models.ForeignKey(
        LogEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    # Of what asks for a decision: the stage at which it waits for the user.
    round = models.ForeignKey(
        ReviewRound, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    stage = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    mailing = models.CharField(_("mail"), max_length=10, choices=Mailing)
    is_shown = models.BooleanField(_("at the desk"), default=True)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "entry"), name="an_entry_is_told_once"),
            models.UniqueConstraint(fields=("user", "comment"), name="a_comment_is_told_once"),
            models.UniqueConstraint(
                fields=("user", "round", "stage", "kind"),
                condition=Q(entry=None, comment=None),
                name="a_deadline_is_told_once",
            ),
            models.CheckConstraint(
                condition=Q(entry=None, comment__isnull=False)
                | Q(entry__isnull=False, comment=None)
                | Q(entry=None, comment=None, round__isnull=False, kind__in=DEADLINES),
                name="a_notice_has_one_source",
            ),
        )
        indexes = (
            models.Index(fields=["user", "-created_at"], name="notices_of_a_user"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at=None, is_shown=True),
                name="notices_unread",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Who did what, in a line; the article is named beside it."""
        if self.comment:
            return f"{self.comment.author}: {self.comment.text}"
        if self.entry is None:
            return self._of_deadline()
        what = f"{self.entry.actor_name} {self.entry.get_action_display()}"
        if self.round is not None:
            stage = _("waits at “%(stage)s”") % {"stage": self.round.stage_name(self.stage)}
            return f"{what} · {stage}"
        detail = self._detail(self.entry)
        return f"{what} · {detail}" if detail else what

    def _detail(self, entry: LogEntry) -> str:
        is_for_the_desk = entry.action in LogEntry.NOTED_FOR_THE_DESK
        if is_for_the_desk and not self.user.has_perm("articles.view_every_unit"):
            return ""
        return entry.detail

    def is_overtaken(self) -> bool:
        """Tell whether it asks for a decision at a stage that has decided."""
        review = self.round
        return review is not None and (
            review.outcome != ReviewRound.Outcome.OPEN or review.stage != self.stage
        )

    def _of_deadline(self) -> str:
        assert self.round is not None
        text = (
            _("“%(stage)s” is overdue since %(time)s")
            if self.kind == NoticeKind.OVERDUE
            else _("“%(stage)s” is due at %(time)s")
        )
        due = date_format(localtime(self.due_at), "SHORT_DATETIME_FORMAT")
        return text % {"stage": self.round.stage_name(self.stage), "time": due}


class NoticeSetting(models.Model):
    """How a user wants to hear of one kind; without a row it is as `MAILED` says."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_settings"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    shown = models.BooleanField(_("at the desk"), default=True)
    mailing = models.CharField(_("mail"), max_length=10, choices=Mailing)

    class Meta:
        verbose_name = _("notice setting")
        verbose_name_plural = _("notice settings")
        constraints = (
            models.UniqueConstraint(fields=("user", "kind"), name="a_kind_is_set_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_mailing_display()}"
