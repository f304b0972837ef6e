"""Having a side effect tried again, by somebody who saw that it failed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, log
from articles.models import Errand, LogEntry, User
from articles.rights.permissions import NotAllowed


@transaction.atomic
def retry(errand: Errand, *, user: User, at: datetime) -> None:
    """Try again at once what failed, with all its attempts before it."""
    if not user.has_perm("articles.change_errand"):
        raise NotAllowed(_("You may not run side effects again."))
    errand = Errand.objects.select_for_update(of=("self",)).get(pk=errand.pk)
    if errand.done_at is not None:
        raise NotAllowed(_("This has been done already."))
    if not errand.last_error:
        raise NotAllowed(_("This has not failed; it runs by itself when it is due."))
    errand.attempts, errand.given_up_at, errand.next_at = 0, None, min(at, clock.now())
    errand.save(update_fields=["attempts", "given_up_at", "next_at"])
    action, about = LogEntry.Action.RETRIED, str(errand)
    if errand.article is None:
        log.note(action, actor=user, at=at, about=about)
    else:
        log.write(errand.article, action, actor=user, at=at, detail=about)
