"""A table that is at hand as a file of either kind."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse

from articles.exporting import lines, xlsx


def answer(kind: str, rows: Iterable[Iterable[Any]], *, name: str, title: str) -> HttpResponse:
    """Give a file of a name. `title` is what the sheet of a workbook is called."""
    content: Iterator[Any] = (
        lines.as_csv(rows) if kind == "csv" else xlsx.as_xlsx(rows, title=title)
    )
    return HttpResponse(
        content,
        content_type=(lines if kind == "csv" else xlsx).CONTENT_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
