"""What the calendar asks for. Each step may run again at any time and changes nothing twice."""

from datetime import datetime, timedelta

from analytics.boards import statements
from analytics.clicks import visitors
from analytics.periods import local_day, site_zone


def run(at: datetime) -> None:
    today = local_day(at, site_zone())
    statements.freeze_weeks_due(at)
    statements.book_adjustments(at)
    # A salt is of use until midnight, and goes 48 hours later.
    visitors.delete_salts(before=local_day(at - visitors.SALTS_STAY, site_zone()))
    visitors.salt_of(today + timedelta(days=1))
