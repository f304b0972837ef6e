"""Is page 1,000 of a list as quick as page 1, in an archive of a million articles?

    python -m benchmarks.lists
    python -m benchmarks.lists --database-url postgres://user@host/any-database

It makes a site of its own, in a folder and a database that go when it ends. They take 4 GB.
"""

from benchmarks.archive_site import figures, read_options, run, sample_site, show
from benchmarks.pages import say


def main() -> None:
    options = read_options(
        "lists", __doc__, articles=1_000_000, times=30, each="each page of a list is asked for"
    )
    with sample_site(options) as environment:
        run(f"archives.multiply({options.articles})", environment)
        say("Turning pages.")
        results = figures(run(f"archives.measure({options.times})", environment), options)
    lines = [f"{'list':<24}{'page':>8}{'page 1 ms':>12}{'this ms':>10}{'ratio':>8}"]
    lines += [
        f"{row['list']:<24}{row['page']:>8,}{row['first']:>12.1f}{row['late']:>10.1f}"
        f"{row['ratio']:>8.2f}"
        for row in results["lists"]
    ]
    show(results, options, lines)


if __name__ == "__main__":
    main()
