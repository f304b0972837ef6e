"""Working time: when a number of working hours from now will be over.

Knows weekly hours, holidays and make-up workdays (调休) as plain values, and no database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

# The wall clock from the first until the second. Until 0:00 is until the end of the day.
type Span = tuple[time, time]

MIDNIGHT = time(0)
# Days around one, and its hours elsewhere, have to be days as well.
YEARS = range(1900, 2201)
# A calendar without working time for so long has none.
LONGEST_REST = timedelta(days=366)


class NoWorkingTime(Exception):
    """Nobody works on any day of the year that follows."""


@dataclass(frozen=True)
class Calendar:
    """When people work: seven days from Monday on, and the days that are different."""

    week: Sequence[Sequence[Span]]
    days: Mapping[date, Sequence[Span]]
    zone: tzinfo

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Give the working time of a day as moments, so that a changed clock counts right."""
        for begin, end in sorted(self.days.get(day, self.week[day.weekday()])):
            last = day + timedelta(days=1) if end == MIDNIGHT else day
            yield (
                datetime.combine(day, begin, self.zone).astimezone(UTC),
                datetime.combine(last, end, self.zone).astimezone(UTC),
            )


def add(start: datetime, hours: int, calendar: Calendar) -> datetime:
    """Give the earliest moment at which so many working hours have passed since `start`.

    Spans are half-open: who begins when one ends has the next one before them. Raises
    `NoWorkingTime` where nobody works for a year.
    """
    left = timedelta(hours=hours)
    moment = start.astimezone(UTC)
    if not left:
        return moment
    day = last_worked = start.astimezone(calendar.zone).date()
    while day - last_worked <= LONGEST_REST:
        for begin, end in calendar.spans(day):
            # Never backwards: spans that overlap count once.
            moment = max(moment, begin)
            if end <= moment:
                continue
            if end - moment >= left:
                return moment + left
            left -= end - moment
            moment, last_worked = end, day
        day += timedelta(days=1)
    raise NoWorkingTime
