"""Connections that lay in the pool: whoever gets one can use it."""

import psycopg
import pytest
from django.db import connection

from newsroom import database

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


def test_connection_that_the_server_has_closed_is_not_given_out():
    server = connection.get_connection_params()
    server.pop("cursor_factory"), server.pop("context")
    with psycopg.connect(**server, autocommit=True) as other:
        database.check(other)  # still there
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.info.backend_pid])

        with pytest.raises(psycopg.OperationalError):
            database.check(other)
