"""The audit log of articles. Whoever should hear of an entry is told by the outbox."""

from datetime import datetime

from articles.actions import notices, outbox
from articles.models import Article, LogEntry, User


def write(
    article: Article, action: LogEntry.Action, *, actor: User, at: datetime, detail: str = ""
) -> LogEntry:
    entry = LogEntry.objects.create(
        article=article,
        action=action,
        actor=actor,
        actor_name=str(actor),
        version_number=article.version_number,
        at=at,
        detail=detail,
    )
    if notices.is_told(action):
        outbox.put(
            "tell", f"log/{entry.pk}", due_at=at, payload={"entry": entry.pk}, article=article
        )
    return entry
