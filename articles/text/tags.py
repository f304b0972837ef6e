"""Tags as people type them: full-width commas divide too."""

import re

from taggit.models import TagBase

DIVIDERS = re.compile(r"[,,、;;\n]+")


def split_tags(text: str) -> list[str]:
    """Split what was typed into tag names; `split_tags("校庆、科研, AI")` gives three."""
    names = (" ".join(name.split()) for name in DIVIDERS.split(text))
    return list(dict.fromkeys(name for name in names if name))


def join_tags(tags: list[TagBase]) -> str:
    return "、".join(sorted(tag.name for tag in tags))
