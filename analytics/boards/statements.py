"""Freezing boards (定榜), and booking what a frozen month turned out to have wrong."""

from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from analytics.boards import article_boards, unit_boards
from analytics.boards.unit_boards import Entry
from analytics.clicks import rollups
from analytics.clicks.counting import RULE
from analytics.models import Adjustment, Board, ScoringRule, Statement, WeeklyClicks
from analytics.periods import Period, local_day, site_zone
from articles import log
from articles.models.editions import Edition, Withdrawal
from articles.models.log import LogEntry
from articles.models.people import User
from articles.models.units import Unit

# Late clicks still come in; then a week is what it is.
WEEKS_WAIT = timedelta(hours=48)
FROZEN, ADJUSTED = LogEntry.Action.FROZEN, LogEntry.Action.ADJUSTED


class FreezeNotPossible(Exception):
    """The board cannot be frozen now. The text is for whoever asked."""


@transaction.atomic
def freeze_month(month: Period, *, user: User, at: datetime, reason: str = "") -> Statement:
    """Freeze a month's board of units. A wrong statement is superseded, with a reason."""
    if not user.has_perm("analytics.freeze_statement"):
        raise FreezeNotPossible(_("You may not freeze boards."))
    if not month.is_over(at, site_zone()):
        raise FreezeNotPossible(_("The month is not over yet."))
    rollups.wait_for_turn()
    before = Statement.objects.of(Board.MONTHLY_UNITS, month)
    if before and not reason.strip():
        raise FreezeNotPossible(
            _("This month is frozen. Say why its statement is to be superseded.")
        )
    board = unit_boards.computed_unit_board(month, at=at)
    entries = [entry.as_json() for row in board.rows for entry in row.entries]
    statement = Statement.objects.create(
        board=Board.MONTHLY_UNITS,
        period=month.label,
        zone=settings.TIME_ZONE,
        rule=board.rule,
        rows=[row.as_json() for row in board.rows],
        entries=entries,
        article_ids=sorted({entry["article"] for entry in entries}),
        frozen_at=at,
        frozen_by=user,
        frozen_by_name=str(user),
        supersedes=before,
        reason=reason.strip(),
    )
    if before:  # what was booked against it is right now, and must not count twice
        book_changes(statement, at)
    log.note(FROZEN, actor=user, at=at, about=statement, detail=statement.reason)
    return statement


@transaction.atomic
def freeze_week(week: Period, *, at: datetime) -> Statement:
    """Freeze the ranking of an ISO week, 48 hours after its end."""
    if at < week.ends_at(site_zone()) + WEEKS_WAIT:
        raise FreezeNotPossible(_("A week is frozen 48 hours after its end."))
    rollups.wait_for_turn()
    if statement := Statement.objects.of(Board.WEEKLY_CLICKS, week):
        return statement
    rows = article_boards.weekly_articles(week, at=at).rows
    statement = Statement.objects.create(
        board=Board.WEEKLY_CLICKS,
        period=week.label,
        zone=settings.TIME_ZONE,
        rule={"counting": RULE},
        rows=[row.as_json() | {"slug": row.slug, "language": row.language} for row in rows],
        entries=[],
        article_ids=[row.article for row in rows],
        frozen_at=at,
        frozen_by_name=_("calendar"),
    )
    log.note(FROZEN, actor=None, at=at, about=statement)
    return statement


def freeze_weeks_due(at: datetime) -> list[Statement]:
    """Freeze every week with clicks that is due and was not frozen."""
    zone = site_zone()
    last_due = Period.week(local_day(at - WEEKS_WAIT, zone)).before()
    frozen = set(
        Statement.objects.filter(board=Board.WEEKLY_CLICKS).values_list("period", flat=True)
    )
    weeks = WeeklyClicks.objects.filter(week__lte=last_due.first)
    found = weeks.order_by("week").values_list("week", flat=True).distinct()
    due = [week for monday in found if (week := Period.week(monday)).label not in frozen]
    with translation.override(settings.LANGUAGE_CODE):
        return [freeze_week(week, at=at) for week in due]


def book_adjustments(at: datetime) -> list[Adjustment]:
    """Book in the current month what changed about months that are frozen (L8).

    A withdrawal takes an article away, a late credit adds it, a restored one gives it back:
    whatever a month is now, less what was frozen and already booked, is a line.
    """
    statements = Statement.objects.current().filter(board=Board.MONTHLY_UNITS)
    booked = []
    for statement in statements.order_by("period"):
        if has_changed(statement, at):
            booked += book_changes(statement, at)
    return booked


def has_changed(statement: Statement, at: datetime) -> bool:
    """Say whether an article of the month was published again, withdrawn or restored."""
    month, zone = Period.parse(statement.period), site_zone()
    articles = Edition.objects.filter(
        first_published_at__gte=month.begins_at(zone), first_published_at__lt=month.ends_at(zone)
    )
    since = statement.frozen_at
    if articles.filter(live_from__gt=since, live_from__lte=at).exists():
        return True
    return (
        Withdrawal.objects.filter(article_id__in=articles.values("article_id"))
        .filter(Q(withdrawn_at__gt=since) | Q(lifted_at__gt=since, lifted_at__lte=at))
        .exists()
    )


@transaction.atomic
def book_changes(statement: Statement, at: datetime) -> list[Adjustment]:
    rollups.wait_for_turn()
    month = Period.parse(statement.period)
    differences: dict[tuple[str, int], list[Fraction]] = defaultdict(
        lambda: [Fraction(), Fraction()]
    )
    headlines: dict[int, str] = {}

    def add(entry: Entry, sign: int) -> None:
        headlines[entry.article] = entry.headline
        both = differences[entry.unit, entry.article]
        both[0] += sign * entry.count
        both[1] += sign * entry.points

    # The rule of then, not one that was written since.
    scoring = ScoringRule(**{k: v for k, v in statement.rule.items() if k != "counting"})
    for _name, entry in unit_boards.accepted(month, scoring, at=at):
        add(entry, 1)
    for said in statement.entries:
        add(Entry.of(said), -1)
    for line in Adjustment.objects.filter(concerns=month.label).select_related("unit"):
        both = differences[line.unit.slug, line.article_id]
        both[0] -= Fraction(line.count)
        both[1] -= Fraction(line.points)
        headlines.setdefault(line.article_id, line.headline)
    changed = {key: both for key, both in differences.items() if any(both)}
    units = Unit.objects.in_bulk([slug for slug, _article in changed], field_name="slug")
    reasons = reasons_of_withdrawal({article for _slug, article in changed}, at)
    with translation.override(settings.LANGUAGE_CODE):
        otherwise = _("Credits or publication changed after the freeze.")
    booked = [
        Adjustment.objects.create(
            unit=units[slug],
            article_id=article,
            headline=headlines[article],
            booked_in=Period.month(local_day(at, site_zone())).label,
            concerns=month.label,
            count=str(count),
            points=str(points),
            reason=reasons.get(article, otherwise)[:300],
            booked_at=at,
        )
        for (slug, article), (count, points) in sorted(changed.items())
    ]
    if booked:
        lines = "\n".join(f"{line.headline}: {line.count}, {line.points}" for line in booked)
        log.note(ADJUSTED, actor=None, at=at, about=statement, detail=lines)
    return booked


def reasons_of_withdrawal(article_ids: set[int], at: datetime) -> dict[int, str]:
    found: Any = Withdrawal.objects.standing(at).filter(article__in=article_ids)
    return dict(found.values_list("article_id", "reason"))
