"""Registers every noun at the desk."""

from articles.admin import articles, editions, people, photos, reviews, sections, units

__all__ = ["articles", "editions", "people", "photos", "reviews", "sections", "units"]
