"""A contact sheet: photos with their numbers and words, for paper."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.base import DeskRequest, Page, moment, visible_articles, whole_number
from articles.admin.library import pages
from articles.models import Photo

MOST = 300


@require_safe
def contact_sheet(request: DeskRequest) -> Any:
    """Show the photos that are picked, or those of an article, or those of a search."""
    said, photos = asked(request)
    context = {
        "title": _("Contact sheet"),
        "said": said,
        "photos": photos[:MOST],
        "most": MOST if len(photos) > MOST else 0,
        "at": moment(request),
    }
    return pages.page(request, "contact_sheet", context)


def asked(request: DeskRequest) -> tuple[str, list[Photo]]:
    if "pick" in request.GET:
        return "", pages.chosen(request)
    if "article" in request.GET:
        number = whole_number(request.GET["article"])
        article = get_object_or_404(visible_articles(request), pk=number)
        rows = article.photos.order_by("position", "pk").values_list("photo", flat=True)
        library = Photo.objects.select_related("photographer").in_bulk(list(rows))
        return article.headline, [library[each] for each in rows]
    try:
        desk: Any = admin.site.get_model_admin(Photo)
        changelist = desk.get_changelist_instance(request)
    except IncorrectLookupParameters as problem:
        raise Http404 from problem
    return changelist.query, list(changelist.queryset[: MOST + 1])


PAGES = (Page("contact-sheet/", contact_sheet, "articles_photo_contact_sheet"),)
