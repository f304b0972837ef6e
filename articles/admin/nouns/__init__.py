"""Registers every noun at the desk."""

from articles.admin.article import admin as article
from articles.admin.nouns import editions, people, photos, reviews, sections, units

__all__ = ["article", "editions", "people", "photos", "reviews", "sections", "units"]
