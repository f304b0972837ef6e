"""The audit log: every action, sign-in, export and change of rights ends here.

Whoever should hear of what happened to an article is told by the outbox.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import outbox
from articles.log import sealing
from articles.models import Article, LogEntry, User
from articles.models.notices import TOLD

LONGEST_SUBJECT = 200


def write(
    article: Article,
    action: LogEntry.Action,
    *,
    actor: User | None,
    at: datetime,
    detail: str = "",
    about: models.Model | None = None,
    name: str | None = None,
) -> LogEntry:
    """Write down what happened to an article, or to something that belongs to it.

    `name` is who did it, where that is no account.
    """
    one = entry(article, action, actor=actor, at=at, detail=detail, about=about)
    if name is not None:
        one.actor_name = name
    [written] = put([one])
    return written


def entry(
    article: Article,
    action: LogEntry.Action,
    *,
    actor: User | None,
    at: datetime,
    detail: str = "",
    about: models.Model | None = None,
) -> LogEntry:
    """Say what happened to an article, for `put` to write down with others."""
    return LogEntry(
        action=action,
        actor=actor,
        actor_name=_name_of(actor),
        article=article,
        version_number=article.version_number,
        at=at,
        detail=detail,
        **(_subject(about) if about else {"subject": str(article)[:LONGEST_SUBJECT]}),
    )


def put(entries: Sequence[LogEntry]) -> list[LogEntry]:
    """Write down several entries in their order, and have those told whom they concern."""
    written = LogEntry.objects.bulk_create(entries)
    for one in written:
        if one.action in TOLD and one.article is not None:
            payload = {"entry": one.pk}
            outbox.put(
                "tell", f"log/{one.pk}", due_at=one.at, payload=payload, article=one.article
            )
    if written:
        # Sealing one seals what waits beside it. Should it fail, the next one seals them all;
        # what was done stays done.
        transaction.on_commit(partial(sealing.seal, written[-1]), robust=True)
    return written


def note(
    action: LogEntry.Action,
    *,
    actor: User | None,
    at: datetime,
    about: models.Model | str = "",
    detail: str = "",
    name: str | None = None,
) -> LogEntry:
    """Write down what has no article. `name` is who did it, where that is no account."""
    [written] = put(
        [
            LogEntry(
                action=action,
                actor=actor,
                actor_name=_name_of(actor) if name is None else name,
                at=at,
                detail=detail,
                **_subject(about),
            )
        ]
    )
    return written


def exported(name: str, *, actor: User, at: datetime, rows: int, detail: str = "") -> LogEntry:
    """Write down that somebody took rows out of the site, as a file of a name."""
    with in_site_language():
        told = ngettext("%(number)d row", "%(number)d rows", rows) % {"number": rows}
    lines = "\n".join(line for line in (told, detail) if line)
    return note(LogEntry.Action.EXPORTED, actor=actor, at=at, about=name, detail=lines)


def in_site_language() -> translation.override:
    """Write the log in one language, whatever the reader's is."""
    return translation.override(settings.LANGUAGE_CODE)


def _name_of(actor: User | None) -> str:
    if actor is not None:
        return str(actor)
    with in_site_language():
        return _("calendar")


def _subject(about: models.Model | str) -> dict[str, Any]:
    if isinstance(about, str):
        return {"subject": about[:LONGEST_SUBJECT]}
    with in_site_language():
        name = str(about)
    if isinstance(about, User):  # names are not unique
        name = f"{name} ({about.username})"
    return {
        "subject_type": about._meta.label_lower,
        "subject_id": about.pk if isinstance(about.pk, int) else None,
        "subject": name[:LONGEST_SUBJECT],
    }
