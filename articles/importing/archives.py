"""Documents that are archives: measured by their directory, asked for macros, never unzipped."""

import re
import struct
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

MAX_ENTRIES = 5000
MAX_UNZIPPED = 300 * 1024 * 1024
# A whole old site with its pictures.
MAX_TREE = 8 * 1024**3
# Text repeats itself; a bomb does nothing else.
MAX_RATIO = 500
SMALL = 1024 * 1024
MACROS = re.compile(r"vbaproject|(?:^|/)(?:basic|scripts)/", re.IGNORECASE)


def problem(content: bytes) -> str | None:
    """Say in a sentence with `%(name)s` what is wrong with an archive; None if nothing is."""
    try:
        entries = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError):
        return _("“%(name)s” is damaged. Please open it and save it again.")
    if is_swollen(entries, most=MAX_ENTRIES, unzipped=MAX_UNZIPPED):
        return _("“%(name)s” holds far more than its size says. It is not taken.")
    if any(MACROS.search(entry.filename) for entry in entries):
        return _("“%(name)s” has macros. Please save it without them.")
    return None


def is_swollen(entries: list[zipfile.ZipInfo], *, most: int, unzipped: int) -> bool:
    """Tell an archive that holds more, or more tightly packed, than honest ones do."""
    return (
        len(entries) > most
        or sum(entry.file_size for entry in entries) > unzipped
        or any(
            entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    )
