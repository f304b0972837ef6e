"""The clock that all machines share: the database's."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """Give the database's time, so that a worker whose own clock is wrong does no harm."""
    if connection.vendor == "sqlite":
        asked = "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
    else:
        asked = "SELECT clock_timestamp()"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        (answer,) = cursor.fetchone()
    return answer if isinstance(answer, datetime) else datetime.fromisoformat(answer)
