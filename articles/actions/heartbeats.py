"""Keeping the signs of life of background jobs."""

from datetime import datetime

from articles.models import Beat


def went_well(job: str, *, at: datetime) -> None:
    Beat.objects.update_or_create(job=job, defaults={"ok_at": at})


def failed(job: str, *, at: datetime, error: str) -> None:
    Beat.objects.update_or_create(job=job, defaults={"failed_at": at, "error": error})
