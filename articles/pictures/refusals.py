"""Why a file is not taken in, as sentences for the person who sent it."""

from django.utils.translation import gettext_lazy

SENTENCES = {
    "empty": gettext_lazy("This file is empty."),
    "bytes": gettext_lazy("This file has %(size)d MB. A photo may have up to %(limit)d MB."),
    "pixels": gettext_lazy("This picture has too many pixels. Up to %(limit)d million are taken."),
    "scans": gettext_lazy(
        "This JPEG is drawn in more than %(limit)d scans. Please open it in a photo program and "
        "save it again."
    ),
    "format": gettext_lazy(
        "%(format)s files are not taken. Please save the photo as one of these: %(accepted)s."
    ),
    "no photo": gettext_lazy(
        "This file is not a photo that can be read. These are taken: %(accepted)s."
    ),
    "damaged": gettext_lazy(
        "This picture is damaged or incomplete. Save or copy it again from where it came from, "
        "then upload it once more."
    ),
    "small": gettext_lazy(
        "This part has %(width)d × %(height)d pixels only. Pages need at least %(least)s: please "
        "choose a larger part."
    ),
    "memory": gettext_lazy(
        "This picture needs too much memory. Please save it smaller, or as JPEG."
    ),
    "time": gettext_lazy(
        "This picture takes too long to read. Please open it in a photo program and save it again."
    ),
    "busy": gettext_lazy("The server cannot read pictures right now. Please try again later."),
}


class PictureRefused(Exception):
    """A file that is not taken in, with one of the reasons above and its details."""

    def __init__(self, reason: str, **details: str | int) -> None:
        super().__init__(reason)
        self.reason, self.details = reason, details

    def __str__(self) -> str:
        return str(SENTENCES[self.reason] % self.details)
