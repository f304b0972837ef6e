"""How the desk says for how long, and moments that stand in a text."""

import re
from datetime import datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")


@register.filter
def lasting(since: datetime, until: datetime) -> str:
    """Say how much time is between two moments: days and hours, hours and minutes, or minutes."""
    minutes = max(until - since, timedelta()) // timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    said = []
    if days:
        said.append(ngettext("%(number)d day", "%(number)d days", days) % {"number": days})
    if hours:
        said.append(ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours})
    if minutes and not days:
        text = ngettext("%(number)d minute", "%(number)d minutes", minutes)
        said.append(text % {"number": minutes})
    longer, *shorter = said or [_("less than a minute")]
    if not shorter:
        return longer
    return _("%(longer)s %(shorter)s") % {"longer": longer, "shorter": shorter[0]}


@register.filter
def ago(then: datetime, now: datetime) -> str:
    if now - then < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": lasting(then, now)}


@register.filter
def moments_here(text: str) -> str:
    """Print moments that a text has in ISO 8601 by the site's clock, as the reader writes them."""
    return MOMENT.sub(lambda found: _here(found[0]), text)


def _here(said: str) -> str:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return said
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if is_aware(moment) else said
