"""What every test starts with: an empty cache and the site's own language."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from analytics.templatetags import boards
from articles import site, traditional
from articles.public import caching, rail
from articles.public.article import page as article_page
from articles.public.lists import cards

# The first example may load a dictionary, and machines are slow at times.
hypothesis_settings.register_profile("newsroom", deadline=None)
hypothesis_settings.load_profile("newsroom")


@pytest.fixture(autouse=True)
def _migrated_rows_come_back(django_db_serialized_rollback: None) -> None:
    """Bring groups and policies back after a test that emptied all tables."""


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    cache.clear()
    for copies in (article_page.stencils, boards.kept_boards, caching.pages, rail.rails):
        copies.clear()
    cards.made.cache_clear()
    site.kept = site.Kept()
    site.kept.keep(site.new(), site.kept.turn)
    traditional.kept = traditional.Names((), 0.0)
    with translation.override(settings.LANGUAGE_CODE):
        yield
