"""What every test starts with: an empty cache, and English."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    cache.clear()
    with translation.override("en"):
        yield
