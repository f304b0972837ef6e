"""Days, weeks and months as the site has them. Half-open, cut in its time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings

# There is nothing to read before, and the calendar ends at the year 9999.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def site_zone() -> ZoneInfo:
    """Give the time zone that every day, week and month is cut in."""
    return ZoneInfo(settings.TIME_ZONE)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Give the day on the site, whatever the reader's clock says (R5, R6)."""
    return at.astimezone(zone).date()


def local_hour(at: datetime, zone: ZoneInfo) -> datetime:
    """Give the beginning of the local hour, in UTC: an hour that is repeated stays two."""
    return at.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the moment when a local day begins, in UTC.

    Where the clock is put forward at midnight the day begins later. Reading the missing time
    with the offset from before gives just that moment.
    """
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


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
        match = re.fullmatch(r"(\d{4})-(W?)(\d{2})", label)
        if not match:
            raise ValueError(f"“{label}” is neither a week such as 2026-W47 nor a month: 2026-10.")
        year, number = int(match[1]), int(match[3])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"“{label}” is not between {FIRST_YEAR} and {LAST_YEAR}.")
        if match[2]:
            return cls.week(date.fromisocalendar(year, number, 1))
        return cls.month(date(year, number, 1))
