"""Mails to colleagues. They reach beyond this machine, so the outbox sends them."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles.addresses import absolute, site_name
from articles.alarms import Alarm
from articles.models import Notice, User


def send_notice(notice: Notice) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(kind)s: %(headline)s") % {
            "kind": notice.get_kind_display(),
            "headline": notice.article.headline,
        }
        _send(notice.user, subject, "notice", {"notice": notice, "address": address_of(notice)})


def send_digest(user: User, notices: Sequence[Notice], at: datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(number)d notices of the day") % {"number": len(notices)}
        rows = [(notice, address_of(notice)) for notice in notices]
        _send(user, subject, "digest", {"rows": rows, "at": at})


def send_alarms(user: User, raised: Sequence[Alarm]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("What failed at the desk")
        address = absolute(reverse("admin:index"))
        _send(user, subject, "alarms", {"alarms": raised, "address": address})


def address_of(notice: Notice) -> str:
    """Give the address that opens a notice, marks it as read and leads to its article."""
    return absolute(reverse("admin:notice", args=[notice.pk]))


def _send(user: User, subject: str, template: str, context: dict[str, object]) -> None:
    site = site_name()
    how = absolute(reverse("admin:notice_settings"))
    text = render_to_string(
        f"mail/{template}.txt", {**context, "user": user, "site": site, "settings_address": how}
    )
    # A headline may hold a line break; a subject may not.
    EmailMessage(" ".join(f"[{site}] {subject}".split()), text, to=[user.email]).send()
