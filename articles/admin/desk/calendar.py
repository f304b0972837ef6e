"""The calendar: by day what went out, is scheduled, ends, comes free, and happens.

What is on the schedule can be moved to another day: dragged, or by its own small form.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import publishing
from articles.admin.article import pages
from articles.admin.base import MomentField, Page, moment, visible_articles
from articles.admin.desk import rows
from articles.models import Article
from articles.rights.permissions import NotAllowed
from articles.worktime import YEARS

# A month shows so many of a day, a week all of them up to a number that nobody reads.
OF_A_DAY = {"month": 8, "week": 200}
MOST = 3000
UNDER_WAY = (
    Article.Status.DRAFT,
    Article.Status.RETURNED,
    Article.Status.IN_REVIEW,
    Article.Status.APPROVED,
)


class MoveForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput)
    live_from = MomentField()


@dataclass(frozen=True)
class Entry:
    kind: Literal["out", "scheduled", "ends", "embargo", "event"]
    article_id: int
    headline: str
    at: datetime | None = None
    # The plan that may be moved.
    edition: int | None = None


@dataclass(frozen=True)
class CalendarDay:
    day: date
    is_today: bool
    is_within: bool
    entries: list[Entry]
    hidden: int
    week: str


def calendar(request):
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    at = moment(request)
    span, first, last = _span(request, timezone.localdate(at))
    # A month is printed in whole weeks.
    begin = first - timedelta(days=first.weekday())
    days = [begin + timedelta(days=n) for n in range(-(-((last - begin).days + 1) // 7) * 7)]
    entries = _entries(request, days[0], days[-1] + timedelta(days=1))
    shown = [
        _day(day, entries.get(day, []), span, first <= day <= last, timezone.localdate(at))
        for day in days
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "span": span,
        "name": _name(span, first, last),
        "weeks": [shown[n : n + 7] for n in range(0, len(shown), 7)],
        "before": _words(span, first - timedelta(days=1)),
        "after": _words(span, last + timedelta(days=1)),
        "other": _words("week" if span == "month" else "month", _nearest(first, last, at)),
        "this": _words(span, timezone.localdate(at)),
        "here": _words(span, first),
        "may_move": request.user.has_perm("articles.publish_article"),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/desk/calendar.html", context)


@require_POST
def move(request, article_id):
    """Move what is on the schedule, for a form and for the script that drags."""
    article = pages.find(request, article_id)
    form = MoveForm(request.POST)
    status, reason, edition = 200, "", None
    if form.is_valid():
        given = form.cleaned_data
        try:
            edition = publishing.reschedule(
                article,
                user=request.user,
                live_from=given["live_from"],
                seen_edition=given["edition"],
                at=moment(request),
            )
        except NotAllowed as refused:
            status, reason = 403, str(refused)
    else:
        status, reason = 400, _("Please enter a date and a time.")
    if edition:
        said = _("“%(headline)s” now goes live on %(time)s.") % {
            "headline": article.headline,
            "time": date_format(timezone.localtime(edition.live_from), "DATETIME_FORMAT"),
        }
    else:
        said = _("“%(headline)s” was not moved. %(reason)s") % {
            "headline": article.headline,
            "reason": reason,
        }
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"said": said, "edition": edition.pk if edition else None}, status=status
        )
    (messages.success if edition else messages.error)(request, said)
    span, first, _last = _span(request, timezone.localdate(moment(request)))
    return HttpResponseRedirect(f"{reverse('admin:desk_calendar')}?{_words(span, first)}")


def _span(request, today: date) -> tuple[str, date, date]:
    """Read which month or week is asked for: this month if none is, or none that there is."""
    try:
        if "week" in request.GET:
            monday = datetime.strptime(request.GET["week"] + "-1", "%G-W%V-%u").date()  # noqa: DTZ007
            return _if_in_range("week", monday, monday + timedelta(days=6))
        first = datetime.strptime(request.GET.get("month", ""), "%Y-%m").date()  # noqa: DTZ007
        return _if_in_range("month", first, _end_of_month(first))
    except (ValueError, OverflowError):
        first = today.replace(day=1)
        return "month", first, _end_of_month(first)


def _if_in_range(span: str, first: date, last: date) -> tuple[str, date, date]:
    if first.year not in YEARS:
        raise ValueError
    return span, first, last


def _end_of_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _nearest(first: date, last: date, at: datetime) -> date:
    """Give today if it is shown, else the first day that is."""
    today = timezone.localdate(at)
    return today if first <= today <= last else first


def _words(span: str, day: date) -> str:
    return f"week={day:%G-W%V}" if span == "week" else f"month={day:%Y-%m}"


def _name(span: str, first: date, last: date) -> str:
    if span == "month":
        return date_format(first, "YEAR_MONTH_FORMAT")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "DATE_FORMAT"),
        "last": date_format(last, "DATE_FORMAT"),
    }


def _entries(request, begin: date, end: date) -> dict[date, list[Entry]]:
    """Read everything in some days, by day. Four queries."""
    at, articles = moment(request), visible_articles(request)
    begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (begin, end))
    may_move = request.user.has_perm("articles.publish_article")
    found: dict[date, list[Entry]] = {}

    def add(day: date, entry: Entry) -> None:
        found.setdefault(day, []).append(entry)

    fields = ("pk", "article_id", "headline", "live_from", "live_until")
    out = rows.going_out(request, begins, ends)
    for pk, article_id, headline, live_from, _until in out.values_list(*fields)[:MOST]:
        ahead = live_from > at
        add(
            timezone.localdate(live_from),
            Entry(
                "scheduled" if ahead else "out",
                article_id,
                headline,
                timezone.localtime(live_from),
                pk if ahead and may_move else None,
            ),
        )
    ending = rows.expiring(request, begins, ends)
    for _pk, article_id, headline, _from, live_until in ending.values_list(*fields)[:MOST]:
        until = timezone.localtime(live_until)
        add(until.date(), Entry("ends", article_id, headline, until))
    held = articles.filter(embargo_until__gte=begins, embargo_until__lt=ends)
    for released_at, article_id, headline in held.order_by("embargo_until").values_list(
        "embargo_until", "pk", "headline"
    )[:MOST]:
        free_at = timezone.localtime(released_at)
        add(free_at.date(), Entry("embargo", article_id, headline, free_at))
    events = articles.filter(event_date__gte=begin, event_date__lt=end, status__in=UNDER_WAY)
    in_order = events.order_by("event_date", "pk").values_list("event_date", "pk", "headline")
    for day, article_id, headline in in_order[:MOST]:
        assert day is not None  # the range leaves out what has none
        add(day, Entry("event", article_id, headline))
    return found


def _day(day: date, entries: list[Entry], span: str, within: bool, today: date) -> CalendarDay:
    most = OF_A_DAY[span]
    # What can still be changed is never the part that is left out.
    kept = sorted(entries, key=lambda entry: entry.kind == "out")[:most]
    in_order: list[Any] = sorted(kept, key=lambda entry: (entry.at is not None, entry.at or day))
    return CalendarDay(
        day=day,
        is_today=day == today,
        is_within=within,
        entries=in_order,
        hidden=len(entries) - len(kept),
        week=_words("week", day),
    )


PAGES = (
    Page("desk/calendar/", calendar, "desk_calendar"),
    Page("desk/calendar/move/<int:article_id>/", move, "desk_calendar_move"),
)
