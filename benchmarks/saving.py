"""Many editors who open their article's form and save it, all at once, over HTTP.

    python -m benchmarks.saving --database-url postgres://user@host/any-database

Half of them share their article with one other, so that saves come too late and are merged. At
the end every save that was accepted must be a version of its own, with its text.
"""

import argparse
import json
import os
import platform
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml import html

from benchmarks.pages import environment_of_site, granian, manage, say, scratch_database

EMPTY, OPEN, SAVE, STALE = "empty page", "open the form", "save", "save too late"
EMPTY_PAGE = "/admin/password_change/"
# What is right must not depend on how fast a machine is.
PATIENCE = 900.0
# Whoever is overtaken so often gives up.
TRIES = 20

type Fields = dict[str, str]


class Failure(Exception):
    """An answer that is none: an error, a page that is not the one asked for."""


@dataclass
class Editor:
    """Somebody with a browser: a connection, cookies, and what happened to them."""

    address: str
    username: str
    article: int
    writes_at_end: bool
    cookies: dict[str, str] = field(default_factory=dict)
    took: list[tuple[str, float]] = field(default_factory=list)
    saved: list[dict[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    connection: HTTPConnection | None = None

    def ask(self, path: str, fields: Fields | None = None) -> tuple[HTTPResponse, str, float]:
        if self.connection is None:
            self.connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request(
            "GET" if fields is None else "POST", path, fields and urlencode(fields), headers
        )
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = time.perf_counter() - begun
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: said.value for name, said in SimpleCookie(line).items()}
        return answer, text, took

    def sign_in(self, password: str) -> None:
        self.ask("/admin/login/")
        given = {"username": self.username, "password": password, "next": EMPTY_PAGE}
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        answer, _text, _took = self.ask("/admin/login/", given | token)
        if answer.status != 302:
            raise SystemExit(f"{self.username} cannot sign in: {answer.status}.")

    def look(self, times: int) -> None:
        for _ in range(times):
            self._read(EMPTY, EMPTY_PAGE)

    def write(self, times: int) -> None:
        """Open the form and save it, again and again; merge where somebody was faster."""
        path = f"/admin/articles/article/{self.article}/change/"
        for number in range(1, times + 1):
            words = f"{self.username} 第{number}次改动"
            fields = with_words(form(self._read(OPEN, path)), words, at_end=self.writes_at_end)
            for _ in range(TRIES):
                answer, text, took = self.ask(path, fields)
                if answer.status == 302:
                    self.took.append((SAVE, took))
                    self.saved.append(
                        {"article": self.article, "username": self.username, "words": words}
                    )
                    break
                if answer.status != 409:
                    raise Failure(f"{path} answers {answer.status} to a save.")
                self.took.append((STALE, took))
                fields = merged(text)
                if words not in fields["body"] or words not in fields["headline"]:
                    raise Failure(f"{path}: “{words}” is not in the page that merges.")
            else:
                raise Failure(f"{path}: too late {TRIES} times in a row.")

    def _read(self, name: str, path: str) -> str:
        answer, text, took = self.ask(path)
        if answer.status != 200:
            raise Failure(f"{path} answers {answer.status}.")
        self.took.append((name, took))
        return text

    def leave(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def main() -> None:
    options = read_options()
    if not options.database_url.startswith("postgres"):
        raise SystemExit("Say where a PostgreSQL server is: --database-url, or DATABASE_URL.")
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-saving-") as folder,
        scratch_database(options.database_url) as database,
    ):
        environment = environment_of_site(Path(folder), database)
        manage("migrate", "--verbosity", "0", environment=environment)
        manage("collectstatic", "--no-input", environment=environment)
        if options.articles:
            say(f"Filling a site with {options.articles:,} articles in ten versions each.")
            run("newsroom", f"fill({options.articles})", environment)
        password = secrets.token_hex(16)
        numbers = f"{options.editors}, {options.sharing // 2}, {password!r}"
        hired = run("editors", f"hire({numbers})", environment, print_it=True)
        with granian(environment) as address:
            editors = [Editor(address, **one) for one in json.loads(hired.splitlines()[-1])]
            spent = work(editors, options, password)
        saved = Path(folder) / "saved.json"
        saved.write_text(json.dumps([save for one in editors for save in one.saved]), "utf-8")
        checked = run("editors", f"check({str(saved)!r})", environment)
    problems = [failure for one in editors for failure in one.failures]
    problems += json.loads(checked.splitlines()[-1])
    results = {
        "editors": options.editors,
        "articles": len({one.article for one in editors}),
        "seconds": round(spent, 1),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "answers": summary([row for one in editors for row in one.took]),
        "problems": problems,
    }
    print(json.dumps(results, indent=2) if options.format == "json" else as_table(results))
    if problems:
        raise SystemExit(1)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.saving", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--editors", type=int, default=200, help="200 if not given")
    parser.add_argument(
        "--sharing", type=int, default=100, help="how many write in pairs, 100 if not given"
    )
    parser.add_argument("--saves", type=int, default=3, help="of each editor, 3 if not given")
    parser.add_argument(
        "--articles", type=int, default=1_000, help="beside those, 1,000 if not given"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="a PostgreSQL server on which to make a database; DATABASE_URL if not given",
    )
    return parser.parse_args()


