"""The checks: how each is set, the list of words, and what was put aside for good."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles.admin.base import DeskAdmin, ReadOnlyAdmin
from articles.checks import registry
from articles.models import CheckRule, ListedWord, Waiver


@admin.register(CheckRule)
class CheckRuleAdmin(DeskAdmin):
    """A check has a number or a list to be set, or neither: only what it has is shown."""

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


@admin.register(ListedWord)
class ListedWordAdmin(DeskAdmin):
    list_display = ("text", "is_allowed", "severity", "suggestion", "note", "changed_at")
    list_filter = ("is_allowed", "severity")
    search_fields = ("text", "suggestion", "note")
    fields = ("text", "is_allowed", "severity", "suggestion", "note")


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    """What was put aside in every article; deleting a row lets it be found again."""

    list_display = ("__str__", "excerpt", "reason", "put_by_name", "put_at")
    list_filter = ("check_code",)
    search_fields = ("what", "excerpt", "reason", "put_by_name")
    fields = ("check_code", "what", "excerpt", "reason", "put_by_name", "put_at")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(article=None)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("articles.delete_waiver")
