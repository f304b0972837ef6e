"""RSS and Atom: the newest articles of the site, or of a section."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from articles import clock
from articles.addresses import absolute, in_language, site_name
from articles.models.editions import Edition
from articles.models.sections import Section

NEWEST = 30
# XML has no way to write these.
NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def printable(text: str) -> str:
    return NOT_XML.sub("", text)


class Rss(Rss201rev2Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        name_hub(handler, "atom:link")


class Atom(Atom1Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        name_hub(handler, "link")


def name_hub(handler, link: str) -> None:
    """Say who tells subscribers of news at once, if anybody does."""
    if settings.WEBSUB_HUB:
        handler.addQuickElement(link, None, {"rel": "hub", "href": settings.WEBSUB_HUB})


class SiteFeed(Feed):
    feed_type: type[SyndicationFeed] = Rss
    feed_name = "articles:rss"

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response

    def feed_url(self, section: Section | None) -> str:
        return absolute(reverse(self.feed_name, args=[section.slug] if section else []))

    def title(self, section: Section | None) -> str:
        return f"{section} · {site_name()}" if section else site_name()

    def link(self, section: Section | None) -> str:
        return absolute(section.get_absolute_url() if section else reverse("articles:front_page"))

    def description(self, section: Section | None) -> str:
        return _("The newest articles")

    def items(self, section: Section | None) -> list[Edition]:
        live = Edition.objects.live(clock.here()).for_lists().newest_first()
        return list(live.filter(section=section)[:NEWEST] if section else live[:NEWEST])

    def item_title(self, edition: Edition) -> str:
        return printable(edition.headline)

    def item_description(self, edition: Edition) -> str:
        return printable(edition.summary)

    def item_author_name(self, edition: Edition) -> str:
        return printable(edition.credit_line)

    def item_link(self, edition: Edition) -> str:
        return absolute(in_language(edition.get_absolute_url(), edition.language))

    def item_guid(self, edition: Edition) -> str:
        # The same for every edition and language: readers see an article once.
        address = reverse("articles:article", args=[edition.article_id])
        return absolute(in_language(address, settings.LANGUAGE_CODE))

    item_guid_is_permalink = False

    def item_pubdate(self, edition: Edition) -> datetime:
        return timezone.localtime(edition.displayed_at)

    def item_updateddate(self, edition: Edition) -> datetime:
        return timezone.localtime(edition.live_from)

    def item_categories(self, edition: Edition) -> list[str]:
        return [str(edition.section), *(tag["name"] for tag in edition.furniture["tags"])]


class SiteAtomFeed(SiteFeed):
    feed_type = Atom
    feed_name = "articles:atom"
    subtitle = SiteFeed.description


class SectionFeed(SiteFeed):
    feed_name = "articles:section_rss"

    def get_object(self, request, slug: str) -> Section:
        return get_object_or_404(Section, slug=slug)


class SectionAtomFeed(SectionFeed):
    feed_type = Atom
    feed_name = "articles:section_atom"
    subtitle = SiteFeed.description
