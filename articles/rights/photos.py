"""Why somebody may not change a photo of the library."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import (
    ArticlePhoto,
    Edition,
    EditionPhoto,
    Membership,
    Photo,
    Topic,
    Unit,
    User,
)
from articles.rights.roles import is_desk


def add(user: User) -> str | None:
    """Whoever imports archives takes in their pictures, too."""
    if user.has_perm("articles.add_photo") or user.has_perm("articles.add_importrun"):
        return None
    return _("You may not add photos.")


def change(user: User, photo: Photo, at: datetime) -> str | None:
    """The desk changes all; a unit its own, until readers see them."""
    return refusals(user, [photo], at)[photo.pk]


def refusals(user: User, photos: Iterable[Photo], at: datetime) -> dict[int, str | None]:
    """Say of each of some photos why the user may not change it, in as many queries as of one."""
    some = list(photos)
    if not user.has_perm("articles.change_photo"):
        return {photo.pk: _("You may not change photos.") for photo in some}
    if is_desk(user):
        return {photo.pk: None for photo in some}
    units = set(own_units(user, at).values_list("pk", flat=True))
    seen = published(some, at)
    return {photo.pk: _refusal(user, photo, units, seen) for photo in some}


def _refusal(user: User, photo: Photo, units: set[int], seen: set[int]) -> str | None:
    is_own = photo.uploaded_by_id == user.pk if photo.unit_id is None else photo.unit_id in units
    if not is_own:
        return _("This photo is not your unit's. Please ask the desk to change it.")
    if photo.pk in seen:
        return _("Readers see this photo, or soon will. Please ask the desk to change it.")
    return None


def own_units(user: User, at: datetime) -> QuerySet[Unit]:
    active = Membership.objects.active(timezone.localdate(at)).filter(user=user)
    return Unit.objects.filter(pk__in=active.values("unit"))


def published(photos: Iterable[Photo], at: datetime) -> set[int]:
    """Number those of some photos that an edition which is live or planned has, or a topic.

    It may have left the working copy since, or be new in that of what is live.
    """
    numbers = [photo.pk for photo in photos]
    editions = Edition.objects.not_over(at).order_by().values("pk")
    shown = EditionPhoto.objects.filter(photo__in=numbers, edition__in=editions)
    used = ArticlePhoto.objects.filter(photo__in=numbers, article__editions__in=editions)
    topics = Topic.objects.exclude(shown_from=None).filter(photo__in=numbers)
    found = (rows.order_by().values_list("photo", flat=True) for rows in (shown, used, topics))
    return set[int]().union(*found)
