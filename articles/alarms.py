"""What somebody at the desk should know at once, because it will not mend itself."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Min
from django.utils.translation import ngettext

from articles.models import Errand
from articles.models.outbox import ErrandQuerySet

# What ran late is told for a day.
TOLD_FOR = timedelta(days=1)


class Alarm(NamedTuple):
    """A sentence for the desk, what it is about, and since when; for a mail, told once by both."""

    about: str
    since: datetime
    text: str


def alarms(at: datetime) -> list[Alarm]:
    """Give what is wrong with side effects at a moment: failed, waiting, or done late."""
    found = [_failed(), _waiting(at), _late(at)]
    return [alarm for alarm in found if alarm is not None]


def _failed() -> Alarm | None:
    count, since = _counted(Errand.objects.given_up(), "given_up_at")
    text = ngettext(
        "%(count)d side effect failed again and again and was given up.",
        "%(count)d side effects failed again and again and were given up.",
        count,
    )
    return Alarm("failed", since, text % {"count": count}) if since else None


def _waiting(at: datetime) -> Alarm | None:
    count, since = _counted(Errand.objects.overdue(at), "due_at")
    text = ngettext(
        "%(count)d side effect is overdue. Perhaps no worker is running.",
        "%(count)d side effects are overdue. Perhaps no worker is running.",
        count,
    )
    return Alarm("waiting", since, text % {"count": count}) if since else None


def _late(at: datetime) -> Alarm | None:
    count, since = _counted(Errand.objects.ran_late(at - TOLD_FOR), "done_at")
    text = ngettext(
        "%(count)d side effect was done late within the last day.",
        "%(count)d side effects were done late within the last day.",
        count,
    )
    return Alarm("late", since, text % {"count": count}) if since else None


def _counted(errands: ErrandQuerySet, moment: str) -> tuple[int, datetime | None]:
    found = errands.order_by().aggregate(count=Count("pk"), since=Min(moment))
    return found["count"], found["since"]
