"""Requests per second of the public pages, against an empty Django view on the same server.

    python -m benchmarks.pages
    python -m benchmarks.pages --database-url postgres://user@host/any-database
    python -m benchmarks.pages --serve 8000  # the site as in production, to look at

It makes a site of its own, in a folder and a database that go when it ends.
"""

import argparse
import json
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import psycopg
from psycopg import sql

HERE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
EMPTY = "empty view"
CONNECTIONS = 8
PATIENCE = 60.0  # seconds for the server to come up

type Environment = dict[str, str]
type Figures = dict[str, Any]


def main() -> None:
    options = read_options()
    if not options.serve and shutil.which("wrk") is None:
        raise SystemExit("wrk is missing. On Debian and Ubuntu: apt install wrk")
    with tempfile.TemporaryDirectory(prefix="newsroom-benchmark-") as folder:
        var = Path(folder)
        with scratch_database(options.database_url) as database:
            environment = environment_of_site(var, database)
            say(f"Filling a site with {options.articles:,} articles.")
            site = fill(options.articles, environment)
            if options.serve:
                serve(site["pages"], options, environment)
                return
            figures = measure(site["pages"], options, var, environment)
    results = {
        "articles": site["articles"],
        "database": "PostgreSQL" if database else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "workers": options.workers,
        "threads": options.threads,
        "load": round(os.getloadavg()[0], 1),
        "pages": figures,
    }
    print(json.dumps(results, indent=2) if options.format == "json" else as_table(results))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", type=int, default=10_000, help="10,000 if not given")
    parser.add_argument(
        "--seconds", type=int, default=5, help="for each page and round, 5 if not given"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="of which the median counts, 3 if not given"
    )
    parser.add_argument(
        "--serve",
        type=int,
        metavar="PORT",
        help="serve the site until interrupted, and measure nothing",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        help="processes of the server, as many as there are processors if not given",
    )
    parser.add_argument("--threads", type=int, default=1, help="of each process, 1 if not given")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make a database; DATABASE_URL if not given",
    )
    return parser.parse_args()


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    """Make an empty database beside the one that an address names; nothing for SQLite."""
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"newsroom_benchmark_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def environment_of_site(var: Path, database: str) -> Environment:
    """Say what the settings read; nothing of this machine's own site gets in."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": database or f"sqlite:///{var / 'newsroom.sqlite3'}",
        "VAR_DIR": str(var),
        "STATIC_ROOT": str(var / "static"),
        "MEDIA_ROOT": str(var / "media"),
        "PRIVATE_ROOT": str(var / "private"),
        "SPOOL_DIR": str(var / "spool"),
        "SECRET_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"http://{HOST}",
        "SECURE_SSL_REDIRECT": "0",
        "DEBUG": "0",
        "LOG_LEVEL": "WARNING",
        "EMAIL_URL": "dummymail://",
        "PAGE_CACHE_SECONDS": "0",
        "RAIL_CACHE_SECONDS": "1",
    }


def fill(articles: int, environment: Environment) -> dict[str, Any]:
    manage("demo", "--no-serve", environment=environment)
    manage("collectstatic", "--no-input", environment=environment)
    code = f"from benchmarks import fill; fill.main({articles})"
    printed = manage("shell", "--no-imports", "--command", code, environment=environment)
    return json.loads(printed.splitlines()[-1])


def manage(*command: str, environment: Environment) -> str:
    run = [sys.executable, "manage.py", *command]
    return subprocess.run(
        run, cwd=HERE.parent, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def measure(
    pages: list[dict[str, Any]],
    options: argparse.Namespace,
    var: Path,
    environment: Environment,
) -> list[Figures]:
    """Measure page after page, round after round, so that a busy minute harms all of them."""
    article = next(page for page in pages if page["page"] == "article")
    hot = {"page": "article, page cache", "addresses": article["addresses"][:1], "queries": {}}
    runs: dict[str, list[Figures]] = {page["page"]: [] for page in (*pages, hot)}
    cached = environment | {"PAGE_CACHE_SECONDS": "1"}
    shape = {"workers": options.workers, "threads": options.threads}
    with granian(environment, **shape) as plain_site, granian(cached, **shape) as cached_site:
        wanted = [(plain_site, page) for page in pages] + [(cached_site, hot)]
        for address, page in wanted:
            look_at(address, page["addresses"][:20])
            run_wrk(address, page, 1, var)
        for number in range(1, options.rounds + 1):
            say(f"Round {number} of {options.rounds}")
            for address, page in wanted:
                runs[page["page"]].append(run_wrk(address, page, options.seconds, var))
    return [summary(page, runs[page["page"]], runs[EMPTY]) for page in (*pages, hot)]


def serve(
    pages: list[dict[str, Any]], options: argparse.Namespace, environment: Environment
) -> None:
    """Serve the site with every cache on, and say where its pages are."""
    shape = {"workers": options.workers, "threads": options.threads}
    with granian(environment | {"PAGE_CACHE_SECONDS": "1"}, options.serve, **shape) as address:
        for page in pages:
            say(f"{page['page']:<22}{address}{page['addresses'][0]}")
        say("Press Ctrl-C to stop; the site goes with it.")
        with suppress(KeyboardInterrupt):
            signal.pause()


@contextmanager
def granian(
    environment: Environment, chosen: int = 0, *, workers: int = 1, threads: int = 8
) -> Iterator[str]:
    """Serve the site at a port; if nothing is said, in one process, as `manage.py demo` does."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, chosen))
        port = str(probe.getsockname()[1])
    server = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    server += ["--workers", str(workers), "--blocking-threads", str(threads)]
    place = ["--host", HOST, "--port", port, "--no-access-log", "--log-level", "warning"]
    command = [*server, *place, "newsroom.wsgi:application"]
    with subprocess.Popen(command, cwd=HERE.parent, env=environment) as process:
        try:
            wait_for(int(port), process)
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def look_at(address: str, paths: list[str]) -> None:
    """Fail where a page is not a page: errors and redirects are fast, and mean nothing."""
    opener = build_opener(NoRedirect)
    for path in paths:
        try:
            opener.open(address + path, timeout=PATIENCE).close()
        except URLError as problem:
            raise SystemExit(f"{path}: {problem}") from problem


