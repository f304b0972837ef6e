"""Imports an archive of an old site, with its progress, and beside it does bare inserts.

python -m benchmarks.imports --articles 10000
python -m benchmarks.imports --database-url postgres://user@host/any-database
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.pages import environment_of_site, manage, say, scratch_database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--photos", type=int, default=0, help="How many come with a photo each.")
    parser.add_argument("--as-published", action="store_true", help="Show readers all of it.")
    parser.add_argument("--database-url", default=os.environ.get("DATABASE_URL", ""))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    say(f"Importing {options.articles:,} articles …")
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-imports-") as folder,
        scratch_database(options.database_url) as database,
    ):
        environment = environment_of_site(Path(folder), database)
        manage("migrate", "--verbosity=0", environment=environment)
        asked = (options.articles, options.photos, options.as_published)
        code = f"from benchmarks import old_site; old_site.main{asked}"
        printed = manage("shell", "--no-imports", "--command", code, environment=environment)
    results = json.loads(printed.splitlines()[-1]) | {
        "database": "PostgreSQL" if database else "SQLite",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(results) if options.format == "json" else as_text(results))
    sys.exit(results["made"] != options.articles)


def as_text(results: dict[str, Any]) -> str:
    return (
        f"{results['made']:,} articles ({results['photos']} photos, "
        f"{'published' if results['as_published'] else 'drafts'}) in {results['seconds']} s: "
        f"{results['work_seconds']} s of it at work, {results['a_second']} a second, "
        f"{results['ratio']} bare inserts each, "
        f"the last tenth {results['slower']} times as long as the second; "
        f"the same again, nothing new: {results['again_seconds']} s; "
        f"peak {results['megabytes']} MB, its own {results['own_megabytes']} MB\n"
        f"{results['database']}, Python {results['python']}, {results['processors']} processors, "
        f"load {results['load']}"
    )


if __name__ == "__main__":
    main()
