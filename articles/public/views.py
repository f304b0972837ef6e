"""The pages of the newspaper. They read editions, and nothing of the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from articles import clock, site
from articles.addresses import absolute
from articles.models.editions import (
    Edition,
    EditionCredit,
    EditionTag,
    EditionUnit,
    Withdrawal,
)
from articles.models.sections import Section
from articles.models.units import Unit
from articles.public import contributors, searching
from articles.public.article import page as article_page
from articles.public.article import query as article_query
from articles.public.caching import public_page
from articles.public.lists import front, listed
from articles.public.lists.listing import editions_page, live_parts, parts_page, word
from articles.public.navigation import main_sections

HOME = "articles/front_page.html"
SECTION = "articles/section.html"


@public_page
def front_page(request: HttpRequest) -> HttpResponse:
    return render(request, HOME, home(clock.here()))


def home(at: datetime) -> dict[str, Any]:
    """Give what the home page shows at a moment."""
    sections = list(main_sections())
    return {"front": front.home(sections, at), "here": "front", "navigation": sections}


@public_page
def article(request: HttpRequest, number: int, slug: str = "-") -> HttpResponse:
    at = clock.here()
    found = article_query.read(number, translation.get_language(), at)
    if found is None:
        return gone(request, number, at)
    address = found.get_absolute_url()
    if request.path != address:
        return redirect(address, permanent=True)
    return HttpResponse(article_page.article(found, address))


def gone(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    """Answer 410 where readers saw an article once, and 404 where they never did."""
    was_live = Edition.objects.filter(
        article=number, live_from__lte=at, live_until__lte=at, live_until__gt=F("live_from")
    )
    ended_at = was_live.order_by("-live_until").values_list("live_until", flat=True).first()
    if ended_at is None:
        raise Http404
    withdrawal = Withdrawal.objects.standing(at).filter(article=number).first()
    context = {"withdrawal": withdrawal, "ended_at": ended_at}
    return render(request, "410.html", context, status=410)


@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    section = get_object_or_404(Section.objects.select_related("parent"), slug=slug)
    return render(request, SECTION, front_of(section, request.GET, clock.here()))


def front_of(section: Section, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Give what a section shows at a moment: its front, or a page of what is older."""
    live = Edition.objects.live(at).filter(section=section)
    page = editions_page(live, asked, at, load=listed.editions)
    laid_out = None
    if page.is_first:
        laid_out = front.of_section(section, page.editions, at)
        rest = [e for e in page.editions if e.article_id not in laid_out.articles]
        page.editions = [*laid_out.top, *rest] if laid_out.is_list else rest
    return {
        "section": section,
        "here": section.slug,
        "children": section.children.all(),
        "page": page,
        "front": laid_out,
    }


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    at = clock.here()
    tagged = EditionTag.objects.filter(slug=slug)
    page = parts_page(tagged, request.GET, at, load=listed.editions)
    if not page.editions:
        raise Http404  # a tag of drafts is nobody's business
    name = tagged.get(edition=page.editions[0].pk).name
    return render(request, "articles/tag.html", {"name": name, "slug": slug, "page": page})


@public_page
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    at = clock.here()
    units = Unit.objects.select_related("group", "parent", "successor")
    unit = get_object_or_404(units, slug=slug)
    parts = EditionUnit.objects.filter(unit=unit)
    page = parts_page(parts, request.GET, at, load=listed.editions)
    context = {
        "unit": unit,
        "page": page,
        "former_names": contributors.former_names(unit, timezone.localdate(at)),
        "predecessors": unit.predecessors.all(),
        "parts": unit.children.active(timezone.localdate(at)),
        "people": contributors.people_lately(unit, at) if page.is_first else [],
    }
    return render(request, "articles/unit.html", context)


@public_page
def person(request: HttpRequest, number: int) -> HttpResponse:
    at = clock.here()
    person = get_object_or_404(site.people_with_pages().select_related("home_unit"), pk=number)
    credits = EditionCredit.objects.filter(person=person)
    role = word(request.GET, "role")
    wanted = credits.filter(role=role) if role else credits
    page = parts_page(wanted, request.GET, at, load=listed.editions)
    if not page.editions:
        raise Http404  # who is credited in drafts only is not public
    live = live_parts(credits, at)
    context = {
        "person": person,
        "role": role,
        "extra": f"role={role}&" if role else "",
        "works": contributors.works(person, at),
        "units": contributors.units_of(live),
        "years": contributors.years(live),
        "namesakes": contributors.namesakes(person, at),
        "page": page,
    }
    return render(request, "articles/person.html", context)


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/accessibility.html")


@public_page
def search(request: HttpRequest) -> HttpResponse:
    context = searching.context(request.GET, clock.here())
    return render(request, "articles/search.html", context)


@public_page
def search_description(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search this site from their address bar."""
    return render(
        request,
        "articles/opensearch.xml",
        {"search_address": absolute(reverse("articles:search"))},
        content_type="application/opensearchdescription+xml",
    )
