"""The record of what went out past review, and what somebody else said to that afterwards."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import Article
from articles.models.editions import Edition
from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.log import LogEntry
from articles.models.people import User
from articles.models.reviews import ReviewRound
from articles.models.versions import Version


class ForcedPublicationQuerySet(EvidenceQuerySet["ForcedPublication"]):
    def waiting(self) -> Self:
        """Keep what nobody has confirmed or objected to yet."""
        return self.filter(answer=None)

    def overdue(self, at: datetime) -> Self:
        return self.waiting().filter(confirm_by__lte=at)

    def without_reminder(self) -> Self:
        """Leave out those of which the log says already that they were overdue."""
        reminders = LogEntry.objects.filter(
            action=LogEntry.Action.FORCE_OVERDUE,
            subject_type=self.model._meta.label_lower,
            subject_id=OuterRef("pk"),
        )
        return self.exclude(Exists(reminders))

    def with_ties_to(self, user: User) -> Self:
        """Say of each whether a user had a hand in the text, in the same query.

        `has_written`: saved any version up to the one that went out. `has_submitted`: handed
        the article to a review at any time.
        """
        saved = Version.objects.filter(
            article=OuterRef("article"), author=user, number__lte=OuterRef("version__number")
        )
        handed_in = ReviewRound.objects.filter(article=OuterRef("article"), submitted_by=user)
        return self.annotate(has_written=Exists(saved), has_submitted=Exists(handed_in))

    def confirmed(self) -> Self:
        return self.filter(answer__verdict=ForcedAnswer.Verdict.CONFIRMED)

    def objected(self) -> Self:
        return self.filter(answer__verdict=ForcedAnswer.Verdict.OBJECTED)


class ForcedPublication(Evidence):
    """An edition that somebody put out past review: who, why, and until when others answer.

    `round` is the passage that was cut short; its stages from `round.stage` on did not decide.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="forced"
    )
    edition = models.OneToOneField(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="forced"
    )
    sha256 = models.CharField(_("hash of the version"), max_length=64)
    round = models.ForeignKey(
        ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="forced"
    )
    reason = models.TextField(_("reason"))
    forced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    forced_by_name = models.CharField(_("name at the time"), max_length=150)
    forced_by_unit = models.CharField(_("unit at the time"), max_length=100, blank=True)
    forced_at = models.DateTimeField(_("published by force at"))
    confirm_by = models.DateTimeField(_("to be confirmed by"))

    objects = ForcedPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("forced publication")
        # Translators: the list of what was published past review, 强制发布
        verbose_name_plural = _("published by force")
        ordering = ("-forced_at", "-pk")
        permissions = (
            ("force_publish_article", _("Can publish an article past review")),
            ("confirm_forced_publication", _("Can confirm what was published past review")),
        )
        indexes = (models.Index(fields=["-forced_at"], name="forced_by_time"),)

    def __str__(self) -> str:
        return self.edition.headline

    def is_overdue(self, at: datetime) -> bool:
        return self.given_answer is None and self.confirm_by <= at

    @property
    def given_answer(self) -> "ForcedAnswer | None":
        return getattr(self, "answer", None)

    @property
    def skipped(self) -> list[dict[str, Any]]:
        """Give the stages that did not decide, as the round froze them."""
        return self.round.undecided_stages


class ForcedAnswer(Evidence):
    """What another person said to a forced publication afterwards. There is one for each."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("forced publication", "confirmed")
        OBJECTED = "objected", pgettext_lazy("forced publication", "objected to")

    forced = models.OneToOneField(
        ForcedPublication,
        verbose_name=_("forced publication"),
        on_delete=models.PROTECT,
        related_name="answer",
    )
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict)
    remark = models.TextField(_("remark"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_by_name = models.CharField(_("name at the time"), max_length=150)
    answered_by_unit = models.CharField(_("unit at the time"), max_length=100, blank=True)
    answered_at = models.DateTimeField(_("answered at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a forced publication")
        verbose_name_plural = _("answers to forced publications")
        ordering = ("answered_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.answered_by_name})"
