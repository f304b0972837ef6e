"""Telling colleagues who else is at an article."""

from datetime import datetime

from articles.models import Article, Presence, User


def be_present(article: Article, *, user: User, at: datetime) -> list[Presence]:
    """Note that somebody has an article open to change it; give the others. Two queries.

    The caller has asked whether the user may change it. Nothing is logged, nobody is blocked.
    """
    rows = list(Presence.objects.filter(article=article).select_related("user"))
    mine = next((row for row in rows if row.user_id == user.pk), None)
    since = mine.since if mine and mine.is_current(at) else at
    Presence.objects.bulk_create(
        [Presence(article=article, user=user, since=since, seen_at=at)],
        update_conflicts=True,
        unique_fields=["article", "user"],
        update_fields=["since", "seen_at"],
    )
    return [row for row in rows if row.user_id != user.pk and row.is_current(at)]
