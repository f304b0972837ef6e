"""A page of the site as readers will see it at a moment, for the desk alone.

It is the readers' own page, made by the same code for another time: what is scheduled is on it,
and what will be over is not. Nobody keeps a copy, and nothing on it counts.
"""

import re
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime

from articles import site
from articles.admin.article.record.as_of import MomentForm
from articles.admin.base import DeskRequest, Page, moment
from articles.admin.desk.composing import require_reading
from articles.models import Section
from articles.models.fronts import page_name
from articles.public import views

TEMPLATE = "admin/desk/preview.html"
# Readers cannot follow these yet, or not any more.
TO_ARTICLE = re.compile(r'href="(?:/[a-z-]+)?/articles/([0-9]+)/[^"]*"')


def preview(request: DeskRequest, section_id: int | None = None) -> HttpResponse:
    require_reading(request)
    page = get_object_or_404(Section, pk=section_id) if section_id is not None else None
    form, at = MomentForm.of(request)
    context = {
        **(views.home(at) if page is None else views.front_of(page, {}, at)),
        **as_then(at),
        "page_template": views.HOME if page is None else views.SECTION,
        "preview_of": page_name(page),
        "form": form,
        "at": at,
        "is_planned": at > moment(request),
        "page_query": "?" + urlencode({"at": at.isoformat()}),
        "compose": reverse("admin:desk_compose")
        if page is None
        else reverse("admin:desk_compose_section", args=[page.pk]),
    }
    text = render_to_string(TEMPLATE, context, request)
    response = HttpResponse(to_the_record(text, at))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def as_then(at: datetime) -> dict[str, object]:
    """Give what every page says of the day. `preview` keeps its pieces apart from readers'."""
    now = localtime(at)
    return {
        "now": now,
        "is_memorial_day": site.current().is_in_mourning(now.date()),
        "preview": at.isoformat(),
        "frame_seconds": 0,
    }


def to_the_record(text: str, at: datetime) -> str:
    """Let headlines lead to the article as readers see it then."""
    then = urlencode({"at": at.isoformat()})

    def as_of(found: re.Match[str]) -> str:
        return f'href="{reverse("admin:articles_article_as_of", args=[found[1]])}?{then}"'

    return TO_ARTICLE.sub(as_of, text)


PAGES = (
    Page("desk/compose/preview/", preview, "desk_preview"),
    Page("desk/compose/<int:section_id>/preview/", preview, "desk_preview_section"),
)
