"""Boards as tables for spreadsheets and terminals."""

from typing import Any

from analytics.boards.article_boards import ArticleBoard
from analytics.boards.unit_boards import UnitBoard


def table(board: ArticleBoard | UnitBoard) -> list[list[Any]]:
    """Give a board with its heading row, as the JSON has it."""
    rows = board.as_json()["rows"]
    heading = (
        ["rank", "article", "headline", "clicks", "readers"]
        if isinstance(board, ArticleBoard)
        else ["rank", "unit", "name", "group", "count", "points", "clicks", "articles"]
    )
    return [heading, *([_one(row[name]) for name in heading] for row in rows)]


def sheet(board: UnitBoard) -> list[list[Any]]:
    """Give a board with its heading row, and below it what it is and by which rule."""
    state = "final" if board.is_final else "not final"
    return [*table(board), [], [board.period.label, state, board.as_json()["rule"]]]


def _one(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value
