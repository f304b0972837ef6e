"""Why articles are returned or rejected, in words that the newsroom has agreed on."""

from collections.abc import Iterable, Mapping
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.units import in_readers_language

type KeptReason = Mapping[str, str]


class VerdictReasonQuerySet(models.QuerySet["VerdictReason"]):
    def offered_for(self, verdict: str) -> Self:
        """Keep what a reviewer may tick who returns or rejects an article."""
        return self.filter(used_for__in=(verdict, VerdictReason.UsedFor.BOTH), is_active=True)


class VerdictReason(models.Model):
    """A reason to tick. A decision keeps its words, so later edits do not touch the record."""

    class UsedFor(models.TextChoices):
        RETURN = "return", _("returning for changes")
        REJECT = "reject", _("rejecting")
        BOTH = "both", _("both")

    text = models.CharField(_("reason"), max_length=40, unique=True)
    text_en = models.CharField(_("English text"), max_length=80, blank=True)
    used_for = models.CharField(
        _("used for"), max_length=10, choices=UsedFor, default=UsedFor.BOTH
    )
    wants_remark = models.BooleanField(
        _("wants a remark"),
        default=False,
        help_text=_("Whoever ticks it has to add words of their own."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("What is not in use is no longer offered.")
    )

    objects = VerdictReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("return or rejection reason")
        verbose_name_plural = _("return and rejection reasons")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return in_readers_language(self.text, self.text_en)

    def kept(self) -> KeptReason:
        """Give what a decision keeps of this reason."""
        return {"text": self.text, "text_en": self.text_en}


def in_words(kept: Iterable[KeptReason]) -> list[str]:
    """Give the reasons that a decision kept, in the reader's language."""
    return [in_readers_language(reason["text"], reason["text_en"]) for reason in kept]
