"""Pictures as they come to the library."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.articles.pictures.scenes import scene


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def file() -> Callable[..., SimpleUploadedFile]:
    """Make a file of the scene of a number, or one with bytes of its own."""

    def make(number: int = 1, name: str = "a.jpg", content: bytes | None = None, **options: Any):
        out = BytesIO()
        scene(number).save(out, "JPEG", **options)
        return SimpleUploadedFile(name, out.getvalue() if content is None else content)

    return make
