"""Errors that readers report: the list, a report, and what came of it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from articles import clock
from articles.actions import error_reports
from articles.admin.base import (
    DeskRequest,
    EvidenceAdmin,
    Page,
    addresses,
    moment,
    refusal,
    visible_entries,
    visible_keys,
)
from articles.models import ErrorReport
from articles.models.error_reports import SETTLED, ErrorReportQuerySet, State, contact_kept
from articles.rights import error_reports as rights
from articles.rights.permissions import NotAllowed, Verb, WrongInput
from articles.templatetags.times import ago

LONGEST_REMARK = 2000


def waiting(request: DeskRequest) -> ErrorReportQuerySet:
    """Give the reports that wait for somebody, if the user is one who settles them."""
    if not request.user.has_perm(rights.SETTLES):
        return ErrorReport.objects.none()
    seen = visible_keys(request)
    return ErrorReport.objects.waiting().filter(edition__article__in=seen)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", pgettext("error report", "waiting")), *State.choices]

    def queryset(self, request, queryset):
        asked = self.value()
        if asked == "waiting":
            return queryset.waiting()
        return queryset.filter(state=asked) if asked in State.values else queryset


class SettleForm(forms.Form):
    """What came of a report."""

    seen = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[(state.value, state.label) for state in SETTLED],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=pgettext_lazy("error report", "Remark"),
        help_text=gettext_lazy("For colleagues; it is kept in the log. Spam needs none."),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


@admin.register(ErrorReport)
class ErrorReportAdmin(EvidenceAdmin):
    purpose = gettext_lazy("What readers say is wrong in an article, and what came of it.")
    path_to_article = "edition__article"
    list_display = ("edition", "state", "passage_in_short", "text_in_short", "handled_by", "age")
    list_filter = (StateFilter,)
    list_select_related = ("edition", "handled_by")
    not_exported = ("passage_in_short", "text_in_short", "age")
    export_more = ("passage", "text", "remark", "sent_at", "article_number")
    search_fields = ("edition__headline", "passage", "text", "remark")
    date_hierarchy = "sent_at"

    def lookup_allowed(self, lookup, value, request):
        # How to reach a reader cannot be guessed by asking for it.
        kept_back = lookup.split("__")[0] in {"contact", "network", "key"}
        return not kept_back and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("passage"))
    def passage_in_short(self, report):
        return Truncator(report.passage).chars(40)

    @admin.display(description=gettext_lazy("what is wrong"))
    def text_in_short(self, report):
        return Truncator(report.text).chars(80)

    @admin.display(description=pgettext_lazy("error report", "sent"), ordering="sent_at")
    def age(self, report):
        return ago(report.sent_at, clock.here())

    def get_urls(self):
        beside = (
            Page(
                "<int:report_id>/settle/",
                require_POST(self.settle),
                "articles_errorreport_settle",
            ),
        )
        return [*addresses(self.admin_site, beside), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a report, the way to its article, and what may be done with it."""
        report = self.get_object(request, object_id)
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, report) or request.method == "POST":
            raise PermissionDenied
        return self.page(request, report)

    def settle(self, request, report_id):
        """Do with a report what was asked for; what was typed stays."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = get_object_or_404(self.get_queryset(request), pk=report_id)
        takes_up = "_take_up" in request.POST
        form = SettleForm(request.POST)
        refused = rights.settle(request.user, report, moment(request))
        if refused is not None:
            return self.page(request, report, form, refused, status=403)
        words = {"user": request.user, "at": moment(request)}
        if takes_up or form.is_valid():
            try:
                if takes_up:
                    seen = request.POST.get("seen", "")
                    error_reports.take_up(report, seen=seen, **words)
                    messages.success(request, _("You are looking into this."))
                else:
                    asked = form.cleaned_data
                    error_reports.settle(
                        report,
                        State(asked["outcome"]),
                        remark=asked["remark"],
                        seen=asked["seen"],
                        **words,
                    )
                    messages.success(request, _("Settled."))
            except WrongInput as wrong:
                form.add_error(wrong.field, str(wrong))
            except error_reports.ReportMoved as moved:
                report.refresh_from_db()
                again = SettleForm(
                    initial={name: request.POST.get(name) for name in form.fields}
                    | {"seen": report.state}
                )
                return self.page(request, report, again, str(moved), status=409)
            except NotAllowed as refused:
                return self.page(request, report, form, str(refused), status=403)
            else:
                here = reverse("admin:articles_errorreport_change", args=[report.pk])
                return HttpResponseRedirect(here)
        return self.page(request, report, form, status=422)

    def page(self, request, report, form=None, problem="", *, status=200):
        article = report.edition.article
        entries = visible_entries(request).filter(
            subject_type=self.opts.label_lower, subject_id=report.pk
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Error report"),
            "opts": self.opts,
            "report": report,
            "article": article,
            "is_live": article.editions.live(moment(request)).exists(),
            "may_settle": rights.settle(request.user, report, moment(request)) is None,
            "may_correct": refusal(request, Verb.CORRECT, article) is None,
            "days": contact_kept().days,
            "form": form or SettleForm(initial={"seen": report.state}),
            "problem": problem,
            "log": entries[:20],
        }
        request.current_app = self.admin_site.name
        template = "admin/articles/errorreport/report.html"
        return TemplateResponse(request, template, context, status=status)
