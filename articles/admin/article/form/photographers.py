"""Who took the photos of an open form and is not credited in it, offered to be credited."""

from collections import Counter
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from articles.actions.photographers import Choice
from articles.admin.article import pages
from articles.admin.article.form import typed
from articles.admin.base import Page, whole_number
from articles.models import Photo, Role

FIELDS = TICKED, SEEN = "credit_photographer", "photographer_seen"


@dataclass(frozen=True)
class Offered:
    """A photographer, by one of their photos. Ticked, they are credited with the next save."""

    photo: int
    name: str
    count: int
    is_ticked: bool


@dataclass(frozen=True)
class Panel:
    offered: list[Offered] = field(default_factory=list)
    # Credited, though none of the photos is theirs.
    without_photo: list[str] = field(default_factory=list)


def credited(article):
    return set(article.credits.filter(role=Role.PHOTOGRAPHER).values_list("name", flat=True))


def choice(data):
    """Read from a form whose credit its writer declined, and whose was asked for."""
    return _choice(*map(data.getlist, FIELDS))


def to_keep(data):
    """Give the same as plain text, to be kept with what was typed."""
    return {name: " ".join(data.getlist(name)) for name in FIELDS if name in data}


def kept_choice(fields):
    return _choice(*(fields.get(name, "").split() for name in FIELDS))


def _choice(ticked, seen):
    ticked, seen = (frozenset(filter(None, map(whole_number, some))) for some in (ticked, seen))
    return Choice(declined=seen - ticked, accepted=ticked & seen)


def panel(content, before, chosen):
    """Compare photos and credits of a text. `before` is the version that it changes, if any."""
    rows = [row for row in content["photos"] if row["photo"]]
    if not rows:
        return Panel()
    numbers = {row["photo"] for row in rows}
    people = dict(Photo.objects.filter(pk__in=numbers).values_list("pk", "photographer"))
    credited = [row for row in content["credits"] if row["role"] == Role.PHOTOGRAPHER]
    names = {row["name"] for row in credited}
    persons = {row["person"] for row in credited} - {None}
    known = {row["credit"] for row in before["photos"]} if before else set()
    offered: dict[str, Offered] = {}
    counts = Counter(row["credit"] for row in rows)
    for row in rows:
        name, photo = row["credit"], row["photo"]
        if not name or name in names or people.get(photo) in persons:
            continue
        is_ticked = name not in known
        if photo in chosen.declined | chosen.accepted:
            is_ticked = photo in chosen.accepted
        offered.setdefault(name, Offered(photo, name, counts[name], is_ticked))
    without = []
    if all(row["credit"] for row in rows):
        theirs, who = counts.keys(), set(people.values())
        without = [
            row["name"]
            for row in credited
            if row["name"] and row["name"] not in theirs and row["person"] not in who - {None}
        ]
    return Panel(list(offered.values()), without)


def of_form(request, version, data):
    """Compare what stands in a form as it was typed on a version, or what the version has."""
    return _compared(request, version, data, choice(data) if data else Choice())


def of_kept(request, version, fields):
    """The same for what was kept of a form."""
    return _compared(request, version, fields, kept_choice(fields))


def chose(request, version, fields):
    """Tell whether a kept form has other ticks than it was opened with."""
    if SEEN not in fields:
        return False
    return of_kept(request, version, fields) != _compared(request, version, fields, Choice())


def _compared(request, version, data, chosen):
    if not data:
        return panel(version.snapshot, version.snapshot, Choice()) if version else Panel()
    beside = typed.as_typed(version.snapshot) if version else typed.EMPTY
    content = typed.readable(data, beside, request)
    return panel(content, version and version.snapshot, chosen) if content else Panel()


@require_POST
def photographers(request):
    """Answer with the panel for what an open form holds."""
    article = pages.asked(request)
    pages.require_writing(request, article)
    version = article.versions.first() if article else None
    context = {"panel": of_form(request, version, request.POST)}
    template = "admin/articles/article/photographers.html"
    return HttpResponse(render_to_string(template, context, request))


PAGES = (Page("photographers/", photographers, "articles_article_photographers"),)
