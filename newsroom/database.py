"""Connections to PostgreSQL that are used again."""

from select import POLLIN, poll

from psycopg import Connection
from psycopg_pool import ConnectionPool


def check(connection: Connection) -> None:
    """Fail if the server has closed a connection that lay in the pool.

    An idle server that says something has, as a rule, said goodbye, so it is asked only then:
    every page would wait for the answer.
    """
    said = poll()
    said.register(connection.fileno(), POLLIN)
    if said.poll(0):
        ConnectionPool.check_connection(connection)
