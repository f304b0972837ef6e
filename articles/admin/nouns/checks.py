"""The checks: how each is set, the list of words, and what was put aside for good."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import words
from articles.admin.base import DeskAdmin, Page, ReadOnlyAdmin, addresses, moment
from articles.checks import registry, tables
from articles.exporting.lists import ROWS_AT_ONCE
from articles.models import CheckRule, ListedWord, Waiver
from articles.rights import checking as rights


@admin.register(CheckRule)
class CheckRuleAdmin(DeskAdmin):
    """A check has a number or a list to be set, or neither: only what it has is shown."""

    purpose = gettext_lazy(
        "What is looked for in every article, and whether it keeps one from review."
    )
    list_display = ("__str__", "level", "number")
    list_filter = ("level",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        check = registry.CHECKS.get(obj.check_code) if obj else None
        shown = ["level"]
        if check and check.limit_is:
            shown.append("limit")
        if check and check.lines_are:
            shown.append("lines")
        return shown

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        check = registry.CHECKS.get(obj.check_code) if obj else None
        if check:
            for name, told in (("limit", check.limit_is), ("lines", check.lines_are)):
                if name in form.base_fields:
                    form.base_fields[name].help_text = told
        return form

    @admin.display(description=gettext_lazy("limit"))
    def number(self, rule):
        check = registry.CHECKS.get(rule.check_code)
        return rule.limit if check and check.limit_is else ""


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "CSV in UTF-8 or GB18030. The first line names the columns: word, kind (word or "
            "allowed), severity (advisory or blocking), suggestion, note. Only the word is needed."
        ),
    )


@admin.register(ListedWord)
class ListedWordAdmin(DeskAdmin):
    purpose = gettext_lazy("Words to avoid, and phrases that are right although one is in them.")
    list_display = ("text", "is_allowed", "severity", "suggestion", "note", "changed_at")
    list_filter = ("is_allowed", "severity")
    search_fields = ("text", "suggestion", "note")
    fields = ("text", "is_allowed", "severity", "suggestion", "note")
    change_list_template = "admin/articles/listedword/change_list.html"

    def get_urls(self):
        beside = (Page("import/", self.import_view, "articles_listedword_import"),)
        return [*addresses(self.admin_site, beside), *super().get_urls()]

    def import_view(self, request):
        """Take a table in, whole or not at all."""
        refused = rights.edit_list(request.user)
        if refused is not None:
            raise PermissionDenied(refused)
        is_sent = request.method == "POST"
        form = TableForm(request.POST, request.FILES) if is_sent else TableForm()
        errors: list[str] = []
        if is_sent and form.is_valid():
            try:
                # One byte more than is taken, to tell that there is more.
                content = form.cleaned_data["table"].read(tables.MAX_BYTES + 1)
                done = words.take_in(tables.read(content), user=request.user, at=moment(request))
            except tables.BadTable as problem:
                errors = problem.errors
            else:
                text = _("%(added)d added, %(changed)d changed, %(same)d were there already.")
                messages.success(request, text % vars(done))
                return HttpResponseRedirect(reverse("admin:articles_listedword_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import words"),
            "opts": self.opts,
            "form": form,
            "errors": errors,
        }
        request.current_app = self.admin_site.name
        status = 422 if errors else 200
        template = "admin/articles/listedword/import.html"
        return TemplateResponse(request, template, context, status=status)

    def export_name(self):
        return "words"

    def table_to_export(self, request, rows):
        """Give a table that can be imported again; the last column is for people."""
        yield (*tables.COLUMNS, "changed")
        for row in rows.iterator(ROWS_AT_ONCE):
            yield (*tables.row(row.entry), row.changed_at)


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    """What was put aside in every article; deleting a row lets it be found again."""

    purpose = gettext_lazy("What was put aside for good; what is deleted here is found again.")
    list_display = ("__str__", "excerpt", "reason", "put_by_name", "put_at")
    list_filter = ("check_code",)
    search_fields = ("what", "excerpt", "reason", "put_by_name")
    fields = ("check_code", "what", "excerpt", "reason", "put_by_name", "put_at")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(article=None)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("articles.delete_waiver")
