"""Which part of a picture stays, and that nothing else of it is in the file."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from articles.pictures import PictureRefused, apart, crops, intake
from articles.pictures.crops import MIDDLE, WHOLE, Crop

RED, TEAL = (220, 20, 20), (10, 120, 120)


def two_halves(size=(1000, 600), **options) -> bytes:
    """Draw a picture that is red on the left and teal on the right."""
    image = Image.new("RGB", size, RED)
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, *size), fill=TEAL)
    out = BytesIO()
    image.save(out, **{"format": "JPEG", "quality": 95} | options)
    return out.getvalue()


def has_red(data: bytes) -> bool:
    with Image.open(BytesIO(data)) as image:
        red, green, _blue = image.convert("RGB").split()
        return (red.getextrema()[1] > 120) or (green.getextrema()[0] < 60)


@pytest.mark.parametrize(
    ("part", "fits"),
    [
        (WHOLE, True),
        (Crop(33.33, 0, 66.67, 100), True),
        (Crop(0, 0, 0, 50), False),
        (Crop(-1, 0, 50, 50), False),
        (Crop(60, 0, 40.01, 50), False),
        (Crop(float("nan"), 0, 50, 50), False),
        (Crop(0, 0, 50, float("nan")), False),
    ],
)
def test_part_lies_inside_of_the_picture_or_does_not_fit(part, fits):
    assert part.fits() is fits


@pytest.mark.parametrize("ratio", crops.RATIOS.values())
@pytest.mark.parametrize("size", [(6000, 4000), (1200, 3000)])
def test_shaped_part_is_inside_of_the_frame_and_has_the_shape(ratio, size):
    frame = Crop(12.5, 7.25, 61.3, 44.1)

    part = frame.shaped(ratio, size)

    width, height = part.size_in(size)
    assert width / height == pytest.approx(ratio, rel=0.005)
    assert frame.left <= part.left <= part.left + part.width <= frame.left + frame.width
    assert frame.top <= part.top <= part.top + part.height <= frame.top + frame.height
    assert part.shaped(ratio, size).width == pytest.approx(part.width, abs=0.03)


def test_point_is_the_same_in_the_whole_and_in_the_part():
    part = Crop(20, 10, 50, 80)

    assert part.outside((50, 50)) == (45, 50)
    assert part.inside((45, 50)) == (50, 50)
    assert part.inside((90, 50)) == MIDDLE
    assert WHOLE.inside(WHOLE.outside((12, 99))) == (12, 99)


def test_cut_file_has_the_pixels_of_its_part_and_no_notes():
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    data = two_halves(exif=exif)

    made = apart.cut(data, Crop(60, 0, 40, 100))

    assert (has_red(data), has_red(made), b"secret" in data, b"secret" in made) == (
        True, False, True, False,
    )  # fmt: skip
    assert Image.open(BytesIO(made)).size == (400, 600)
    assert made == intake.cut(data, Crop(60, 0, 40, 100))


def test_part_is_cut_from_the_picture_as_it_is_held():
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down: the red half is on the right
    data = two_halves(exif=exif)

    assert has_red(intake.cut(data, Crop(60, 0, 40, 100)))
    assert not has_red(intake.cut(data, Crop(0, 0, 40, 100)))


@pytest.mark.parametrize(
    ("part", "said"),
    [(Crop(0, 0, 31.9, 100), "319 × 600"), (Crop(0, 0, 100, 29.8), "1000 × 179")],
)
def test_part_with_too_few_pixels_is_refused_with_their_number(part, said):
    with pytest.raises(PictureRefused, match=f"has {said} pixels only.*at least 320 × 180"):
        apart.cut(two_halves(), part)


def test_smallest_part_that_is_taken():
    assert Image.open(BytesIO(apart.cut(two_halves(), Crop(0, 0, 32, 30)))).size == (320, 180)
