"""Boards as tables for spreadsheets and terminals."""

import unicodedata
from typing import Any

from analytics.article_boards import ArticleBoard
from analytics.unit_boards import UnitBoard
from articles.export_cells import cell


def table(board: ArticleBoard | UnitBoard) -> list[list[Any]]:
    """Give a board with its heading row, as the JSON has it; nothing in it runs as a formula."""
    rows = board.as_json()["rows"]
    heading = (
        ["rank", "article", "headline", "clicks", "readers"]
        if isinstance(board, ArticleBoard)
        else ["rank", "unit", "name", "group", "count", "points", "clicks", "articles"]
    )
    return [heading, *([cell(row[name]) for name in heading] for row in rows)]


def width(text: str) -> int:
    """Give the columns that a text takes in a terminal, where Chinese takes two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
