"""The public side reads editions only, and nothing of a draft is ever on it."""

import re
from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.clicks.tokens import page_token
from articles import site
from articles.actions import publishing, writing
from articles.models import Article, Comment, Credit, OldAddress, Topic
from articles.public.machines.feeds import KINDS
from tests import factories
from tests.addresses import addresses

pytestmark = pytest.mark.django_db

# What the readers' side may read. Anything else that a public address touches is a hole.
PUBLIC_TABLES = re.compile(
    r"articles_(edition\w*|photo|earlierfile|oldaddress|section|translation|unit|unitgroup|unitname|person|placement|frontblock|topic|topicslug|withdrawal"
    r"|sitesettings|footerlink|memorialperiod)"
    r"|articles_(words|lexemes|printedname)|analytics_\w+"
)
TABLES = re.compile(r"\b((?:articles|analytics|auth|django|taggit)_[a-z_]+)\b(?!\()")
# And of a photo nothing but its files: who took it where, and for whom, is the library's.
PUBLIC_COLUMNS = {"id", "image", "width", "height", "renditions", "focal_point", "expires_at"}
PHOTO_COLUMNS = re.compile(r'(?:"articles_photo"|\bphoto)\."?([a-z0-9_]+)"?')
SECRET = "绝密未刊"


def visits(article: Article) -> dict[str, list[str]]:
    """Give addresses to visit for every public pattern, by the pattern's name."""
    edition = article.editions.get()
    credit, unit = edition.credits.get(role="author"), edition.units.get().unit
    day = timezone.localtime(edition.displayed_at)
    number, section = article.pk, edition.section.slug
    return {
        "healthz": ["/healthz"],
        "robots": ["/robots.txt"],
        "security": ["/.well-known/security.txt"],
        "sitemap": ["/sitemap.xml"],
        "sitemap_of_lists": ["/sitemap-lists.xml"],
        "sitemap_of_articles": ["/sitemap-articles-0.xml"],
        "news_sitemap": ["/news-sitemap.xml"],
        "sheet": ["/site-8a1f2d-ff9d9a-000000000000.css"],
        "media": [f"{edition.furniture['lead']['src']}"],
        "articles:front_page": ["/", "/zh-hant/", "/en/"],
        "articles:article": [
            f"/articles/{number}/",
            edition.get_absolute_url(),
            f"/zh-hant{edition.get_absolute_url()}",
            "/info/1001/12.htm",
        ],
        # What it writes, and that it touches nothing else, is tested in test_reporting.
        "articles:report_error": [
            f"{language}/articles/{number}/error/" for language in ("", "/en", "/zh-hant")
        ],
        "articles:error_reported": [f"/articles/{number}/error/sent/"],
        "articles:api_articles": [
            "/api/articles/",
            f"/api/articles/?section={section}",
            f"/api/articles/?unit={unit.slug}",
            f"/api/articles/?tag={SECRET}",
        ],
        "articles:api_article": [f"/api/articles/{number}/", f"/en/api/articles/{number}/"],
        "articles:api_description": ["/api/openapi.json"],
        "articles:oembed": [f"/oembed/?url=http://testserver{edition.get_absolute_url()}"],
        "articles:qr_code": [f"/articles/{number}/qr.svg"],
        "articles:attachment": [f"/articles/{number}/attachments/1/"],
        "articles:section": [f"/sections/{section}/"],
        "articles:tag": [f"/tags/{edition.tags.get().slug}/", f"/tags/{SECRET}/"],
        "articles:unit": [f"/units/{unit.slug}/"],
        "articles:person": [
            f"/people/{credit.person_id}/{asked}" for asked in ("", "?role=author")
        ],
        "articles:topics": ["/topics/", "/en/topics/"],
        "articles:topic": ["/topics/library/", "/zh-hant/topics/library/"],
        **{f"articles:topic_{kind}": [f"/feeds/topics/library/{kind}/"] for kind in KINDS},
        "articles:accessibility": ["/accessibility/", "/en/accessibility/"],
        "articles:archive": ["/archive/"],
        "articles:month": [f"/archive/{day:%Y/%m}/"],
        "articles:day": [f"/archive/{day:%Y/%m/%d}/"],
        "articles:search": [
            *(f"/search/?q={word}" for word in (edition.headline, SECRET, "", "jmwk", "绝密")),
            f"/search/?q=夜间&section={section}&unit={unit.slug}&form=news&sort=date",
            f"/search/?person={credit.person_id}&tag={edition.tags.get().slug}&from={day:%Y-%m-%d}",
            f"/search/?tag={SECRET}",
        ],
        "articles:search_description": ["/opensearch.xml"],
        **{f"articles:{kind}": [f"/feeds/{kind}/"] for kind in KINDS},
        **{f"articles:section_{kind}": [f"/feeds/{section}/{kind}/"] for kind in KINDS},
        **{
            f"articles:tag_{kind}": [
                f"/feeds/tags/{tag}/{kind}/" for tag in (edition.tags.get().slug, SECRET)
            ]
            for kind in KINDS
        },
        **{f"articles:unit_{kind}": [f"/feeds/units/{unit.slug}/{kind}/"] for kind in KINDS},
        **{
            f"articles:person_{kind}": [f"/feeds/people/{credit.person_id}/{kind}/"]
            for kind in KINDS
        },
        "analytics:seen_gif": [
            f"/seen.gif?a={number}&p={page_token(number, timezone.localdate())}"
        ],
        "boards:rankings": ["/rankings/"],
        "boards:period": [f"/rankings/{day:%Y-%m}/"],
    }


