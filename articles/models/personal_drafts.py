"""What somebody typed and has not saved yet."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article

KEPT_FOR = timedelta(days=30)


class PersonalDraftQuerySet(models.QuerySet["PersonalDraft"]):
    def forgotten(self, at: datetime) -> Self:
        return self.filter(saved_at__lt=at - KEPT_FOR)


class PersonalDraft(models.Model):
    """The fields of one open form, as typed. Nobody but its writer ever reads it.

    It proves nothing and is no version: it goes when the form is saved, or after `KEPT_FOR`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_drafts"
    )
    # None: a new article, which has no number yet.
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="personal_drafts"
    )
    # Which form it is: two windows of one writer do not overwrite each other.
    token = models.CharField(max_length=40)
    fields = models.JSONField()
    # What the writer had before them while typing; 0 for a new article.
    version_number = models.PositiveIntegerField()
    saved_at = models.DateTimeField(db_index=True)

    objects = PersonalDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        ordering = ("-saved_at", "-pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("user", "token"), name="a_form_keeps_one_personal_draft"
            ),
        )
        indexes = (models.Index(fields=["user", "article"], name="drafts_of_a_user"),)

    def __str__(self) -> str:
        headline: str = self.fields.get("headline", "")
        return headline or str(_("(no headline yet)"))
