"""The evidence of counting, to look at. Nobody changes it here."""

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from analytics.models import Adjustment, Click, Gap, ScoringRule, Statement
from articles import clock, log
from articles.exporting.lists import ExportedList
from articles.log import wording
from articles.models import LogEntry


class LastingAdmin(ExportedList):
    """Shows rows, and neither changes nor deletes any. What is added is in the audit log."""

    # One line over the list: what it is for.
    purpose: str | Promise = ""

    def changelist_view(self, request, extra_context=None):
        said = {"title": capfirst(self.opts.verbose_name_plural), "purpose": self.purpose}
        return super().changelist_view(request, said | (extra_context or {}))

    def log_addition(self, request, obj, message):
        with log.in_site_language():
            told = wording.row(obj)
        log.note(
            LogEntry.Action.ADDED, actor=request.user, at=clock.here(), about=obj, detail=told
        )

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class EvidenceAdmin(LastingAdmin):
    """Adds none, either."""

    def has_add_permission(self, request):
        return False


@admin.register(Statement)
class StatementAdmin(EvidenceAdmin):
    purpose = _("Boards as they were frozen. A frozen board does not change.")
    list_display = ("period", "board", "frozen_at", "frozen_by_name", "current", "intact")
    list_filter = ("board",)
    search_fields = ("period", "frozen_by_name", "sha256")
    list_select_related = ("superseded_by", "supersedes")
    readonly_fields = ("sha256",)

    @admin.display(description=_("current"), boolean=True)
    def current(self, statement):
        return not hasattr(statement, "superseded_by")

    @admin.display(description=_("intact"), boolean=True)
    def intact(self, statement):
        return statement.is_intact()


@admin.register(Adjustment)
class AdjustmentAdmin(EvidenceAdmin):
    purpose = _("What is booked into an open month for articles of a month that is frozen.")
    list_display = ("booked_in", "concerns", "unit", "count", "points", "headline", "reason")
    list_filter = ("booked_in", "concerns")
    search_fields = ("headline", "unit__name", "reason")
    list_select_related = ("unit",)


@admin.register(Gap)
class GapAdmin(EvidenceAdmin):
    purpose = _("Where clicks could not be read, so that nobody takes a gap for silence.")
    list_display = ("noticed_at", "detail", "file", "offset")


@admin.register(ScoringRule)
class ScoringRuleAdmin(LastingAdmin):
    """A rule is written for the months to come; one that was in effect stays as it was."""

    purpose = _("How articles are scored, and from which day.")
    list_display = ("effective_from", "sharing", *ScoringRule.FORMS, "photos")


@admin.register(Click)
class ClickAdmin(EvidenceAdmin):
    list_display = ("at", "article_id", "source", "referrer", "reason", "counted", "first_of_day")
    list_filter = ("source", "reason", "counted")
    search_fields = ("=article_id",)
    show_full_result_count = False
    exclude = ("visitor",)
