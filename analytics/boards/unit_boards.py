"""Units by accepted articles (L1 to L11), read from editions or from a statement alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from itertools import batched, groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Q, Sum
from django.urls import reverse

from analytics.boards.article_boards import PUBLIC_ROWS, competition_ranks, frozen_at
from analytics.clicks.counting import RULE
from analytics.models import Adjustment, Board, DailyClicks, ScoringRule, Statement
from analytics.periods import Period, site_zone
from articles.models.articles import Origin, Part, Role
from articles.models.editions import Edition, EditionCredit, EditionUnit, Withdrawal
from articles.models.units import Unit, UnitName, in_readers_language


@dataclass(frozen=True, slots=True)
class Entry:
    """What one article gives to one unit. Photos alone give points, and no count (L4)."""

    unit: str  # its slug
    article: int
    headline: str
    count: Fraction
    points: Fraction

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "article": self.article,
            "headline": self.headline,
            "count": str(self.count),
            "points": str(self.points),
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Entry":
        return cls(
            said["unit"],
            said["article"],
            said.get("headline", ""),
            Fraction(said["count"]),
            Fraction(said.get("points", 0)),
        )


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """An adjustment line: what an earlier, frozen month had wrong."""

    article: int
    headline: str
    concerns: str
    count: Fraction
    points: Fraction
    reason: str

    def as_json(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "headline": self.headline,
            "concerns": self.concerns,
            "count": str(self.count),
            "points": str(self.points),
            "reason": self.reason,
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "AdjustmentLine":
        return cls(
            said["article"],
            said.get("headline", ""),
            said["concerns"],
            Fraction(said["count"]),
            Fraction(said.get("points", 0)),
            said.get("reason", ""),
        )


# What a statement copies of a row as it is.
COPIED = (
    "rank",
    "unit",
    "name",
    "name_en",
    "group",
    "group_name",
    "group_name_en",
    "ranked",
    "clicks",
    "clicks_on_new",
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit on a board. Without a rank it stands below the line (L7)."""

    unit: str  # its slug
    name: str
    group: str  # its slug
    group_name: str
    ranked: bool
    name_en: str = ""
    group_name_en: str = ""
    entries: list[Entry] = field(default_factory=list)
    corrections: list[AdjustmentLine] = field(default_factory=list)
    clicks: int = 0
    clicks_on_new: int = 0
    rank: int | None = None

    @property
    def count(self) -> Fraction:
        parts: list[Entry | AdjustmentLine] = [*self.entries, *self.corrections]
        return sum((part.count for part in parts), Fraction())

    @property
    def points(self) -> Fraction:
        parts: list[Entry | AdjustmentLine] = [*self.entries, *self.corrections]
        return sum((part.points for part in parts), Fraction())

    @property
    def articles(self) -> list[int]:
        return [entry.article for entry in self.entries if entry.count]

    @property
    def address(self) -> str:
        return reverse("articles:unit", args=[self.unit])

    @property
    def title(self) -> str:
        return in_readers_language(self.name, self.name_en)

    @property
    def group_title(self) -> str:
        return in_readers_language(self.group_name, self.group_name_en)

    def as_json(self) -> dict[str, Any]:
        """Give what a statement keeps of the row; its entries are kept apart."""
        return {
            **{name: getattr(self, name) for name in COPIED},
            "count": str(self.count),
            "points": str(self.points),
            "articles": self.articles,
            "corrections": [correction.as_json() for correction in self.corrections],
        }


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """Accepted articles by unit in one month."""

    period: Period
    rule: dict[str, str]
    rows: list[UnitRow]
    statement: Statement | None = None

    @property
    def is_final(self) -> bool:
        return self.statement is not None

    @property
    def sharing(self) -> str:
        return self.rule["sharing"]

    @property
    def is_split(self) -> bool:
        return self.sharing == ScoringRule.Sharing.SPLIT

    @property
    def distinct_articles(self) -> int:
        return len({article for row in self.rows for article in row.articles})

    @property
    def most(self) -> Fraction:
        return max((row.count for row in self.rows), default=Fraction())

    @property
    def groups(self) -> dict[str, str]:
        return {row.group: row.group_title for row in self.rows}

    @property
    def contributing(self) -> int:
        return sum(1 for row in self.rows if row.count > 0)

    @property
    def version(self) -> str:
        return f"{self.rule['counting']} {self.rule['sharing']} {self.rule['effective_from']}"

    @property
    def leaders(self) -> list[UnitRow]:
        """The rows that a short board has room for."""
        return [row for row in self.rows if row.rank and row.count > 0][:PUBLIC_ROWS]

    def of_group(self, slug: str) -> "UnitBoard":
        """Rank the units of one group among each other."""
        return replace(self, rows=in_order(row for row in self.rows if row.group == slug))

    def number(self, value: Fraction) -> int | float | str:
        """Print a count or points: exact fractions only where units share an article."""
        if self.is_split:
            return str(value)
        return int(value) if value.denominator == 1 else float(round(value, 4))

    def as_json(self) -> dict[str, Any]:
        return {
            "board": Board.MONTHLY_UNITS.value,
            "period": self.period.label,
            "zone": self.statement.zone if self.statement else settings.TIME_ZONE,
            "rule": self.version,
            "frozen_at": frozen_at(self.statement),
            "distinct_articles": self.distinct_articles,
            "rows": [
                {
                    "rank": row.rank,
                    "unit": row.unit,
                    "name": row.name,
                    "group": row.group,
                    "count": self.number(row.count),
                    "points": self.number(row.points),
                    "clicks": row.clicks,
                    "articles": row.articles,
                }
                for row in self.rows
            ],
        }


