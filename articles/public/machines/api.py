"""The read-only API: live editions as data, after the ninjs of the IPTC.

What it answers is described at `/api/openapi.json`. Readers' pages and this say the same: what is
withdrawn answers 410, what never was public 404.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import clock, structured
from articles.addresses import absolute, absolute_of_file, home
from articles.models.editions import Edition, EditionTag, EditionUnit
from articles.public import showing
from articles.public.caching import public_page
from articles.public.lists.listing import Page, editions_page, parts_page, whole, word
from articles.public.machines.openapi import DESCRIPTION

TAG = re.compile(r"<[^>]*>")
LOCAL = re.compile(r'(?<=[" ])/(?=[^/])')
LISTS = ("section", "unit", "tag")


def as_json(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Answer with what a view gives, for pages of any origin; say in JSON why there is nothing."""

    @public_page
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            said, status = view(request, *args, **kwargs), 200
        except Http404:
            said, status = {"error": _("There is nothing at this address.")}, 404
        except Gone as gone:
            said, status = {"error": str(gone), "ended_at": gone.ended_at}, 410
        return HttpResponse(
            json.dumps(said, ensure_ascii=False),
            status=status,
            content_type="application/json; charset=utf-8",
            headers={"Access-Control-Allow-Origin": "*"},
        )

    return answer


class Gone(Exception):
    def __init__(self, ended_at: datetime) -> None:
        super().__init__(_("This article has been taken off the site."))
        self.ended_at = timezone.localtime(ended_at).isoformat()


@as_json
def article(request: HttpRequest, number: int) -> dict[str, Any]:
    """Give one article with its text."""
    at = clock.here()
    editions = Edition.objects.filter(article=number)
    edition = editions.live(at).select_related("section").first()
    if edition is None:
        seen = editions.filter(live_from__lte=at, live_until__gt=F("live_from"))
        ended_at = seen.order_by("-live_until").values_list("live_until", flat=True).first()
        if ended_at is None:
            raise Http404
        raise Gone(ended_at)
    pictures = showing.numbers_and_addresses(edition.body)
    shown = showing.body(edition.body, showing.files(pictures.items(), at))
    showing.leads([edition], at)
    return {**item(edition), "body_html": with_whole_addresses(shown.text)}


@as_json
def articles(request: HttpRequest) -> dict[str, Any]:
    """Give a page of articles without their texts, newest first."""
    page = asked_for(request.GET, clock.here())
    kept = {name: request.GET[name] for name in LISTS if name in request.GET}
    answer: dict[str, Any] = {"items": [item(edition) for edition in page.editions]}
    if page.older:
        query = urlencode({**kept, "before": str(page.older)})
        answer["next"] = f"{absolute(reverse('articles:api_articles'))}?{query}"
    return answer


@as_json
def description(request: HttpRequest) -> dict[str, Any]:
    return {**DESCRIPTION, "servers": [{"url": settings.SITE_URL}]}


def asked_for(asked: Mapping[str, str], at: datetime) -> Page[Edition]:
    """Find the articles of one list, or of the site; lists cannot be combined."""
    lists = {name: slug for name in LISTS if (slug := word(asked, name))}
    if len(lists) > 1:
        raise Http404
    if "unit" in lists:
        units = EditionUnit.objects.filter(unit__slug=lists["unit"])
        return parts_page(units, asked, at, load=whole)
    if "tag" in lists:
        tags = EditionTag.objects.filter(slug=lists["tag"])
        return parts_page(tags, asked, at, load=whole)
    live = Edition.objects.live(at)
    if "section" in lists:
        live = live.filter(section__slug=lists["section"])
    return editions_page(live, asked, at, load=whole)


def item(edition: Edition) -> dict[str, Any]:
    """Describe an edition, whose lead `showing.leads` has set, by the names that ninjs has."""
    address = absolute(home(edition.get_absolute_url(), edition.language))
    picture = edition.furniture.get("lead") if edition.lead else None
    return {
        "uri": absolute(reverse("articles:article", args=[edition.article_id])),
        "url": address,
        "type": "text",
        "version": str(edition.number),
        "pubstatus": "usable",
        "firstcreated": timezone.localtime(edition.displayed_at).isoformat(),
        "versioncreated": timezone.localtime(edition.live_from).isoformat(),
        "language": edition.language,
        "headline": edition.headline,
        "kicker": edition.kicker,
        "subheadline": edition.subhead,
        "description_text": edition.summary,
        "byline": edition.credit_line,
        "profile": edition.form,
        "section": {"code": edition.section.slug, "name": edition.section.name},
        "organisation": [
            {"code": unit["slug"], "name": unit["name"], "rel": "contributor"}
            for unit in edition.furniture["units"]
        ],
        "person": [
            {"name": entry["name"], "rel": line["role"]}
            for line in edition.furniture["credits"]
            for entry in line["entries"]
            if entry["name"]
        ],
        "subject": [
            {"code": tag["slug"], "name": tag["name"]} for tag in edition.furniture["tags"]
        ],
        "infosource": [{"name": edition.source, "rel": edition.origin, "uri": edition.source_url}]
        if edition.source
        else [],
        "associations": {"lead": association(picture)} if picture else {},
        "publisher": structured.publisher()["name"],
    }


def association(picture: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "picture",
        "href": absolute_of_file(picture["src"]),
        "width": picture["width"],
        "height": picture["height"],
        "altText": picture["alt"],
        "description_text": picture["caption"],
        "byline": picture["credit"],
    }


def with_whole_addresses(markup: str) -> str:
    """Make addresses within this site whole ones, for whoever reads the text elsewhere."""

    def whole(tag: re.Match[str]) -> str:
        return LOCAL.sub(f"{settings.SITE_URL}/", tag[0])

    return TAG.sub(whole, markup)
