"""The record: versions, who reviewed them at which stage, and what was decided."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import CREATORS, Article, Credit, Importance
from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.people import User
from articles.models.sections import Section
from articles.models.units import in_readers_language


class Version(Evidence):
    """The whole working copy at one moment, as `articles.snapshots.take` writes it."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    author_name = models.CharField(_("name at the time"), max_length=150)
    saved_at = models.DateTimeField(_("saved at"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ("article", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "number"), name="versions_of_an_article_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return _("version %(number)s") % {"number": self.number}


class ReviewPolicy(models.Model):
    """One to four stages that an article passes before it may go live."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    note = models.TextField(_("note"), blank=True)
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Used where no rule chooses another.")
    )

    class Meta:
        verbose_name = _("review policy")
        verbose_name_plural = _("review policies")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("is_default",),
                condition=Q(is_default=True),
                name="one_review_policy_is_the_default",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReviewStage(models.Model):
    """A stage of a policy: its name and who may decide."""

    class Decider(models.TextChoices):
        UNIT_REVIEWERS = "unit", _("reviewers of the owning unit")
        GROUP = "group", _("a group")

    policy = models.ForeignKey(
        ReviewPolicy, verbose_name=_("policy"), on_delete=models.CASCADE, related_name="stages"
    )
    position = models.PositiveSmallIntegerField(
        _("stage"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=40, blank=True)
    decider = models.CharField(
        _("decided by"), max_length=10, choices=Decider, default=Decider.GROUP
    )
    group = models.ForeignKey(
        Group,
        verbose_name=pgettext_lazy("accounts", "group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    deadline_hours = models.PositiveSmallIntegerField(_("hours to decide"), default=24)

    class Meta:
        verbose_name = _("review stage")
        verbose_name_plural = _("review stages")
        ordering = ("policy", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "position"), name="stages_of_a_policy_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=4),
                name="a_policy_has_one_to_four_stages",
            ),
            models.CheckConstraint(
                condition=Q(decider="unit", group=None) | Q(decider="group", group__isnull=False),
                name="a_stage_names_a_group_if_a_group_decides",
                violation_error_message=_("Choose a group, or let the owning unit decide."),
            ),
        )

    def __str__(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def frozen(self) -> dict[str, Any]:
        """Give what a round keeps of this stage, so that later edits do not touch it."""
        return {
            "name": self.name,
            "name_en": self.name_en,
            "decider": self.decider,
            "group": self.group.name if self.group else "",
            "deadline_hours": self.deadline_hours,
        }


class PolicyRule(models.Model):
    """Which policy an article of a section and importance passes.

    A rule for the section beats one for all sections; with neither, the default decides.
    """

    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="policy_rules",
        help_text=_("Empty for all sections."),
    )
    importance = models.CharField(
        _("importance"), max_length=10, choices=Importance, default=Importance.ORDINARY
    )
    policy = models.ForeignKey(
        ReviewPolicy, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="rules"
    )

    class Meta:
        verbose_name = _("policy rule")
        verbose_name_plural = _("policy rules")
        ordering = ("section", "importance")
        constraints = (
            models.UniqueConstraint(
                fields=("section", "importance"),
                name="a_section_and_importance_choose_one_policy",
            ),
            models.UniqueConstraint(
                fields=("importance",),
                condition=Q(section=None),
                name="an_importance_chooses_one_policy_for_all_sections",
            ),
        )

    def __str__(self) -> str:
        section = self.section or _("all sections")
        return f"{section} · {self.get_importance_display()}"


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def waiting(self) -> Self:
        """Keep the rounds that wait for a decision, the longest wait first."""
        return self.filter(
            outcome=ReviewRound.Outcome.OPEN, article__status=Article.Status.IN_REVIEW
        ).order_by("stage_since", "pk")

    def with_ties_to(self, user: User) -> Self:
        """Say of each round what ties a user to it, in the same query.

        `has_written`: saved a version since the review before ended, up to the submitted one.
        Who touched the text while reviewing has not written it. `has_edited`: saved any
        version since the one that was published last. `is_credited`: made the article, by its
        credits now. `has_decided`: at another stage of the round.
        """
        of_article = OuterRef("article")
        earlier = ReviewDecision.objects.filter(
            round__article=of_article, round__number__lt=OuterRef("number")
        ).order_by("-round__number", "-version__number")
        saved = Version.objects.filter(article=of_article, author=user)
        published = Version.objects.filter(article=of_article, editions__isnull=False).order_by(
            "-number"
        )
        here = ReviewDecision.objects.filter(round=OuterRef("pk"), reviewer=user)
        credits = Credit.objects.filter(article=of_article, role__in=CREATORS, person__user=user)
        return self.annotate(
            reviewed_before=Coalesce(Subquery(earlier.values("version__number")[:1]), 0),
            published_before=Coalesce(Subquery(published.values("number")[:1]), 0),
        ).annotate(
            has_written=Exists(
                saved.filter(
                    number__gt=OuterRef("reviewed_before"),
                    number__lte=OuterRef("version__number"),
                )
            ),
            has_edited=Exists(saved.filter(number__gt=OuterRef("published_before"))),
            is_credited=Exists(credits),
            has_decided=Exists(here.exclude(stage=OuterRef("stage"))),
        )


class ReviewRound(models.Model):
    """One passage of an article through its stages, with the stages as they were then."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned for changes")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RESTARTED = "restarted", _("begun again under another policy")

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
        indexes = (models.Index(fields=["outcome", "stage_since"], name="rounds_that_wait"),)

    def __str__(self) -> str:
        return _("review %(number)s") % {"number": self.number}

    @property
    def current_stage(self) -> dict[str, Any]:
        return self.stages[self.stage]

    @property
    def is_last_stage(self) -> bool:
        return self.stage == len(self.stages) - 1

    def stage_name(self, index: int | None = None) -> str:
        stage = self.stages[self.stage if index is None else index]
        return in_readers_language(stage["name"], stage["name_en"])


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
    remark = models.TextField(_("remark"), blank=True)
    forced = models.BooleanField(_("forced"), default=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    reviewer_name = models.CharField(_("name at the time"), max_length=150)
    reviewer_unit = models.CharField(_("unit at the time"), max_length=100, blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("decided_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "stage", "version"),
                name="a_stage_decides_once_on_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage_name}: {self.get_verdict_display()} ({self.reviewer_name})"

    def stage_title(self) -> str:
        """Name the stage in the reader's language; `stage_name` is what it said at the time."""
        return self.round.stage_name(self.stage)
