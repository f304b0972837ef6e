"""The credit line of an article whose credits a table or page keeps apart."""

from collections.abc import Mapping

from articles import credits

WORDS = {"author": "文字", "photographer": "摄影", "editor": "编辑", "reviewer": "审核"}


def line(said: Mapping[str, str]) -> str:
    """Put the parts together; what says itself who did what, as 文/张三 图/李四, stays so."""
    parts = [_part(word, said[role]) for role, word in WORDS.items() if said.get(role)]
    return f"（{' '.join(parts)}）" if parts else ""


def _part(word: str, names: str) -> str:
    alone = credits.parse(names)
    return names if alone.credits and not alone.rest else f"{word}：{names}"
