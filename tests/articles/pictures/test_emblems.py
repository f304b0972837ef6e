"""Logos come through the darkroom as photos do, and out of it small."""

from io import BytesIO

import pytest
from PIL import Image

from articles.pictures import PictureRefused, emblems


def drawing(size: tuple[int, int], kind: str = "PNG", mode: str = "RGBA") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def test_logo_is_made_small_and_keeps_its_shape():
    taken = emblems.take_in(drawing((2000, 500)))

    with Image.open(BytesIO(taken.data)) as image:
        assert (image.format, image.size) == ("PNG", (512, 128))
        assert image.convert("RGBA").getpixel((9, 9)) == (0, 0, 0, 0)
    assert (taken.width, taken.height) == (512, 128)
    assert taken.name == emblems.take_in(drawing((2000, 500))).name


def test_photo_without_transparency_becomes_a_small_drawing_too():
    taken = emblems.take_in(drawing((900, 300), "JPEG", "RGB"))

    with Image.open(BytesIO(taken.data)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", (384, 128))


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a"])
def test_what_is_no_picture_of_pixels_is_refused(data):
    with pytest.raises(PictureRefused):
        emblems.take_in(data)
