"""Credit lines: read the ones people type, print the ones we publish. Knows no database."""

from articles.credits.parser import parse, unread
from articles.credits.printer import HouseFormat, print_line, words_for
from articles.credits.roles import Parsed, ParsedCredit, Role, Stage
from articles.credits.tails import Tail, find_credit_line

__all__ = [
    "HouseFormat",
    "Parsed",
    "ParsedCredit",
    "Role",
    "Stage",
    "Tail",
    "find_credit_line",
    "parse",
    "print_line",
    "unread",
    "words_for",
]
