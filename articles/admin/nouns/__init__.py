"""Registers every noun at the desk."""

from articles.admin.article import admin as article
from articles.admin.nouns import (
    checks,
    credit_format,
    deputies,
    editions,
    forced,
    imports,
    log,
    old_addresses,
    outbox,
    people,
    photos,
    reviews,
    rules,
    sections,
    site,
    units,
    working_hours,
)

__all__ = [
    "article",
    "checks",
    "credit_format",
    "deputies",
    "editions",
    "forced",
    "imports",
    "log",
    "old_addresses",
    "outbox",
    "people",
    "photos",
    "reviews",
    "rules",
    "sections",
    "site",
    "units",
    "working_hours",
]
