from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from articles.pictures import intake, looks
from tests.articles.pictures.scenes import scene


def encoded(image: Image.Image, format_: str = "JPEG", **options) -> bytes:
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def look(image: Image.Image, **options) -> int:
    found = intake.take_in(encoded(image, **options)).look
    assert found is not None
    return found


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((200, 150)),
        lambda image: image.resize((900, 700)),
        ImageOps.grayscale,
        lambda image: ImageEnhance.Brightness(image).enhance(1.2),
        lambda image: image.filter(ImageFilter.GaussianBlur(2)),
    ],
)
def test_changed_picture_looks_like_itself_and_no_other(change):
    original, changed, other = look(scene(1)), look(change(scene(1)), quality=40), look(scene(2))

    assert looks.distance(original, changed) <= looks.ALIKE
    assert looks.distance(original, other) > looks.ALIKE


def test_nothing_is_said_of_a_picture_of_one_colour():
    assert intake.take_in(encoded(Image.new("RGB", (60, 40), "teal"))).look is None


def test_bands_make_the_whole_and_near_ones_differ_in_one_bit():
    bands = looks.bands(0x0123_4567_89AB_CDEF)

    assert bands == [0xCDEF, 0x89AB, 0x4567, 0x0123]
    assert looks.whole(bands) == 0x0123_4567_89AB_CDEF
    assert sorted(looks.near(0)) == [0, *(1 << n for n in range(16))]
