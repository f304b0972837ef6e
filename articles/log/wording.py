"""How a row, and a value on it, is told in the log: readable, short, and never a secret."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

LONGEST_VALUE = 80
# A list of this many is told whole; of a longer one, what came and what went.
FEW = 6
NOTHING = "–"


def is_secret(name: str) -> bool:
    return "password" in name


def row(instance: models.Model) -> str:
    """Tell what stands on a row, a line for each column that says something."""
    lines = []
    for field in instance._meta.concrete_fields:
        if field.primary_key or not field.editable or is_secret(field.name):
            continue
        value = getattr(instance, field.name)
        if field.choices:
            value = getattr(instance, f"get_{field.name}_display")()
        if value not in (None, ""):
            lines.append(f"{field.verbose_name}: {text(value)}")
    return "\n".join(lines)


def text(value: Any) -> str:
    """Tell one value, of whatever kind."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return localtime(value).isoformat(" ", "minutes")[:16]
    if isinstance(value, date):
        return value.isoformat()
    return shortened(" ".join(str(value).split()))


def shortened(words: str) -> str:
    return words if len(words) <= LONGEST_VALUE else f"{words[: LONGEST_VALUE - 1]}…"


def difference(before: str, after: str) -> str:
    """Tell what a value was and is."""
    if before == after:  # long texts that begin alike
        return _("text changed")
    return f"{before} → {after}"


def listed(names: Iterable[str]) -> str:
    return "、".join(names) or NOTHING


def difference_of_lists(before: list[str], after: list[str]) -> str:
    if max(len(before), len(after)) <= FEW:
        return difference(listed(before), listed(after))
    came = [f"+ {name}" for name in after if name not in before]
    went = [f"− {name}" for name in before if name not in after]
    return listed((*came, *went))
