"""The newest articles of the site, or of a section, topic, tag, unit or person, as feeds."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from articles import clock, site
from articles.addresses import absolute, home, in_language, site_name
from articles.models.editions import Edition, EditionCredit, EditionTag, EditionUnit
from articles.models.sections import Section
from articles.models.units import Unit
from articles.public import topics
from articles.public.caching import public_page
from articles.public.lists.listing import parts_page, whole
from articles.traditional import here

NEWEST = 30
# XML has no way to write these.
NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def printable(text: str) -> str:
    return NOT_XML.sub("", text)


class Rss(Rss201rev2Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        name_hub(handler, "atom:link")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        name_medium(handler, "atom:link", item)


class Atom(Atom1Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        name_hub(handler, "link")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        name_medium(handler, "link", item)


def name_hub(handler, link: str) -> None:
    """Say who tells subscribers of news at once, if anybody does."""
    if settings.WEBSUB_HUB:
        handler.addQuickElement(link, None, {"rel": "hub", "href": settings.WEBSUB_HUB})


def name_medium(handler, link: str, item: Mapping[str, Any]) -> None:
    """Say where a medium has what an item points at."""
    if item["at_medium"]:
        said = {"rel": "via", "href": item["at_medium"], "title": item["medium"]}
        handler.addQuickElement(link, None, said)


class JsonFeed(SyndicationFeed):
    """A feed as https://www.jsonfeed.org/version/1.1/ has it."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "items": [self.entry(**item) for item in self.items],
        }
        if settings.WEBSUB_HUB:
            feed["hubs"] = [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))

    def entry(self, **item: Any) -> dict[str, Any]:
        return {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "date_published": item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "authors": [{"name": item["author_name"]}] if item["author_name"] else [],
            "tags": list(item["categories"]),
            **({"external_url": item["at_medium"]} if item["at_medium"] else {}),
        }


class Subject(NamedTuple):
    """What a feed is of. `name` is empty for the site itself."""

    name: str
    address: str
    editions: Iterable[Edition]


def of_site() -> Subject:
    live = Edition.objects.live(clock.here()).for_lists().newest_first()
    return Subject("", reverse("articles:front_page"), live[:NEWEST])


def of_section(slug: str) -> Subject:
    section = get_object_or_404(Section, slug=slug)
    live = Edition.objects.live(clock.here()).for_lists().newest_first()
    return Subject(str(section), section.get_absolute_url(), live.filter(section=section)[:NEWEST])


def of_topic(slug: str) -> Subject:
    at = clock.here()
    topic = topics.find(slug, at)
    editions = topics.editions_of(topic, at).for_lists().newest_first()
    return Subject(str(topic), topic.get_absolute_url(), editions[:NEWEST])


def of_tag(slug: str) -> Subject:
    editions = newest(EditionTag.objects.filter(slug=slug))
    names = {tag["slug"]: tag["name"] for tag in editions[0].furniture["tags"]}
    return Subject(names.get(slug, slug), reverse("articles:tag", args=[slug]), editions)


def of_unit(slug: str) -> Subject:
    unit = get_object_or_404(Unit, slug=slug)
    page = parts_page(EditionUnit.objects.filter(unit=unit), {}, clock.here(), load=whole)
    return Subject(str(unit), reverse("articles:unit", args=[slug]), page.editions)


def of_person(number: int) -> Subject:
    person = get_object_or_404(site.people_with_pages(), pk=number)
    editions = newest(EditionCredit.objects.filter(person=person))
    return Subject(str(person), reverse("articles:person", args=[number]), editions)


def newest(parts) -> list[Edition]:
    """Give what readers see of these; what stands in drafts alone is nobody's business."""
    editions = parts_page(parts, {}, clock.here(), load=whole).editions
    if not editions:
        raise Http404
    return editions


class NewsFeed(Feed):
    """A feed of one kind. Its subject is found by what the address says."""

    item_guid_is_permalink = False

    def __init__(self, kind: str, name: str, subject: Callable[..., Subject]) -> None:
        self.feed_type, self.name, self.subject = KINDS[kind], name, subject

    def get_object(self, request, **asked: Any) -> tuple[Subject, dict[str, Any]]:
        return self.subject(**asked), asked

    def feed_url(self, found: tuple[Subject, dict[str, Any]]) -> str:
        return absolute(reverse(f"articles:{self.name}", kwargs=found[1]))

    def title(self, found) -> str:
        name = printable(found[0].name)
        return f"{here(name)} · {site_name()}" if name else site_name()

    def link(self, found) -> str:
        return absolute(found[0].address)

    def description(self) -> str:
        return here(_("The newest articles"))

    subtitle = description

    def items(self, found) -> Iterable[Edition]:
        return found[0].editions

    def item_title(self, edition: Edition) -> str:
        return here(printable(edition.headline), edition.language)

    def item_description(self, edition: Edition) -> str:
        return here(printable(edition.summary), edition.language)

    def item_author_name(self, edition: Edition) -> str:
        return here(printable(edition.credit_line), edition.language)

    def item_link(self, edition: Edition) -> str:
        return absolute(home(edition.get_absolute_url(), edition.language))

    def item_guid(self, edition: Edition) -> str:
        # The same for every edition and language: readers see an article once.
        address = reverse("articles:article", args=[edition.article_id])
        return absolute(in_language(address, settings.LANGUAGE_CODE))

    def item_pubdate(self, edition: Edition) -> datetime:
        return timezone.localtime(edition.displayed_at)

    def item_updateddate(self, edition: Edition) -> datetime:
        return timezone.localtime(edition.live_from)

    def item_extra_kwargs(self, edition: Edition) -> dict[str, str]:
        medium = here(printable(edition.medium), edition.language)
        return {"medium": medium, "at_medium": printable(edition.at_medium)}

    def item_categories(self, edition: Edition) -> list[str]:
        names = [str(edition.section), *(tag["name"] for tag in edition.furniture["tags"])]
        return [here(printable(name)) for name in names]


KINDS: dict[str, type[SyndicationFeed]] = {"rss": Rss, "atom": Atom, "json": JsonFeed}
SUBJECTS: dict[str, tuple[str, Callable[..., Subject]]] = {
    "": ("", of_site),
    "section_": ("<slug:slug>/", of_section),
    "topic_": ("topics/<slug:slug>/", of_topic),
    "tag_": ("tags/<word:slug>/", of_tag),
    "unit_": ("units/<slug:slug>/", of_unit),
    "person_": ("people/<number:number>/", of_person),
}


def addresses() -> list[URLPattern]:
    """Give `rss`, `section_atom`, `person_json` and so on."""
    return [
        path(
            f"feeds/{place}{kind}/",
            public_page(NewsFeed(kind, f"{of}{kind}", subject)),
            name=f"{of}{kind}",
        )
        for of, (place, subject) in SUBJECTS.items()
        for kind in KINDS
    ]
