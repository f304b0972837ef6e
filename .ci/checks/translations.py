"""Check that every string of ours is translated, or bring the files up to date with --write.

The committed .po files must hold exactly the strings of the code, each translated and none
fuzzy, and the committed .mo files must say what the .po files say: a site that is installed
from a clone needs no gettext.
"""

import argparse
import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CATALOGUES = Path("locale/zh_Hans/LC_MESSAGES")
DOMAINS = {"django": "html,txt,xml,py", "djangojs": "js"}
NOT_OURS = ("tests/*", "benchmarks/*", "vendor/*", "*.min.js", "node_modules/*", "var/*")
NOT_COPIED = shutil.ignore_patterns(".git", ".uv", ".venv", "var", "node_modules", ".*_cache")


def collect(project: Path) -> None:
    """Merge the strings of the code into the .po files below `project`."""
    ignored = [f"--ignore={pattern}" for pattern in (".*", *NOT_OURS)]
    for domain, extensions in DOMAINS.items():
        django(
            project,
            "makemessages",
            "--locale=zh_Hans",
            f"--domain={domain}",
            f"--extension={extensions}",
            "--no-location",
            "--no-obsolete",
            "--no-wrap",
            *ignored,
        )


def django(project: Path, *command: str) -> None:
    environment = os.environ | {"SECRET_KEY": "enough to read the code"}
    arguments = [sys.executable, "manage.py", *command, "--verbosity=0"]
    subprocess.run(arguments, cwd=project, env=environment, check=True)


def problems(committed: Path, collected: Path) -> list[str]:
    """Compare one committed catalogue with the one that the code asks for."""
    name = committed.name
    if not collected.exists():
        return []
    if not committed.exists():
        return [f"{name} is not committed."]
    found = [
        f"{name}, {kind[2:]}:\n{rest}"
        for kind in ("--untranslated", "--only-fuzzy")
        if (rest := output("msgattrib", kind, "--no-obsolete", str(collected)))
    ]
    if strings(committed) != strings(collected):
        found.append(f"{name} does not hold the strings of the code.")
    compiled = collected.with_suffix(".mo")
    output("msgfmt", "--check", f"--output-file={compiled}", str(committed))
    if not committed.with_suffix(".mo").exists():
        found.append(f"{name} is committed without its .mo file.")
    elif messages(committed.with_suffix(".mo")) != messages(compiled):
        found.append(f"{name} has changed since its .mo file was compiled.")
    return found


def strings(catalogue: Path) -> list[str]:
    """Give the strings to translate, without header, comments and translations."""
    bare = ("--sort-output", "--clear-fuzzy", "--no-obsolete", "--empty")
    _header, _, text = output("msgattrib", *bare, str(catalogue)).partition("\n\n")
    return [line for line in text.splitlines() if not line.startswith("#")]


def messages(compiled: Path) -> dict[object, str]:
    with compiled.open("rb") as file:
        catalogue = dict(gettext.GNUTranslations(file)._catalog)  # noqa: SLF001
    del catalogue[""]  # the header, with its dates
    return catalogue


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "newsroom"
        shutil.copytree(PROJECT, copy, ignore=NOT_COPIED)
        collect(copy)
        found = [
            problem
            for domain in DOMAINS
            for problem in problems(
                PROJECT / CATALOGUES / f"{domain}.po", copy / CATALOGUES / f"{domain}.po"
            )
        ]
    for problem in found:
        print(problem)
    if found:
        print("Run `make messages`, translate in locale/, run it again and commit both files.")
        return 1
    print("Every string is translated.")
    return 0


def write() -> int:
    (PROJECT / "locale").mkdir(exist_ok=True)
    collect(PROJECT)
    django(PROJECT, "compilemessages", "--locale=zh_Hans", "--ignore=.venv")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="collect and compile in place")
    sys.exit(write() if parser.parse_args().write else check())
