"""The marks between items, and the labels that stand together: 供稿/编辑, 文、图."""

from dataclasses import replace

from articles.credits.items import Item, Kind

MARKS = (":", "/", "|")
"""What may stand between a label and its people."""
_JOINERS = frozenset(" /、&|,·+")


def is_mark(item: Item, marks: frozenset[str]) -> bool:
    return item.kind is Kind.SEPARATOR and item.text in marks


def next_mark(items: list[Item], at: int) -> str:
    for item in items[at + 1 : at + 3]:
        if item.kind is not Kind.SEPARATOR:
            return ""
        if item.text != " ":
            return item.text
    return ""


def previous_mark(items: list[Item], at: int) -> str:
    for item in reversed(items[max(0, at - 2) : at]):
        if item.kind is not Kind.SEPARATOR:
            return ""
        if item.text != " ":
            return item.text
    return ""


def join_labels(items: list[Item]) -> list[Item]:
    """Make one label of 供稿/编辑, 文、图 and 文字 摄影 when they share their people."""
    joined: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        while (
            item.label
            and item.kind is not Kind.NOTE
            and (end := _partner(items, at, _people_before(joined)))
        ):
            label = items[end].label or item.label
            item = replace(item, text=f"{item.text}/{items[end].text}", label=item.label + label)
            at = end
        joined.append(item)
        at += 1
    return joined


def _partner(items: list[Item], at: int, after_people: bool) -> int | None:
    end = at + 1
    while end < len(items) and is_mark(items[end], _JOINERS):
        end += 1
    marks = {item.text for item in items[at + 1 : end]}
    if not marks or end >= len(items) or items[end].kind is not Kind.LABEL:
        return None
    follows = next_mark(items, end)
    if marks == {" "} and after_people and (follows in MARKS or not _is_over(items, end)):
        return None
    if marks != {" "} and items[at].trailing and follows in MARKS:
        return None
    return end


def _people_before(items: list[Item]) -> bool:
    """Say whether people stand just before, not yet labelled or divided off."""
    for item in reversed(items[-4:]):
        if item.kind in (Kind.NAME, Kind.UNIT):
            return True
        if not is_mark(item, frozenset(" /|")):
            return False
    return False


def _is_over(items: list[Item], at: int) -> bool:
    rest = items[at + 1 : at + 3]
    return all(is_mark(item, frozenset(" \n;。)].")) for item in rest)
