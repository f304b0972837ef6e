"""Why somebody may not change a photo of the library."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Edition, Membership, Photo, Unit, User


def change(user: User, photo: Photo, at: datetime) -> str | None:
    """The desk changes all; a unit its own, until readers see them."""
    if not user.has_perm("articles.change_photo"):
        return _("You may not change photos.")
    if is_desk(user):
        return None
    is_own = photo.uploaded_by_id == user.pk
    if photo.unit_id is not None:
        is_own = own_units(user, at).filter(pk=photo.unit_id).exists()
    if not is_own:
        return _("This photo is not your unit's. Please ask the desk to change it.")
    if is_published(photo, at):
        return _("Readers see this photo, or soon will. Please ask the desk to change it.")
    return None


def is_desk(user: User) -> bool:
    """Tell who says whose a photo is, and until when it may be shown."""
    return user.has_perm("articles.view_every_unit")


def own_units(user: User, at: datetime) -> QuerySet[Unit]:
    active = Membership.objects.active(timezone.localdate(at)).filter(user=user)
    return Unit.objects.filter(pk__in=active.values("unit"))


def is_published(photo: Photo, at: datetime) -> bool:
    """Tell whether an edition that is live or planned has a photo."""
    editions = Edition.objects.not_over(at).order_by()
    if editions.filter(article__photos__photo=photo).exists():
        return True
    # It may have left the working copy since. Texts are searched only then.
    return editions.filter(body__contains=f'data-photo="{photo.pk}"').exists()
