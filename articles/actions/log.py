"""The audit log of articles."""

from datetime import datetime

from articles.models import Article, LogEntry, User


def write(
    article: Article, action: LogEntry.Action, *, actor: User, at: datetime, detail: str = ""
) -> LogEntry:
    return LogEntry.objects.create(
        article=article,
        action=action,
        actor=actor,
        actor_name=str(actor),
        version_number=article.version_number,
        at=at,
        detail=detail,
    )
