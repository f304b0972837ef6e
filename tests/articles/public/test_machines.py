"""Feeds, sitemaps and what else machines ask for."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from articles.actions import publishing, writing
from articles.public import sitemaps
from tests.factories import (
    attach,
    make_article,
    make_edition,
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


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feed_lists_what_is_live_newest_first(client, kind):
    section, other = make_section(slug="news"), make_section()
    make_edition("先 & <后>", section=section, at=recently(3))
    make_edition("后\x0b来", section=section, at=recently(2), summary="摘要", tags=("校庆",))
    make_edition("别处", section=other, at=recently(1))
    not_public(section)

    def titles(name, *args):
        entry, title = ("item", "title") if kind == "rss" else (f"{ATOM}entry", f"{ATOM}title")
        feed = read(client.get(reverse(f"articles:{name}", args=args)))
        return [item.findtext(title) for item in feed.iter(entry)]

    assert titles(kind) == ["别处", "后来", "先 & <后>"]
    assert titles(f"section_{kind}", "news") == ["后来", "先 & <后>"]


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

    articles = [f"http://testserver{edition.get_absolute_url()}" for edition in live]
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
     "/etc/passwd", "photos/", "none.webp", "photos/a.webp/x", "a%00b"],
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