# Behind a login, only written to, or for whoever watches the machines: other tests cover them.
NOT_READERS = re.compile("admin/|staff/|seen/|readyz")


@pytest.fixture
def newspaper(settings, tmp_path) -> Article:
    """Publish one article with everything, and keep secrets of every kind beside it."""
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    at = timezone.now() - timedelta(hours=2)
    factories.set_site(contact_mail="news@example.edu")
    section, unit = factories.make_section("综合新闻"), factories.make_unit("图书馆")
    person = factories.make_person("李明远")
    article = factories.make_article(
        "图书馆夜间开放", section=section, unit=unit, tags=("图书馆",), at=at
    )
    Credit.objects.filter(article=article).update(person=person, name=person.name)
    article.photos.create(photo=factories.make_photo("夜间的阅览室"))
    factories.attach(article, "开放时间")
    writing.finish_change(article, author=article.created_by, at=at)
    factories.publish(article, at=at)
    OldAddress.objects.create(
        address="/info/1001/12.htm", article=article, added_by=article.created_by, added_at=at
    )
    factories.make_topic("读书季", slug="library", tag="图书馆", shown_from=at)
    hide_everything_secret(article, at)
    return article


def hide_everything_secret(published: Article, at) -> None:
    where = {"section": published.section, "unit": published.unit}
    secret = {
        "kicker": SECRET, "subhead": SECRET, "summary": SECRET, "source": SECRET,
        "body": f"<p>{SECRET}</p>", "tags": (SECRET,), "credit": SECRET, "at": at, **where,
    }  # fmt: skip
    for step in (factories.submit, factories.approve):
        step(factories.make_article(SECRET, **secret), at=at)
    draft = factories.make_article(SECRET, **secret)
    draft.photos.create(photo=factories.make_photo(SECRET))
    person = factories.make_person(SECRET)
    Credit.objects.create(article=draft, role="photographer", person=person)
    factories.attach(draft, SECRET)
    Comment.objects.create(
        article=published, version_number=1, author=draft.created_by, text=SECRET, written_at=at
    )
    planned = factories.make_article(SECRET, **secret)
    factories.publish(planned, at=at, live_from=at + timedelta(days=2))
    withdrawn = factories.make_article(SECRET, **secret)
    factories.publish(withdrawn, at=at)
    chief = factories.make_user("chief editor")
    publishing.withdraw(withdrawn, user=chief, reason=SECRET, at=at + timedelta(hours=1))
    topic = factories.make_topic(SECRET, slug="secret", introduction=SECRET, shown_from=None)
    planned_topic = factories.make_topic(
        SECRET, slug="secret-2", shown_from=at + timedelta(days=1)
    )
    for article in (published, withdrawn, planned, draft):
        for page in (topic, planned_topic):
            page.placements.create(slot="more", article=article, live_from=at)
    for article in (withdrawn, planned, draft):
        Topic.objects.get(slug="library").placements.create(
            slot="lead", article=article, live_from=at
        )
    # A change to the live article that has not passed its review.
    changed = dict.fromkeys(("kicker", "headline", "subhead", "summary", "source"), SECRET)
    factories.change(published, by=chief, at=at + timedelta(hours=1), **changed)
    writing.correct(published, editor=chief, text=SECRET, at=at + timedelta(hours=1))


def test_every_public_address_is_visited(newspaper):
    there = {a.name for a in addresses() if not NOT_READERS.match(a.route)}

    assert there == set(visits(newspaper))


def test_every_visit_is_of_a_page_that_is_there(newspaper):
    visited = visits(newspaper)
    answers = {
        name: {Client().get(path).status_code for path in paths if SECRET not in path}
        for name, paths in visited.items()
    }

    moved = {"articles:article": {200, 301}}
    assert answers == {name: {200} for name in visited} | moved


def test_public_addresses_read_editions_only(newspaper):
    touched = {}
    site.forget()
    for path in chain.from_iterable(visits(newspaper).values()):
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        tables = {table for query in queries for table in TABLES.findall(query["sql"])}
        touched[path] = {table for table in tables if not PUBLIC_TABLES.fullmatch(table)}

    assert {path: tables for path, tables in touched.items() if tables} == {}


def test_public_addresses_read_the_files_of_photos_and_nothing_else(newspaper):
    with CaptureQueriesContext(connection) as queries:
        for path in chain.from_iterable(visits(newspaper).values()):
            Client().get(path)
    read = {column for query in queries for column in PHOTO_COLUMNS.findall(query["sql"])}

    assert read == PUBLIC_COLUMNS


def test_nothing_secret_is_on_any_public_address(newspaper):
    pages = {
        path: b"".join(Client().get(path))
        for paths in visits(newspaper).values()
        for path in paths
        if SECRET not in path
    }
    word, headline = SECRET.encode(), "图书馆夜间开放".encode()

    assert [path for path, content in pages.items() if word in content] == []
    # The same sweep finds what is published, so it would find a leak.
    assert len([path for path, content in pages.items() if headline in content]) >= 10
