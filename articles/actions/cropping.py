"""Cropping photos: what readers get is made of a part, and the whole picture stays on file.

The part becomes a file of its own, as if somebody had uploaded it, so that versions, editions
and packages name by its hash what was shown and nothing that was cut away.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.actions import photos
from articles.models import EarlierFile, LogEntry, Photo, User
from articles.pictures import TakenPicture, apart
from articles.pictures.crops import Crop, Size
from articles.rights import photos as rights
from articles.rights.permissions import NotAllowed


def crop(photo: Photo, part: Crop, *, seen: str, user: User, at: datetime) -> Photo:
    """Show a part of a photo instead of what it shows; `WHOLE` brings back the whole picture.

    `seen` is the hash of the file that the user had before them. What is published or approved
    goes on showing its own file, as with `photos.replace`. Call it outside of a transaction,
    which would wait for the picture. Raises `NotAllowed` or `PictureRefused`.
    """
    refused = rights.change(user, photo, at)
    if refused is not None:
        raise NotAllowed(refused)
    if not part.fits():
        raise NotAllowed(_("This part reaches over the edge of the picture."))
    if part == photo.part:
        raise NotAllowed(_("The photo shows just this part already."))
    data = read(photo.whole or photo)
    look = photo.look
    if not part.is_whole():
        data = apart.cut(data, part)
    return _put(photo, part, data, apart.take_in(data), look, seen=seen, user=user, at=at)


def read(file: Photo | EarlierFile) -> bytes:
    with file.original.open() as original:
        return original.read()


@transaction.atomic
def _put(
    photo: Photo,
    part: Crop,
    data: bytes,
    taken: TakenPicture,
    look: int | None,
    *,
    seen: str,
    user: User,
    at: datetime,
) -> Photo:
    photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if photo.sha256 != seen:
        raise NotAllowed(
            _("Somebody gave this photo another file meanwhile. Please look at it again.")
        )
    # Two files may differ in their notes alone: then their parts are the same.
    if known := photos.on_file(data, user=user, at=at):
        photos.refuse_other(known, photo)
    before, size = photo.part, size_of(photo)
    point = part.inside(before.outside(photo.focus_in_percent))
    earlier = photos.change_file(photo, data, taken, user=user, at=at)
    # It is another picture to cut around; the one that editions show keeps its point.
    earlier.focal_point = photo.focal_point
    earlier.save(update_fields=["focal_point"])
    photo.put_focus(*map(round, point))
    # What comes in again is the whole picture, so that is what it should be told from.
    photo.look = look
    photo.whole = None if part.is_whole() else photo.whole or earlier
    photo.crop = None if part.is_whole() else list(part)
    photo.save()
    with log.in_site_language():
        said = {"before": tell_part(before, size), "after": tell_part(part, size_of(photo))}
        detail = _("crop: %(before)s → %(after)s") % said
    log.note(LogEntry.Action.EDITED, actor=user, at=at, about=photo, detail=detail)
    return photo


def size_of(file: Photo | EarlierFile) -> Size:
    """Give the size of a file in pixels, or that of its master where it was not kept."""
    return file.original_width or file.width, file.original_height or file.height


def tell_part(part: Crop, size: Size) -> str:
    """Say which part of the whole it is, and how large."""
    width, height = size
    if part.is_whole():
        return _("whole picture, %(width)d × %(height)d") % {"width": width, "height": height}
    return _("%(width)d × %(height)d from %(left)s %% left, %(top)s %% top") % {
        "width": width,
        "height": height,
        "left": f"{part.left:g}",
        "top": f"{part.top:g}",
    }
