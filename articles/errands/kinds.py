"""What each kind of errand in the outbox does. A function gets the errand and the time.

**INSIDE** changes rows of this database and nothing else. It runs in a transaction together
with "done", so its effect happens exactly once, however often workers die.

**OUTSIDE** reaches beyond the database. It runs outside any transaction, so that a slow
network holds no lock, and at least once: a worker that dies after the effect and before "done"
makes it happen again. `errand.key` is the same each time, and goes along where the other side
can tell a repeat by it. It should not take longer than a minute.

Both may run late, where no worker was there: they look at the editions as they are now.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy

from articles import alarms, pages
from articles.actions import notices, photos, scanning, site_settings
from articles.actions.importing import old_sites
from articles.errands import hub, mail
from articles.models import Comment, Edition, Errand, LogEntry, Notice, Photo, ReviewRound, User

type Handler = Callable[[Errand, datetime], object]


class Unfinished(Exception):
    """An errand cannot be done; it is tried again, and then given up."""


def renew_pages(errand: Errand, at: datetime) -> None:
    """Make what a deployment since the edition was planned has made out of date."""
    edition = _edition(errand)
    if Edition.objects.not_over(at).filter(pk=edition.pk).exists():
        pages.renew(edition)


def rebuild_pages(errand: Errand, at: datetime) -> None:
    """Make what new settings of the site have made out of date."""
    site_settings.rebuild(errand.payload["cause"], errand.payload["turn"], at)


def make_renditions(errand: Errand, at: datetime) -> None:
    photos.make_renditions(Photo.objects.get(pk=errand.payload["photo"]))


def ping_hub(errand: Errand, at: datetime) -> None:
    hub.ping(_edition(errand))


def tell(errand: Errand, at: datetime) -> None:
    entry = LogEntry.objects.select_related("article").get(pk=errand.payload["entry"])
    notices.tell(entry, at)


def tell_of_comment(errand: Errand, at: datetime) -> None:
    comment = Comment.objects.select_related("article").get(pk=errand.payload["comment"])
    notices.tell_of_comment(comment, at)


def tell_of_deadline(errand: Errand, at: datetime) -> None:
    waiting = ReviewRound.objects.waiting().select_related("article")
    review = waiting.filter(pk=errand.payload["round"]).first()
    if review is not None:
        notices.tell_of_deadline(review, errand.payload["stage"], at)


def mail_notice(errand: Errand, at: datetime) -> None:
    notice = Notice.objects.with_source().get(pk=errand.payload["notice"])
    if notice.mailed_at is None and _is_wanted(notice, at):
        mail.send_notice(notice)
        Notice.objects.filter(pk=notice.pk).update(mailed_at=at)


def mail_digest(errand: Errand, at: datetime) -> None:
    user = User.objects.get(pk=errand.payload["user"])
    found = Notice.objects.filter(user=user).for_digest(at - notices.DIGEST_OF)
    wanted = [notice for notice in found.with_source() if _is_wanted(notice, at)]
    if wanted:
        mail.send_digest(user, wanted, at)
        Notice.objects.filter(pk__in=[notice.pk for notice in wanted]).update(mailed_at=at)


def mail_alarm(errand: Errand, at: datetime) -> None:
    user = User.objects.get(pk=errand.payload["user"])
    raised = alarms.alarms(at)
    if raised and user.is_active and user.email:
        mail.send_alarms(user, raised)


def scan_archive(errand: Errand, at: datetime) -> None:
    """Check some of what is live, and leave the rest to the next errand."""
    scanning.go_on(errand.payload["scan"], at=at)


def import_articles(errand: Errand, at: datetime) -> None:
    """Import some of an uploaded file, and leave the rest to the next errand."""
    old_sites.go_on(errand.payload["run"], at=at)


def _is_wanted(notice: Notice, at: datetime) -> bool:
    """Say whether to mail a notice still; what has been overtaken is not news any more."""
    has_address = notice.user.is_active and bool(notice.user.email)
    return has_address and notices.still_concerns(notice, at)


def _edition(errand: Errand) -> Edition:
    return Edition.objects.select_related("section").get(pk=errand.payload["edition"])


def name_of(errand: Errand) -> str:
    """Say what an errand does, as the desk calls it."""
    return str(NAMES.get(errand.kind, errand.kind))


NAMES = {
    "renew pages": gettext_lazy("renew the pages of the article"),
    site_settings.KIND: gettext_lazy("renew the pages of all articles"),
    "ping hub": gettext_lazy("tell the hub that feeds have changed"),
    "tell": gettext_lazy("tell colleagues what happened"),
    "tell of comment": gettext_lazy("tell colleagues of a comment"),
    "tell of deadline": gettext_lazy("tell colleagues of a deadline"),
    "make renditions": gettext_lazy("make the sizes of a photo"),
    "mail alarm": gettext_lazy("mail what failed"),
    "mail notice": gettext_lazy("mail a notice"),
    "mail digest": gettext_lazy("mail the notices of the day"),
    "scan archive": gettext_lazy("check what is live"),
    old_sites.KIND: gettext_lazy("import articles of an old site"),
}
# What readers wait for goes first, then what colleagues do; the rest takes turns, kind by kind.
FOR_READERS = ("renew pages", "ping hub")
FOR_COLLEAGUES = (
    *("tell", "tell of comment", "tell of deadline"),
    *("mail alarm", "mail notice", "mail digest"),
)
INSIDE: dict[str, Handler] = {
    "renew pages": renew_pages,
}
OUTSIDE: dict[str, Handler] = {
    # Files are no rows; made twice, they are the same under the same names.
    "make renditions": make_renditions,
    "mail alarm": mail_alarm,
    "mail digest": mail_digest,
    "mail notice": mail_notice,
    "ping hub": ping_hub,
    # Pages made twice are the same; each edition's are made in a transaction of their own.
    site_settings.KIND: rebuild_pages,
    # Each place of an import has a transaction of its own, and is done once.
    old_sites.KIND: import_articles,
    # Reads long; what it finds takes the place of what was found before, so twice is once.
    "scan archive": scan_archive,
    # Whom to tell takes many questions, during which nobody else should wait; twice is once here.
    "tell": tell,
    "tell of comment": tell_of_comment,
    "tell of deadline": tell_of_deadline,
}
