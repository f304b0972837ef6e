"""Templates rendered once with holes for what differs, which filling is then all that it takes."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

# No text has this character, so it begins and ends a hole.
EDGE = "\0"

type Stencil = list[str]  # text and the names of holes, in turn


def hole(name: str) -> str:
    return f"{EDGE}{name}{EDGE}"


def cut(rendered: str) -> Stencil:
    return rendered.split(EDGE)


def fill(made: Stencil, fillings: Mapping[str, Any]) -> SafeString:
    """Fill the holes, escaping what is not known to be safe."""
    page = made.copy()
    page[1::2] = [
        there if isinstance(there, SafeString) else escape(str(there))
        for there in map(fillings.__getitem__, made[1::2])
    ]
    return SafeString("".join(page))
