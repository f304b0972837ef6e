"""Queries that are asked for every page: PostgreSQL plans them once in each connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def cursor() -> Iterator[CursorWrapper]:
    """Give a cursor that leaves parameters to the server, so that it can keep the plan.

    Planning a join of ten tables takes longer than following the plan. What Django asks has its
    values written into it and is never the same twice.
    """
    with connection.cursor() as found:
        if connection.vendor == "postgresql":
            from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415

            found.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
        yield found
