"""What the pages of the photo library share: which photos are meant, and how a page is made."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from articles.admin.base import DeskRequest, moment, whole_number
from articles.models import Photo
from articles.models.photos import PhotoQuerySet

# A thousand photos are no longer looked at one by one.
MOST_CHOSEN = 1000


def visible(request: DeskRequest) -> PhotoQuerySet:
    return Photo.objects.visible_to(request.user, moment(request))


def chosen(request: DeskRequest) -> list[Photo]:
    """Give the photos that an address names as `pick`, in its order, if the user sees them."""
    texts = [text for value in request.GET.getlist("pick") for text in value.split(",")]
    numbers = list(dict.fromkeys(filter(None, map(whole_number, texts))))[:MOST_CHOSEN]
    found = visible(request).select_related("photographer", "unit").in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def page(
    request: DeskRequest, name: str, context: Mapping[str, Any], *, status: int = 200
) -> TemplateResponse:
    """Make a page of the library from its template."""
    said = {
        **admin.site.each_context(request),
        "opts": Photo._meta,
        "library": capfirst(Photo._meta.verbose_name_plural),
        **context,
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, f"admin/articles/photo/{name}.html", said, status=status)
