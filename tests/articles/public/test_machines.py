"""Feeds, sitemaps and what else machines ask for."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from articles.actions import publishing, writing
from articles.models import Credit
from articles.public.machines import sitemaps
from tests.factories import (
    attach,
    change,
    make_article,
    make_edition,
    make_person,
    make_section,
    make_unit,
    make_user,
    publish,
)

HOUR = timedelta(hours=1)
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(response) -> etree._Element:
    content = b"".join(response) if response.streaming else response.content
    return etree.fromstring(content)


def recently(hours: int = 1):
    return timezone.now() - timedelta(hours=hours)


def not_public(section):
    """Make one article in each state that readers must not see."""
    now = timezone.now()
    make_article("草稿", section=section)
    publish(make_article("定时", section=section), at=now, live_from=now + timedelta(hours=1))
    publish(make_article("到期", section=section), at=recently(2), expires_at=recently(1))
    gone = make_edition("撤下", section=section, at=recently(2))
    publishing.withdraw(gone.article, user=make_user("chief editor"), reason="错误", at=now)


def credit(article, person):
    """Credit somebody as an author of a draft."""
    Credit.objects.create(article=article, role="author", person=person, name=person.name)
    return change(article, by=article.created_by, at=article.changed_at)


def titles_of(client, name, *args) -> list[str]:
    """Give the titles of a feed, top to bottom, and see that it knows its own address."""
    address = reverse(f"articles:{name}", args=args)
    response = client.get(address)
    if name.endswith("json"):
        feed = response.json()
        assert feed["feed_url"] == f"http://testserver{address}"
        return [item["title"] for item in feed["items"]]
    feed = read(response)
    assert f"http://testserver{address}" in feed.xpath("//@href")
    space = "" if name.endswith("rss") else ATOM
    return [item.findtext(f"{space}title") for item in feed.iter(f"{space}item", f"{space}entry")]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_feed_lists_what_is_live_newest_first(client, kind):
    section, other = make_section(slug="news"), make_section()
    make_edition("先 & <后>", section=section, at=recently(3))
    make_edition("后\x0b来", section=section, at=recently(2), summary="摘要", tags=("校\x01庆",))
    make_edition("别处", section=other, at=recently(1))
    not_public(section)

    assert titles_of(client, kind) == ["别处", "后来", "先 & <后>"]
    assert titles_of(client, f"section_{kind}", "news") == ["后来", "先 & <后>"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_tags_units_and_people_have_feeds_of_their_own(client, kind):
    unit, section = make_unit("图书馆"), make_section()
    person = make_person("陈晨")
    article = make_article("夜读", unit=unit, tags=("读\x01书",), section=section, at=recently(3))
    edition = publish(credit(article, person), at=recently(2))
    make_edition("别处", at=recently(1))
    not_public(section)

    assert titles_of(client, f"tag_{kind}", edition.tags.get().slug) == ["夜读"]
    assert titles_of(client, f"unit_{kind}", unit.slug) == ["夜读"]
    assert titles_of(client, f"person_{kind}", person.pk) == ["夜读"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_what_stands_in_drafts_alone_has_no_feed(client, kind):
    article = make_article("草稿", tags=("机密",), unit=make_unit("图书馆"))
    person = make_person("陈晨")
    credit(article, person)

    answers = [
        client.get(reverse(f"articles:{name}_{kind}", args=[asked])).status_code
        for name, asked in (
            ("tag", article.tags.get().slug),
            ("person", person.pk),
            ("unit", "none"),
        )
    ]

    assert answers == [404, 404, 404]
    assert titles_of(client, f"unit_{kind}", article.unit.slug) == []


@pytest.mark.django_db
def test_json_feed_says_who_wrote_and_when(client, settings):
    settings.WEBSUB_HUB = "https://hub.example.org/"
    at = recently()
    edition = make_edition("夜读", summary="摘要", tags=("读书",), at=at)

    response = client.get(reverse("articles:json"))

    feed = response.json()
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://testserver/"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]
    assert feed["items"] == [
        {
            "id": f"http://testserver/articles/{edition.article_id}/",
            "url": f"http://testserver{edition.get_absolute_url()}",
            "title": "夜读",
            "summary": "摘要",
            "date_published": timezone.localtime(edition.displayed_at).isoformat(),
            "date_modified": timezone.localtime(edition.live_from).isoformat(),
            "authors": [{"name": edition.credit_line}],
            "tags": [str(edition.section), "读书"],
        }
    ]


@pytest.mark.django_db
def test_feed_forgets_a_withdrawn_article_at_once(client):
    edition = make_edition("撤下", at=recently())
    before = client.get(reverse("articles:rss"))
    publishing.withdraw(
        edition.article, user=make_user("chief editor"), reason="错误", at=timezone.now()
    )

    assert "撤下" in before.content.decode()
    assert before["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert titles_of(client, "rss") == []


@pytest.mark.django_db
def test_feed_speaks_of_the_address_of_the_site(client, settings):
    settings.SITE_URL = "https://news.example.edu"
    edition = make_edition(at=recently(), language="en")

    feed = read(client.get(reverse("articles:rss")))

    assert feed.findtext("channel/link") == "https://news.example.edu/"
    # An English article is at home in the English part of the site.
    link = f"https://news.example.edu/en{edition.get_absolute_url()}"
    assert feed.findtext("channel/item/link") == link
    guid = f"https://news.example.edu/articles/{edition.article_id}/"
    assert feed.findtext("channel/item/guid") == guid


@pytest.mark.django_db
def test_feed_of_no_section_is_not_found(client):
    assert client.get(reverse("articles:section_rss", args=["none"])).status_code == 404


@pytest.mark.django_db
def test_sitemap_leads_to_every_live_article(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ARTICLES_PER_MAP", 2)
    section = make_section()
    live = [make_edition(section=section, at=recently(n + 1)) for n in range(3)]
    not_public(section)

    maps = [loc.text for loc in read(client.get("/sitemap.xml")).iter(f"{MAP}loc")]
    found = [
        loc.text
        for address in maps
        for loc in read(client.get(address.removeprefix("http://testserver"))).iter(f"{MAP}loc")
    ]

    articles = [
        f"http://testserver{prefix}{edition.get_absolute_url()}"
        for edition in live
        for prefix in ("", "/zh-hant")
    ]
    assert [address for address in found if "/articles/" in address] == articles
    assert f"http://testserver{section.get_absolute_url()}" in found


@pytest.mark.django_db
def test_news_sitemap_lists_the_last_two_days(client):
    section = make_section()
    make_edition("今天", section=section, at=recently(1))
    make_edition("上周", section=section, at=recently(24 * 7))
    not_public(section)

    titles = [title.text for title in read(client.get("/news-sitemap.xml")).iter(f"{NEWS}title")]

    assert titles == ["今天"]


def test_robots_are_led_to_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_health_needs_no_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Cache-Control"] == "no-store"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "photos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "photos" / "a.webp").write_bytes(b"picture")
    (tmp_path / "secret_key").write_text("secret")


def test_media_are_inert_and_kept(client, media):
    answer = client.get("/media/photos/a.webp")

    assert b"".join(answer) == b"picture"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["../secret_key", "photos/../../secret_key", "%2e%2e/secret_key", "..%2fsecret_key",
     "/etc/passwd", "photos/", "none.webp", "photos/a.webp/x", "a%00b",
     "a" * 300, "a/" * 3000],
)  # fmt: skip
def test_media_do_not_leave_their_folder(client, media, path):
    answer = client.get(f"/media/{path}")

    assert answer.status_code in {302, 404}
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_attachment_of_a_live_edition_is_a_download(client, settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    live, planned = make_article(), make_article()
    for article, times in ((live, {}), (planned, {"live_from": timezone.now() + HOUR})):
        attach(article, "报名表")
        writing.finish_change(article, author=article.created_by, at=recently())
        publish(article, at=recently(), **times)

    answer = client.get(f"/articles/{live.pk}/attachments/1/")

    assert b"".join(answer) == "%PDF-1.7 报名表".encode()
    assert unquote(answer.headers["Content-Disposition"]).endswith("报名表.pdf")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    absent = [f"/articles/{live.pk}/attachments/2/", f"/articles/{planned.pk}/attachments/1/"]
    assert [client.get(path).status_code for path in absent] == [404, 404]


@pytest.mark.django_db
def test_feeds_and_structured_data_carry_the_credit_line(client):
    article = make_article(credit="李明远", unit=make_unit("图书馆"), at=recently())
    publish(article, at=recently())
    line = article.editions.get().credit_line

    feed = read(client.get(reverse("articles:rss")))
    page = client.get(article.editions.get().get_absolute_url()).content.decode()

    creator = "{http://purl.org/dc/elements/1.1/}creator"
    assert [item.text for item in feed.iter(creator)] == [line]
    assert line.startswith("供稿：图书馆 李明远")
    assert f'"creditText": "{line}"' in page


@pytest.mark.django_db
def test_english_pages_name_units_in_english(client):
    unit = make_unit("图书馆", name_en="Library")
    edition = make_edition("夜间开放", at=recently(), unit=unit)
    paths = [reverse("articles:front_page"), edition.get_absolute_url()]

    chinese = [client.get(path).content.decode() for path in paths]
    english = [client.get(f"/en{path}").content.decode() for path in paths]

    assert ["图书馆" in page for page in chinese] == [True, True]
    assert ["Library" in page for page in english] == [True, True]
