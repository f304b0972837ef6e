"""What proof-readers (校对) put their names to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.reviews import ReviewRound
from articles.models.versions import Version


class ProofSignature(Evidence):
    """A proof-reader has read this version, to the byte, in this review."""

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="signatures"
    )
    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="signatures"
    )
    version_number = models.PositiveIntegerField(_("number of the version"))
    sha256 = models.CharField(_("hash of the version"), max_length=64)
    remark = models.TextField(_("remark"), blank=True)
    proofreader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("proof", "signed by"),
        on_delete=models.PROTECT,
        related_name="proof_signatures",
    )
    proofreader_name = models.CharField(_("name at the time"), max_length=150)
    signed_at = models.DateTimeField(_("signed at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof-reader's signature")
        verbose_name_plural = _("proof-readers' signatures")
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "version", "proofreader"),
                name="a_proofreader_signs_a_version_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proofreader_name} · {self.sha256[:10]}"


class TypoFix(Evidence):
    """A proof-reader mended an approved text, so little that the approval holds for it, too.

    It leads from the version that was approved to the one that may go out in its place.
    """

    round = models.ForeignKey(
        ReviewRound, verbose_name=_("review"), on_delete=models.PROTECT, related_name="fixes"
    )
    approved = models.ForeignKey(
        Version, verbose_name=_("approved version"), on_delete=models.PROTECT, related_name="+"
    )
    approved_sha256 = models.CharField(_("hash of the approved version"), max_length=64)
    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="fixes"
    )
    version_number = models.PositiveIntegerField(_("number of the version"))
    sha256 = models.CharField(_("hash of the version"), max_length=64)
    characters = models.PositiveSmallIntegerField(
        _("characters"), help_text=_("Inserted or deleted since the approval, all together.")
    )
    limit = models.PositiveSmallIntegerField(_("limit at the time"))
    changes = models.JSONField(_("changes"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("mended by"),
        on_delete=models.PROTECT,
        related_name="typo_fixes",
    )
    made_by_name = models.CharField(_("name at the time"), max_length=150)
    made_at = models.DateTimeField(_("mended at"), db_index=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("typo fix")
        verbose_name_plural = _("typo fixes")
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "version"), name="a_version_is_mended_once"),
            models.CheckConstraint(
                condition=models.Q(characters__lte=models.F("limit")),
                name="a_typo_fix_stays_within_its_limit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.made_by_name} · {self.characters}"
