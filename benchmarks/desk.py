"""How much slower is the desk of a large newsroom than that of a small one?

    python -m benchmarks.desk
    python -m benchmarks.desk --database-url postgres://user@host/any-database

It makes two sites of its own, in folders and databases that go when it ends.
"""

import argparse
import json
import os
import platform
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.pages import environment_of_site, manage, say, scratch_database

type Figures = dict[str, Any]


def main() -> None:
    options = read_options()
    with ExitStack() as stack:
        sites = []
        for size in (options.small, options.large):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-desk-"))
            database = stack.enter_context(scratch_database(options.database_url))
            environment = environment_of_site(Path(folder), database)
            say(f"Filling a site with {size:,} articles in ten versions each.")
            manage("migrate", "--verbosity", "0", environment=environment)
            manage("collectstatic", "--no-input", environment=environment)
            run(f"fill({size})", environment)
            sites.append(environment)
        measured: list[list[Figures]] = [[], []]
        for number in range(1, options.rounds + 1):
            say(f"Round {number} of {options.rounds}")
            for site, figures in zip(sites, measured, strict=True):
                figures.append(json.loads(run("main(5)", site).splitlines()[-1]))
    results = {
        "articles": [figures[0]["articles"] for figures in measured],
        "database": "PostgreSQL" if options.database_url else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "pages": compare(*measured),
    }
    print(json.dumps(results, indent=2) if options.format == "json" else as_table(results))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--small", type=int, default=1_000, help="1,000 if not given")
    parser.add_argument("--large", type=int, default=100_000, help="100,000 if not given")
    parser.add_argument(
        "--rounds", type=int, default=3, help="of which the median counts, 3 if not given"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make databases; DATABASE_URL if not given",
    )
    return parser.parse_args()


def run(call: str, environment: dict[str, str]) -> str:
    code = f"from benchmarks import newsroom; newsroom.{call}"
    return manage("shell", "--no-imports", "--command", code, environment=environment)


def compare(small: list[Figures], large: list[Figures]) -> list[Figures]:
    """Give the medians of both; each ratio is one of the same round."""
    rows = []
    for number, page in enumerate(small[0]["pages"]):
        pairs = [
            (few["pages"][number], many["pages"][number])
            for few, many in zip(small, large, strict=True)
        ]
        rows.append(
            {
                "page": page["page"],
                "queries": [pairs[0][0]["queries"], pairs[0][1]["queries"]],
                "ms": [round(median(pair[side]["ms"] for pair in pairs), 1) for side in (0, 1)],
                "ratio": round(median(many["ms"] / few["ms"] for few, many in pairs), 2),
            }
        )
    return rows


def as_table(results: dict[str, Any]) -> str:
    few, many = (f"{number:,}" for number in results["articles"])
    about = (
        f"{few} and {many} articles, {results['database']}, Python {results['python']}, "
        f"{results['processors']} processors, load {results['load']}"
    )
    heads = f"{'page':<28}{'queries':>12}{'ms, few':>10}{'ms, many':>10}{'ratio':>8}"
    lines = [about, "", heads]
    lines += [
        f"{row['page']:<28}{'{} / {}'.format(*row['queries']):>12}"
        f"{row['ms'][0]:>10.1f}{row['ms'][1]:>10.1f}{row['ratio']:>8.2f}"
        for row in results["pages"]
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
