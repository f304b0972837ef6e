"""The words of editions, for searching."""

from django.db import models

from articles.models.editions import Edition


class EditionWords(models.Model):
    """What an edition says, cut into the tokens that `articles.search` looks for.

    The database indexes the tokens by itself: an FTS5 table behind triggers on SQLite, an
    index over their lexemes on PostgreSQL.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    tokens = models.TextField()

    def __str__(self) -> str:
        return self.tokens[:60]
