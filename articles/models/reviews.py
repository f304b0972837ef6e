"""The record of a review: the stages as they were then, and what was decided."""

from collections import Counter
from datetime import datetime
from typing import Any, Protocol, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import CREATORS, Article, Credit
from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.expressions import Credits, Length, OfStage, SaidOfStage
from articles.models.people import User
from articles.models.reasons import in_words
from articles.models.units import in_readers_language
from articles.models.versions import Version


class Tie(models.TextChoices):
    """What keeps somebody from deciding on a round. The first that holds counts."""

    NONE = ""
    WROTE = "wrote"
    SUBMITTED = "submitted"
    CREDITED = "credited"
    DECIDED = "decided"
    EDITED = "edited"


# What makes an article somebody's own.
OWN_WORK = (Tie.WROTE, Tie.SUBMITTED, Tie.CREDITED)


class Chair(Protocol):
    """Where one person decides of their own right, see `seats.Chair`."""

    @property
    def holder(self) -> User: ...
    @property
    def groups(self) -> frozenset[str]: ...
    @property
    def units(self) -> frozenset[int]: ...


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def waiting(self) -> Self:
        """Keep the rounds that wait for a decision, the longest wait first."""
        return self.filter(
            outcome=ReviewRound.Outcome.OPEN, article__status=Article.Status.IN_REVIEW
        ).order_by("stage_since", "pk")

    def at_chair(self, chair: Chair, at: datetime) -> Self:
        """Keep the rounds whose current stage is decided from a chair, or escalates to it now."""
        named = ReviewSeat.objects.filter(
            round=OuterRef("pk"), stage=OuterRef("stage"), user=chair.holder
        )
        return self.alias(above=OfStage("stages", "stage", "escalates_to")).filter(
            Exists(named)
            | Q(current_decider="unit", article__unit__in=chair.units)
            | Q(current_decider="group", current_group__in=chair.groups)
            | Q(above__in=chair.groups, due_at__lte=at)
        )

    def waiting_for_proofreader(self) -> Self:
        """Keep the rounds whose stage asks for a signature that the last version lacks."""
        return self.filter(current_wants_proofreader=True).exclude(
            signatures__version_number=F("article__version_number")
        )

    def with_ties_to(self, user: User) -> Self:
        """Say of each round what ties a user to it: `tie`, a `Tie`, in the same query.

        Wrote: began the article, or saved a version up to the submitted one; who touched the
        text while an earlier review was open, and was decided on there, has not written it.
        Credited: made the article by its credits, now or as submitted. Decided: at another
        stage of the round, or a deputy did for them.
        Edited: the last stage waits, and they saved a version since the last one that was
        published after review.
        """
        of_article = OuterRef("article")
        while_reviewing = ReviewDecision.objects.filter(
            round__article=of_article,
            round__number__lt=OuterRef(OuterRef("number")),
            round__version__number__lt=OuterRef("number"),
            version__number__gte=OuterRef("number"),
        )
        saved = Version.objects.filter(article=of_article, author=user)
        # What was forced out has not been reviewed: who edited it is still tied to the text.
        published = Version.objects.filter(
            article=of_article, editions__isnull=False, forced=None
        ).order_by("-number")
        here = ReviewDecision.objects.filter(
            Q(reviewer=user) | Q(on_behalf_of=user), round=OuterRef("pk")
        )
        credits = Credit.objects.filter(article=of_article, role__in=CREATORS, person__user=user)
        person = getattr(user, "person", None)
        was_credited = (
            Credits("version__snapshot", person=person.pk, roles=CREATORS)
            if person
            else Value(False)
        )
        return self.annotate(
            published_before=Coalesce(Subquery(published.values("number")[:1]), 0),
        ).annotate(
            tie=Case(
                When(article__created_by=user, then=Value(Tie.WROTE)),
                When(
                    Exists(
                        saved.filter(
                            ~Exists(while_reviewing), number__lte=OuterRef("version__number")
                        )
                    ),
                    then=Value(Tie.WROTE),
                ),
                When(submitted_by=user, then=Value(Tie.SUBMITTED)),
                When(Exists(credits), then=Value(Tie.CREDITED)),
                When(was_credited, then=Value(Tie.CREDITED)),
                When(Exists(here.exclude(stage=OuterRef("stage"))), then=Value(Tie.DECIDED)),
                When(
                    Exists(saved.filter(number__gt=OuterRef("published_before"))),
                    stage=Length("stages") - 1,
                    then=Value(Tie.EDITED),
                ),
                default=Value(Tie.NONE),
            )
        )

    def free_for(self, user: User) -> Self:
        """Keep what nothing ties a user to."""
        return self.with_ties_to(user).filter(tie=Tie.NONE)

    def not_own_work_of(self, user: User) -> Self:
        """Keep what a user neither wrote nor submitted, nor is credited on."""
        return self.with_ties_to(user).exclude(tie__in=OWN_WORK)


