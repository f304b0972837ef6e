"""Is page 1,000 of a list as quick as page 1, in an archive of a million articles?

    python -m benchmarks.lists
    python -m benchmarks.lists --database-url postgres://user@host/any-database

It makes a site of its own, in a folder and a database that go when it ends. They take 4 GB.
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
        tempfile.TemporaryDirectory(prefix="newsroom-lists-") as folder,
        scratch_database(options.database_url) as database,
    ):
        # The boards beside each page are the same on all of them.
        environment = environment_of_site(Path(folder), database) | {"RAIL_CACHE_SECONDS": "3600"}
        say(f"Filling a site with {options.articles:,} articles.")
        manage("demo", "--no-serve", environment=environment)
        manage("collectstatic", "--no-input", environment=environment)
        run(f"multiply({options.articles})", environment)
        say("Turning pages.")
        figures = json.loads(run(f"measure({options.times})", environment).splitlines()[-1])
    results = figures | {
        "database": "PostgreSQL" if database else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(results, indent=2) if options.format == "json" else as_table(results))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lists", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", type=int, default=1_000_000, help="1,000,000 if not given")
    parser.add_argument(
        "--times", type=int, default=30, help="each page of a list is asked for, 30 if not given"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make a database; DATABASE_URL if not given",
    )
    return parser.parse_args()


def run(call: str, environment: dict[str, str]) -> str:
    code = f"from benchmarks import archives; archives.{call}"
    return manage("shell", "--no-imports", "--command", code, environment=environment)


def as_table(results: dict[str, Any]) -> str:
    about = (
        f"{results['articles']:,} articles, {results['database']}, Python {results['python']}, "
        f"{results['processors']} processors, load {results['load']}"
    )
    lines = [about, "", f"{'list':<24}{'page':>8}{'page 1 ms':>12}{'this ms':>10}{'ratio':>8}"]
    lines += [
        f"{row['list']:<24}{row['page']:>8,}{row['first']:>12.1f}{row['late']:>10.1f}"
        f"{row['ratio']:>8.2f}"
        for row in results["lists"]
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
