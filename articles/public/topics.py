"""Topics: their list, and the page of each with its introduction, lead and lists."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from articles import clock, structured
from articles.addresses import absolute
from articles.models.editions import Edition, EditionQuerySet, EditionTag
from articles.models.fronts import Placement
from articles.models.topics import Topic
from articles.public import showing
from articles.public.caching import public_page
from articles.public.lists import front, listed
from articles.public.lists.listing import editions_page, live_parts

PAGE = "articles/topic.html"


@public_page
def topics(request: HttpRequest) -> HttpResponse:
    """List the current ones, then those that are over."""
    at = clock.here()
    context = {
        "here": "topics",
        "current": showing.photos_of(Topic.objects.current(at), at),
        "concluded": list(Topic.objects.concluded(at)),
    }
    return render(request, "articles/topics.html", context)


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    at = clock.here()
    found = find(slug, at)
    if found.slug != slug:
        return redirect(found, permanent=True)
    return render(request, PAGE, page_of(found, request.GET, at))


def find(slug: str, at: datetime) -> Topic:
    """Give what readers know by a slug, also by an earlier one. A draft is not there."""
    shown = Topic.objects.shown(at)
    found = shown.filter(slug=slug).first() or shown.filter(former_slugs__slug=slug).first()
    if found is None:
        raise Http404
    return found


def page_of(topic: Topic, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Give what the page of a topic shows at a moment, whether readers may see it then or not."""
    members = editions_of(topic, at)
    page = editions_page(members, asked, at, load=listed.editions)
    laid_out = None
    if page.is_first:
        laid_out = front.of_topic(topic, members, page.editions, at)
        page.editions = [e for e in page.editions if e.article_id not in laid_out.articles]
    [topic] = showing.photos_of([topic], at)
    return {
        "here": "topics",
        "topic": topic,
        "is_concluded": topic.is_concluded(at),
        "page": page,
        "front": laid_out,
        "image": absolute_image(topic),
        "structured": structured.block(
            structured.topic(topic, laid_out.top if laid_out else [], absolute_image(topic))
        ),
    }


def editions_of(topic: Topic, at: datetime) -> EditionQuerySet:
    """Give the live articles of a topic: those that carry its tag, and those placed on its page.

    They are numbered first: asked in one, databases walk through the archive by date until they
    have found a page of them. One query, or two.
    """
    live = Edition.objects.live(at)
    placed = Placement.objects.live(at).on(topic).values("article")
    numbers = set(live.filter(article__in=placed).values_list("pk", flat=True))
    if topic.tag:
        tagged = live_parts(EditionTag.objects.filter(slug=topic.tag), at)
        numbers.update(tagged.values_list("edition", flat=True))
    return live.filter(pk__in=numbers)


def absolute_image(topic: Topic) -> str:
    """Give where its photo is, for machines elsewhere. It may be on a host of its own already."""
    if not topic.picture:
        return ""
    there = topic.picture.largest
    return there if settings.DOWNLOADS_URL else absolute(there)
