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

from articles import hub, pages
from articles.models import Edition, Errand

type Handler = Callable[[Errand, datetime], object]


class Unfinished(Exception):
    """An errand cannot be done; it is tried again, and then given up."""


def renew_pages(errand: Errand, at: datetime) -> None:
    """Make what a deployment since the edition was planned has made out of date."""
    edition = _edition(errand)
    if Edition.objects.not_over(at).filter(pk=edition.pk).exists():
        pages.renew(edition)


def ping_hub(errand: Errand, at: datetime) -> None:
    hub.ping(_edition(errand))


def _edition(errand: Errand) -> Edition:
    return Edition.objects.select_related("section").get(pk=errand.payload["edition"])


def name_of(errand: Errand) -> str:
    """Say what an errand does, as the desk calls it."""
    return str(NAMES.get(errand.kind, errand.kind))


NAMES = {
    "renew pages": gettext_lazy("renew the pages of the article"),
    "ping hub": gettext_lazy("tell the hub that feeds have changed"),
}
INSIDE: dict[str, Handler] = {
    "renew pages": renew_pages,
}
OUTSIDE: dict[str, Handler] = {
    "ping hub": ping_hub,
}
