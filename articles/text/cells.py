"""What a cell of an export may hold, so that no spreadsheet runs it."""

from datetime import datetime
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.timezone import is_aware, localtime

# What a spreadsheet would take for a formula, in half and full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def text_of(value: Any) -> str:
    """Give text as it reads: markup made by a page goes, what somebody typed stays."""
    if hasattr(value, "__html__"):
        return " ".join(unescape(strip_tags(str(value))).split())
    return str(value)


def local(moment: datetime) -> datetime:
    """Give a moment by the site's clock."""
    return localtime(moment) if is_aware(moment) else moment
