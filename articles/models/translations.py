"""Articles that say the same in several languages (互为译文)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article, Language


class TranslationQuerySet(models.QuerySet["Translation"]):
    def beside(self, article: Article) -> "TranslationQuerySet":
        """Keep what an article is tied to, itself left out."""
        group = Translation.objects.filter(article=article).values("original")
        return self.filter(original__in=group).exclude(article=article)


class Translation(models.Model):
    """An article as one of a group; the one that was written first has a row of its own.

    It holds between articles, whatever their versions say, and is seen between those that
    readers see: public pages ask for the live edition of each.
    """

    original = models.ForeignKey(
        Article,
        verbose_name=_("original"),
        on_delete=models.PROTECT,
        related_name="translations",
    )
    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="translation",
    )
    # The article's own, so that the database keeps a second one out.
    language = models.CharField(_("language"), max_length=10, choices=Language)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("original", "language"), name="an_article_has_one_text_per_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.original_id} → {self.article_id}"

    def is_original(self) -> bool:
        return self.article_id == self.original_id
