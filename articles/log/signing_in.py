"""Hears from Django who signs in and out, and writes it down."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from articles import clock, log
from articles.models import LogEntry, User

# Whoever tries a thousand passwords shall not fill the log: so many a minute tell enough.
FAILURES_A_MINUTE = 10


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="log of sign-ins")
    user_logged_out.connect(_signed_out, dispatch_uid="log of sign-outs")
    user_login_failed.connect(_failed, dispatch_uid="log of failed sign-ins")


def _signed_in(*, user: User, **_: Any) -> None:
    log.note(LogEntry.Action.SIGNED_IN, actor=user, at=clock.here())


def _signed_out(*, user: User | None, **_: Any) -> None:
    if user is not None:  # else the session was over already
        log.note(LogEntry.Action.SIGNED_OUT, actor=user, at=clock.here())


def _failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Name the account that somebody tried. What is no account may be a password: not kept."""
    at, action = clock.here(), LogEntry.Action.SIGN_IN_FAILED
    account = User.objects.filter(username=credentials.get("username", "")).first()
    lately = LogEntry.objects.filter(
        actor=account, action=action, at__gt=at - timedelta(minutes=1)
    )
    if lately.count() < FAILURES_A_MINUTE:
        log.note(action, actor=account, at=at, name=None if account else "")
