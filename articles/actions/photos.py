"""Taking pictures into the library."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import pictures
from articles.models import Person, Photo, Unit, User
from articles.renditions import WIDTHS
from articles.rights.permissions import NotAllowed


def take_in(
    data: bytes,
    *,
    user: User,
    at: datetime,
    caption: str = "",
    alt: str = "",
    photographer: Person | None = None,
    photographer_name: str = "",
    unit: Unit | None = None,
) -> Photo:
    """Put a picture into the library and make every size of it.

    The same file a second time gives the photo that is there, unchanged. Raises `NotAllowed`
    or `pictures.PictureRefused`, each with a sentence for the user.
    """
    if not user.has_perm("articles.add_photo"):
        raise NotAllowed(_("You may not add photos."))
    taken = pictures.take_in(data)
    known = Photo.objects.filter(sha256=taken.sha256).first()
    if known:
        if not Photo.objects.visible_to(user, at).filter(pk=known.pk).exists():
            raise NotAllowed(
                _("Another unit has put this picture into the library. Please ask the desk.")
            )
        return known
    moment = taken.taken_at
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    photo = Photo(
        sha256=taken.sha256,
        caption=caption,
        alt=alt,
        photographer=photographer,
        photographer_name=photographer_name,
        unit=unit,
        taken_at=moment,
        uploaded_by=user,
        uploaded_at=at,
    )
    photo.original.save("original", ContentFile(data), save=False)
    photo.image.save("master.jpg", ContentFile(taken.master), save=False)
    # All files are there before the row is, which makes the picture known.
    for name in WIDTHS:
        photo.image.process(name)
    photo.save()
    return photo
