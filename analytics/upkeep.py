"""What the calendar asks for. Each step may run again at any time and changes nothing twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from analytics import visitors
from analytics.counting import local_day


def run(at: datetime) -> None:
    today = local_day(at, ZoneInfo(settings.TIME_ZONE))
    # A salt is of use until midnight, and goes 48 hours later.
    visitors.delete_salts(before=local_day(at - visitors.SALTS_STAY, ZoneInfo(settings.TIME_ZONE)))
    visitors.salt_of(today + timedelta(days=1))
