"""What must hold for the project as a whole, whoever adds the next file."""

import ast
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

PROJECT = Path(__file__).resolve().parent.parent
OURS = ("analytics", "articles", "newsroom")

# What a strict Content-Security-Policy would refuse: it runs or paints from inside the page.
INLINE = re.compile(
    r"<style\b(?![^>]*csp_nonce_attr[^>]*></style>)"  # an empty one with a nonce paints nothing
    r"|\sstyle\s*="
    r"|\son[a-z]+\s*="
    r"|javascript:"
    r"|<script\b(?![^>]*\b(?:src=|type=\"application/))[^>]*>",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"(?:<(?:script|img|iframe)\b[^>]*\bsrc=|<link\b[^>]*\bhref=|url\(|@import\s+|\bimport\(?\s*)"
    r"[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)


def files(*patterns: str) -> Iterator[Path]:
    for folder in ("templates", *OURS):
        for pattern in patterns:
            for path in (PROJECT / folder).rglob(pattern):
                if "vendor" not in path.parts:
                    yield path


def offences(rule: re.Pattern[str], *patterns: str) -> list[str]:
    return [
        f"{path.relative_to(PROJECT)}: {match.group().strip()}"
        for path in files(*patterns)
        for match in rule.finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]


def imports(path: Path) -> Iterator[str]:
    """Give every module, and every name in it, that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden_imports(sources: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    found = {source: sorted(PROJECT.glob(source)) for source in sources}
    assert all(found.values())
    paths = chain.from_iterable(found.values())
    return [
        f"{path.relative_to(PROJECT)}: {name}"
        for path in paths
        for name in imports(path)
        if any(f"{name}.".startswith(f"{module}.") for module in forbidden)
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
    ],
)
def test_inline_code_is_noticed(page):
    assert INLINE.search(page)


@pytest.mark.parametrize(
    "page",
    [
        '<script src="{% static "go.js" %}" type="module"></script>',
        '<script type="application/ld+json">{}</script>',
        '<button name="action" class="style">',
    ],
)
def test_linked_code_is_no_inline_code(page):
    assert not INLINE.search(page)


def test_templates_hold_no_inline_code():
    assert offences(INLINE, "*.html") == []


def test_something_from_elsewhere_is_noticed():
    assert ELSEWHERE.search('<script src="https://cdn.example.org/x.js"></script>')
    assert ELSEWHERE.search('@import "//fonts.example.org/serif.css"')
    assert not ELSEWHERE.search('<a href="https://example.org/">')


def test_pages_load_nothing_from_elsewhere():
    assert offences(ELSEWHERE, "*.html", "*.css", "*.js") == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_host_and_hashes_everything(name):
    lock = (PROJECT / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", lock.strip(), flags=re.IGNORECASE)

    assert [line for line in lock.splitlines() if "://" in line or "index" in line] == []
    assert [text for text in packages if "--hash=sha256:" not in text] == []


def test_locks_hold_what_the_project_asks_for():
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = asked["project"]["dependencies"]
    development = asked["dependency-groups"]["dev"]

    assert names(runtime) - locked("requirements.lock") == set()
    assert names(runtime + development) - locked("requirements-dev.lock") == set()


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^a-z0-9._-]", text.lower())[0] for text in requirements}


def locked(name: str) -> set[str]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0].lower() for line in lines if "==" in line}


def test_locks_agree_on_versions():
    runtime, development = (
        set(re.findall(r"^\S+==\S+", (PROJECT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime - development == set()


def test_migrations_have_names():
    unnamed = re.compile(r"_auto_\d{8}_|_and_more\.py$")
    paths = [path for app in OURS for path in PROJECT.glob(f"{app}/migrations/[0-9]*.py")]

    assert paths
    assert [path.name for path in paths if unnamed.search(path.name)] == []


def our_commands() -> list[str]:
    labels = [apps.get_app_config(label).name for label in OURS if apps.is_installed(label)]
    return sorted(name for name, app in get_commands().items() if app in labels)


@pytest.mark.parametrize("name", our_commands())
def test_command_helps_those_who_ask(name):
    command = load_command_class(get_commands()[name], name)
    bare = load_command_class("django.core", "check").create_parser("manage.py", "check")
    common = {action.dest for action in bare._actions} - {"tags"}
    ours = [
        action
        for action in command.create_parser("manage.py", name)._actions
        if action.dest not in common
    ]

    assert len(str(command.help).split()) >= 4
    assert [action.dest for action in ours if not action.help] == []


def test_actions_know_no_request():
    """Commands and tests press no button: an action takes a user and a time."""
    web = ("django.http", "django.contrib.admin", "django.contrib.messages", "django.views")

    assert forbidden_imports(("articles/actions/**/*.py",), web) == []


def test_models_know_no_request():
    web = ("django.http", "django.contrib.admin", "django.contrib.messages", "django.views")

    assert forbidden_imports(("articles/models/**/*.py", "analytics/models*.py"), web) == []


def test_knowledge_needs_no_database():
    pure = (
        "articles/credits/**/*.py",
        "articles/text/**/*.py",
        "articles/worktime.py",
        "analytics/clicks/counting.py",
        "analytics/periods.py",
    )

    assert forbidden_imports(pure, ("django.db", "django.contrib", "django.http")) == []
