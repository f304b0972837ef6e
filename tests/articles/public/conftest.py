"""What tests of public pages begin with."""

import pytest
from django.utils import timezone

from analytics.boards import article_boards
from analytics.templatetags import boards


@pytest.fixture
def _boards_apart(monkeypatch):
    """Make the boards of the side rail beforehand: their questions are counted elsewhere."""
    articles = article_boards.recent_articles(timezone.now())
    units = boards.board_of(boards.this_month())
    monkeypatch.setattr(article_boards, "recent_articles", lambda _at: articles)
    monkeypatch.setattr(boards, "board_of", lambda _month: units)
