"""Articles as machines read them: https://schema.org/NewsArticle."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import site
from articles.addresses import absolute, absolute_of_file, home
from articles.models.editions import Edition
from articles.models.topics import Topic
from articles.text.scripts import in_script

# As `rendering` writes it.
VIDEO = re.compile(
    r'<figure class="video" data-player="(?P<player>[^"]*)">'
    r'<a href="(?P<page>[^"]*)" rel="noopener">(?P<words>.*?)</a>'
)


def news_article(edition: Edition, address: str, lead: dict[str, Any] | None) -> dict[str, Any]:
    """Describe an edition; `lead` is its first photo, if it may be shown."""
    units = [organization(unit) for unit in edition.furniture["units"]]
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": identity(address),
        "headline": edition.headline,
        "alternativeHeadline": edition.subhead,
        "description": edition.summary,
        "keywords": [tag["name"] for tag in edition.furniture["tags"]],
        "creditText": edition.credit_line,
        "inLanguage": edition.language,
        "datePublished": edition.displayed_at.isoformat(),
        "dateModified": max(edition.live_from, edition.displayed_at).isoformat(),
        "mainEntityOfPage": address,
        "isAccessibleForFree": True,
        "image": [image(edition, lead)] if lead else [],
        "video": list(videos(edition, lead)) if lead else [],
        "author": list(people(edition, "author")) or units,
        "editor": list(people(edition, "editor")),
        "sourceOrganization": units,
        "isBasedOn": covered(edition) if edition.at_medium else edition.source_url,
        "correction": [correction(row) for row in edition.furniture["corrections"]],
        "publisher": publisher(),
    }
    return {name: value for name, value in described.items() if value or name == "image"}


def identity(address: str) -> str:
    """Name the article at an address, so that several descriptions are known to be of one."""
    return f"{address}#article"


def in_other_language(headline: str, language: str, address: str) -> dict[str, Any]:
    """Describe an article as far as others name it."""
    return {
        "@type": "NewsArticle",
        "@id": identity(address),
        "url": address,
        "headline": headline,
        "inLanguage": language,
    }


def ties(address: str, **described: Any) -> dict[str, Any]:
    """Say what an article was translated from, or into."""
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "@id": identity(address)}
    return {**about, **{name: value for name, value in described.items() if value}}


def image(edition: Edition, photo: dict[str, Any]) -> dict[str, Any]:
    """Describe a photo: who took it, as it is printed below it, and how large it is."""
    described = {
        "@type": "ImageObject",
        "url": absolute_of_file(photo["src"]),
        "width": photo["width"],
        "height": photo["height"],
        "caption": photo["caption"],
        "creditText": photo["credit"],
        "creator": list(people(edition, "photographer")),
    }
    return {name: value for name, value in described.items() if value}


def videos(edition: Edition, photo: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Describe the videos in a text, each with a picture, as machines want it: the first photo."""
    for found in VIDEO.finditer(edition.body):
        words = unescape(strip_tags(found["words"])).strip()
        described = {
            "@type": "VideoObject",
            "name": words or edition.headline,
            "description": edition.summary or edition.headline,
            "thumbnailUrl": absolute_of_file(photo["src"]),
            "uploadDate": edition.displayed_at.isoformat(),
            "url": unescape(found["page"]),
            "embedUrl": unescape(found["player"]),
        }
        yield {name: value for name, value in described.items() if value}


def people(edition: Edition, role: str) -> Iterator[dict[str, Any]]:
    """Describe whoever is credited in a role by name, each with the unit printed beside it."""
    for line in edition.furniture["credits"]:
        for entry in line["entries"] if line["role"] == role else ():
            if entry["name"]:
                person = {"@type": "Person", "name": entry["name"]}
                if entry["unit"]:
                    person["affiliation"] = {"@type": "Organization", "name": entry["unit"]}
                yield person


def organization(unit: dict[str, str]) -> dict[str, Any]:
    address = absolute(reverse("articles:unit", args=[unit["slug"]]))
    return {"@type": "Organization", "name": unit["name"], "url": address}


def covered(edition: Edition) -> dict[str, Any]:
    """Describe the page of a medium that an edition points at."""
    day = {"datePublished": edition.event_date.isoformat()} if edition.event_date else {}
    medium = {"@type": "NewsMediaOrganization", "name": edition.medium}
    return {"@type": "NewsArticle", "url": edition.at_medium, "publisher": medium, **day}


def correction(row: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": row["text"], "datePublished": row["at"]}


def topic(found: Topic, editions: Iterable[Any], image: str) -> dict[str, Any]:
    """Describe the page of a topic and what stands on top of it, as `public.listed` has it.

    See https://schema.org/CollectionPage.
    """
    address = absolute(found.get_absolute_url())
    steps = ((_("Home"), "articles:front_page"), (_("Topics"), "articles:topics"))
    described = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": str(found),
        "description": found.summary(),
        "inLanguage": found.language,
        "image": image,
        "publisher": publisher(),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
                for place, (name, path) in enumerate(
                    [
                        *((name, reverse(step)) for name, step in steps),
                        (str(found), found.get_absolute_url()),
                    ],
                    1,
                )
            ],
        },
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": edition.headline,
                    "url": absolute(home(edition.get_absolute_url(), edition.language)),
                }
                for place, edition in enumerate(editions, 1)
            ],
        },
    }
    return {name: value for name, value in described.items() if value}


def publisher() -> dict[str, Any]:
    said = site.current().settings
    logo = {"logo": absolute_of_file(said.logo.url)} if said.logo else {}
    return {"@type": "NewsMediaOrganization", "name": said.name, **logo}


def block(described: dict[str, Any]) -> SafeString:
    return mark_safe(in_script(described))  # noqa: S308 escaped right there
