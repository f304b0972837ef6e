"""Takes photos in as a form and a worker do, and beside each does the bare work on its pixels."""

import json
import random
import resource
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from django.utils import timezone
from PIL import Image, ImageEnhance, ImageOps

from articles.actions import photos
from articles.models import Photo, User
from articles.pictures import apart, intake, renditions

SIZE = (4000, 3000)
BATCH = 1000
SEARCHES = 20


def main(wanted: int, library: int) -> None:
    user = User.objects.create_superuser("editor", name="editor")
    base = Image.effect_noise((SIZE[0] // 16, SIZE[1] // 16), 40).resize(SIZE)
    uploads, wholes, bares = [], [], []
    with TemporaryDirectory(prefix="newsroom-bare-") as folder:
        for number in range(wanted + 1):
            data = taken(base, number)
            began = perf_counter()
            photo = photos.take_in(data, user=user, at=timezone.now())
            uploads.append(perf_counter() - began)
            photos.make_renditions(photo)
            wholes.append(perf_counter() - began)
            began = perf_counter()
            work(data, Path(folder), number)
            bares.append(perf_counter() - began)
    # The first one waits for the darkroom to start.
    pairs = list(zip(wholes, bares, strict=True))[1:]
    results = {
        "photos": wanted,
        "upload_ms": milliseconds(uploads[1:]),
        "whole_ms": milliseconds([whole for whole, _bare in pairs]),
        "bare_ms": milliseconds([bare for _whole, bare in pairs]),
        "ratio": round(median(whole / bare for whole, bare in pairs), 2),
        "site_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "darkroom_mb": peak_of_darkroom(),
        "library": library,
    }
    print(json.dumps(results | {"alike_ms": search(user, library)}))


def taken(base: Image.Image, number: int) -> bytes:
    """Give another 12 megapixels each time, as a camera writes them."""
    chance = random.Random(number)
    shifts = (chance.randrange(SIZE[0]) for _channel in "RGB")
    channels = [ImageOps.flip(base) if n % 2 else base for n in shifts]
    tinted = [ImageEnhance.Brightness(c).enhance(chance.uniform(0.4, 1)) for c in channels]
    out = BytesIO()
    Image.merge("RGB", tinted).save(out, "JPEG", quality=90)
    return out.getvalue()


def work(data: bytes, folder: Path, number: int) -> None:
    """Make the same files of a photo, with nothing around it."""
    with Image.open(BytesIO(data)) as image:
        image.draft(None, (intake.LONGEST_SIDE, intake.LONGEST_SIDE))
        master = ImageOps.exif_transpose(image).convert("RGB")
    master.thumbnail((intake.LONGEST_SIDE, intake.LONGEST_SIDE), Image.Resampling.LANCZOS)
    master.save(folder / f"{number}.jpg", "JPEG", quality=85, progressive=True, optimize=True)
    for width in renditions.WIDTHS.values():
        height = round(master.height * width / master.width)
        sized = master.resize((width, height), Image.Resampling.LANCZOS)
        for name, options in renditions.FORMATS.items():
            sized.save(folder / f"{number}-{width}.{name}", **options)


def peak_of_darkroom() -> int:
    [room] = apart.idle
    status = Path(f"/proc/{room.process.pid}/status").read_text("ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


def search(user: User, library: int) -> float:
    """Fill the library with rows, and look for photos like some of them."""
    chance, now = random.Random(1), timezone.now()
    for begin in range(0, library, BATCH):
        rows = []
        for number in range(begin, min(begin + BATCH, library)):
            photo = Photo(
                sha256=f"{number:064x}", width=4, height=3, uploaded_by=user, uploaded_at=now
            )
            photo.look = chance.getrandbits(64)
            rows.append(photo)
        Photo.objects.bulk_create(rows)
    times = []
    for photo in Photo.objects.order_by("?")[:SEARCHES]:
        began = perf_counter()
        list(Photo.objects.looking_like(photo))
        times.append(perf_counter() - began)
    return milliseconds(times)


def milliseconds(times: list[float]) -> float:
    return round(1000 * median(times), 1)
