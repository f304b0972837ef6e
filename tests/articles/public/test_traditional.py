"""Readers' pages in traditional characters: what is written anew, what stays, and for whom."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import traditional
from articles.models import Credit
from articles.public import caching
from tests.articles.public.helpers import headlines, text
from tests.articles.public.test_machines import ATOM, MAP, read
from tests.factories import (
    change,
    make_article,
    make_edition,
    make_person,
    make_section,
    make_unit,
    publish,
    set_site,
)

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LINK = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="http://testserver([^"]*)">')


def recently(hours: int = 1):
    return timezone.now() - timedelta(hours=hours)


@pytest.fixture
def edition():
    return make_edition(
        "图书馆里的头发",
        section=make_section("综合新闻", slug="news"),
        unit=make_unit("党委宣传部", slug="press"),
        summary="后来发展",
        body='<p>皇后<a href="/tags/阅读/">后面</a></p>',
        tags=("阅读",),
        at=recently(),
    )


def canonical(page: str) -> str:
    found = re.search(r'<link rel="canonical" href="http://testserver([^"]*)">', page)
    assert found
    return found[1]


def described(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def test_article_is_written_in_traditional_characters(client, edition):
    page = text(client.get(f"/zh-hant{edition.get_absolute_url()}"))

    assert '<html lang="zh-hant">' in page
    assert '<article class="article" lang="zh-hant"' in page
    assert "<h1>圖書館裡的頭髮</h1>" in page
    assert '皇后<a href="/zh-hant/tags/阅读/" rel="noopener">後面</a>' in page
    assert '<meta name="description" content="後來發展" lang="zh-hant">' in page
    assert described(page)["headline"] == "圖書館裡的頭髮"
    assert described(page)["inLanguage"] == "zh-hant"
    simplified = re.findall("[图书馆里头发后读简体]+", re.sub("<[^>]*>", " ", page))
    assert set(simplified) == {"后", "简体"}  # 皇后, and the language as it calls itself


def test_a_converted_page_says_so_and_leads_to_its_original(client, edition):
    address = edition.get_absolute_url()
    converted = "Converted automatically from simplified characters."

    pages = {
        path: text(client.get(path))
        for path in ("/zh-hant/", f"/zh-hant{address}", "/", address, f"/en{address}")
    }

    assert {path for path, page in pages.items() if converted in page} == {
        "/zh-hant/",
        f"/zh-hant{address}",
    }
    link = f'{converted} <a href="{address}" hreflang="zh-hans">'
    assert link in pages[f"/zh-hant{address}"]


def test_each_way_of_writing_is_a_page_of_its_own_to_machines(client, edition):
    address = edition.get_absolute_url()
    addresses = {"": address, "/zh-hant": f"/zh-hant{address}", "/en": f"/en{address}"}

    pages = {prefix: text(client.get(path)) for prefix, path in addresses.items()}

    own, written = addresses[""], addresses["/zh-hant"]
    assert {prefix: canonical(page) for prefix, page in pages.items()} == {
        "": own,
        "/zh-hant": written,
        "/en": own,
    }
    links = [("zh-hans", own), ("zh-hant", written), ("x-default", own)]
    assert {prefix: LINK.findall(page) for prefix, page in pages.items()} == dict.fromkeys(
        addresses, links
    )
    assert f'data-copy="{HOST}{written}"' in pages["/zh-hant"]


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_links_of_a_text_stay_in_the_language_of_the_reader(client, prefix):
    body = (
        '<p><a href="/articles/1/">站内</a><a href="http://testserver/tags/阅读/">同</a>'
        '<a href="/media/1.jpg">图</a><a href="http://other.example/articles/1/">外</a></p>'
    )
    edition = make_edition("一篇旧文", body=body, at=recently())

    page = text(client.get(f"{prefix}{edition.get_absolute_url()}"))

    assert re.findall(r'href="([^"]+)"[^>]*>(?:站内|站內|同|图|圖|外)<', page) == [
        f"{prefix}/articles/1/",
        f"http://testserver{prefix}/tags/阅读/",
        "/media/1.jpg",
        "http://other.example/articles/1/",
    ]


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_lists_name_their_other_languages(client, edition, prefix):
    page = text(client.get(f"{prefix}/sections/news/"))

    assert canonical(page) == f"{prefix}/sections/news/"
    assert sorted(LINK.findall(page)) == [
        ("en", "/en/sections/news/"),
        ("x-default", "/sections/news/"),
        ("zh-hans", "/sections/news/"),
        ("zh-hant", "/zh-hant/sections/news/"),
    ]


def test_other_languages_and_traditional_articles_stay_as_they_are(client):
    section = make_section("综合新闻", slug="news")
    english = make_edition("图书 in English", language="en", section=section, at=recently(2))
    written = make_edition("余華與皇后", language="zh-hant", section=section, at=recently())
    address, in_english = written.get_absolute_url(), f"/en{english.get_absolute_url()}"

    listed = headlines(client.get("/zh-hant/sections/news/"))
    page, own = (text(client.get(f"{prefix}{address}")) for prefix in ("/zh-hant", ""))

    assert listed == ["余華與皇后", "图书 in English"]
    assert '<title lang="zh-hant">余華與皇后 · 青禾大學新聞網</title>' in page
    assert '<meta property="og:title" content="余華與皇后" lang="zh-hant">' in page
    assert "<h1>余華與皇后</h1>" in page
    assert described(page)["headline"] == "余華與皇后"
    assert "Converted automatically" not in page
    # The simplified site does not rewrite it either, and says where it is at home.
    assert "<h1>余華與皇后</h1>" in own
    assert canonical(own) == canonical(page) == f"/zh-hant{address}"
    assert LINK.findall(page) == LINK.findall(own) == []
    there = client.get(in_english.replace("/en", "/zh-hant", 1))
    assert canonical(text(there)) == in_english


def test_names_keep_their_surnames(client):
    article = make_article("余华回校", at=recently(), body="<p>业余华人余华。</p>")
    person = make_person("余华")
    Credit.objects.create(article=article, role="photographer", person=person, name="余华")
    change(article, by=article.created_by, at=recently())
    article.refresh_from_db()
    edition = publish(article, at=recently())

    page = text(client.get(f"/zh-hant{edition.get_absolute_url()}"))

    assert "<h1>余華回校</h1>" in page
    assert "業餘華人余華。" in page
    assert f'<a href="/zh-hant/people/{person.pk}/">余華</a>' in page


def test_style_and_words_are_the_site_s(client, edition):
    address = f"/zh-hant{edition.get_absolute_url()}"
    set_site(traditional="s2hk")
    in_hong_kong = text(client.get(address))
    set_site(traditional_words="图书馆 圖書舘")

    assert "<h1>圖書館裏的頭髮</h1>" in in_hong_kong
    assert "<h1>圖書舘裏的頭髮</h1>" in text(client.get(address))


def test_site_without_traditional_characters_leads_to_the_simplified_pages(client, edition):
    address = edition.get_absolute_url()
    set_site(traditional="")

    answer = client.get(f"/zh-hant{address}?a=1")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address}?a=1")
    assert "zh-hant" not in text(client.get(address))
    assert "zh-hant" not in text(client.get("/"))
    assert b"zh-hant" not in b"".join(client.get("/sitemap-lists.xml"))
    assert b"zh-hant" not in b"".join(client.get("/sitemap-articles-0.xml"))
    # What is written in them is at home among the pages of the site's own language.
    written = make_edition("余華", language="zh-hant", at=recently())
    assert canonical(text(client.get(written.get_absolute_url()))) == written.get_absolute_url()


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example/", "//evil.example/admin/"])
def test_site_without_traditional_characters_leads_to_no_other_site(client, path):
    set_site(traditional="")

    answer = client.get(f"/zh-hant{path}")

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/%2F{path[2:]}"


@pytest.mark.parametrize("path", ["/admin/login/?next=/", "/staff/leaderboards/"])
def test_desk_has_no_traditional_characters(client, path):
    answer = client.get(f"/zh-hant{path}")

    assert (answer.status_code, answer.headers["Location"]) == (302, path)


def test_desk_offers_its_own_languages(client):
    page = text(client.get("/admin/login/"))

    assert re.findall(r'hreflang="([^"]*)"', page) == ["en"]


@pytest.mark.parametrize("path", ["/zh-hant/nothing/", "/zh-hant/articles/{}/"])
def test_pages_of_what_went_wrong_are_written_anew_too(client, path):
    gone = publish(make_article("撤下的"), at=recently(3), expires_at=recently(2))
    set_site(name="青禾大学新闻网")

    page = text(client.get(path.format(gone.article_id)))

    assert '<html lang="zh-hant">' in page
    assert "青禾大學新聞網" in page


def test_search_marks_its_hits_in_traditional_characters(client, edition):
    page = text(client.get("/zh-hant/search/?q=圖書館"))

    assert headlines(client.get("/zh-hant/search/?q=圖書館")) == ["圖書館裡的頭髮"]
    assert "<mark>圖書館</mark>裡的頭髮" in page
    # Where a mark begins or ends within a word, the word is still read as one.
    assert "圖書館裡的頭<mark>髮</mark>" in text(client.get("/zh-hant/search/?q=发"))
    assert 'value="圖書館"' in page  # as typed


def test_copies_and_etags_are_of_one_language(edition, settings):
    settings.PAGE_CACHE_SECONDS = 60
    caching.pages.clear()
    address = edition.get_absolute_url()
    made = []

    def page(*args):
        made.append(args)
        return traditional_page(*args)

    traditional_page = traditional.page
    try:
        traditional.page = page
        answers = {prefix: Client().get(prefix + address) for prefix in ("", "/zh-hant", "/en")}
        etag = answers["/zh-hant"].headers["ETag"]
        again = Client().get(f"/zh-hant{address}", headers={"if-none-match": etag})
        others = Client().get(address, headers={"if-none-match": etag})
    finally:
        traditional.page = traditional_page
        caching.pages.clear()

    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    assert [answer.headers["Content-Language"] for answer in answers.values()] == [
        "zh-hans",
        "zh-hant",
        "en",
    ]
    assert [again.status_code, others.status_code] == [304, 200]
    assert len(made) == 1


def test_etag_is_another_when_words_are(client, edition):
    address = f"/zh-hant{edition.get_absolute_url()}"
    before = client.get(address).headers["ETag"]

    set_site(traditional_words="图书馆 圖書舘")

    assert client.get(address).headers["ETag"] != before


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_feeds_are_written_anew_but_for_what_is_in_another_language(client, edition, kind):
    make_edition("图书 in English", language="en", section=edition.section, at=recently(3))

    address = f"{HOST}/zh-hant{edition.get_absolute_url()}"

    feed = client.get(f"/zh-hant/feeds/{kind}/").content.decode()

    assert "圖書館裡的頭髮" in feed
    assert "後來發展" in feed
    assert "图书 in English" in feed
    assert address in feed
    assert f"{HOST}/articles/{edition.article_id}/" in feed  # the id, the same in all languages


def test_atom_feed_stays_well_formed(client):
    make_edition("“图书” <b>&amp; 头发", at=recently())

    titles = [
        title.text for title in read(client.get("/zh-hant/feeds/atom/")).iter(f"{ATOM}title")
    ]

    assert "“圖書” <b>&amp; 頭髮" in titles


def test_sitemap_lists_each_way_of_writing_with_the_others(client, edition):
    english = make_edition("In English", language="en", at=recently(2))
    read_map = read(client.get("/sitemap-articles-0.xml"))
    found = {
        url.find(f"{MAP}loc").text: [
            (link.get("hreflang"), link.get("href"))
            for link in url.iter("{http://www.w3.org/1999/xhtml}link")
        ]
        for url in read_map
    }

    own = f"{HOST}{edition.get_absolute_url()}"
    written = f"{HOST}/zh-hant{edition.get_absolute_url()}"
    links = [("zh-hans", own), ("zh-hant", written), ("x-default", own)]
    assert found == {own: links, written: links, f"{HOST}/en{english.get_absolute_url()}": []}


def test_api_gives_what_was_written(client, edition):
    answers = [
        client.get(f"{prefix}/api/articles/{edition.article_id}/").json()
        for prefix in ("", "/zh-hant")
    ]

    assert [answer["headline"] for answer in answers] == ["图书馆里的头发"] * 2
    assert answers[1]["language"] == "zh-hans"


@pytest.mark.parametrize(
    ("prefix", "title"),
    [("", "图书馆里的头发"), ("/zh-hant", "圖書館裡的頭髮"), ("/en", "图书馆里的头发")],
)
def test_card_for_other_sites_is_of_the_page_that_was_asked_for(client, edition, prefix, title):
    address = f"{HOST}{prefix}{edition.get_absolute_url()}"

    cards = [client.get(f"{asked}/oembed/", {"url": address}).json() for asked in ("", "/en")]

    assert [card["title"] for card in cards] == [title, title]


def test_beacon_is_the_same_in_all_languages(client, edition):
    address = edition.get_absolute_url()
    beacon = re.compile(r'data-article="\d+" data-seen="[^"]*" data-seen-url="[^"]*"')

    pages = [text(client.get(f"{prefix}{address}")) for prefix in ("", "/zh-hant", "/en")]

    assert len({found for page in pages for found in beacon.findall(page)}) == 1
