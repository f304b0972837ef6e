"""The sizes in which the public sees a photo, and how a file of each is made."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image

# Widths in pixels, smallest first.
WIDTHS = {"thumb": 320, "card": 640, "column": 960, "full": 1600}
# What a browser takes first stands first. Slower settings save few bytes and cost much time.
FORMATS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 2},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}


class Rendition(NamedTuple):
    width: int
    height: int
    files: dict[str, bytes]  # by format


def make(master: bytes) -> Iterator[Rendition]:
    """Make every size of a clean picture, smallest first, none larger than the picture is."""
    with Image.open(BytesIO(master), formats=["JPEG"]) as image:
        image.load()
    for width in widths(image.width):
        height = max(1, round(image.height * width / image.width))
        sized = image.resize((width, height), Image.Resampling.LANCZOS)
        yield Rendition(width, height, {name: encoded(sized, name) for name in FORMATS})


def widths(of_picture: int) -> list[int]:
    """Give the widths that differ for a picture of a certain width."""
    return sorted({min(width, of_picture) for width in WIDTHS.values()})


def encoded(image: Image.Image, name: str) -> bytes:
    out = BytesIO()
    image.save(out, **FORMATS[name])
    return out.getvalue()
