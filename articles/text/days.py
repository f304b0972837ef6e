"""Days, as people write them into an address or a command: `2026-11-20`."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from articles.worktime import YEARS


def day(text: str, years: Container[int] = YEARS) -> date:
    """Read a day. Raises ValueError where it is none, or in no year of the site."""
    found = date.fromisoformat(text)
    if found.year not in years:
        raise ValueError(text)
    return found


def begins(day: date) -> datetime:
    """Give the moment at which a day begins here."""
    return make_aware(datetime.combine(day, time.min))


def ends(day: date) -> datetime:
    """Give the moment at which the next day begins."""
    return begins(day + timedelta(days=1))
