"""Putting articles on top of a page for a while. Which edition readers see is not touched."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import log
from articles.actions import steps
from articles.models import Article, LogEntry, Placement, Section, User
from articles.rights.permissions import Verb, WrongInput


@transaction.atomic
def pin(
    article: Article, *, user: User, section: Section | None, until: datetime, at: datetime
) -> Placement:
    """Let an article head the home page, or the front of a section, until a moment.

    It takes the place of an earlier pin of this article on that page.
    """
    article = steps.begin(article, user=user, verb=Verb.PIN, at=at)
    if until <= at:
        raise WrongInput(_("A pin ends in the future."), "until")
    _end(article, at, Q(section=section))
    placement = Placement.objects.create(
        article=article,
        section=section,
        slot=Placement.Slot.HEADS,
        live_from=at,
        live_until=until,
        placed_by=user,
    )
    where = str(section) if section else _("home page")
    detail = f"{where} {until.isoformat(timespec='minutes')}"
    log.write(article, LogEntry.Action.PINNED, actor=user, at=at, detail=detail)
    return placement


@transaction.atomic
def unpin(article: Article, *, user: User, at: datetime) -> None:
    """Take an article's pins off all pages."""
    article = steps.begin(article, user=user, verb=Verb.UNPIN, at=at)
    _end(article, at)
    log.write(article, LogEntry.Action.UNPINNED, actor=user, at=at)


def _end(article: Article, at: datetime, *where: Q) -> None:
    pins = article.placements.live(at).filter(*where, topic=None, slot=Placement.Slot.HEADS)
    # One that begins this very moment has shown nothing.
    pins.filter(live_from=at).delete()
    pins.update(live_until=at)
