"""What photographers contributed, as pages and files: for the desk, and for each their own."""

from datetime import date, datetime
from typing import Any

from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.boards import photo_contributions
from analytics.boards.photo_contributions import Days
from analytics.periods import FIRST_YEAR, LAST_YEAR, Period, local_day, site_zone
from articles import clock, log
from articles.exporting import tables
from articles.models.people import Person
from articles.text.days import day as read_day

PAGE = "analytics/photographers.html"
QUARTER = 3


def for_staff(view: Any) -> Any:
    return staff_member_required(view, login_url="admin:login")


def sees_everybody(user: Any) -> bool:
    return user.has_perm("articles.view_every_unit")


@for_staff
@require_safe
def photographers(request: HttpRequest) -> HttpResponse:
    """List all for the desk; others get to their own photos."""
    at = clock.here()
    if not sees_everybody(request.user):
        own = Person.objects.filter(user=request.user).first()  # type: ignore[misc]
        if own is not None:
            return redirect("boards:photographer", own.pk)
        reason = _("Your account is no person's here. Please ask an administrator to link it.")
        return refuse(request, reason)
    days = chosen_days(request, at)
    context = common(days, at) | {"rows": photo_contributions.photographers(days, at=at)}
    return render(request, PAGE, context)


@for_staff
@require_safe
def photographer(request: HttpRequest, person: int) -> HttpResponse:
    whose = get_object_or_404(Person, pk=person)
    if not may_see(request.user, whose):
        return refuse(request, _("You see your own photos here; those of others the desk sees."))
    at = clock.here()
    days = chosen_days(request, at)
    found = photo_contributions.contributions(whose, days, at=at)
    context = common(days, at) | {
        "person": whose,
        "contributions": found,
        "sees_everybody": sees_everybody(request.user),
    }
    return render(request, PAGE, context)


@for_staff
@require_POST
def export(request: HttpRequest, person: int, kind: str) -> HttpResponse:
    """Give somebody's list to a spreadsheet, and write that down."""
    whose = get_object_or_404(Person, pk=person)
    if not may_see(request.user, whose):
        return refuse(request, _("You see your own photos here; those of others the desk sees."))
    at = clock.here()
    days = chosen_days(request, at)
    found = photo_contributions.contributions(whose, days, at=at)
    name = f"photos-{whose.pk}-{days.first}-{days.last}.{kind}"
    log.exported(name, actor=request.user, at=at, rows=len(found), detail=str(whose))  # type: ignore[arg-type]
    return tables.answer(kind, photo_contributions.table(found), name=name, title=str(whose))


def may_see(user: Any, person: Person) -> bool:
    return sees_everybody(user) or person.user_id == user.pk


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, PAGE, {"refused": reason, "here": "staff"}, status=403)


def common(days: Days, at: datetime) -> dict[str, Any]:
    return {"days": days, "periods": periods(local_day(at, site_zone())), "here": "staff"}


def chosen_days(request: HttpRequest, at: datetime) -> Days:
    """Read from which day until which; the present month where nothing is said."""
    month = Period.month(local_day(at, site_zone()))
    first = day_or_404(request.GET.get("from", "")) or month.first
    last = day_or_404(request.GET.get("until", "")) or max(month.last, first)
    if last < first:
        raise Http404
    return Days(first, last)


def day_or_404(text: str) -> date | None:
    if not text:
        return None
    try:
        return read_day(text, range(FIRST_YEAR, LAST_YEAR + 1))
    except ValueError as problem:
        raise Http404(str(problem)) from problem


def periods(today: date) -> list[tuple[str, Days]]:
    """Offer what is asked for most."""
    this, before = Period.month(today), Period.month(today).before()
    begins = this
    for _month in range((today.month - 1) % QUARTER):
        begins = begins.before()
    return [
        (_("this month"), Days(this.first, this.last)),
        (_("last month"), Days(before.first, before.last)),
        (_("this quarter"), Days(begins.first, this.last)),
        (_("this year"), Days(date(today.year, 1, 1), date(today.year, 12, 31))),
        (_("last year"), Days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    ]