def run_wrk(address: str, page: dict[str, Any], seconds: int, var: Path) -> Figures:
    paths = var / "addresses"
    paths.write_text("\n".join(page["addresses"]), encoding="utf-8")
    load = ["--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"]
    script = ["--script", str(HERE / "cycle.lua"), address, "--", str(paths)]
    run = subprocess.run(["wrk", *load, *script], capture_output=True, text=True, check=True)
    figures = json.loads(run.stdout.splitlines()[-1])
    if figures["errors"]:
        raise SystemExit(f"{page['page']}: {figures['errors']} requests failed.")
    return {
        "per_second": figures["requests"] / figures["microseconds"] * 1e6,
        "p99_ms": figures["p99"] / 1000,
    }


def summary(page: dict[str, Any], runs: list[Figures], empty: list[Figures]) -> Figures:
    """Give the medians; each share is one of the same round."""
    shares = [
        run["per_second"] / beside["per_second"] for run, beside in zip(runs, empty, strict=True)
    ]
    return {
        "page": page["page"],
        "per_second": round(median(run["per_second"] for run in runs), 1),
        "of_empty_view": round(median(shares), 3),
        "p99_ms": round(median(run["p99_ms"] for run in runs), 1),
        "queries": page["queries"].get("page", 0),
        "queries_of_boards": page["queries"].get("boards", 0),
    }


def as_table(results: dict[str, Any]) -> str:
    about = (
        f"{results['articles']:,} articles, {results['database']}, Python {results['python']}, "
        f"{results['processors']} processors, {results['workers']} workers of "
        f"{results['threads']} threads, load {results['load']}"
    )
    heads = (
        f"{'page':<22}{'per second':>12}{'of empty':>10}{'p99 ms':>9}{'queries':>9}{'boards':>8}"
    )
    lines = [about, "", heads]
    lines += [
        f"{row['page']:<22}{row['per_second']:>12,.1f}{row['of_empty_view']:>10.1%}"
        f"{row['p99_ms']:>9.1f}{row['queries']:>9}{row['queries_of_boards']:>8}"
        for row in results["pages"]
    ]
    return "\n".join(lines)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
