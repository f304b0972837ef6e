"""The record of what an article said: every version of its working copy."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.evidence import Evidence, EvidenceQuerySet


class Version(Evidence):
    """The whole working copy at one moment, as `articles.snapshots.take` writes it."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    author_name = models.CharField(_("name at the time"), max_length=150)
    saved_at = models.DateTimeField(_("saved at"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ("article", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "number"), name="versions_of_an_article_are_numbered"
            ),
        )
        # Whether somebody wrote an article is asked of every one that waits for them.
        indexes = (models.Index(fields=["author", "article"], name="versions_by_author"),)

    def __str__(self) -> str:
        return _("version %(number)s") % {"number": self.number}
