"""CSV, a line at a time."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from articles.text.cells import cell, local

CONTENT_TYPE = "text/csv; charset=utf-8"
# By this spreadsheets know the characters.
MARK = "\ufeff"


def as_csv(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield MARK
    for row in rows:
        yield line(row)


def line(row: Iterable[Any]) -> str:
    made = StringIO()
    csv.writer(made).writerow([cell(_said(value)) for value in row])
    return made.getvalue()


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="seconds")
    return value
