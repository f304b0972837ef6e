"""How long do readers wait for a search among many articles?

    python -m benchmarks.searching
    python -m benchmarks.searching --database-url postgres://user@host/any-database

It makes a site of its own, in a folder and a database that go when it ends.
"""

import argparse
import json
import os
import platform
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.pages import environment_of_site, manage, say, scratch_database


def main() -> None:
    options = read_options()
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-searching-") as folder,
        scratch_database(options.database_url) as database,
    ):
        environment = environment_of_site(Path(folder), database)
        say(f"Filling a site with {options.articles:,} articles.")
        manage("demo", "--no-serve", environment=environment)
        run(f"fill({options.articles})", environment)
        say("Searching.")
        figures = json.loads(run(f"measure({options.times})", environment).splitlines()[-1])
    results = figures | {
        "database": "PostgreSQL" if database else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(results, indent=2) if options.format == "json" else as_table(results))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", type=int, default=100_000, help="100,000 if not given")
    parser.add_argument(
        "--times", type=int, default=100, help="queries of each kind, 100 if not given"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make a database; DATABASE_URL if not given",
    )
    return parser.parse_args()


def run(call: str, environment: dict[str, str]) -> str:
    code = f"from benchmarks import searches; searches.{call}"
    return manage("shell", "--no-imports", "--command", code, environment=environment)


def as_table(results: dict[str, Any]) -> str:
    about = (
        f"{results['articles']:,} articles, {results['database']}, Python {results['python']}, "
        f"{results['processors']} processors, load {results['load']}"
    )
    lines = [about, "", f"{'query':<34}{'p50 ms':>9}{'p95 ms':>9}{'p95 of a read':>15}"]
    lines += [
        f"{row['query']:<34}{row['p50_ms']:>9.1f}{row['p95_ms']:>9.1f}{row['of_read']:>15.0f}"
        for row in results["queries"]
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
