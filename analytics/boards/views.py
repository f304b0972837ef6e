"""Boards as pages: the public rankings, and the boards of units for staff."""

from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.boards import article_boards, exports, statements, unit_boards
from analytics.clicks.counting import RULE
from analytics.models import Board, Reason, Statement
from analytics.periods import Period, local_day, site_zone
from articles import clock, log, site
from articles.exporting import tables
from articles.models.editions import Edition
from articles.models.units import UnitGroup
from articles.public.caching import public_page

ROWS_OF_PAGE = 50
WEEKS_LISTED, MONTHS_LISTED = 12, 12

# --- For readers ----------------------------------------------------------------------------


def for_readers(view: Any) -> Any:
    """Show boards to everybody, or to those alone who see them at the desk, as the site says."""
    public = public_page(view)

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if site.current().settings.boards_are_public:
            return public(request, *args, **kwargs)
        user = request.user
        if not (user.is_staff and user.has_perm("analytics.view_statement")):
            raise Http404
        return require_safe(view)(request, *args, **kwargs)

    return page


@for_readers
def rankings(request: HttpRequest) -> HttpResponse:
    at = clock.here()
    recent = article_boards.recent_articles(at, limit=2 * article_boards.PUBLIC_ROWS)
    month = Period.month(local_day(at, site_zone()))
    months = frozen_periods(Board.MONTHLY_UNITS)
    context = {
        "recent": recent,
        "excluded": excluded(recent.first, recent.end),
        "weeks": frozen_periods(Board.WEEKLY_CLICKS)[:WEEKS_LISTED],
        "this_month": unit_boards.unit_board(month, at=at, with_clicks=False),
        "frozen": unit_boards.unit_board(months[0], at=at) if months else None,
        "months": months[1:MONTHS_LISTED],
        "rule": RULE,
        "here": "rankings",
    }
    return render(request, "analytics/rankings.html", context)


@for_readers
def period(request: HttpRequest, label: str) -> HttpResponse:
    """Show the board of a past or present week or month."""
    at = clock.here()
    chosen = period_or_404(label, at)
    context: dict[str, Any] = {"period": chosen, "rule": RULE, "here": "rankings"}
    if not chosen.is_week:
        board = unit_boards.unit_board(chosen, at=at, with_clicks=False)
        context |= {"board": board, "heading": _("Accepted articles by unit"), "name": label}
        return render(request, "analytics/period.html", context)
    whole = article_boards.weekly_articles(chosen, at=at)
    shown = whole.without_withdrawn(at)
    context |= {
        "board": shown.first_rows(ROWS_OF_PAGE),
        "hidden": len(whole.rows) - len(shown.rows),
        "excluded": excluded(chosen.first, chosen.end),
        "heading": _("Most-read articles of the week"),
        "name": label,
    }
    return render(request, "analytics/period.html", context)


def period_or_404(label: str, at: datetime) -> Period:
    """Read a period that has begun, and in which there was something to read."""
    try:
        found = Period.parse(label)
    except ValueError as problem:
        raise Http404(str(problem)) from problem
    first = Edition.objects.order_by("first_published_at").values_list(
        "first_published_at", flat=True
    )[:1]
    zone = site_zone()
    if found.begins_at(zone) > at or not first or found.ends_at(zone) <= first[0]:
        raise Http404
    return found


def frozen_periods(board: Board) -> list[Period]:
    """Give the periods with a final board, the latest first."""
    labels = Statement.objects.filter(board=board).values_list("period", flat=True).distinct()
    return [Period.parse(label) for label in labels.order_by("-period")]


def excluded(first: date, end: date) -> dict[str, Any]:
    found = article_boards.excluded_clicks(first, end)
    reasons = [(Reason(reason).label, clicks) for reason, clicks in found.items()]
    return {"total": sum(found.values()), "reasons": reasons}


# --- For staff ------------------------------------------------------------------------------


def for_staff(view: Any) -> Any:
    """Let those in who see boards; others sign in, or are refused."""
    allowed = permission_required("analytics.view_statement", raise_exception=True)
    return staff_member_required(allowed(view), login_url="admin:login")


@for_staff
@require_safe
def leaderboards_page(request: HttpRequest) -> HttpResponse:
    at = clock.here()
    board = chosen_board(request, at)
    before = unit_boards.unit_board(board.period.before(), at=at, with_clicks=False)
    ranks_before = unit_boards.placed(before)
    context = {
        "board": board,
        "group": request.GET.get("group", ""),
        "groups": UnitGroup.objects.all(),
        "rows": [
            (row, unit_boards.moved(ranks_before.get(row.unit), row.rank)) for row in board.rows
        ],
        "months": months_to_choose(at),
        "is_over": board.period.is_over(at, site_zone()),
        "may_freeze": request.user.has_perm("analytics.freeze_statement"),
        "here": "staff",
    }
    return render(request, "analytics/leaderboards.html", context)


@for_staff
@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the board to a spreadsheet, and write that down."""
    at = clock.here()
    board = chosen_board(request, at)
    name = f"units-{board.period.label}.{kind}"
    log.exported(name, actor=request.user, at=at, rows=len(board.rows))  # type: ignore[arg-type]
    return tables.answer(kind, exports.sheet(board), name=name, title=board.period.label)


@for_staff
@permission_required("analytics.freeze_statement", raise_exception=True)
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    at = clock.here()
    month = month_or_404(request.POST.get("month", ""), at)
    try:
        statements.freeze_month(
            month,
            user=request.user,  # type: ignore[arg-type]
            at=at,
            reason=request.POST.get("reason", ""),
        )
    except statements.FreezeNotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The board of %(month)s is final.") % {"month": month.label})
    return redirect(reverse("boards:leaderboards") + f"?month={month.label}")


def chosen_board(request: HttpRequest, at: datetime) -> unit_boards.UnitBoard:
    label = request.GET.get("month") or Period.month(local_day(at, site_zone())).label
    board = unit_boards.unit_board(month_or_404(label, at), at=at)
    group = request.GET.get("group")
    if not group:
        return board
    if group not in board.groups:
        raise Http404
    return board.of_group(group)


def month_or_404(label: str, at: datetime) -> Period:
    try:
        month = Period.parse(label)
    except ValueError as problem:
        raise Http404(str(problem)) from problem
    if month.is_week or month.begins_at(site_zone()) > at:
        raise Http404
    return month


def months_to_choose(at: datetime) -> list[Period]:
    months = [Period.month(local_day(at, site_zone()))]
    while len(months) < 2 * MONTHS_LISTED:
        months.append(months[-1].before())
    return months
