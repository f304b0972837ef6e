"""Who else is at an article, in sentences for its page."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.actions import presence
from articles.admin.base import DeskRequest, moment, refusal
from articles.models import Article, Presence
from articles.rights.permissions import Verb


def others(request: DeskRequest, article: Article) -> list[str]:
    """Say who else is editing an article that the user sees. One query."""
    current = Presence.objects.current(moment(request)).filter(article=article)
    return _sentences(current.exclude(user=request.user).select_related("user"))


def heartbeat(request: DeskRequest, article: Article) -> list[str]:
    """Note that the user has the article open, if to change it; say who else has."""
    if refusal(request, Verb.CHANGE, article) is not None:
        return others(request, article)
    return _sentences(presence.be_present(article, user=request.user, at=moment(request)))


def _sentences(rows: Iterable[Presence]) -> list[str]:
    return [
        _("%(name)s has been editing since %(time)s.")
        % {"name": row.user, "time": date_format(localtime(row.since), "TIME_FORMAT")}
        for row in rows
    ]