class ReviewRound(models.Model):
    """One passage of an article through its stages, with the stages as they were then."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned for changes")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        JOINED = "joined", _("joined into another article")
        TAKEN_BACK = "taken_back", _("taken back")
        RESTARTED = "restarted", _("begun again under another policy")
        FORCED = "forced", _("passed over by force")

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="rounds"
    )
    number = models.PositiveIntegerField(_("number"))
    version = models.ForeignKey(
        Version, verbose_name=_("submitted version"), on_delete=models.PROTECT, related_name="+"
    )
    policy_name = models.CharField(_("policy"), max_length=60)
    stages = models.JSONField(_("stages"))
    stage = models.PositiveSmallIntegerField(
        _("stage"), default=0, help_text=_("Counted from 0; the stage that is to decide.")
    )
    # Where it was read `with_ties_to` somebody: a `Tie`.
    tie: str
    # Of the stage that is to decide, by the database itself, so that lists can ask for it.
    current_name = models.GeneratedField(
        expression=OfStage("stages", "stage", "name"),
        output_field=models.CharField(max_length=40),
        db_persist=True,
    )
    current_name_en = models.GeneratedField(
        expression=OfStage("stages", "stage", "name_en"),
        output_field=models.CharField(max_length=40),
        db_persist=True,
    )
    current_decider = models.GeneratedField(
        expression=OfStage("stages", "stage", "decider"),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )
    current_group = models.GeneratedField(
        expression=OfStage("stages", "stage", "group"),
        output_field=models.CharField(max_length=150),
        db_persist=True,
    )
    current_wants_proofreader = models.GeneratedField(
        expression=SaidOfStage("stages", "stage", "wants_proofreader"),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.PROTECT,
        related_name="submitted_rounds",
    )
    submitter_name = models.CharField(_("name at the time"), max_length=150)
    submitted_at = models.DateTimeField(_("submitted at"))
    stage_since = models.DateTimeField(_("at this stage since"))
    due_at = models.DateTimeField(_("due at"))
    escalated_at = models.DateTimeField(_("escalated at"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("claimed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claimed_rounds",
    )

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("review round")
        verbose_name_plural = _("review rounds")
        ordering = ("article", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "number"), name="rounds_of_an_article_are_numbered"
            ),
            models.UniqueConstraint(
                fields=("article",),
                condition=Q(outcome="open"),
                name="an_article_is_in_one_review_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["outcome", "stage_since"], name="rounds_that_wait"),
            models.Index(fields=["outcome", "due_at"], name="rounds_by_deadline"),
        )

    def __str__(self) -> str:
        return _("review %(number)s") % {"number": self.number}

    @property
    def current_stage(self) -> dict[str, Any]:
        return self.stages[self.stage]

    @property
    def is_last_stage(self) -> bool:
        return self.stage == len(self.stages) - 1

    def is_overdue(self, at: datetime) -> bool:
        return self.outcome == self.Outcome.OPEN and self.due_at <= at

    @property
    def undecided_stages(self) -> list[dict[str, Any]]:
        """Give the stages that have not approved, from the one that is to decide on."""
        if self.outcome == ReviewRound.Outcome.APPROVED:
            return []
        return self.stages[self.stage :]

    def wants_proofreader(self, index: int | None = None) -> bool:
        """Tell whether a stage (the current one) is approved only after a proof-reader signed."""
        stage = self.stages[self.stage if index is None else index]
        return stage.get("wants_proofreader", False)

    def signature(self) -> Any:
        """Give a proof-reader's signature on the version that there is now, if one has signed."""
        number = self.article.version_number
        signed = (row for row in self.signatures.all() if row.version_number == number)
        return next(signed, None)

    def waits_for_proofreader(self) -> bool:
        return self.wants_proofreader() and self.signature() is None

    def has_final_approval(self) -> bool:
        """Tell whether the last stage has ever approved a version in this round."""
        return self._final_approvals().exists()

    def final_approval(self) -> "ReviewDecision | None":
        """Give the decision that an approved article rests on; None while the round is open."""
        if self.outcome != self.Outcome.APPROVED:
            return None
        return self._final_approvals().order_by("decided_at", "pk").last()

    def _final_approvals(self) -> "models.QuerySet[ReviewDecision]":
        last = len(self.stages) - 1
        return self.decisions.filter(verdict=ReviewDecision.Verdict.APPROVE, stage=last)

    def stage_name(self, index: int | None = None) -> str:
        stage = self.stages[self.stage if index is None else index]
        return in_readers_language(stage["name"], stage["name_en"])


