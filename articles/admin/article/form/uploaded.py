"""Documents that a save stores: if it is rolled back no row names them, and they go as well."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseModelFormSet

from articles.admin.base import DeskRequest


def note(request: DeskRequest, rows: BaseModelFormSet) -> None:
    """Remember which rows are about to store a file, and what it is called until then."""
    request.__dict__["_uploaded"] = [
        (row.instance, row.instance.file.name)
        for row in rows.forms
        if "file" in row.changed_data and row.instance.file
    ]


@contextmanager
def forgotten_on_failure(request: DeskRequest) -> Iterator[None]:
    """Delete what was stored if what is done within fails and is rolled back."""
    try:
        yield
    except BaseException:
        for document, given in request.__dict__.pop("_uploaded", ()):
            if document.file and document.file.name != given:
                document.file.delete(save=False)
        raise
