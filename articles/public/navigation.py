"""What stands above every public page."""

from django.db.models import QuerySet

from articles.models.sections import Section


def main_sections() -> QuerySet[Section]:
    return Section.objects.in_menu()
