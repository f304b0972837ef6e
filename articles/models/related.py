"""Which articles readers of an edition may want next."""

from django.db import models

from articles.models.editions import Edition


class EditionRelation(models.Model):
    """An article that is near to what an edition is about.

    It is derived: `articles.related` makes it. It holds in both directions, and only for what
    readers see of both when they read.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="relations")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="relations"
    )
    nearness = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "article"), name="an_edition_relates_to_an_article_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.article_id}"
