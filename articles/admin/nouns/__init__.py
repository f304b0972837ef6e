"""Registers every noun at the desk."""

from articles.admin.article import admin as article
from articles.admin.nouns import (
    calendar,
    checks,
    credit_format,
    deputies,
    editions,
    forced,
    log,
    outbox,
    people,
    photos,
    reviews,
    rules,
    sections,
    units,
)

__all__ = [
    "article",
    "calendar",
    "checks",
    "credit_format",
    "deputies",
    "editions",
    "forced",
    "log",
    "outbox",
    "people",
    "photos",
    "reviews",
    "rules",
    "sections",
    "units",
]
