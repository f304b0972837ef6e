"""The page of searching: what its address asks for, and what it shows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import search, site
from articles.models.editions import Edition, EditionCredit, EditionTag
from articles.models.sections import Section
from articles.models.units import Unit
from articles.public import showing
from articles.public.lists import listed
from articles.public.lists.listed import Listed
from articles.public.lists.listing import PAGE_SIZE, Cursor
from articles.search import Piece, Place, Wanted
from articles.search.names import near, suggestions
from articles.search.words import phrases

FORMS: dict[str, Any] = dict(Edition._meta.get_field("form").flatchoices)
# How much is offered to whoever found nothing, or too much.
MOST_TRIED, MOST_OFFERED, NEWEST = 5, 6, 5
# Of what else an edition was found by.
MOST_NAMES = 3


class Filter(NamedTuple):
    """What narrows a search, as its address and its reader have it."""

    parameter: str
    value: str
    kind: Any
    name: str


@dataclass(frozen=True)
class Asked:
    """What an address asks for. What it does not name rightly is left out."""

    query: str
    filters: tuple[Filter, ...]
    wanted: Wanted

    def address(self, *, without: str = "", **changes: str) -> str:
        """Give the address of this search from its first page on, changed."""
        asked = {"q": self.query} | {given.parameter: given.value for given in self.filters}
        asked |= {"sort": "date"} if self.wanted.by_date else {}
        asked |= changes
        return f"?{urlencode({k: v for k, v in asked.items() if v and k != without})}"


@dataclass
class Result:
    """An edition as a search shows it."""

    edition: Edition
    headline: list[Piece]
    excerpt: list[Piece]
    names: list[list[Piece]]


@dataclass
class Results:
    """A page of a search, and the way to those around it, as addresses have it."""

    results: list[Result]
    newer: str = ""
    older: str = ""
    is_first: bool = True


@dataclass
class Offers:
    """Ways out of an empty page."""

    queries: list[str] = field(default_factory=list)
    newest: list[Listed] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)


def read(address: Mapping[str, str], at: datetime) -> Asked:
    """Understand an address. At most a query for each filter."""
    query = " ".join(address.get("q", "").replace("\0", " ").split())[: search.MAX_QUERY]
    found = {
        parameter: (given, *known)
        for parameter, look_up in KINDS.items()
        if (given := address.get(parameter, "").replace("\0", "")[:100])
        and (known := look_up(given, at))
    }
    filters = tuple(
        Filter(parameter, given, kind, name)
        for parameter, (given, kind, name, _key) in found.items()
    )
    keys = {parameter: key for parameter, (_given, _kind, _name, key) in found.items()}
    since, until = keys.pop("from", None), keys.pop("to", None)
    wanted = Wanted(
        query, tuple(keys.items()), since, until, by_date=address.get("sort") == "date"
    )
    return Asked(query, filters, wanted)


type Known = tuple[Any, str, Any] | None  # what kind of filter, its name, and what `search` takes


def _section(slug: str, at: datetime) -> Known:
    section = Section.objects.filter(slug=slug).first()
    return (_("section"), str(section), section.pk) if section else None


def _form(value: str, at: datetime) -> Known:
    return (_("form"), str(FORMS[value]), value) if value in FORMS else None


def _unit(slug: str, at: datetime) -> Known:
    unit = Unit.objects.filter(slug=slug).first()
    return (_("unit"), str(unit), slug) if unit else None


def _live(at: datetime) -> Q:
    still = Q(edition__live_until=None) | Q(edition__live_until__gt=at)
    return Q(edition__live_from__lte=at) & still


def _person(number: str, at: datetime) -> Known:
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    people = site.people_with_pages().filter(pk=number)
    named = EditionCredit.objects.filter(_live(at), person__in=people).exclude(name="")
    credit = named.order_by("-displayed_at", "-edition").first()
    return (_("person"), credit.name, int(number)) if credit else None


def _tag(slug: str, at: datetime) -> Known:
    tags = EditionTag.objects.filter(_live(at), slug=slug)
    tag = tags.order_by("-displayed_at", "-edition").first()
    return (_("tag"), tag.name, slug) if tag else None


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    # Before and after that there is no midnight in every time zone.
    return day if day and 2 <= day.year < 9999 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _since(text: str, at: datetime) -> Known:
    day = _day(text)
    return (pgettext_lazy("date", "from"), text, _midnight(day)) if day else None


def _until(text: str, at: datetime) -> Known:
    day = _day(text)
    if day is None:
        return None
    return pgettext_lazy("date", "until"), text, _midnight(day + timedelta(days=1))


KINDS: dict[str, Callable[[str, datetime], Known]] = {
    "section": _section,
    "form": _form,
    "unit": _unit,
    "person": _person,
    "tag": _tag,
    "from": _since,
    "to": _until,
}


def turn(asked: Asked, address: Mapping[str, str], at: datetime) -> Results:
    """Give the page that `before` or `after` asks for; nothing where nothing is looked for."""
    if asked.wanted.is_empty():
        return Results([])
    if after := address.get("after"):
        found = search.find(
            asked.wanted, at=at, most=PAGE_SIZE + 1, beyond=_place(after), backwards=True
        )
        # Turned back to the beginning: show the whole first page, not what is left of it.
        if len(found) > PAGE_SIZE:
            shown = found[PAGE_SIZE - 1 :: -1]
            ends = _written(shown[0]), _written(shown[-1])
            return Results(load(shown, asked.query, at), *ends, is_first=False)
    before = address.get("before", "") if not after else ""
    beyond = _place(before) if before else None
    found = search.find(asked.wanted, at=at, most=PAGE_SIZE + 1, beyond=beyond)
    shown = found[:PAGE_SIZE]
    if before and not shown:
        raise Http404
    older = _written(shown[-1]) if len(found) > PAGE_SIZE else ""
    newer = _written(shown[0]) if before else ""
    return Results(load(shown, asked.query, at), newer, older, is_first=not before)


def _written(place: Place) -> str:
    return f"{place.rank:d}-{Cursor(place.displayed_at, place.article)}"


def _place(text: str) -> Place:
    rank, _dash, cursor = text.partition("-")
    if rank not in {"1", "2", "3"}:
        raise Http404
    there = Cursor.read(cursor)
    return Place(int(rank), there.displayed_at, there.number)


def load(places: list[Place], query: str, at: datetime) -> list[Result]:
    """Give what is shown of editions. Four queries, however many there are."""
    rows = Edition.objects.for_lists().in_bulk([place.edition for place in places])
    editions = showing.leads((rows[place.edition] for place in places), at)
    bodies = search.excerpts(editions, query)
    return [
        Result(
            edition,
            search.mark(edition.headline, query),
            _excerpt(edition, bodies[edition.pk], query),
            _names(edition, query),
        )
        for edition in editions
    ]


def _excerpt(edition: Edition, of_body: list[Piece], query: str) -> list[Piece]:
    """Give the summary where the body has no hit to show."""
    if edition.summary and not any(piece.is_hit for piece in of_body):
        return search.excerpt(edition.summary, query)
    return of_body


def _names(edition: Edition, query: str) -> list[list[Piece]]:
    """Give the tags and people by which an edition was found, which its headline may not say."""
    names = dict.fromkeys(
        [tag["name"] for tag in edition.furniture["tags"]]
        + [name for _number, name in _people(edition)]
    )
    marked = (search.mark(name, query) for name in names)
    hits = [pieces for pieces in marked if any(piece.is_hit for piece in pieces)]
    return hits[:MOST_NAMES]


def _people(edition: Edition) -> Iterator[tuple[str, str]]:
    for line in edition.furniture["credits"]:
        for entry in line["entries"]:
            if entry["person"] and entry["name"]:
                yield str(entry["person"]), entry["name"]


def narrower(asked: Asked, results: list[Result]) -> list[Filter]:
    """Name the tags and people that several of the shown editions have. One query at most."""
    given = {filter_.parameter for filter_ in asked.filters}
    counts: Counter[Filter] = Counter()
    for result in results:
        furniture = result.edition.furniture
        tags = [Filter("tag", tag["slug"], _("tag"), tag["name"]) for tag in furniture["tags"]]
        people = [
            Filter("person", number, _("person"), name) for number, name in _people(result.edition)
        ]
        once = dict.fromkeys(f for f in (*tags, *people) if f.parameter not in given)
        counts.update(list(once))
    several = [found for found, count in counts.most_common() if count > 1]
    numbers = [found.value for found in several if found.parameter == "person"]
    with_pages = site.people_with_pages().filter(pk__in=numbers)
    numbered = set(with_pages.values_list("pk", flat=True))
    return [f for f in several if f.parameter == "tag" or int(f.value) in numbered][:MOST_OFFERED]


class Suggestion(NamedTuple):
    kind: str
    name: str
    address: str


def suggested(query: str, at: datetime) -> list[Suggestion]:
    return [
        Suggestion(
            name.get_kind_display(),
            name.name,
            reverse(f"articles:{name.kind}", args=[name.target]),
        )
        for name in suggestions(query, at=at)
    ]


def meant(query: str, at: datetime) -> list[str]:
    names = (name.name for name in near(query, at=at))
    return list(dict.fromkeys(names))


def offers(asked: Asked, at: datetime) -> Offers:
    """Give what somebody may look for who found nothing: fewer words, and what is new."""
    places = search.find(Wanted(), at=at, most=NEWEST)
    newest = listed.editions([place.edition for place in places], at)
    tagged = EditionTag.objects.filter(edition__in=[edition.pk for edition in newest])
    in_order = tagged.order_by("-displayed_at", "-edition", "pk")
    tags = {
        slug: {"slug": slug, "name": name} for slug, name in in_order.values_list("slug", "name")
    }
    queries = [
        query
        for query in simpler(asked.query)[:MOST_TRIED]
        if search.find(Wanted(query, by_date=True), at=at, most=1)
    ]
    return Offers(queries, newest, list(tags.values())[:MOST_OFFERED])


def simpler(query: str) -> list[str]:
    """Ask for less: without quotation marks, without one of the words, a long word in two."""
    asked = phrases(query)
    texts = [" ".join(phrase.runs) for phrase in asked]
    if any(phrase.is_quoted for phrase in asked):
        return [" ".join(texts)]
    if len(texts) > 1:
        return [" ".join(texts[:n] + texts[n + 1 :]) for n in range(len(texts))]
    word = "".join(texts)
    return [f"{word[:n]} {word[n:]}" for n in range(2, len(word) - 1) if not word.isascii()]


def choices() -> dict[str, list[tuple[str, Any]]]:
    """Give what the form offers. Two queries."""
    return {
        "sections": [(section.slug, section) for section in Section.objects.all()],
        "units": [(unit.slug, unit) for unit in Unit.objects.all()],
        "forms": list(FORMS.items()),
    }


def context(address: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Give what the page of an address prints."""
    asked = read(address, at)
    page = turn(asked, address, at)
    found = {
        "query": asked.query,
        "asked": asked,
        "page": page,
        "given": {filter_.parameter: filter_.value for filter_ in asked.filters},
        "choices": choices(),
        "removable": [(f, asked.address(without=f.parameter)) for f in asked.filters],
        "narrower": [
            (f, asked.address(**{f.parameter: f.value})) for f in narrower(asked, page.results)
        ],
        "best": asked.address(without="sort"),
        "newest": asked.address(sort="date"),
        "page_query": "" if asked.wanted.is_empty() else asked.address(),
    }
    if asked.query and page.is_first:
        found["suggested"] = suggested(asked.query, at)
    if not page.results and not asked.wanted.is_empty():
        found["meant"] = [(name, asked.address(q=name)) for name in meant(asked.query, at)]
        found["offers"] = offers(asked, at)
    return found
