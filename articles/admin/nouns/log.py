"""The audit log: everything that happened, for whoever may see it; filtered, exported, sealed."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock
from articles.admin.asking import AskingFilter
from articles.admin.base import EvidenceAdmin, is_desk, visible_entries, whole_number
from articles.exporting.lists import ROWS_AT_ONCE, ExportedList, together
from articles.log import sealing
from articles.models import LogEntry, LogSeal, User
from articles.models.seals import filled_columns
from articles.templatetags.times import moments_here
from articles.text import days

Action = LogEntry.Action

# A person's way through the actions; what is in none of these is done to articles.
KINDS: dict[str, tuple[Any, tuple[LogEntry.Action, ...]]] = {
    "signing-in": (
        gettext_lazy("Signing in"),
        (Action.SIGNED_IN, Action.SIGN_IN_FAILED, Action.SIGNED_OUT),
    ),
    "rights": (
        gettext_lazy("Accounts and rights"),
        (
            Action.ACCOUNT_MADE,
            Action.ACCOUNT_CHANGED,
            Action.DEACTIVATED,
            Action.REACTIVATED,
            Action.PASSWORD_CHANGED,
            Action.RIGHTS_CHANGED,
            Action.MEMBERSHIP_MADE,
            Action.MEMBERSHIP_CHANGED,
            Action.MEMBERSHIP_ENDED,
        ),
    ),
    "lists": (
        gettext_lazy("Sections, units, policies and other lists"),
        (Action.ADDED, Action.EDITED, Action.DELETED, Action.ARRANGED),
    ),
    "boards": (
        gettext_lazy("Boards and exports"),
        (Action.FROZEN, Action.ADJUSTED, Action.EXPORTED),
    ),
}
ARTICLES = "articles"
ELSEWHERE = {action for _label, actions in KINDS.values() for action in actions}
KINDS = {
    ARTICLES: (
        gettext_lazy("Articles"),
        tuple(action for action in Action if action not in ELSEWHERE),
    ),
    **KINDS,
}


class ActionFilter(admin.SimpleListFilter):
    """Kinds of actions; the chosen kind opens to its actions."""

    title = gettext_lazy("action")
    parameter_name = "did"

    def lookups(self, request, model_admin):
        if not request.user.has_perm("articles.view_security_log"):
            return [(action.value, action.label) for action in KINDS[ARTICLES][1]]
        offered: list[tuple[str, Any]] = []
        for kind, (label, actions) in KINDS.items():
            offered.append((kind, label))
            if self.value() == kind or self.value() in actions:
                offered += [(action.value, f"– {action.label}") for action in actions]
        return offered

    def queryset(self, request, queryset):
        value = self.value()
        if value in KINDS:
            return queryset.filter(action__in=KINDS[value][1])
        return queryset.filter(action=value) if value else queryset


class QuestionFilter(AskingFilter):
    """One form that asks who, about which article, and on which days."""

    title = gettext_lazy("who and when")
    template = "admin/articles/logentry/questions.html"
    names = ("who", "article", "from", "until")

    def queryset(self, request, queryset):
        if who := self.asked("who"):
            queryset = queryset.filter(**by(who, request))
        if article := self.asked("article"):
            # As an address of the article has it, too.
            found = re.search("[0-9]+", article)
            number = whole_number(found[0]) if found else None
            queryset = queryset.filter(article=number) if number else queryset.none()
        if first := self.day("from"):
            queryset = queryset.filter(at__gte=days.begins(first))
        if last := self.day("until"):
            queryset = queryset.filter(at__lt=days.ends(last))
        return queryset


def by(who: str, request: Any) -> dict[str, Any]:
    """Find somebody's entries by name, or by account where the reader sees accounts."""
    accounts = User.objects.filter(name=who)
    if request.user.has_perm("articles.view_user"):
        accounts |= User.objects.filter(username=who)
    numbers = list(accounts.values_list("pk", flat=True)[:100])
    return {"actor__in": numbers} if numbers else {"actor": None, "actor_name": who}


class FlatPaginator(Paginator):
    """Counts so far and no further: a page costs the same however long the log is."""

    MOST = 10_000

    @cached_property
    def count(self):
        rows: Any = self.object_list
        return rows.order_by()[: self.MOST].count()


def seal_of(entry: LogEntry) -> LogSeal | None:
    return getattr(entry, "seal", None)


def as_jsonl(_desk: ExportedList, _request: Any, entries: Any) -> Iterator[str]:
    """Give each entry with its seal: all that the hash is of, to be checked anywhere."""
    return together(map(_sealed, entries.iterator(ROWS_AT_ONCE)))


def _sealed(entry: LogEntry) -> str:
    seal = seal_of(entry)
    if seal is None:
        said: dict[str, Any] = {"entry": filled_columns(entry)}
    else:
        seal.entry = entry
        said = seal.content() | {"sha256": seal.sha256}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"


COLUMNS = (
    gettext_lazy("seal"),
    gettext_lazy("at"),
    gettext_lazy("by"),
    gettext_lazy("action"),
    gettext_lazy("kind"),
    gettext_lazy("about"),
    gettext_lazy("article"),
    gettext_lazy("version"),
    gettext_lazy("detail"),
    gettext_lazy("hash"),
)