class ReviewDecisionQuerySet(EvidenceQuerySet["ReviewDecision"]):
    def final(self) -> Self:
        """Keep the rejections after which an article may not come again."""
        return self.filter(not_again=True, readmission=None)

    def count_reasons(self, start: datetime, end: datetime) -> Counter[tuple[int, str, str]]:
        """Count by owning unit, month (2026-11) and reason why articles came back."""
        decided = self.filter(decided_at__gte=start, decided_at__lt=end).exclude(reasons=[])
        return Counter(
            (unit, f"{timezone.localtime(at):%Y-%m}", reason["text"])
            for unit, at, reasons in decided.values_list(
                "round__article__unit", "decided_at", "reasons"
            )
            for reason in reasons
        )


class ReviewSeat(Evidence):
    """Somebody who may decide at a stage of a round by name: by its policy, or appointed later."""

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="seats"
    )
    stage = models.PositiveSmallIntegerField(_("stage"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.PROTECT,
        related_name="seats",
    )
    name = models.CharField(_("name at the time"), max_length=150)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("appointed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    appointed_at = models.DateTimeField(_("appointed at"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat in a review")
        verbose_name_plural = _("seats in reviews")
        ordering = ("round", "stage", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "stage", "user"), name="somebody_sits_once_at_a_stage"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReviewDecision(Evidence):
    """What one reviewer decided on one version at one stage."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", pgettext_lazy("verdict", "approved")
        RETURN = "return", pgettext_lazy("verdict", "returned for changes")
        REJECT = "reject", pgettext_lazy("verdict", "rejected")

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="decisions"
    )
    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="decisions"
    )
    sha256 = models.CharField(_("hash of the version"), max_length=64)
    stage = models.PositiveSmallIntegerField(_("stage"))
    stage_name = models.CharField(_("name of the stage"), max_length=40)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    not_again = models.BooleanField(_("not again"), default=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    reviewer_name = models.CharField(_("name at the time"), max_length=150)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("on behalf of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions_by_deputies",
    )
    on_behalf_of_name = models.CharField(
        _("name of the represented at the time"), max_length=150, blank=True
    )
    reviewer_unit = models.CharField(_("unit at the time"), max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    objects = ReviewDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("decided_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "stage", "version"),
                name="a_stage_decides_once_on_a_version",
            ),
            models.CheckConstraint(
                condition=Q(not_again=False) | Q(verdict="reject"),
                name="only_a_rejection_keeps_an_article_away",
            ),
        )
        indexes = (models.Index(fields=["reviewer", "decided_at"], name="decisions_by_reviewer"),)

    def __str__(self) -> str:
        return f"{self.stage_name}: {self.get_verdict_display()} ({self.reviewer_name})"

    def stage_title(self) -> str:
        """Name the stage in the reader's language; `stage_name` is what it said at the time."""
        return self.round.stage_name(self.stage)

    def reasons_in_words(self) -> list[str]:
        """Give the reasons that were ticked, in the reader's language, as they were worded."""
        return in_words(self.reasons)

    def why(self) -> str:
        """Give the reasons and the remark in one line."""
        return " · ".join(filter(None, (*self.reasons_in_words(), self.remark)))


class Readmission(Evidence):
    """Somebody let an article come again that had been rejected for good."""

    decision = models.OneToOneField(
        ReviewDecision,
        verbose_name=_("decision"),
        on_delete=models.PROTECT,
        related_name="readmission",
    )
    reason = models.TextField(_("reason"))
    readmitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="readmissions",
    )
    readmitted_by_name = models.CharField(_("name at the time"), max_length=150)
    readmitted_at = models.DateTimeField(_("at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("readmission")
        verbose_name_plural = _("readmissions")
        ordering = ("readmitted_at", "pk")

    def __str__(self) -> str:
        return f"{self.readmitted_by_name}: {self.reason}"
