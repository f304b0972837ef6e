"""Browser stories: a real Chromium, the real pages, the real database.

They come last in each process: Playwright keeps an event loop running from its first page to
the end of the session, and Django would refuse the database to every test after it.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def pytest_itemcollected(item: pytest.Item) -> None:
    # Before `-m` chooses.
    item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium, so no browser story can be told.")
        pytest.skip("No Chromium on this machine, so no browser stories: install one.")
    return browser_type_launch_args | {
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(autouse=True, scope="session")
def _database_beside_playwright(django_db_setup: None) -> Iterator[None]:
    # The stories ask the database while Playwright's loop waits in the same thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # Beside that loop Django opens a connection of its own, which must know the migrated rows.
    here = connections["default"]
    type(here)._test_serialized_contents = here._test_serialized_contents
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
