"""What was published by force, and whether somebody else has confirmed it. To read only."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles import clock
from articles.admin.article.deciding import progress
from articles.admin.base import EvidenceAdmin, moment
from articles.models import ForcedPublication
from articles.rights.roles import undecided


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("waiting", pgettext("forced publication", "waiting")),
            ("overdue", pgettext("forced publication", "overdue")),
            ("confirmed", pgettext("forced publication", "confirmed")),
            ("objected", pgettext("forced publication", "objected to")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "waiting":
                return queryset.waiting()
            case "overdue":
                return queryset.overdue(moment(request))
            case "confirmed":
                return queryset.confirmed()
            case "objected":
                return queryset.objected()
        return queryset


@admin.register(ForcedPublication)
class ForcedPublicationAdmin(EvidenceAdmin):
    purpose = gettext_lazy("What went live without full review, and who confirmed it or objected.")
    list_display = ("edition", "reason", "forced_by_name", "forced_at", "state", "said", "way_on")
    list_filter = (StateFilter,)
    list_select_related = ("edition", "answer", "round__article__unit")
    not_exported = ("way_on",)
    search_fields = ("edition__headline", "reason", "forced_by_name", "answer__remark")
    date_hierarchy = "forced_at"
    fields = (
        "edition",
        "version",
        "sha256",
        "reason",
        "forced_by_name",
        "forced_by_unit",
        "forced_at",
        "skipped_stages",
        "confirm_by",
        "state",
        "said",
        "way_on",
    )
    readonly_fields = ("skipped_stages", "state", "said", "way_on")

    @admin.display(description=gettext_lazy("state"))
    def state(self, forced):
        answer = forced.given_answer
        if answer is not None:
            return answer.get_verdict_display()
        time = progress.moment_text(forced.confirm_by)
        if forced.is_overdue(clock.here()):
            return format_html(
                '<strong class="late">{}</strong>', _("overdue since %(time)s") % {"time": time}
            )
        return _("waiting until %(time)s") % {"time": time}

    @admin.display(description=gettext_lazy("answer"))
    def said(self, forced):
        answer = forced.given_answer
        if answer is None:
            return ""
        return " · ".join(filter(None, (answer.answered_by_name, answer.remark)))

    @admin.display(description=gettext_lazy("skipped"))
    def skipped_stages(self, forced):
        steps = undecided(forced.round)
        return "；".join(f"{step.name} · {step.who}" for step in steps) or _("nothing")

    @admin.display(description=gettext_lazy("article"))
    def way_on(self, forced):
        address = reverse("admin:articles_article_change", args=[forced.article_id])
        return format_html('<a href="{}">{}</a>', address, _("Look at the article"))
