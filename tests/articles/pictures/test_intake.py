import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageFile
from PIL.ExifTags import IFD, Base

from articles.pictures import MAX_BYTES, PictureRefused
from articles.pictures.intake import LONGEST_SIDE, MAX_SCANS, take_in

RED, GREEN, BLUE, WHITE = (220, 0, 0), (0, 180, 0), (0, 0, 220), (255, 255, 255)


def encoded(image: Image.Image, format_: str, **options) -> bytes:
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def quadrants() -> Image.Image:
    """120 by 80: red, green above blue, white."""
    image = Image.new("RGB", (120, 80), WHITE)
    image.paste(RED, (0, 0, 60, 40))
    image.paste(GREEN, (60, 0, 120, 40))
    image.paste(BLUE, (0, 40, 60, 80))
    return image


def corners(image: Image.Image) -> list[str]:
    """Name the colours in the four corners, clockwise from the top left."""
    names = {RED: "red", GREEN: "green", BLUE: "blue", WHITE: "white"}
    right, bottom = image.width - 11, image.height - 11
    found = (image.getpixel(at) for at in ((10, 10), (right, 10), (right, bottom), (10, bottom)))
    return [
        min(names.items(), key=lambda n: sum(abs(a - b) for a, b in zip(n[0], c, strict=True)))[1]
        for c in found
    ]


def master(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(take_in(data).master))
    image.load()
    return image


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_take_in_makes_a_jpeg_of_every_format_it_takes(format_):
    taken = take_in(encoded(quadrants(), format_))

    image = Image.open(BytesIO(taken.master))
    assert (taken.format, taken.width, taken.height) == (format_, 120, 80)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (120, 80))
    assert corners(image) == ["red", "green", "white", "blue"]


def test_take_in_takes_the_first_picture_of_a_phone_panorama():
    small = quadrants().resize((60, 40))

    taken = take_in(encoded(quadrants(), "MPO", save_all=True, append_images=[small]))

    assert (taken.format, taken.width, taken.height) == ("MPO", 120, 80)


@pytest.mark.parametrize(
    ("orientation", "stored_as"),
    [
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
    ],
)
def test_take_in_holds_the_picture_upright(orientation, stored_as):
    exif = Image.Exif()
    exif[Base.Orientation] = orientation

    taken = take_in(encoded(quadrants().transpose(stored_as), "JPEG", quality=95, exif=exif))

    image = Image.open(BytesIO(taken.master))
    assert (taken.width, taken.height, image.size) == (120, 80, (120, 80))
    assert corners(image) == ["red", "green", "white", "blue"]


def test_take_in_keeps_nothing_but_pixels():
    exif = Image.Exif()
    exif[Base.Make] = "SECRETCAM"
    exif.get_ifd(IFD.GPSInfo)[1] = "N"
    comment = b"<?php echo 1; ?>"
    data = encoded(quadrants(), "JPEG", exif=exif, comment=comment) + b"PK\x03\x04 appended"
    assert b"SECRETCAM" in data
    assert comment in data

    made = take_in(data).master

    assert Image.open(BytesIO(made)).getexif() == {}
    assert [secret in made for secret in (b"SECRETCAM", comment, b"PK\x03\x04")] == [False] * 3


def test_take_in_shrinks_to_the_longest_side_and_never_enlarges():
    wide = take_in(encoded(Image.new("RGB", (5000, 2500), RED), "JPEG"))
    line = take_in(encoded(Image.new("RGB", (20000, 1), RED), "PNG"))

    assert (wide.width, wide.height) == (5000, 2500)
    assert Image.open(BytesIO(wide.master)).size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert Image.open(BytesIO(line.master)).size == (LONGEST_SIDE, 1)


def test_take_in_scales_sixteen_bit_grey():
    image = master(encoded(Image.new("I;16", (8, 8), 40000), "PNG"))

    assert image.mode == "RGB"
    assert image.getpixel((4, 4)) == (156, 156, 156)


def test_take_in_puts_transparent_pictures_on_white():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    palette = Image.new("P", (40, 40), 0)

    assert master(encoded(clear, "PNG")).getpixel((20, 20)) == WHITE
    assert master(encoded(clear, "WEBP")).getpixel((20, 20)) == WHITE
    assert master(encoded(palette, "PNG", transparency=0)).getpixel((20, 20)) == WHITE


def test_take_in_converts_print_colours_to_rgb():
    image = master(encoded(quadrants().convert("CMYK"), "JPEG", quality=95))

    assert image.mode == "RGB"
    assert corners(image) == ["red", "green", "white", "blue"]


def test_take_in_applies_a_colour_profile():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")

    def with_profile(profile: bytes) -> list[str]:
        return corners(master(encoded(quadrants(), "PNG", icc_profile=profile)))

    assert with_profile(srgb) == ["red", "green", "white", "blue"]
    assert with_profile(swapped) == ["blue", "green", "white", "red"]
    assert with_profile(b"no profile" * 20) == ["red", "green", "white", "blue"]


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (encoded(quadrants(), "EPS"), "EPS"),
        (encoded(quadrants(), "TIFF"), "TIFF"),
        (encoded(quadrants(), "BMP"), "BMP"),
        (b"%PDF-1.4\n", "PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "HEIC"),
    ],
)
def test_take_in_names_the_format_it_refuses_and_those_it_takes(data, format_):
    with pytest.raises(PictureRefused) as refusal:
        take_in(data)

    assert str(refusal.value).startswith(f"{format_} files are not taken.")
    assert "JPEG, PNG, WebP, GIF, AVIF, MPO" in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<!doctype html><h1>not a photo</h1>", "not a photo that can be read"),
        (encoded(quadrants(), "JPEG") + b"\0" * MAX_BYTES, "26 MB"),
        (png_header(50_000, 50_000), "too many pixels"),
        (png_header(10_001, 10_000), "too many pixels"),
        (encoded(quadrants(), "JPEG")[:700], "damaged or incomplete"),
        (encoded(quadrants(), "PNG")[:-60], "damaged or incomplete"),
        (png_header(100, 100), "damaged or incomplete"),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_take_in_says_why_it_refuses(data, reason):
    with pytest.raises(PictureRefused, match=reason):
        take_in(data)


def test_take_in_refuses_half_a_picture_though_a_library_lets_pillow_read_it(monkeypatch):
    half = encoded(quadrants(), "PNG")[:-60]
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    Image.open(BytesIO(half)).load()

    with pytest.raises(PictureRefused, match="damaged or incomplete"):
        take_in(half)


def test_take_in_counts_the_pixels_of_all_frames():
    frames = [Image.new("P", (3000, 3000), n) for n in range(12)]
    options = {"save_all": True, "duration": 80, "disposal": 2}

    with pytest.raises(PictureRefused, match="too many pixels"):
        take_in(encoded(frames[0], "GIF", append_images=frames[1:], **options))
    assert take_in(encoded(frames[0], "GIF", append_images=frames[1:4], **options)).width == 3000


def test_take_in_refuses_a_jpeg_that_is_drawn_over_and_over():
    data = encoded(quadrants(), "JPEG", progressive=True)
    start, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    scan = data[start:end]

    with pytest.raises(PictureRefused, match="more than 30 scans"):
        take_in(data[:end] + scan * MAX_SCANS + data[end:])
    assert take_in(data[:end] + scan + data[end:]).width == 120


def test_take_in_counts_no_scans_in_what_a_phone_appends():
    film = b"\xff\xda" * (MAX_SCANS + 1)

    assert take_in(encoded(quadrants(), "JPEG") + film).width == 120
    assert take_in(encoded(quadrants(), "JPEG", comment=film)).width == 120
