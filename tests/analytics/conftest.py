"""A spool of its own for every test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analytics.clicks import recording, visitors


@pytest.fixture(autouse=True)
def _own_spool(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.SPOOL_DIR = tmp_path / "spool"
    visitors.salt_of.cache_clear()
    yield
    recording.spool_of(settings.SPOOL_DIR, settings.SPOOL_FSYNC_MS).close()
    recording.spool_of.cache_clear()
