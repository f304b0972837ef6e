"""Taking in photos: bytes of a stranger in, a clean picture out. Knows no database.

Only the first frame of an animation is taken. What is stored for the public is a new picture
made from the pixels, so nothing that the file carried besides them can come along: no place,
no serial number, no comment, no appended archive.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError
from PIL.ExifTags import Base

from articles.pictures import crops, looks, metadata
from articles.pictures.crops import LEAST, Crop
from articles.pictures.metadata import Note
from articles.pictures.refusals import PictureRefused

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 100_000_000  # over all frames
LONGEST_SIDE = 2048
# A progressive JPEG is drawn in about ten scans, each over all of its pixels; a few bytes
# suffice for another one.
MAX_SCANS = 30
JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff])")
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9

# Pillow stops by itself at twice this number, also where this module is not asked.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

ACCEPTED = "JPEG, PNG, WebP, GIF, AVIF, MPO"
TAKEN_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")  # its JPEG reader finds MPO by itself
# How other files begin that people take for photos.
OTHER_FORMATS = (
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"8BPS", "PSD"),
)
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, kw_only=True)
class TakenPicture:
    """What is worth knowing about a file, and the clean JPEG that was made from it."""

    format: str
    width: int  # of the original, held upright
    height: int
    look: int | None  # see `looks`
    master: bytes
    notes: dict[str, Note]


def take_in(data: bytes) -> TakenPicture:
    """Make a clean upright sRGB JPEG of a photo, or refuse the file with `PictureRefused`.

    It opens the file in this process: `apart.take_in` is for files of strangers.
    """
    with _opened(data) as image:
        size, format_ = image.size, str(image.format)
        orientation = _orientation(image)
        # A JPEG can be decoded at a half, a quarter or an eighth at little cost.
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        clean = _clean_pixels(image)
        notes = metadata.read(image)  # some stand behind the pixels
        if orientation in UPRIGHT:
            clean = clean.transpose(UPRIGHT[orientation])
        out = BytesIO()
        clean.save(out, "JPEG", quality=85, progressive=True, optimize=True)
    width, height = size if orientation < 5 else reversed(size)
    return TakenPicture(
        format=format_,
        width=width,
        height=height,
        look=looks.look(clean),
        master=out.getvalue(),
        notes=notes,
    )


def cut(data: bytes, crop: Crop) -> bytes:
    """Make a file of a part of a photo, held upright, in all its pixels."""
    with _opened(data) as image:
        orientation = _orientation(image)
        clean = _clean_pixels(image, longest=max(image.size))
        if orientation in UPRIGHT:
            clean = clean.transpose(UPRIGHT[orientation])
        width, height = crop.size_in(clean.size)
        if width < LEAST[0] or height < LEAST[1]:
            raise PictureRefused(
                "small", width=width, height=height, least=f"{LEAST[0]} × {LEAST[1]}"
            )
        return crops.cut(clean, crop)


def draw_small(data: bytes, largest: tuple[int, int]) -> bytes:
    """Make a PNG that fits into so many pixels, and keeps what is transparent."""
    with _opened(data) as image:
        orientation = _orientation(image)
        see_through = image.has_transparency_data
        shape = image.convert("RGBA").getchannel("A") if see_through else None
        small = _clean_pixels(image, longest=max(image.size))
        if shape is not None:
            small.putalpha(shape)
        if orientation in UPRIGHT:
            small = small.transpose(UPRIGHT[orientation])
        small.thumbnail(largest, Image.Resampling.LANCZOS)
        out = BytesIO()
        small.save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Open a photo whose file keeps to the limits."""
    refuse_size(len(data))
    # Libraries switch this on for the whole process: WeasyPrint does when it is loaded.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with _problems_refused(data), Image.open(BytesIO(data), formats=TAKEN_FORMATS) as image:
        if image.width * image.height * getattr(image, "n_frames", 1) > MAX_PIXELS:
            raise _too_many_pixels()
        if image.format in {"JPEG", "MPO"} and _scans(data) > MAX_SCANS:
            raise PictureRefused("scans", limit=MAX_SCANS)
        yield image


def refuse_size(size: int) -> None:
    """Refuse a file of so many bytes, if that says enough."""
    if not size:
        raise PictureRefused("empty")
    if size > MAX_BYTES:
        raise PictureRefused("bytes", size=-(-size // 1024**2), limit=MAX_BYTES // 1024**2)


@contextmanager
def _problems_refused(data: bytes) -> Iterator[None]:
    """Turn whatever Pillow stumbles over into a sentence; damaged files make it raise anything."""
    try:
        yield
    except PictureRefused:
        raise
    except Image.DecompressionBombError as problem:
        raise _too_many_pixels() from problem
    except UnidentifiedImageError as problem:
        raise _not_a_photo(data) from problem
    except MemoryError as problem:
        raise PictureRefused("memory") from problem
    except Exception as problem:
        raise PictureRefused("damaged") from problem


def _too_many_pixels() -> PictureRefused:
    return PictureRefused("pixels", limit=MAX_PIXELS // 1_000_000)


def _scans(jpeg: bytes) -> int:
    """Count the scans of the first picture in a file; phones append films and more pictures."""
    scans = at = 0
    while found := JPEG_MARKER.search(jpeg, at):
        marker, at = found[1][0], found.end()
        if marker == END_OF_IMAGE:
            break
        # Those below 0xC0 and from 0xD0 to 0xD8 stand alone; the others say how long they are.
        if marker >= 0xC0 and not 0xD0 <= marker <= 0xD8:
            at += int.from_bytes(jpeg[at : at + 2])
        scans += marker == START_OF_SCAN
    return scans


def _not_a_photo(data: bytes) -> PictureRefused:
    name = _format_of(data)
    if name:
        return PictureRefused("format", format=name, accepted=ACCEPTED)
    return PictureRefused("no photo", accepted=ACCEPTED)


def _format_of(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
        return "HEIC"
    if b"<svg" in data[:4096].lower():
        return "SVG"
    return next((name for start, name in OTHER_FORMATS if data.startswith(start)), "")


def _orientation(image: Image.Image) -> int:
    """Read how the camera was held; broken notes do not cost us the picture."""
    try:
        orientation = image.getexif().get(Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - Pillow promises nothing about broken EXIF
        return 1
    return orientation if orientation in UPRIGHT else 1


def _clean_pixels(image: Image.Image, longest: int = LONGEST_SIDE) -> Image.Image:
    """Give the pixels in sRGB on white, no larger than needed, with nothing else attached."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    elif image.mode not in ("L", "LA", "RGB", "RGBA", "CMYK") or image.has_transparency_data:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    clean = Image.new("RGB", image.size)
    clean.paste(_in_srgb(image, profile))
    return clean


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile, or one for another kind of picture
        else:
            if converted:
                return converted
    return image.convert("RGB")
