"""Which stages an article passes, and who may decide at each."""

from typing import Any, NamedTuple, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import Importance
from articles.models.sections import Section
from articles.models.units import in_readers_language


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


class ReviewStageQuerySet(models.QuerySet["ReviewStage"]):
    def in_full(self) -> Self:
        """Load who decides with each stage. Two queries."""
        return self.select_related("group", "escalates_to").prefetch_related("people")


class ReviewStage(models.Model):
    """A stage of a policy: its name and who may decide."""

    class Decider(models.TextChoices):
        UNIT_REVIEWERS = "unit", _("reviewers of the owning unit")
        GROUP = "group", _("a group")
        PEOPLE = "people", _("named people")

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
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named people"),
        blank=True,
        related_name="+",
        help_text=_("Any one of them decides."),
    )
    wants_proofreader = models.BooleanField(
        _("proof-reader signs first"),
        default=False,
        help_text=_("A proof-reader has to sign the very version that is approved here."),
    )
    deadline_hours = models.PositiveSmallIntegerField(
        _("working hours to decide"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    escalates_to = models.ForeignKey(
        Group,
        verbose_name=_("escalates to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Once overdue, the members of this group may decide as well."),
    )
    is_credited = models.BooleanField(
        _("reviewer is printed"),
        default=False,
        help_text=_("If no stage of a policy is marked, the reviewer of the last one is printed."),
    )

    objects = ReviewStageQuerySet.as_manager()

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
                condition=Q(decider__in=("unit", "people"), group=None)
                | Q(decider="group", group__isnull=False),
                name="a_stage_names_a_group_if_a_group_decides",
                violation_error_message=_("Choose a group only where a group decides."),
            ),
        )

    def __str__(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def clean(self) -> None:
        if self.decider == self.Decider.GROUP and self.group is None:
            raise ValidationError({"group": _("Choose the group that decides.")})
        if self.decider != self.Decider.GROUP and self.group is not None:
            raise ValidationError(
                {"group": _("Here no group decides. Leave it empty, or let a group decide.")}
            )
        if self.group is not None and self.group == self.escalates_to:
            raise ValidationError(
                {"escalates_to": _("This group decides here anyway. Choose another, or none.")}
            )

    def frozen(self) -> dict[str, Any]:
        """Give what a round keeps of this stage, so that later edits do not touch it."""
        return {
            "name": self.name,
            "name_en": self.name_en,
            "decider": self.decider,
            "group": self.group.name if self.group else "",
            "people": [{"id": person.pk, "name": str(person)} for person in self.people.all()],
            "deadline_hours": self.deadline_hours,
            "wants_proofreader": self.wants_proofreader,
            "is_credited": self.is_credited,
            "escalates_to": self.escalates_to.name if self.escalates_to else "",
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


class Source(models.TextChoices):
    """Why a policy applies to a section and importance."""

    OWN = "own", _("own rule")
    ORDINARY = "ordinary", _("as for ordinary articles of the section")
    ALL = "all", _("as for all sections")
    ALL_ORDINARY = "all_ordinary", _("as for ordinary articles of all sections")
    DEFAULT = "default", _("default")


class Choice(NamedTuple):
    policy: ReviewPolicy | None
    source: Source


class Rulebook:
    """Which policy applies to which articles. Two queries, for any number of questions."""

    def __init__(self) -> None:
        rules = PolicyRule.objects.select_related("policy")
        self.rules = {(rule.section_id, rule.importance): rule.policy for rule in rules}
        self.default = ReviewPolicy.objects.filter(is_default=True).first()

    def choose(self, section: int, importance: str) -> Choice:
        """Prefer the section's own rule; a heavier article never passes less than an ordinary."""
        ordinary = Importance.ORDINARY
        for key, source in (
            ((section, importance), Source.OWN),
            ((None, importance), Source.ALL),
            ((section, ordinary), Source.ORDINARY),
            ((None, ordinary), Source.ALL_ORDINARY),
        ):
            if key in self.rules:
                return Choice(self.rules[key], source)
        return Choice(self.default, Source.DEFAULT)
