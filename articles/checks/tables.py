"""The list of words as a table: CSV that spreadsheets read and write."""

import csv
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _

from articles.checks.findings import Level
from articles.checks.folding import fold
from articles.text.cells import FORMULA
from articles.text.encoding import UnreadablePage, decode

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
MAX_ERRORS = 20
MAX_KEY = 240
COLUMNS = ("word", "kind", "severity", "suggestion", "note")
# What a table made by hand may have at its head, and in its cells.
HEADS = {
    **{name: name for name in COLUMNS},
    "词语": "word",
    "类型": "kind",
    "级别": "severity",
    "建议用词": "suggestion",
    "备注": "note",
}
KINDS = {"": False, "word": False, "词语": False, "allowed": True, "放行": True}
SEVERITIES = {
    "": Level.ADVISORY,
    "advisory": Level.ADVISORY,
    "提示": Level.ADVISORY,
    "blocking": Level.BLOCKING,
    "拦截": Level.BLOCKING,
}
LONGEST = {"word": 60, "suggestion": 60, "note": 200}


class BadTable(Exception):
    """The table cannot be taken; `errors` say why, line by line, for the user."""

    def __init__(self, errors: list[str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors))


@dataclass(frozen=True)
class Entry:
    text: str
    key: str
    is_allowed: bool
    severity: str
    suggestion: str
    note: str


def row(entry: Entry) -> tuple[str, ...]:
    """Give a line of a table that can be read again."""
    kind = "allowed" if entry.is_allowed else "word"
    return (entry.text, kind, entry.severity, entry.suggestion, entry.note)


def read(content: bytes) -> list[Entry]:
    """Read a table. Raises `BadTable` with every line that cannot be taken, the first of them."""
    rows = csv.reader(StringIO(_text(content), newline=""))
    try:
        numbered = [(rows.line_num, row) for row in rows if any(value.strip() for value in row)]
    except csv.Error as problem:
        raise BadTable([_("This is no table: %(problem)s") % {"problem": problem}]) from problem
    if not numbered:
        raise BadTable([_("The table is empty.")])
    if len(numbered) > MAX_ROWS:
        raise BadTable([_("A table may have up to %(limit)d lines.") % {"limit": MAX_ROWS}])
    heads = [HEADS.get(value.strip().lower(), "") for value in numbered[0][1]]
    if "word" not in heads:
        names = ", ".join(COLUMNS)
        raise BadTable(
            [_("The first line has to name the columns: %(names)s.") % {"names": names}]
        )
    return _entries(heads, numbered[1:])


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise BadTable([_("A table may have up to %(limit)d MB.") % {"limit": limit}])
    if not content.strip():
        raise BadTable([_("The table is empty.")])
    try:
        return decode(content, limit=MAX_BYTES)
    except UnreadablePage as problem:
        raise BadTable([str(problem)]) from problem


def _entries(heads: list[str], numbered: list[tuple[int, list[str]]]) -> list[Entry]:
    entries: list[Entry] = []
    errors: list[str] = []
    lines: dict[str, int] = {}
    for line, row in numbered:
        values = {
            name: _unescaped(value.strip())
            for name, value in zip(heads, row, strict=False)
            if name
        }
        key = fold(values.get("word", ""))
        problem = _problem(values, key, lines.get(key))
        if problem:
            errors.append(_("Line %(line)d: %(problem)s") % {"line": line, "problem": problem})
        else:
            lines[key] = line
            entries.append(_entry(values, key))
        if len(errors) >= MAX_ERRORS:
            break
    if errors:
        raise BadTable(errors)
    return entries


def _unescaped(value: str) -> str:
    """Take off what `cell` put before a formula."""
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value


def _problem(values: dict[str, str], key: str, before: int | None) -> str:
    if not 0 < len(key) <= MAX_KEY:
        return _("there is no word to look for.")
    if before is not None:
        return _("the same word stands in line %(line)d already.") % {"line": before}
    for name, longest in LONGEST.items():
        if len(values.get(name, "")) > longest:
            return _("“%(name)s” is longer than %(limit)d characters.") % {
                "name": name,
                "limit": longest,
            }
    for name, known in (("kind", KINDS), ("severity", SEVERITIES)):
        value = values.get(name, "")
        if value.lower() not in known:
            choices = ", ".join(filter(None, known))
            return _("“%(value)s” is none of: %(choices)s.") % {
                "value": value[:40],
                "choices": choices,
            }
    return ""


def _entry(values: dict[str, str], key: str) -> Entry:
    return Entry(
        values["word"],
        key,
        KINDS[values.get("kind", "").lower()],
        str(SEVERITIES[values.get("severity", "").lower()]),
        values.get("suggestion", ""),
        values.get("note", ""),
    )
