"""Registers every noun at the desk."""

from articles.admin.article import admin as article
from articles.admin.nouns import (
    calendar,
    editions,
    forced,
    log,
    outbox,
    people,
    photos,
    reviews,
    sections,
    units,
)

__all__ = [
    "article",
    "calendar",
    "editions",
    "forced",
    "log",
    "outbox",
    "people",
    "photos",
    "reviews",
    "sections",
    "units",
]
