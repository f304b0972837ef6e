"""How much dearer is taking in a photo than the bare work on its pixels?

    python -m benchmarks.photos
    python -m benchmarks.photos --database-url postgres://user@host/any-database

It makes a site and photos of its own, in a folder and a database that go when it ends.
"""

import argparse
import json
import os
import platform
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.pages import environment_of_site, manage, say, scratch_database


def main() -> None:
    options = read_options()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-photos-"))
        database = stack.enter_context(scratch_database(options.database_url))
        environment = environment_of_site(Path(folder), database)
        manage("migrate", "--verbosity", "0", environment=environment)
        say(f"Taking in {options.photos} photos, and looking among {options.library:,}.")
        code = f"from benchmarks import intake; intake.main({options.photos}, {options.library})"
        told = manage("shell", "--no-imports", "--command", code, environment=environment)
    results = json.loads(told.splitlines()[-1]) | {
        "database": "PostgreSQL" if options.database_url else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(results, indent=2) if options.format == "json" else as_table(results))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.photos", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--photos", type=int, default=200, help="200 if not given")
    parser.add_argument("--library", type=int, default=100_000, help="100,000 if not given")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make a database; DATABASE_URL if not given",
    )
    return parser.parse_args()


def as_table(results: dict[str, Any]) -> str:
    about = (
        f"{results['photos']} photos of 12 megapixels, {results['database']}, "
        f"Python {results['python']}, {results['processors']} processors, load {results['load']}"
    )
    rows = (
        ("taken in, ms", results["upload_ms"]),
        ("with every size, ms", results["whole_ms"]),
        ("bare Pillow, ms", results["bare_ms"]),
        ("ratio", results["ratio"]),
        ("peak of the site, MB", results["site_mb"]),
        ("peak of the darkroom, MB", results["darkroom_mb"]),
        (f"alikes among {results['library']:,}, ms", results["alike_ms"]),
    )
    return "\n".join([about, "", *(f"{name:<34}{value:>10,}" for name, value in rows)])


if __name__ == "__main__":
    main()