def run(module: str, call: str, environment: dict[str, str], *, print_it: bool = False) -> str:
    call = f"{module}.{call}"
    code = f"import json; from benchmarks import {module}; "
    code += f"print(json.dumps({call}))" if print_it else call
    return manage("shell", "--no-imports", "--command", code, environment=environment)


def work(editors: list[Editor], options: argparse.Namespace, password: str) -> float:
    """Let all of them work; say how long they wrote. The empty page is read before and after."""
    with ThreadPoolExecutor(len(editors)) as threads:

        def together(what: str, do: Callable[[Editor], None]) -> float:
            say(what)
            begun = time.perf_counter()
            list(threads.map(lambda editor: without_falling(editor, do), editors))
            return time.perf_counter() - begun

        together(f"{len(editors)} editors sign in.", lambda editor: editor.sign_in(password))
        together("They read an empty page.", lambda editor: editor.look(options.saves))
        spent = together("They write.", lambda editor: editor.write(options.saves))
        together("They read an empty page.", lambda editor: editor.look(options.saves))
    return spent


def without_falling(editor: Editor, do: Callable[[Editor], None]) -> None:
    """Write down what goes wrong for one editor; the others go on."""
    try:
        do(editor)
    except (Failure, OSError, HTTPException) as problem:
        editor.failures.append(f"{editor.username}: {type(problem).__name__} {problem}")
    finally:
        editor.leave()


def form(page: str) -> Any:
    return html.fromstring(page).get_element_by_id("article_form")


def with_words(opened: Any, words: str, *, at_end: bool) -> Fields:
    """Write a paragraph at one end of the text, and another headline."""
    fields = dict(opened.form_values())
    paragraphs = fields["body"].strip().split("\n")
    paragraphs.insert(len(paragraphs) if at_end else 0, f"<p>{words}</p>")
    return fields | {"body": "\n".join(paragraphs), "headline": words, "_save": ""}


def merged(page: str) -> Fields:
    """Choose one's own side wherever both changed something."""
    opened = form(page)
    for asked in opened.xpath(".//input[@name='conflict']/@value"):
        opened.fields[f"choice-{asked}"] = "mine"
    return dict(opened.form_values()) | {"_save": ""}


def summary(took: list[tuple[str, float]]) -> list[dict[str, Any]]:
    """Give the medians and the slowest hundredth, as multiples of the empty page's."""
    by_name = {
        name: [seconds * 1000 for other, seconds in took if other == name]
        for name in (EMPTY, OPEN, SAVE, STALE)
    }
    empty = by_name[EMPTY]
    return [
        {
            "page": name,
            "answers": len(ms),
            "p50_ms": round(median(ms)),
            "p99_ms": round(slowest(ms)),
            "p50_of_empty": round(median(ms) / median(empty), 1),
            "p99_of_empty": round(slowest(ms) / slowest(empty), 1),
        }
        for name, ms in by_name.items()
        if ms
    ]


def slowest(ms: list[float]) -> float:
    return quantiles(ms, n=100)[-1] if len(ms) > 1 else ms[0]


def as_table(results: dict[str, Any]) -> str:
    about = (
        f"{results['editors']} editors, {results['articles']} articles, PostgreSQL, "
        f"Python {results['python']}, {results['processors']} processors, "
        f"load {results['load']}, {results['seconds']} seconds of writing"
    )
    heads = (
        f"{'page':<16}{'answers':>9}{'p50 ms':>9}{'p99 ms':>9}"
        f"{'p50 of empty':>14}{'p99 of empty':>14}"
    )
    lines = [about, "", heads]
    lines += [
        f"{row['page']:<16}{row['answers']:>9,}{row['p50_ms']:>9,}{row['p99_ms']:>9,}"
        f"{row['p50_of_empty']:>14.1f}{row['p99_of_empty']:>14.1f}"
        for row in results["answers"]
    ]
    problems = results["problems"]
    end = "Nothing failed; every save is a version of its own, with its text."
    return "\n".join([*lines, "", *(problems or [end])])


if __name__ == "__main__":
    sys.exit(main())
