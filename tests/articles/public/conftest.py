"""What tests of public pages begin with."""

import pytest
from django.utils import timezone

from analytics.boards import article_boards, unit_boards


@pytest.fixture
def _boards_apart(monkeypatch):
    """Make the boards of the side rail beforehand: their questions are counted elsewhere."""
    boards = ((article_boards, "recent_articles"), (unit_boards, "unit_board_so_far"))
    for module, name in boards:
        board = getattr(module, name)(timezone.now())
        monkeypatch.setattr(module, name, lambda _at, board=board: board)
    monkeypatch.setattr(unit_boards, "standing", lambda _unit, _at: None)