def unit_board(month: Period, *, at: datetime, with_clicks: bool = True) -> UnitBoard:
    """Give the board of a month, as it was frozen if it was."""
    if statement := Statement.objects.of(Board.MONTHLY_UNITS, month):
        return as_frozen(statement)
    return computed_unit_board(month, at=at, with_clicks=with_clicks)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands on the board of a month, and where it stood in the month before."""

    board: UnitBoard
    row: UnitRow
    rank_before: int | None

    @property
    def moved(self) -> int | None:
        return moved(self.rank_before, self.row.rank)

    @property
    def fell(self) -> int:
        return -(self.moved or 0)


def moved(before: int | None, now: int | None) -> int | None:
    """Say by how many ranks a unit went up; None where there is nothing to compare."""
    return before - now if before and now else None


def placed(board: UnitBoard) -> dict[str, int]:
    """Give the ranks of the units that have articles; the others share the last one."""
    return {row.unit: row.rank for row in board.rows if row.rank and row.count}


def standing(unit: str, month: Period, board_of: Callable[[Period], UnitBoard]) -> Standing | None:
    """Say where a unit stands in a month; nothing of one that is not ranked or has no article."""
    board = board_of(month)
    row = next((row for row in board.rows if row.unit == unit), None)
    if row is None or row.unit not in placed(board):
        return None
    return Standing(board, row, placed(board_of(month.before())).get(unit))


def as_frozen(statement: Statement) -> UnitBoard:
    """Read a board back from its statement; nothing is looked up.

    A row may be older than some of what rows copy since; that is then left empty.
    """
    entries = defaultdict(list)
    for said in statement.entries:
        entries[said["unit"]].append(Entry.of(said))
    rows = [
        UnitRow(
            **{name: row[name] for name in COPIED if name in row},
            entries=entries[row["unit"]],
            corrections=[AdjustmentLine.of(said) for said in row.get("corrections", ())],
        )
        for row in statement.rows
    ]
    return UnitBoard(Period.parse(statement.period), statement.rule, rows, statement)


def computed_unit_board(month: Period, *, at: datetime, with_clicks: bool = True) -> UnitBoard:
    """Count a month from its editions as they stand at a moment."""
    scoring = ScoringRule.objects.valid_for(month)
    by_unit: dict[str, list[Entry]] = defaultdict(list)
    names: dict[str, str] = {}
    for name, entry in accepted(month, scoring, at=at):
        by_unit[entry.unit].append(entry)
        if name:
            names[entry.unit] = name
    corrections = corrections_booked_in(month)
    existing = Q(active_from=None) | Q(active_from__lt=month.end)
    existing &= Q(active_until=None) | Q(active_until__gt=month.first)
    units = list(
        Unit.objects.filter(existing | Q(slug__in=[*by_unit, *corrections]))
        .select_related("group")
        .order_by("position", "pk")
    )
    names = official_names(units, month.last) | names
    clicks = unit_clicks(month, at=at) if with_clicks else {}
    rows = [
        UnitRow(
            unit=unit.slug,
            name=names[unit.slug],
            group=unit.group.slug,
            group_name=unit.group.name,
            ranked=unit.ranked,
            # The English name is that of today; of an older name there is none.
            name_en=unit.name_en if names[unit.slug] == unit.name else "",
            group_name_en=unit.group.name_en,
            entries=by_unit[unit.slug],
            corrections=corrections.get(unit.slug, []),
            clicks=sum(clicks.get(unit.pk, {}).values()),
            clicks_on_new=sum(
                clicks.get(unit.pk, {}).get(article, 0)
                for article in {entry.article for entry in by_unit[unit.slug]}
            ),
        )
        for unit in units
    ]
    return UnitBoard(month, {"counting": RULE, **scoring.values()}, in_order(rows))


def in_order(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Put rows in order and rank them (L6), those that are not ranked below (L7).

    Rows come in the units' own order, which stays where counts and points are equal.
    """
    by_merit = sorted(rows, key=lambda row: (not row.ranked, -row.count, -row.points))
    above = [row for row in by_merit if row.ranked]
    ranks = competition_ranks([row.count for row in above])
    below = [replace(row, rank=None) for row in by_merit if not row.ranked]
    return [replace(row, rank=rank) for row, rank in zip(above, ranks, strict=True)] + below


