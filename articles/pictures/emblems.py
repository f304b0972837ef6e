"""Logos and emblems: small pictures that stand on every page."""

import hashlib
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from articles.pictures import apart

# Twice as large as they are shown, for screens of fine pixels.
LARGEST = (800, 128)


class Emblem(NamedTuple):
    """A picture ready to be stored, under a name that says what is in it."""

    name: str
    data: bytes
    width: int
    height: int


def take_in(data: bytes) -> Emblem:
    """Make an emblem of an uploaded file, or refuse it with `PictureRefused`, as a photo is."""
    small = apart.draw_small(data, LARGEST)
    # What comes out of the darkroom is our own picture, and safe to open.
    with Image.open(BytesIO(small)) as image:
        width, height = image.size
    return Emblem(f"{hashlib.sha256(small).hexdigest()[:32]}.png", small, width, height)
