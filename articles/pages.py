"""Editions as their pages print them: made once, when they are published.

An edition never changes, so what a page prints of it alone is kept, in each language of the
site. What may change, as the name of its section, and what changes with a deployment, as the
addresses of scripts, is left to `articles.public`.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from hashlib import blake2b
from itertools import batched
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.template import Engine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from articles import site, structured
from articles.addresses import (
    absolute,
    absolute_of_file,
    home,
    languages,
    site_name,
    spoken,
)
from articles.models.editions import Edition, EditionCredit
from articles.models.pages import EditionPage
from articles.traditional import here

HERE = Path(__file__).parent
TEMPLATE = "articles/edition.html"
ROLES = dict(EditionCredit._meta.get_field("role").flatchoices)
STAGES = dict(EditionCredit._meta.get_field("stage").flatchoices)


class Parts(NamedTuple):
    """What stands in the page's head, above the text and below it."""

    head: str
    top: str
    foot: str


def make(editions: Sequence[Edition]) -> None:
    """Keep what pages print of new editions, in every language."""
    made_by, with_page = recipe(), people_with_pages(editions)
    EditionPage.objects.bulk_create(
        EditionPage(
            edition=edition,
            language=code,
            recipe=made_by,
            **parts(edition, code, with_page=with_page)._asdict(),
        )
        for edition in editions
        for code in languages()
    )


@transaction.atomic
def make_again(edition: Edition) -> None:
    edition.pages.all().delete()
    make([edition])


def renew(edition: Edition) -> None:
    """Make what pages print of an edition again, unless it is made by today's recipe."""
    if edition.pages.filter(recipe=recipe()).count() < len(languages()):
        make_again(edition)


def rebuild(at: datetime, *, most: int | None = None) -> int:
    """Make what is missing or made by another recipe, and say of how many editions.

    The newest come first, which most readers ask for.
    """
    done = EditionPage.objects.filter(recipe=recipe()).values("edition")
    missing = Edition.objects.not_over(at).exclude(pk__in=done)
    numbers = list(missing.order_by("-pk").values_list("pk", flat=True)[:most])
    for some in batched(numbers, 200):
        for edition in Edition.objects.filter(pk__in=some):
            make_again(edition)
    return len(numbers)


def recipe() -> str:
    """Give a digest of what pages are made from, beside the edition.

    Pages made by another recipe are not used: after a deployment they are made for each
    reader until `rebuild_pages` has run.
    """
    said = site.current().settings.kept_on_pages()
    place = (settings.SITE_URL, settings.DOWNLOADS_URL, settings.TIME_ZONE)
    return blake2b(
        _sources() + repr((said, place, settings.LANGUAGE_CODE, languages())).encode(),
        digest_size=16,
    ).hexdigest()


@cache
def _sources() -> bytes:
    """Digest the template, its wording and the code behind it, once per process."""
    template = Path(Engine.get_default().get_template(TEMPLATE).origin.name)
    code = [
        HERE / name for name in ("pages.py", "structured.py", "addresses.py", "public/urls.py")
    ]
    wording = sorted(path for place in settings.LOCALE_PATHS for path in place.rglob("*.mo"))
    digest = blake2b()
    for path in (template, *code, *wording):
        digest.update(path.read_bytes())
    return digest.digest()


def parts(
    edition: Edition,
    language: str,
    *,
    gone: Collection[int] = (),
    with_page: Collection[int] | None = None,
) -> Parts:
    """Render what is kept, without the photos that may no longer be shown.

    `with_page` are the credited people whom readers may look up, where somebody has asked.
    """
    if with_page is None:
        with_page = people_with_pages([edition])
    lead = edition.furniture["lead"]
    if lead and lead.get("photo") in gone:
        lead = None
    with translation.override(language):
        address = absolute(home(edition.get_absolute_url(), edition.language))
        context = {
            "edition": edition,
            "lead": lead,
            "lang": spoken(language),
            "canonical": address,
            "credits": credit_lines(edition, with_page),
            "corrections": corrections(edition),
            "oembed": absolute(f"{reverse('articles:oembed')}?{urlencode({'url': address})}"),
            "share": sharing_links(here(edition.headline, edition.language), address),
            "structured": structured.block(structured.news_article(edition, address, lead)),
            "site_name": site_name(),
            "files": settings.DOWNLOADS_URL,
            "image": absolute_of_file(lead["src"]) if lead else "",
        }
        return Parts(*(render_to_string(f"{TEMPLATE}#{part}", context) for part in Parts._fields))


def credit_lines(
    edition: Edition, with_page: Collection[int]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Name each role and review stage in the reader's language, and who has a page."""
    return [
        (
            ROLES[line["role"]],
            [
                entry
                | {
                    "stage": STAGES.get(entry["stage"], ""),
                    "person": entry["person"] if entry["person"] in with_page else None,
                }
                for entry in line["entries"]
            ],
        )
        for line in edition.furniture["credits"]
    ]


def people_with_pages(editions: Iterable[Edition]) -> set[int]:
    """Give the people credited whom readers may look up. No query where that is everybody."""
    lines = [line for edition in editions for line in edition.furniture["credits"]]
    credited = {entry["person"] for line in lines for entry in line["entries"] if entry["person"]}
    if not credited or site.current().settings.students_have_pages:
        return credited
    return set(site.people_with_pages().filter(pk__in=credited).values_list("pk", flat=True))


def corrections(edition: Edition) -> list[dict[str, Any]]:
    return [
        {"text": correction["text"], "at": datetime.fromisoformat(correction["at"])}
        for correction in edition.furniture["corrections"]
    ]


def sharing_links(headline: str, address: str) -> dict[str, str]:
    """Give the addresses that open a service's own form for sharing."""
    asked = urlencode({"url": address, "title": headline})
    return {
        "weibo": f"https://service.weibo.com/share/share.php?{asked}",
        "qq": f"https://connect.qq.com/widget/shareqq/index.html?{asked}",
    }
