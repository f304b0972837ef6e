"""A page of the site as readers will see it at a moment, for the desk alone.

It is the readers' own page, made by the same code for another time: what is scheduled is on it,
and what will be over is not. Nobody keeps a copy, and nothing on it counts.
"""

import re
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime

from articles import site
from articles.admin.article.record.as_of import MomentForm
from articles.admin.base import DeskRequest, Page, moment
from articles.admin.desk.composing import address_of, asked_for, readers_page
from articles.models import Topic
from articles.models.fronts import page_name

TEMPLATE = "admin/desk/preview.html"
# Readers cannot follow these yet, or not any more.
TO_ARTICLE = re.compile(r'href="(?:/[a-z-]+)?/articles/([0-9]+)/[^"]*"')
TO_TOPIC = re.compile(r'href="(?:/[a-z-]+)?/topics/([-a-zA-Z0-9_]+)/"')


def preview(request: DeskRequest, **which: int) -> HttpResponse:
    page = asked_for(request, **which)
    form, at = MomentForm.of(request)
    page_template, shown = readers_page(page, at)
    context = {
        **shown,
        **as_then(at),
        "page_template": page_template,
        "is_draft": isinstance(page, Topic) and not page.is_shown(at),
        "preview_of": page_name(page),
        "form": form,
        "at": at,
        "is_planned": at > moment(request),
        "page_query": "?" + urlencode({"at": at.isoformat()}),
        "compose": address_of("desk_compose", page),
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
    """Let headlines lead to the article as readers see it then, and topics to their preview."""
    then = urlencode({"at": at.isoformat()})

    def as_of(found: re.Match[str]) -> str:
        return f'href="{reverse("admin:articles_article_as_of", args=[found[1]])}?{then}"'

    def preview_of(found: re.Match[str]) -> str:
        number = numbers.get(found[1])
        if number is None:
            return found[0]
        return f'href="{reverse("admin:desk_preview_topic", args=[number])}?{then}"'

    named = set(TO_TOPIC.findall(text))
    known = Topic.objects.filter(slug__in=named) if named else Topic.objects.none()
    numbers = dict(known.values_list("slug", "pk"))
    return TO_TOPIC.sub(preview_of, TO_ARTICLE.sub(as_of, text))


PAGES = (
    Page("desk/compose/preview/", preview, "desk_preview"),
    Page("desk/compose/<int:section_id>/preview/", preview, "desk_preview_section"),
    Page("desk/compose/topics/<int:topic_id>/preview/", preview, "desk_preview_topic"),
)
