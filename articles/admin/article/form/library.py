"""The library beside an open form: the photos that its writer may use, to search and to pick."""

from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_GET

from articles.admin.article import pages
from articles.admin.base import Page, moment, visible_articles, whole_number
from articles.admin.library.cards import flags
from articles.models import Photo

PER_PAGE = 24
LAST_PAGE = 500


@dataclass(frozen=True)
class Offered:
    """A photo with what its writer should know before using it."""

    photo: Photo
    flags: list[str]


@require_GET
def library(request):
    """Answer with a page of photos: newest first, those that are asked for."""
    article = None
    if number := request.GET.get("article"):
        article = pages.find(request, whole_number(number))
    pages.require_writing(request, article)
    page = min(whole_number(request.GET.get("page", "")) or 1, LAST_PAGE)
    words = request.GET.get("q", "")[:100]
    visible = Photo.objects.visible_to(request.user, moment(request))
    visible = visible.about(words, visible_articles(request))
    if "mine" in request.GET:
        visible = visible.filter(uploaded_by=request.user)
    in_order = visible.select_related("photographer", "unit").order_by("-uploaded_at", "-pk")
    begins = (page - 1) * PER_PAGE
    photos = list(in_order[begins : begins + PER_PAGE + 1])
    context = {
        "offered": [Offered(photo, flags(photo, moment(request))) for photo in photos[:PER_PAGE]],
        "page": page,
        "before": page - 1,
        "after": page + 1 if len(photos) > PER_PAGE and page < LAST_PAGE else 0,
    }
    return render(request, "admin/articles/article/library_photos.html", context)


PAGES = (Page("library/", library, "articles_article_library"),)
