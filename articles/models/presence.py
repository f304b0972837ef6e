"""Who has an article open to change it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from articles.models.articles import Article

# A form says every 15 seconds that it is still open; after three times it is not.
EXPIRES_AFTER = timedelta(seconds=45)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def current(self, at: datetime) -> Self:
        return self.filter(seen_at__gt=at - EXPIRES_AFTER)

    def expired(self, at: datetime) -> Self:
        return self.filter(seen_at__lte=at - EXPIRES_AFTER)


class Presence(models.Model):
    """Tells colleagues of each other. It blocks nobody."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ("since", "pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("article", "user"), name="somebody_is_once_at_an_article"
            ),
        )

    def __str__(self) -> str:
        return str(self.user)

    def is_current(self, at: datetime) -> bool:
        return self.seen_at > at - EXPIRES_AFTER
