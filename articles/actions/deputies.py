"""Standing in for somebody: who, for whom, and from when until when."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import log
from articles.models import Deputy, LogEntry, User
from articles.rights.permissions import NotAllowed
from articles.rights.seats import MAY_REVIEW, may_name_deputy_for


@transaction.atomic
def name(
    represented: User,
    *,
    deputy: User,
    valid_from: date,
    valid_until: date,
    user: User,
    at: datetime,
) -> Deputy:
    """Let a colleague decide for somebody on some days. They lend a seat, and no right."""
    # Two at once would both find the days free.
    User.objects.select_for_update().get(pk=represented.pk)
    reason = refusal(represented, deputy, valid_from, valid_until, user=user, at=at)
    if reason is not None:
        raise NotAllowed(reason)
    row = Deputy.objects.create(
        represented=represented,
        deputy=deputy,
        valid_from=valid_from,
        valid_until=valid_until,
        named_by=user,
        named_at=at,
    )
    days = f"{valid_from.isoformat()} – {valid_until.isoformat()}"
    log.note(LogEntry.Action.DEPUTY_NAMED, actor=user, at=at, about=row, detail=days)
    return row


@transaction.atomic
def end(deputy: Deputy, *, user: User, at: datetime) -> Deputy:
    """Take the seat back at once. The row stays: decisions were made under it."""
    deputy = Deputy.objects.select_for_update().get(pk=deputy.pk)
    if not may_name_deputy_for(user, deputy.represented):
        raise NotAllowed(_("You may end only what holds for yourself."))
    if deputy.ended_at is not None or deputy.valid_until <= timezone.localdate(at):
        raise NotAllowed(_("It has ended already."))
    deputy.ended_at, deputy.ended_by = at, user
    deputy.save(update_fields=["ended_at", "ended_by"])
    log.note(LogEntry.Action.DEPUTY_ENDED, actor=user, at=at, about=deputy)
    return deputy


def refusal(
    represented: User,
    deputy: User,
    valid_from: date,
    valid_until: date,
    *,
    user: User,
    at: datetime,
) -> str | None:
    """Say why somebody may not be named as a deputy; None if they may."""
    if not may_name_deputy_for(user, represented):
        return _("You may name a deputy for yourself only.")
    if deputy == represented:
        return _("Nobody is their own deputy.")
    if deputy == user and not user.is_superuser:
        return _("You may not make yourself somebody's deputy.")
    for person in (represented, deputy):
        if not person.has_perm(MAY_REVIEW):
            return _("%(name)s may not decide in reviews.") % {"name": person}
    if valid_until <= valid_from:
        return _("It would end before it begins.")
    if valid_from < timezone.localdate(at):
        return _("It cannot begin in the past.")
    same = Deputy.objects.filter(represented=represented, deputy=deputy, ended_at=None)
    if same.filter(valid_from__lt=valid_until, valid_until__gt=valid_from).exists():
        return _("%(name)s is the deputy on some of these days already.") % {"name": deputy}
    return None
