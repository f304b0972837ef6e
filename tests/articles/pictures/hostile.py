"""Files that people send by mistake or on purpose, each with what is to become of it."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from PIL import Image
from PIL.ExifTags import IFD, Base

from articles.pictures import MAX_BYTES
from tests.articles.pictures.notes import in_languages, iptc, jpeg, segment, xmp

MARKUP = '"><script>bad()</script>'
# What no public file may hold.
SECRETS = (b"bad()", b"<script", b"<?php", b"SECRETCAM", b"PK\x03\x04", b"\x00Exif\x00")
TAKEN, REFUSED = "accepted", "refused"


def encoded(mode: str, size: tuple[int, int], format_: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, format_, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" + b"\0" * -(-width // 8)
    pixels = zlib.compressobj()
    rows = b"".join(pixels.compress(row) for _ in range(height)) + pixels.flush()
    parts = (chunk(b"IHDR", head), *chunks, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"".join((b"\x89PNG\r\n\x1a\n", *parts))


def inflating(megabytes: int) -> bytes:
    packer = zlib.compressobj()
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


def claiming(width: int, height: int) -> bytes:
    """Give a small JPEG whose head claims another size."""
    made = jpeg()
    at = made.index(b"\xff\xc0") + 5
    return made[:at] + struct.pack(">HH", height, width) + made[at + 4 :]


def spying() -> bytes:
    """Give a photo with a place, a serial number, and markup wherever a text may be."""
    exif = Image.Exif()
    for tag in (Base.ImageDescription, Base.Artist, Base.Copyright):
        exif[tag] = MARKUP
    exif[Base.Make] = "SECRETCAM"
    exif.get_ifd(IFD.GPSInfo)[1] = "N"
    markup = {(2, 120): MARKUP, (2, 80): MARKUP}
    return jpeg(
        segment(0xFE, b"<?php bad() ?>"),
        iptc(markup),
        xmp(in_languages("dc:description", x_default=MARKUP)),
        exif=exif,
    )


def animated(format_: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, format_, save_all=True, append_images=frames[1:], duration=80)
    return out.getvalue()


def many_frames() -> bytes:
    out = BytesIO()
    frames = [Image.new("P", (3000, 3000), n) for n in range(12)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], disposal=2)
    return out.getvalue()


def lying_webp() -> bytes:
    made = bytearray(
        encoded("RGB", (64, 64), "WEBP", lossless=True, exif=b"Exif\0\0II*\0\x08\0\0\0")
    )
    at = made.index(b"VP8X") + 12
    made[at : at + 6] = (16383).to_bytes(3, "little") * 2
    return bytes(made)


def with_archive() -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        file.writestr("bad.html", MARKUP)
    return encoded("RGB", (60, 40), "PNG") + archive.getvalue()


def looping() -> bytes:
    """Give a photo whose notes point at themselves."""
    head = b"Exif\0\0II*\0\x08\0\0\0"
    to_itself = b"\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"
    return jpeg(segment(0xE1, head + to_itself))


SVG = '<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
ENTITY = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

# By the name that a file comes under.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "plain.jpg": (jpeg, TAKEN),
    # Larger inside than outside
    "pixels.png": (lambda: png(50_000, 4_000), REFUSED),
    "claim.jpg": (lambda: claiming(65_500, 65_500), REFUSED),
    "text.png": (lambda: png(8, 8, chunk(b"zTXt", b"Comment\0\0" + inflating(64))), REFUSED),
    "profile.png": (lambda: png(8, 8, chunk(b"iCCP", b"p\0\0" + inflating(64))), REFUSED),
    "frames.gif": (many_frames, REFUSED),
    "canvas.webp": (lying_webp, REFUSED),
    "bytes.jpg": (lambda: jpeg() + bytes(MAX_BYTES), REFUSED),
    # Broken
    "empty.jpg": (bytes, REFUSED),
    "noise.jpg": (lambda: bytes((i * 73 + 41) & 255 for i in range(4096)), REFUSED),
    "start.jpg": (lambda: jpeg()[:20], REFUSED),
    "half.jpg": (lambda: jpeg()[:500], REFUSED),
    "half.png": (lambda: encoded("RGB", (60, 40), "PNG")[:-40], REFUSED),
    "sum.png": (lambda: png(8, 8).replace(b"IHDR\0\0\0\x08", b"IHDR\0\0\0\x09"), REFUSED),
    "profile.jpg": (lambda: jpeg(icc_profile=b"no profile" * 9), TAKEN),
    "loop.jpg": (looping, TAKEN),
    # Something else
    "page.jpg": (f"<!doctype html>{MARKUP}".encode, REFUSED),
    "script.png": (lambda: b"bad();", REFUSED),
    "drawing.svg": ((SVG % MARKUP).encode, REFUSED),
    "entity.svg": ((ENTITY + SVG % "&x;").encode, REFUSED),
    "drawing.png": ((SVG % MARKUP).encode, REFUSED),
    "print.jpg": (lambda: encoded("RGB", (60, 40), "EPS"), REFUSED),
    "scan.jpg": (lambda: encoded("RGB", (60, 40), "TIFF"), REFUSED),
    "map.png": (lambda: encoded("RGB", (60, 40), "BMP"), REFUSED),
    "paper.jpg": (lambda: b"%PDF-1.4\n%%EOF", REFUSED),
    "phone.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64), REFUSED),
    # Two things at once
    "other.jpg": (lambda: encoded("RGB", (60, 40), "WEBP"), TAKEN),
    "page_behind.jpg": (lambda: jpeg() + MARKUP.encode(), TAKEN),
    "archive.png": (with_archive, TAKEN),
    "spy.php.jpg": (spying, TAKEN),
    # Unusual
    "print.jpeg": (lambda: encoded("CMYK", (60, 40), "JPEG"), TAKEN),
    "grey.png": (lambda: encoded("I;16", (60, 40), "PNG"), TAKEN),
    "clear.png": (lambda: encoded("RGBA", (60, 40), "PNG"), TAKEN),
    "line.png": (lambda: encoded("RGB", (20_000, 1), "PNG"), TAKEN),
    "dot.gif": (lambda: encoded("P", (1, 1), "GIF"), TAKEN),
    "film.gif": (lambda: animated("GIF"), TAKEN),
    "film.webp": (lambda: animated("WEBP"), TAKEN),
    "new.avif": (lambda: encoded("RGB", (60, 40), "AVIF"), TAKEN),
}  # fmt: skip
