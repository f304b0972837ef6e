"""Review policies, and the record of what was decided."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock
from articles.admin.base import DeskAdmin, EvidenceAdmin
from articles.models import (
    PolicyRule,
    ProofSignature,
    ReviewDecision,
    ReviewPolicy,
    ReviewRound,
    ReviewStage,
    TypoFix,
    User,
    VerdictReason,
    Version,
)
from articles.rights import policy_warnings
from articles.rights.roles import role_name
from articles.rights.seats import MAY_REVIEW


class RoleField(forms.ModelChoiceField):
    def label_from_instance(self, group):
        return role_name(group)


class StageForm(forms.ModelForm):
    def clean(self):
        super().clean()
        decider, people = self.cleaned_data.get("decider"), self.cleaned_data.get("people")
        if people is None:
            return self.cleaned_data
        if decider == ReviewStage.Decider.PEOPLE:
            may_review = set(User.objects.with_perm(MAY_REVIEW).filter(pk__in=people))
            if not people:
                self.add_error("people", _("Name at least one person who decides."))
            for person in people:
                if person not in may_review:
                    text = _("%(name)s may not decide in reviews.") % {"name": person}
                    self.add_error("people", text)
        elif people:
            text = _("Here no named people decide. Leave it empty, or let them decide.")
            self.add_error("people", text)
        return self.cleaned_data


class StageInline(admin.StackedInline):
    model = ReviewStage
    form = StageForm
    fields = (
        ("position", "name", "name_en"),
        ("decider", "group", "people"),
        ("deadline_hours", "escalates_to"),
        ("wants_proofreader", "is_credited"),
    )
    autocomplete_fields = ("people",)
    extra = 0
    min_num = 1
    max_num = 4

    def get_queryset(self, request):
        return ReviewStage.objects.in_full()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in {"group", "escalates_to"}:
            kwargs["form_class"] = RoleField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RuleInline(admin.TabularInline):
    model = PolicyRule
    fields = ("section", "importance")
    extra = 0


class PolicyList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        # Asked once for all of them.
        there = policy_warnings.staff_now(clock.here())
        for policy in self.result_list:
            policy.found = policy_warnings.warnings(policy, there)


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(DeskAdmin):
    purpose = gettext_lazy(
        "The stages that an article passes before it is published, and who decides at each."
    )
    inlines = (StageInline, RuleInline)
    list_display = ("name", "meaning", "in_short", "is_default")
    not_exported = ("in_short",)
    fields = ("name", "is_default", "note", "meaning", "warnings")
    readonly_fields = ("meaning", "warnings")
    search_fields = ("name",)

    class Media:
        css = {"all": ("articles/css/policies.css",)}

    def get_queryset(self, request):
        stages = Prefetch("stages", queryset=ReviewStage.objects.in_full())
        return super().get_queryset(request).prefetch_related(stages)

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.fields[:3]

    def get_deleted_objects(self, objs, request):
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        if any(policy.is_default for policy in objs):
            text = _("Every article that no rule names: make another policy the default first.")
            protected = [*protected, text]
        return to_delete, counts, needed, protected

    @admin.display(description=gettext_lazy("what it means"))
    def meaning(self, policy):
        """Say in a sentence what an article passes under this policy."""
        stages = [_in_words(stage) for stage in policy.stages.all()]
        if not stages:
            return _("Nobody could approve an article under this policy: it has no stages.")
        return _("An article passes %(stages)s.") % {"stages": " → ".join(stages)}

    @admin.display(description=gettext_lazy("warnings"))
    def warnings(self, policy):
        there = policy_warnings.staff_now(clock.here())
        found = policy_warnings.warnings(policy, there)
        return _listed(found) if found else _("None: at every stage somebody can decide.")

    @admin.display(description=gettext_lazy("warnings"))
    def in_short(self, policy):
        return _listed(policy.found)

    def get_changelist(self, request, **kwargs):
        return PolicyList


def _listed(sentences):
    rows = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in sentences))
    return format_html('<ul class="warnings">{}</ul>', rows) if sentences else ""


def _in_words(stage: ReviewStage) -> str:
    said = {"stage": stage, "who": _who(stage), "hours": stage.deadline_hours}
    if stage.escalates_to is None:
        if stage.wants_proofreader:
            text = _(
                "“%(stage)s” by %(who)s within %(hours)d working hours, once a proof-reader has "
                "signed"
            )
        else:
            text = _("“%(stage)s” by %(who)s within %(hours)d working hours")
        return text % said
    if stage.wants_proofreader:
        text = _(
            "“%(stage)s” by %(who)s within %(hours)d working hours, after that also by "
            "%(above)s, once a proof-reader has signed"
        )
    else:
        text = _(
            "“%(stage)s” by %(who)s within %(hours)d working hours, after that also by %(above)s"
        )
    return text % (said | {"above": role_name(stage.escalates_to)})


def _who(stage: ReviewStage) -> str:
    match stage.decider:
        case ReviewStage.Decider.UNIT_REVIEWERS:
            return _("a reviewer of the owning unit")
        case ReviewStage.Decider.PEOPLE:
            return "、".join(str(person) for person in stage.people.all())
    return role_name(stage.group)


@admin.register(VerdictReason)
class VerdictReasonAdmin(DeskAdmin):
    purpose = gettext_lazy("What reviewers tick when they return or reject an article.")
    list_display = ("__str__", "text_en", "used_for", "wants_remark", "is_active", "position")
    list_filter = ("used_for", "is_active")
    search_fields = ("text", "text_en")


@admin.register(Version)
class VersionAdmin(EvidenceAdmin):
    purpose = gettext_lazy(
        "Every saved state of every article. Compare two of them in its history."
    )
    list_display = ("article", "number", "author_name", "saved_at", "reason", "short_hash")
    not_exported = ("short_hash",)
    export_more = ("article_number", "sha256")
    list_select_related = ("article",)
    search_fields = ("article__headline", "author_name", "sha256")
    date_hierarchy = "saved_at"
    fields = ("article", "number", "author_name", "saved_at", "reason", "sha256", "text")
    ordering = ("-saved_at", "-pk")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot")

    @admin.display(description=gettext_lazy("hash"))
    def short_hash(self, version):
        return version.sha256[:10]

    @admin.display(description=gettext_lazy("text"))
    def text(self, version):
        name = "admin:articles_article_version"
        address = reverse(name, args=[version.article_id, version.number])
        return format_html('<a href="{}">{}</a>', address, _("Read it"))


@admin.register(ReviewRound)
class ReviewRoundAdmin(EvidenceAdmin):
    purpose = gettext_lazy(
        "Each way of an article through review, from its submission to the last decision."
    )
    list_display = (
        "article",
        "number",
        "policy_name",
        "where",
        "outcome",
        "submitter_name",
        "submitted_at",
    )
    list_filter = ("outcome", "policy_name")
    list_select_related = ("article",)
    search_fields = ("article__headline", "submitter_name")
    date_hierarchy = "submitted_at"
    ordering = ("-submitted_at", "-pk")
    exclude = ("stages", "stage", "submitted_by")
    readonly_fields = ("where",)

    @admin.display(description=gettext_lazy("stage"))
    def where(self, review):
        return review.stage_name()


@admin.register(ReviewDecision)
class ReviewDecisionAdmin(EvidenceAdmin):
    purpose = gettext_lazy(
        "Every decision, on which version and why. Nothing here can be changed."
    )
    path_to_article = "round__article"
    list_display = (
        "article",
        "stage_name",
        "verdict",
        "reviewer_name",
        "reviewer_unit",
        "why",
        "decided_at",
    )
    export_more = ("article_number", "sha256", "on_behalf_of_name")
    exclude = ("reasons", "remark")
    readonly_fields = ("why",)
    list_filter = ("verdict", "not_again", "stage_name")
    list_select_related = ("round__article",)
    search_fields = ("round__article__headline", "reviewer_name", "remark")
    date_hierarchy = "decided_at"
    ordering = ("-decided_at", "-pk")

    @admin.display(description=gettext_lazy("article"))
    def article(self, decision):
        return decision.round.article

    @admin.display(description=gettext_lazy("reasons and remark"))
    def why(self, decision):
        return decision.why()


@admin.register(ProofSignature)
class ProofSignatureAdmin(EvidenceAdmin):
    purpose = gettext_lazy("Who proof-read which version, and when.")
    path_to_article = "round__article"
    list_display = ("article", "version_number", "proofreader_name", "remark", "signed_at")
    list_select_related = ("round__article",)
    search_fields = ("round__article__headline", "proofreader_name", "remark")
    date_hierarchy = "signed_at"
    ordering = ("-signed_at", "-pk")

    @admin.display(description=gettext_lazy("article"))
    def article(self, signature):
        return signature.round.article


@admin.register(TypoFix)
class TypoFixAdmin(EvidenceAdmin):
    purpose = gettext_lazy("Small slips mended after approval, with who mended them.")
    path_to_article = "round__article"
    list_display = ("article", "version_number", "characters", "made_by_name", "what", "made_at")
    list_select_related = ("round__article",)
    search_fields = ("round__article__headline", "made_by_name")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    exclude = ("changes",)
    readonly_fields = ("what",)

    @admin.display(description=gettext_lazy("article"))
    def article(self, fix):
        return fix.round.article

    @admin.display(description=gettext_lazy("changes"))
    def what(self, fix):
        rows = ((change["old"], change["new"]) for change in fix.changes)
        return format_html_join(mark_safe("<br>"), "<del>{}</del> <ins>{}</ins>", rows)
