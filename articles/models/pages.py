"""Editions as their pages print them."""

from django.db import models

from articles.models.editions import Edition


class EditionPage(models.Model):
    """What a page prints of an edition alone, in one language of the site.

    It is derived: `articles.pages` makes it, and can make it again. The text itself stands
    between `top` and `foot`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pages")
    language = models.CharField(max_length=10)
    recipe = models.CharField(max_length=32)
    head = models.TextField()
    top = models.TextField()
    foot = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "language"), name="an_edition_has_one_page_per_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.language}"
