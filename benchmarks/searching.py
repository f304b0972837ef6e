"""How long do readers wait for a search among many articles?

    python -m benchmarks.searching
    python -m benchmarks.searching --database-url postgres://user@host/any-database

It makes a site of its own, in a folder and a database that go when it ends.
"""

from benchmarks.archive_site import figures, read_options, run, sample_site, show
from benchmarks.pages import say


def main() -> None:
    options = read_options(
        "searching", __doc__, articles=100_000, times=100, each="queries of each kind"
    )
    with sample_site(options) as environment:
        run(f"searches.fill({options.articles})", environment)
        say("Searching.")
        results = figures(run(f"searches.measure({options.times})", environment), options)
    lines = [f"{'query':<34}{'p50 ms':>9}{'p95 ms':>9}{'p95 of a read':>15}"]
    lines += [
        f"{row['query']:<34}{row['p50_ms']:>9.1f}{row['p95_ms']:>9.1f}{row['of_read']:>15.0f}"
        for row in results["queries"]
    ]
    show(results, options, lines)


if __name__ == "__main__":
    main()