@admin.register(LogEntry)
class LogEntryAdmin(EvidenceAdmin):
    purpose = gettext_lazy("Who did what, and when. Entries are sealed and cannot be changed.")
    list_display = ("at", "who", "action", "what", "version_number", "short_detail")
    list_display_links = ("at",)
    list_filter = (QuestionFilter, ActionFilter)
    list_select_related = ("article",)
    search_fields = ("subject", "shown_detail")
    search_help_text = gettext_lazy("Searches what it was about, and the details.")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    sortable_by = ()
    paginator = FlatPaginator
    show_full_result_count = False
    list_max_show_all = 0
    show_facets = admin.ShowFacets.NEVER
    fields = (
        "at",
        "who",
        "action",
        "what",
        "article",
        "version_number",
        "whole_detail",
        "number",
        "sha256",
    )
    readonly_fields = ("who", "what", "whole_detail", "number", "sha256")
    change_list_template = "admin/articles/logentry/change_list.html"

    def get_queryset(self, request):
        entries = visible_entries(request).order_by(*self.ordering)
        return entries.shown_to(desk=is_desk(request))

    export_formats = ExportedList.export_formats | {
        "jsonl": (
            gettext_lazy("Export with seals"),
            "application/jsonl; charset=utf-8",
            as_jsonl,
        )
    }

    def may_export(self, request):
        return request.user.has_perm("articles.view_security_log")

    # The list

    @admin.display(description=gettext_lazy("by"))
    def who(self, entry):
        return entry.actor_name or _("somebody unknown")

    @admin.display(description=gettext_lazy("about"))
    def what(self, entry):
        # Entries from before subjects were kept name their article alone.
        return entry.about() or entry.article

    @admin.display(description=gettext_lazy("detail"))
    def short_detail(self, entry):
        return Truncator(moments_here(entry.shown_detail)).chars(120)

    @admin.display(description=gettext_lazy("detail"))
    def whole_detail(self, entry):
        return mark_safe(linebreaks(moments_here(entry.shown_detail), autoescape=True))  # noqa: S308 (escaped)

    @admin.display(description=gettext_lazy("seal"))
    def number(self, entry):
        seal = seal_of(entry)
        return seal.sequence if seal else _("not sealed yet")

    @admin.display(description=gettext_lazy("hash"))
    def sha256(self, entry):
        seal = seal_of(entry)
        return format_html("<code>{}</code>", seal.sha256) if seal else ""

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            changelist.full_result_count = changelist.result_count  # nothing more is known
            may_export = self.may_export(request)
            response.context_data |= {
                "days": days_to_choose(changelist),
                "may_export": may_export,
                "head": LogSeal.objects.order_by("sequence").last() if may_export else None,
            }
        return response

    # Exports

    def export_name(self):
        return "log"

    def rows_to_export(self, request, rows):
        sealing.seal_recent()
        # The note of this export is not in it: what it counts is what it holds.
        newest = LogEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
        return rows.filter(pk__lte=newest).order_by("pk").select_related("seal")

    def table_to_export(self, request, rows):
        yield COLUMNS
        for entry in rows.iterator(ROWS_AT_ONCE):
            seal = seal_of(entry)
            yield (
                seal.sequence if seal else "",
                entry.at,
                entry.actor_name,
                entry.get_action_display(),
                entry.kind(),
                entry.subject,
                entry.article_id,
                entry.version_number,
                moments_here(entry.detail),
                seal.sha256 if seal else "",
            )


def days_to_choose(changelist: Any) -> dict[str, Any] | None:
    """Offer years, months and days between the ends of the log.

    Django would look at every row of the year for the months that have any.
    """
    first = LogEntry.objects.aggregate(first=Min("at"))["first"]
    if first is None:
        return None
    begin, end = localdate(first), clock.today()
    year, month, day = (
        whole_number(changelist.params.get(f"at__{part}", "")) for part in ("year", "month", "day")
    )

    def choice(title: str, **parts: int) -> dict[str, Any]:
        chosen = {f"at__{part}": number for part, number in parts.items()}
        return {"title": title, "link": changelist.get_query_string(chosen, ["at__", PAGE_VAR])}

    def of_month(first_day: date) -> dict[str, Any]:
        title = date_format(first_day, "YEAR_MONTH_FORMAT")
        return choice(title, year=first_day.year, month=first_day.month)

    def of_day(day: date) -> dict[str, Any]:
        title = date_format(day, "MONTH_DAY_FORMAT")
        return choice(title, year=day.year, month=day.month, day=day.day)

    if not year:
        years = range(end.year, begin.year - 1, -1)
        return {"choices": [choice(str(each), year=each) for each in years]}
    if not month:
        months = [date(year, each, 1) for each in range(1, 13)]
        shown = [of_month(each) for each in months if begin.replace(day=1) <= each <= end]
        return {"choices": shown, "back": choice(_("All dates"))}
    first_day = date(year, month, 1)
    if day:
        return {"choices": [of_day(first_day.replace(day=day))], "back": of_month(first_day)}
    following = (first_day + timedelta(days=32)).replace(day=1)
    days = [first_day + timedelta(days=each) for each in range((following - first_day).days)]
    shown = [of_day(each) for each in days if begin <= each <= end]
    return {"choices": shown, "back": choice(str(year), year=year)}
