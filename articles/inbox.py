"""Errors that readers report (纠错): what is taken in, and how much of it.

The one thing that readers write. It goes into a table of its own and touches no other; what the
desk does with it is in `actions.error_reports`. Anybody may write, with no account and no cookie,
so there are limits: for one network, for one article, for a day, and for all that waits.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.error_reports import NETWORK_KEPT, ErrorReport
from articles.networks import (
    Headers,
    is_blocked,
    is_foreign,
    is_shared,
    network_of,
    reader_address,
)

# Nobody reads the form and writes a sentence in less; nobody's text waits longer.
SHORTEST, LONGEST = timedelta(seconds=3), timedelta(hours=24)
HOUR = timedelta(hours=1)
# Within an hour and a day, from one network and from one that many readers share.
OF_A_NETWORK = {HOUR: 10, NETWORK_KEPT: 30}
OF_A_SHARED_NETWORK = {HOUR: 60, NETWORK_KEPT: 200}
OF_ALL_IN_A_DAY = 500
WAITING_OF_AN_ARTICLE = 50
WAITING_OF_ALL = 2000


class Said(NamedTuple):
    """What a reader wrote."""

    passage: str
    text: str
    contact: str


class Refused(Exception):
    """It is not taken in. The text is for the reader, and says what to do."""

    def __init__(self, text: str, status: int, *, again_after: timedelta | None = None) -> None:
        self.status = status
        self.again_after = again_after
        super().__init__(text)


class FormUsedUp(Refused):
    """The same again, in a new form, may be taken in."""

    def __init__(self, text: str) -> None:
        super().__init__(text, 422)


class TooManyReports(Refused):
    def __init__(self, text: str, again_after: timedelta) -> None:
        super().__init__(text, 429, again_after=again_after)


def new_form(article: int, at: datetime) -> str:
    """Give what a form carries: which it is, of which article, and since when. Signed."""
    said = [article, secrets.token_hex(16), int(at.timestamp())]
    return signing.dumps(said, salt=__name__)


def form_key(form: str, article: int, at: datetime) -> tuple[str, timedelta] | None:
    """Read which form was sent and how old it is; None for one that we did not give out."""
    try:
        number, key, since = signing.loads(form, salt=__name__)
    except signing.BadSignature:
        return None
    age = timedelta(seconds=at.timestamp() - since)
    return (key, age) if number == article and age < LONGEST else None


def take_in(
    said: Said, *, form: str, article: int, edition: int, headers: Headers, at: datetime
) -> None:
    """Keep what a reader reports of an edition. What was sent twice is kept once."""
    if is_foreign(headers):
        raise Refused(_("This was not sent from a page of ours. Please send it from here."), 403)
    if is_blocked(headers):
        raise Refused(_("From your network nothing can be sent here."), 403)
    read = form_key(form, article, at)
    if read is None:
        raise FormUsedUp(_("This form was open for too long. Please send it again now."))
    key, age = read
    # Clocks of two machines may differ by less than that.
    if age < SHORTEST:
        raise Refused(_("That was very quick. Please wait a moment and send it again."), 422)
    sent = ErrorReport.objects.filter(key=key).values_list("passage", "text", "contact")
    if (before := sent.first()) is not None:
        if Said(*before) == said:
            return
        raise FormUsedUp(_("This form has been sent. Send it again to report something else."))
    network = network_key(headers)
    refuse_too_many(
        article, network, OF_A_SHARED_NETWORK if is_shared(headers) else OF_A_NETWORK, at
    )
    report = ErrorReport(
        **said._asdict(), edition_id=edition, key=key, network=network, sent_at=at
    )
    # Two clicks at once are two requests at once.
    ErrorReport.objects.bulk_create([report], ignore_conflicts=True)


def refuse_too_many(
    article: int, network: str, limits: dict[timedelta, int], at: datetime
) -> None:
    """Raise `TooManyReports` where a limit is reached. At one moment a few may pass together."""
    reports = ErrorReport.objects.order_by()
    for span, most in limits.items():
        if reports.filter(network=network, sent_at__gt=at - span).count() >= most:
            hours = span // HOUR
            raise TooManyReports(
                ngettext(
                    "From your network much was reported within %(number)d hour. Please send it "
                    "later, or write to us.",
                    "From your network much was reported within %(number)d hours. Please send it "
                    "later, or write to us.",
                    hours,
                )
                % {"number": hours},
                span,
            )
    waiting = reports.waiting()
    if waiting.filter(edition__article=article).count() >= WAITING_OF_AN_ARTICLE:
        raise TooManyReports(
            _("Many readers have reported errors in this article. We are looking into it."),
            NETWORK_KEPT,
        )
    is_full = reports.filter(sent_at__gt=at - NETWORK_KEPT).count() >= OF_ALL_IN_A_DAY
    if is_full or waiting.count() >= WAITING_OF_ALL:
        raise TooManyReports(
            _("More was reported today than we can read. Please send it tomorrow, or write."),
            NETWORK_KEPT,
        )


def network_key(headers: Headers) -> str:
    """Give a network without its address: whoever has the table alone cannot read it back."""
    address = reader_address(headers)
    secret = hashlib.sha256(f"{__name__}:{settings.SECRET_KEY}".encode()).digest()
    said = network_of(address) if address else "unknown"
    return hashlib.blake2b(said.encode(), digest_size=16, key=secret).hexdigest()
