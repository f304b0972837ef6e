"""Boards for pages: `{% load boards %}`."""

from typing import Any

from django import template
from django.conf import settings

from analytics.boards import article_boards, unit_boards
from analytics.periods import Period
from articles import clock
from articles.freshness import Copies

register = template.Library()

kept_boards: Copies[Period, unit_boards.UnitBoard] = Copies()


@register.inclusion_tag("analytics/weekly_ranking_board.html")
def weekly_ranking_board() -> dict[str, Any]:
    return {"board": article_boards.recent_articles(clock.here())}


def board_of(month: Period) -> unit_boards.UnitBoard:
    """Give the board of a month as pages show it beside other things, made once in a while."""
    return kept_boards.give(
        month,
        settings.RAIL_CACHE_SECONDS,
        lambda: unit_boards.unit_board(month, at=clock.here(), with_clicks=False),
    )


def this_month() -> Period:
    return Period.month(clock.today())


@register.inclusion_tag("analytics/unit_board.html")
def unit_board() -> dict[str, Any]:
    return {"board": board_of(this_month())}


@register.inclusion_tag("analytics/unit_standing.html")
def unit_standing(unit: str) -> dict[str, Any]:
    return {"standing": unit_boards.standing(unit, this_month(), board_of)}


@register.filter
def grouped(number: int) -> str:
    """Print a whole number with separators: 12,345."""
    return f"{number:,}"


@register.filter
def decimal(number: Any) -> str:
    """Print points or a share: 1.5, not 3/2; as attributes of bars need it, too."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
