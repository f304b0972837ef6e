"""What stands above every public page."""

from django.db.models import QuerySet

from articles import clock
from articles.models.sections import Section
from articles.models.topics import Topic


def main_sections() -> QuerySet[Section]:
    return Section.objects.in_menu()


def has_topics() -> bool:
    """Say whether there is a topic for readers, current or concluded. One query."""
    return Topic.objects.shown(clock.here()).exists()
