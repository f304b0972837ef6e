"""One article from a pasted text to its readers, in pictures: `docs/story.md`.

    python -m benchmarks.story
    python -m benchmarks.story OUT

It makes the sample newsroom in a folder of its own, at a fixed time, and works through it in
Chromium as its people do.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.pages import HERE, environment_of_site, manage


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.story", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "out", nargs="?", default=str(HERE.parent / "docs"), help="a folder; docs/ if not given"
    )
    out = str(Path(parser.parse_args().out).resolve())
    with tempfile.TemporaryDirectory(prefix="newsroom-story-") as folder:
        environment = environment_of_site(Path(folder), "") | {
            # The same key makes the same passwords, and no picture shows it.
            "SECRET_KEY": "story" * 12,
            "SITE_URL": "https://news.qinghe.example",
            "EMAIL_URL": "dummymail://",
            "WORK_IN_WEB": "0",
        }
        manage("collectstatic", "--no-input", environment=environment)
        code = f"from benchmarks import scenes; scenes.tell({out!r})"
        print(manage("shell", "--no-imports", "--command", code, environment=environment))


if __name__ == "__main__":
    main()
