"""Rows that prove what happened: written once, never changed, never deleted."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models


class EvidenceIsPermanent(Exception):
    """Somebody tried to change or delete a row that proves what happened."""


class EvidenceQuerySet[Row: models.Model](models.QuerySet[Row]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self.model._meta.label)

    def delete(self) -> NoReturn:
        raise EvidenceIsPermanent(self.model._meta.label)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self.model._meta.label)


class Evidence(models.Model):
    """An append-only row. A second `save` or any `delete` raises `EvidenceIsPermanent`."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EvidenceIsPermanent(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self._meta.label)
