"""Photos side by side: what is worth knowing about each at a glance."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.admin.base import DeskRequest, moment, visible_articles
from articles.models import ArticlePhoto, Photo


class Card(NamedTuple):
    photo: Photo
    uses: int
    """In how many articles, of those that the user may see."""
    flags: list[str]


def cards(request: DeskRequest, photos: Iterable[Photo]) -> list[Card]:
    """Make the cards of a page. One query for all of them."""
    some = list(photos)
    seen = visible_articles(request).order_by().values("pk")
    rows = ArticlePhoto.objects.filter(photo__in=[photo.pk for photo in some], article__in=seen)
    counted = rows.order_by().values_list("photo").annotate(Count("pk"))
    uses = dict(counted) if some else {}
    at = moment(request)
    return [Card(photo, uses.get(photo.pk, 0), flags(photo, at)) for photo in some]


def flags(photo: Photo, at: datetime) -> list[str]:
    """Say what keeps a photo from being used without another thought."""
    found = []
    if photo.expires_at:
        day = {"day": date_format(localtime(photo.expires_at), "DATE_FORMAT")}
        said = _("rights end on %(day)s") if photo.is_shown(at) else _("rights ended on %(day)s")
        found.append(said % day)
    if not photo.caption:
        found.append(_("no caption"))
    if not photo.credit:
        found.append(_("nobody named as photographer"))
    if not photo.alt:
        found.append(_("no text for those who cannot see it"))
    return found
