"""Credit lines that an import could not settle alone."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class DoubtfulLineQuerySet(models.QuerySet["DoubtfulLine"]):
    def waiting(self) -> Self:
        return self.filter(settled_at=None)


class DoubtfulLine(models.Model):
    """The credit line of an imported article that somebody has to look at, and what is unclear."""

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="doubtful_line",
    )
    line = models.TextField(_("credit line"))
    remarks = models.JSONField(_("remarks"), default=list)
    imported_at = models.DateTimeField(_("imported at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("worked off by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("worked off at"), null=True, blank=True)

    objects = DoubtfulLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubtful credit line")
        verbose_name_plural = _("doubtful credit lines")
        ordering = ("imported_at", "pk")
        indexes = (
            models.Index(
                fields=["imported_at"],
                condition=models.Q(settled_at=None),
                name="doubtful_lines_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.line