def accepted(month: Period, scoring: ScoringRule, *, at: datetime) -> Iterator[tuple[str, Entry]]:
    """Give what each article of a month gives to each unit, with the unit's name then if known.

    L1, L2: origin, form and units are those of the article's last edition, so that late
    credits count; the section is that of the first, so that a move changes nothing.
    """
    articles = editions_of(month, at=at)
    last_ids = [last.pk for _, last in articles]
    units, photos = confirmed_units(last_ids), photo_units(last_ids)
    for first, last in articles:
        weight = Fraction(first.section.weight)
        contributing = units[last.pk]
        counts = first.section.counts_for_leaderboard and last.origin == Origin.ORIGINAL
        if not counts or not contributing:
            continue
        for unit, share in shares(contributing, scoring.sharing):
            points = scoring.points(last.form) * weight * share
            yield unit.name, Entry(unit.unit.slug, last.article_id, last.headline, share, points)
        named = {unit.unit.slug for unit in contributing}
        for credit in photos[last.pk]:
            if credit.unit and credit.unit.slug not in named:
                named.add(credit.unit.slug)
                points = scoring.points("photos") * weight
                yield (
                    "",
                    Entry(credit.unit.slug, last.article_id, last.headline, Fraction(), points),
                )


def editions_of(month: Period, *, at: datetime) -> list[tuple[Edition, Edition]]:
    """Give the first and the last edition of each article of a month that still stands."""
    zone = site_zone()
    withdrawn = Withdrawal.objects.standing(at)
    found = (
        Edition.objects.went_out(at)
        .filter(
            first_published_at__gte=month.begins_at(zone),
            first_published_at__lt=month.ends_at(zone),
        )
        .exclude(article_id__in=withdrawn.values("article_id"))
        .for_lists()
        .defer("furniture", "body", "summary", "credit_line")
        .order_by("first_published_at", "article_id", "number")
    )
    articles = [list(some) for _, some in groupby(found, key=attrgetter("article_id"))]
    return [(editions[0], editions[-1]) for editions in articles]


def confirmed_units(edition_ids: Iterable[int]) -> dict[int, list[EditionUnit]]:
    found: dict[int, list[EditionUnit]] = defaultdict(list)
    for some in batched(edition_ids, 5000):
        rows = EditionUnit.objects.filter(edition__in=some, confirmed=True)
        for row in rows.select_related("unit").order_by("position", "pk"):
            found[row.edition_id].append(row)
    return found


def photo_units(edition_ids: Iterable[int]) -> dict[int, list[EditionCredit]]:
    found: dict[int, list[EditionCredit]] = defaultdict(list)
    for some in batched(edition_ids, 5000):
        rows = EditionCredit.objects.filter(
            edition__in=some, role=Role.PHOTOGRAPHER, unit__isnull=False
        )
        for row in rows.select_related("unit").order_by("position", "pk"):
            found[row.edition_id].append(row)
    return found


def shares(units: list[EditionUnit], sharing: str) -> list[tuple[EditionUnit, Fraction]]:
    """L4: say how much of an article each of its units counts."""
    if sharing == ScoringRule.Sharing.LEAD_ONLY:
        units = [unit for unit in units if unit.part == Part.LEAD]
    if sharing == ScoringRule.Sharing.SPLIT:
        return [(unit, Fraction(1, len(units))) for unit in units]
    return [(unit, Fraction(1)) for unit in units]


def corrections_booked_in(month: Period) -> dict[str, list[AdjustmentLine]]:
    """L8: give the adjustment lines of a month by unit."""
    found = defaultdict(list)
    booked = Adjustment.objects.filter(booked_in=month.label).select_related("unit")
    for line in booked.order_by("booked_at", "pk"):
        found[line.unit.slug].append(
            AdjustmentLine(
                line.article_id,
                line.headline,
                line.concerns,
                Fraction(line.count),
                Fraction(line.points),
                line.reason,
            )
        )
    return found


def official_names(units: Iterable[Unit], day: date) -> dict[str, str]:
    """Give the units' official names on a day, in one query."""
    valid = UnitName.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_until=None) | Q(valid_until__gt=day),
        kind=UnitName.Kind.OFFICIAL,
    )
    then = dict(valid.values_list("unit__slug", "name"))
    return {unit.slug: then.get(unit.slug, unit.name) for unit in units}


def unit_clicks(month: Period, *, at: datetime) -> dict[int, dict[int, int]]:
    """Give the clicks of a month on all articles of each unit: unit -> article -> clicks."""
    days = DailyClicks.objects.filter(day__gte=month.first, day__lt=month.end, clicks__gt=0)
    sums = dict(days.values_list("article_id").annotate(total=Sum("clicks")).order_by())
    withdrawn = Withdrawal.objects.standing(at)
    editions = (
        Edition.objects.went_out(at)
        .filter(article_id__in=days.values("article_id"))
        .exclude(article_id__in=withdrawn.values("article_id"))
    )
    last = dict(editions.order_by("number").values_list("article_id", "pk"))
    clicks: dict[int, dict[int, int]] = defaultdict(dict)
    for some in batched(last.items(), 5000):
        articles = {edition: article for article, edition in some}
        rows = EditionUnit.objects.filter(edition__in=articles, confirmed=True)
        for unit, edition in rows.values_list("unit_id", "edition_id"):
            clicks[unit][articles[edition]] = sums[articles[edition]]
    return clicks
