"""What the measures of lists and of searching have in common: their options and their site."""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.pages import Environment, environment_of_site, manage, say, scratch_database


def read_options(
    name: str, about: str | None, *, articles: int, times: int, each: str
) -> argparse.Namespace:
    """Read how many articles there are to be, and how often to ask for `each`."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--articles", type=int, default=articles, help=f"{articles:,} if not given"
    )
    parser.add_argument("--times", type=int, default=times, help=f"{each}, {times} if not given")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make a database; DATABASE_URL if not given",
    )
    return parser.parse_args()


@contextmanager
def sample_site(options: argparse.Namespace) -> Iterator[Environment]:
    """Make the sample newsroom in a folder and a database that go at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-benchmark-") as folder,
        scratch_database(options.database_url) as database,
    ):
        # The boards beside each page are the same on all of them.
        kept = {"RAIL_CACHE_SECONDS": "3600"}
        environment = environment_of_site(Path(folder), database) | kept
        say(f"Filling a site with {options.articles:,} articles.")
        manage("demo", "--no-serve", environment=environment)
        manage("collectstatic", "--no-input", environment=environment)
        yield environment


def run(call: str, environment: Environment) -> str:
    """Call what a module of the benchmarks has, within the site; give what it prints."""
    module, _dot, _rest = call.partition(".")
    code = f"from benchmarks import {module}; {call}"
    return manage("shell", "--no-imports", "--command", code, environment=environment)


def figures(printed: str, options: argparse.Namespace) -> dict[str, Any]:
    """Read the figures of a run, and say what they were measured on."""
    return json.loads(printed.splitlines()[-1]) | {
        "database": "PostgreSQL" if options.database_url.startswith("postgres") else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def show(results: dict[str, Any], options: argparse.Namespace, lines: list[str]) -> None:
    """Print the figures, as JSON or as lines below what they were measured on."""
    about = (
        f"{results['articles']:,} articles, {results['database']}, Python {results['python']}, "
        f"{results['processors']} processors, load {results['load']}"
    )
    print(
        json.dumps(results, indent=2)
        if options.format == "json"
        else "\n".join([about, "", *lines])
    )
