"""The rule of counting (CR-1) and the periods it counts in. Pure functions, no database.

Numbers such as R3 are those of the rule as it is printed on the rankings page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

RULE = "CR-1"
GAP = timedelta(seconds=30)
CAP = 20
CAP_OF_SHARED_NETWORKS = 500


@dataclass(frozen=True, slots=True, order=True)
class View:
    """What the rule needs to know of one human click. Equal times are told apart by key."""

    at: datetime
    key: UUID


@dataclass(frozen=True, slots=True)
class Verdict:
    counted: bool = False
    first_of_day: bool = False
    capped: bool = False


def judge(chain: Iterable[View], *, cap: int = CAP) -> dict[UUID, Verdict]:
    """Decide on all clicks of one reader on one article and local day, in any order.

    R3: a click counts if it is the first, or more than 30 s after the one before it, counted
    or not. R4: the first is the reader of the day. R10: beyond the cap it is not counted.
    """
    verdicts: dict[UUID, Verdict] = {}
    counted = 0
    before: View | None = None
    for view in sorted(chain):
        if before is None:
            verdicts[view.key] = Verdict(counted=True, first_of_day=True)
            counted = 1
        elif view.at - before.at <= GAP:
            verdicts[view.key] = Verdict()
        elif counted >= cap:
            verdicts[view.key] = Verdict(capped=True)
        else:
            verdicts[view.key] = Verdict(counted=True)
            counted += 1
        before = view
    return verdicts


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """R5, R6: the day of a click is that of the site, whatever the reader's clock says."""
    return at.astimezone(zone).date()


def local_hour(at: datetime, zone: ZoneInfo) -> datetime:
    """Give the beginning of the local hour, in UTC: an hour that is repeated stays two."""
    return at.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)


def week_of(day: date) -> date:
    """Give the Monday of the ISO week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `first` until just before `end`. Its label is `2026-W47` or `2026-10`."""

    label: str
    first: date
    end: date

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def is_week(self) -> bool:
        return "W" in self.label

    def begins_at(self, zone: ZoneInfo) -> datetime:
        return midnight(self.first, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        return midnight(self.end, zone)

    def is_over(self, at: datetime, zone: ZoneInfo) -> bool:
        return at >= self.ends_at(zone)

    def before(self) -> Self:
        """Give the week or month before."""
        make = self.week if self.is_week else self.month
        return make(self.first - timedelta(days=1))

    @classmethod
    def week(cls, day: date) -> Self:
        monday = week_of(day)
        year, number, _ = monday.isocalendar()
        return cls(f"{year}-W{number:02}", monday, monday + timedelta(days=7))

    @classmethod
    def month(cls, day: date) -> Self:
        first = day.replace(day=1)
        end = (first + timedelta(days=31)).replace(day=1)
        return cls(f"{first:%Y-%m}", first, end)

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read `2026-W47` or `2026-10`; a `ValueError` says what was expected."""
        if match := re.fullmatch(r"(\d{4})-W(\d{2})", label):
            return cls.week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", label):
            return cls.month(date(int(match[1]), int(match[2]), 1))
        raise ValueError(f"“{label}” is neither a week such as 2026-W47 nor a month: 2026-10.")


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the moment when a local day begins, in UTC.

    Where the clock is put forward at midnight the day begins later. Reading the missing time
    with the offset from before gives just that moment.
    """
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def competition_ranks(values: Sequence[object]) -> list[int]:
    """Rank values that are already in order: 1, 2, 2, 4."""
    ranks: list[int] = []
    for place, value in enumerate(values, 1):
        same = ranks and values[place - 2] == value
        ranks.append(ranks[-1] if same else place)
    return ranks
