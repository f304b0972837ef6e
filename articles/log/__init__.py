"""The audit log: every action, sign-in, export and change of rights ends here.

Whoever should hear of what happened to an article is told by the outbox.
"""

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
) -> LogEntry:
    """Write down what happened to an article, or to something that belongs to it."""
    entry = _put(
        action,
        actor=actor,
        actor_name=_name_of(actor),
        article=article,
        version_number=article.version_number,
        at=at,
        detail=detail,
        **(_subject(about) if about else {"subject": str(article)[:LONGEST_SUBJECT]}),
    )
    if action in TOLD:
        outbox.put(
            "tell", f"log/{entry.pk}", due_at=at, payload={"entry": entry.pk}, article=article
        )
    return entry


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
    return _put(
        action,
        actor=actor,
        actor_name=_name_of(actor) if name is None else name,
        at=at,
        detail=detail,
        **_subject(about),
    )


def exported(name: str, *, actor: User, at: datetime, rows: int, detail: str = "") -> LogEntry:
    """Write down that somebody took rows out of the site, as a file of a name."""
    with in_site_language():
        told = ngettext("%(number)d row", "%(number)d rows", rows) % {"number": rows}
    lines = "\n".join(line for line in (told, detail) if line)
    return note(LogEntry.Action.EXPORTED, actor=actor, at=at, about=name, detail=lines)


def in_site_language() -> translation.override:
    """Write the log in one language, whatever the reader's is."""
    return translation.override(settings.LANGUAGE_CODE)


def _put(action: LogEntry.Action, **fields: Any) -> LogEntry:
    entry = LogEntry.objects.create(action=action, **fields)
    # Should it fail, the next one seals both; what was done stays done.
    transaction.on_commit(partial(sealing.seal, entry), robust=True)
    return entry


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
