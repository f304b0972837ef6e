"""Signs of life of what runs in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Beat(models.Model):
    """When a background job last went well and last failed, whichever process ran it."""

    job = models.CharField(_("job"), max_length=40, unique=True)
    ok_at = models.DateTimeField(_("last success"), null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ("job",)

    def __str__(self) -> str:
        return self.job

    @property
    def is_failing(self) -> bool:
        """Tell whether it failed the last time that anybody heard of it."""
        return self.failed_at is not None and (self.ok_at is None or self.failed_at > self.ok_at)
