"""Find the credit line that ends an article."""

from typing import NamedTuple

from articles.credits.parser import parse

_BRACKETS = {"）": "（", ")": "(", "】": "【", "]": "[", "〕": "〔"}
_ENDS_OF_SENTENCES = '。！？!?…”"』」\n'
_LONGEST_LINE = 400
_MARKS = frozenset(":：/／|｜丨∶")


class Tail(NamedTuple):
    body: str
    credit_line: str


def find_credit_line(text: str) -> Tail | None:
    """Split the credit line off the end of a body or of its last paragraph.

    `……参加会议。（供稿：林晓 审核：周远）` gives the text before the bracket, and the bracket
    as printed. Gives None if the text ends in something else.
    """
    text = text.rstrip()
    body, line = text, ""
    while len(line) < _LONGEST_LINE and (opening := _opening_of_last_bracket(body)):
        at = opening - 1
        if not _is_credit_line(body[at:], follows=body[:at]):
            break
        line = body[at:] + line
        body = body[:at].rstrip()
    if line:
        return Tail(body, line)
    at = 1 + max(text.rfind(mark, max(0, len(text) - _LONGEST_LINE), -1) for mark in "。！？!?\n")
    tail = text[at:].strip()
    parsed = parse(tail) if 0 < len(tail) <= _LONGEST_LINE else None
    if parsed and parsed.credits and not parsed.rest and _MARKS & set(tail):
        return Tail(text[:at].rstrip(), tail)
    return None


def _opening_of_last_bracket(text: str) -> int:
    """Give the place after the bracket that the last one closes, or 0."""
    if text[-1:] not in _BRACKETS:
        return 0
    closing, opening = set(_BRACKETS), set(_BRACKETS.values())
    depth = 0
    for at in range(len(text) - 1, max(-1, len(text) - _LONGEST_LINE), -1):
        depth += (text[at] in closing) - (text[at] in opening)
        if depth == 0:
            return at + 1
    return 0


def _is_credit_line(bracket: str, *, follows: str) -> bool:
    parsed = parse(bracket)
    if not parsed.credits or len(parsed.rest) * 2 > len(bracket):
        return False
    ended = not follows or follows.rstrip()[-1:] in _ENDS_OF_SENTENCES or follows[-1:] in _BRACKETS
    return ended or bool(_MARKS & set(bracket))
