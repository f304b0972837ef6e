"""The chain of hashes over the log. Whoever changes an old entry breaks it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.log import LogEntry

# What the first seal continues.
BEGINNING = "0" * 64


class LogSeal(Evidence):
    """A link of the chain: the hash of one log entry and of the seal before.

    `sequence` has no gaps. Only `articles.log.sealing` makes seals, after the entry's own
    transaction, so that nobody who saves an article waits for the end of the chain.
    """

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    entry = models.OneToOneField(
        LogEntry, verbose_name=_("log entry"), on_delete=models.PROTECT, related_name="seal"
    )
    sealed_at = models.DateTimeField(_("sealed at"))
    previous = models.CharField(_("seal before"), max_length=64)
    sha256 = models.CharField(_("hash"), max_length=64)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal of the log")
        verbose_name_plural = _("seals of the log")
        ordering = ("sequence",)
        constraints = (
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="seals_are_numbered_from_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence}:{self.sha256}"

    def content(self) -> dict[str, Any]:
        """Give what the hash is of. Needs the entry loaded, or asks for it."""
        return {
            "entry": filled_columns(self.entry),
            "previous": self.previous,
            "sealed_at": in_utc(self.sealed_at),
            "sequence": self.sequence,
        }

    def digest(self) -> str:
        return hashlib.sha256(canonical(self.content()).encode()).hexdigest()


def filled_columns(row: models.Model) -> dict[str, Any]:
    """Give every column of a row that says something.

    An empty one is left out, so that a column which the table gets later changes no old hash.
    """
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        name: in_utc(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if value not in (None, "")
    }


def in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(content: dict[str, Any]) -> str:
    """Write it as the one JSON text that is hashed, the same on every database."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
