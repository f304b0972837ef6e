"""Taking in photos: bytes of a stranger in, a clean picture out. Knows no database.

Only the first frame of an animation is taken. What is stored for the public is a new picture
made from the pixels, so nothing that the file carried besides them can come along: no place,
no serial number, no comment, no appended archive.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError
from PIL.ExifTags import IFD, Base

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


class PictureRefused(Exception):
    """A file that is not taken in. The message is for the person who sent it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, kw_only=True)
class TakenPicture:
    """What is worth knowing about a file, and the clean JPEG that was made from it."""

    sha256: str
    format: str
    width: int  # of the original, held upright
    height: int
    taken_at: datetime | None
    master: bytes


def take_in(data: bytes) -> TakenPicture:
    """Make a clean upright sRGB JPEG of a photo, or refuse the file with `PictureRefused`."""
    if not data:
        raise PictureRefused(_("This file is empty."))
    if len(data) > MAX_BYTES:
        raise PictureRefused(
            _("This file has %(size)d MB. A photo may have up to %(limit)d MB.")
            % {"size": -(-len(data) // 1024**2), "limit": MAX_BYTES // 1024**2}
        )
    # Libraries switch this on for the whole process: WeasyPrint does when it is loaded.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with _problems_refused(data), Image.open(BytesIO(data), formats=TAKEN_FORMATS) as image:
        if image.width * image.height * getattr(image, "n_frames", 1) > MAX_PIXELS:
            raise _too_many_pixels()
        if image.format in {"JPEG", "MPO"} and _scans(data) > MAX_SCANS:
            raise PictureRefused(
                _(
                    "This JPEG is drawn in more than %(limit)d scans. Please open it in a photo "
                    "program and save it again."
                )
                % {"limit": MAX_SCANS}
            )
        size, format_ = image.size, str(image.format)
        orientation, taken_at = _camera_notes(image)
        # A JPEG can be decoded at a half, a quarter or an eighth at little cost.
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        clean = _clean_pixels(image)
    if orientation in UPRIGHT:
        clean = clean.transpose(UPRIGHT[orientation])
    width, height = size if orientation < 5 else reversed(size)
    out = BytesIO()
    clean.save(out, "JPEG", quality=85, progressive=True, optimize=True)
    return TakenPicture(
        sha256=hashlib.sha256(data).hexdigest(),
        format=format_,
        width=width,
        height=height,
        taken_at=taken_at,
        master=out.getvalue(),
    )


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
        raise PictureRefused(_not_a_photo(data)) from problem
    except Exception as problem:
        raise PictureRefused(
            _(
                "This picture is damaged or incomplete. Save or copy it again from where it "
                "came from, then upload it once more."
            )
        ) from problem


def _too_many_pixels() -> PictureRefused:
    return PictureRefused(
        _("This picture has too many pixels. Up to %(limit)d million are taken.")
        % {"limit": MAX_PIXELS // 1_000_000}
    )


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


def _not_a_photo(data: bytes) -> str:
    accepted = {"accepted": "JPEG, PNG, WebP, GIF, AVIF, MPO"}
    name = _format_of(data)
    if name:
        return _(
            "%(format)s files are not taken. Please save the photo as one of these: %(accepted)s."
        ) % {"format": name, **accepted}
    return (
        _("This file is not a photo that can be read. These are taken: %(accepted)s.") % accepted
    )


def _format_of(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
        return "HEIC"
    if b"<svg" in data[:4096].lower():
        return "SVG"
    return next((name for start, name in OTHER_FORMATS if data.startswith(start)), "")


def _camera_notes(image: Image.Image) -> tuple[int, datetime | None]:
    """Read how the camera was held and when; broken notes do not cost us the picture."""
    try:
        exif = image.getexif()
        orientation = exif.get(Base.Orientation, 1)
        details = exif.get_ifd(IFD.Exif)
        clock = str(details.get(Base.DateTimeOriginal, ""))
        offset = str(details.get(Base.OffsetTimeOriginal, ""))
    except Exception:  # noqa: BLE001 - Pillow promises nothing about broken EXIF
        return 1, None
    if orientation not in UPRIGHT:
        orientation = 1
    return orientation, _moment(clock, offset)


def _moment(clock: str, offset: str) -> datetime | None:
    for text, pattern in (
        (f"{clock} {offset}", "%Y:%m:%d %H:%M:%S %z"),
        (clock, "%Y:%m:%d %H:%M:%S"),
    ):
        try:
            moment = datetime.strptime(text.strip("\0 "), pattern)  # noqa: DTZ007 aware below
        except ValueError:
            continue
        # Most cameras do not know their time zone: the site's is the best guess.
        return moment if moment.tzinfo else timezone.make_aware(moment)
    return None


def _clean_pixels(image: Image.Image) -> Image.Image:
    """Give the pixels in sRGB on white, no larger than needed, with nothing else attached."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    elif image.mode not in ("L", "LA", "RGB", "RGBA", "CMYK") or image.has_transparency_data:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
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
