"""An embargo (禁发期): nobody publishes an article before a moment that was agreed.

It binds the desk and is no part of the text, so setting one asks no reviewer again.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.actions import publishing, steps
from articles.models import Article, LogEntry, User
from articles.rights.permissions import Verb, WrongInput


@transaction.atomic
def embargo(article: Article, *, user: User, until: datetime, note: str, at: datetime) -> None:
    """Keep an article back until a moment. A plan for an earlier one is dropped."""
    article = steps.begin(article, user=user, verb=Verb.EMBARGO, at=at)
    if until <= at:
        raise WrongInput(_("An embargo ends in the future."), "until")
    if not note.strip():
        raise WrongInput(_("Please say who asked for it, and why."), "note")
    article.embargo_until, article.embargo_note = until, note.strip()
    article.save(update_fields=["embargo_until", "embargo_note"])
    if article.editions.not_over(at).filter(live_from__gt=at, live_from__lt=until).exists():
        publishing.take_off_schedule(article, actor=user, at=at)
        steps.move(article, Article.Status.APPROVED)
    when = f"{until.isoformat(timespec='minutes')} {article.embargo_note}"
    log.write(article, LogEntry.Action.EMBARGOED, actor=user, at=at, detail=when)


@transaction.atomic
def lift(article: Article, *, user: User, at: datetime) -> None:
    """Free an article before its embargo ends."""
    article = steps.begin(article, user=user, verb=Verb.LIFT_EMBARGO, at=at)
    was = article.embargo_note
    article.embargo_until, article.embargo_note = None, ""
    article.save(update_fields=["embargo_until", "embargo_note"])
    log.write(article, LogEntry.Action.FREED, actor=user, at=at, detail=was)
