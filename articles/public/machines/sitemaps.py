"""Sitemaps for crawlers, streamed and cut by article number, so that none counts or skips rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from articles import clock, site
from articles.addresses import absolute, alternates, home, homes, in_language, languages
from articles.models.editions import Edition
from articles.models.sections import Section
from articles.models.topics import Topic
from articles.models.translations import Translation
from articles.models.units import Unit
from articles.public.machines.feeds import printable

ARTICLES_PER_MAP = 10_000
NEWS_DAYS = 2
NEWS_MOST = 1000
NEWS_LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
NEWS_URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
)


def xml(opening: str, lines: Iterable[str], closing: str) -> StreamingHttpResponse:
    def document() -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n'
        for line in lines:
            yield f"{line}\n"
        yield f"{closing}\n"

    return StreamingHttpResponse(
        document(),
        content_type="application/xml",
        headers={"Cache-Control": "public, max-age=60"},
    )


def index(request: HttpRequest) -> StreamingHttpResponse:
    """Name the maps: one of the lists, and one per block of article numbers in use."""
    bounds = Edition.objects.aggregate(first=Min("article"), last=Max("article"))
    maps = [reverse("sitemap_of_lists")]
    if bounds["last"]:
        blocks = range(bounds["first"] // ARTICLES_PER_MAP, bounds["last"] // ARTICLES_PER_MAP + 1)
        maps += [reverse("sitemap_of_articles", args=[block]) for block in blocks]
    lines = (f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>" for path in maps)
    return xml(INDEX, lines, "</sitemapindex>")


def lists(request: HttpRequest) -> StreamingHttpResponse:
    shown = Topic.objects.shown(clock.here())
    names = ("front_page", "topics", "archive", "accessibility")
    paths = [reverse(f"articles:{name}") for name in names]
    paths += [section.get_absolute_url() for section in Section.objects.all()]
    paths += [topic.get_absolute_url() for topic in shown]
    paths += [unit.get_absolute_url() for unit in Unit.objects.all()]
    return xml(URLSET, (line for path in paths for line in in_languages(path)), "</urlset>")


def in_languages(path: str) -> Iterator[str]:
    """List a page in every language, each with the others."""
    there = {code: in_language(path, code) for code in languages()}
    return urls(there, there)


def urls(own: dict[str, str], there: dict[str, str], more: str = "") -> Iterator[str]:
    """List pages, each with all that say the same, by language."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in alternates(there)
    )
    for path in own.values():
        yield f"<url><loc>{escape(absolute(path))}</loc>{more}{links}</url>"


def articles(request: HttpRequest, block: str) -> StreamingHttpResponse:
    """List the live articles of a block of numbers."""
    first = int(block) * ARTICLES_PER_MAP
    live = Edition.objects.live(clock.here()).filter(
        article__gte=first, article__lt=first + ARTICLES_PER_MAP
    )
    rows = only_addresses(live).order_by("article_id")
    others = in_other_languages(first, first + ARTICLES_PER_MAP)
    lines = (
        line
        for edition in rows.iterator(chunk_size=1000)
        for line in urls_of(edition, others[edition.article_id])
    )
    return xml(URLSET, lines, "</urlset>")


def in_other_languages(first: int, end: int) -> dict[int, list[Edition]]:
    """Give the live translations of articles of these numbers, by article. Two queries."""
    groups = Translation.objects.filter(article__gte=first, article__lt=end).values("original")
    tied = Translation.objects.filter(original__in=groups).values_list("original", "article")
    found: dict[int, list[Edition]] = defaultdict(list)
    ties = list(tied)
    if not ties:
        return found
    live = Edition.objects.live(clock.here()).filter(article__in=[number for _, number in ties])
    editions = {edition.article_id: edition for edition in only_addresses(live)}
    of_group: dict[int, list[int]] = defaultdict(list)
    for original, number in ties:
        of_group[original].append(number)
    for numbers in of_group.values():
        there = [editions[number] for number in numbers if number in editions]
        for number in numbers:
            found[number] = [edition for edition in there if edition.article_id != number]
    return found


def urls_of(edition: Edition, others: list[Edition]) -> Iterator[str]:
    """List the pages where an article is at home, with those of its translations."""
    there = homes(*map(text, (edition, *others)))
    own = {code: path for code, path in homes(text(edition)).items() if there[code] == path}
    more = f"<lastmod>{edition.live_from.isoformat()}</lastmod>"
    return urls(own, there, more)


def text(edition: Edition) -> tuple[str, str]:
    return edition.get_absolute_url(), edition.language


def news(request: HttpRequest) -> StreamingHttpResponse:
    """List what first went out in the last two days, as news searches want it."""
    at = clock.here()
    since: datetime = at - timedelta(days=NEWS_DAYS)
    live = Edition.objects.live(at).filter(first_published_at__gte=since)
    rows = only_addresses(live).order_by("-first_published_at")[:NEWS_MOST]
    name = escape(site.current().settings.name)
    lines = (
        f"<url><loc>{location(edition)}</loc><news:news><news:publication>"
        f"<news:name>{name}</news:name><news:language>{news_language(edition)}</news:language>"
        "</news:publication>"
        f"<news:publication_date>{edition.first_published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(printable(edition.headline))}</news:title></news:news></url>"
        for edition in rows
    )
    return xml(NEWS_URLSET, lines, "</urlset>")


def only_addresses(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    return editions.only(
        "article_id", "slug", "language", "headline", "live_from", "first_published_at"
    )


def location(edition: Edition) -> str:
    return escape(absolute(home(edition.get_absolute_url(), edition.language)))


def news_language(edition: Edition) -> str:
    return NEWS_LANGUAGES.get(edition.language, edition.language)
