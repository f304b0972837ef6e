"""Readers are led between articles that say the same, and only between those they can see."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import related
from articles.actions import publishing
from tests.articles.public.helpers import text
from tests.articles.public.test_machines import MAP, read
from tests.articles.public.test_traditional import LINK
from tests.factories import (
    change,
    make_article,
    make_edition,
    make_section,
    make_user,
    publish,
    submit,
    tie,
)

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
VERSION = re.compile(
    r'<a class="version" href="([^"]*)" hreflang="([^"]*)" lang="[^"]*" title="([^"]*)">(.*?)</a>'
)
SWITCH = re.compile(r'<nav class="languages".*?</nav>', re.DOTALL)


def recently(hours: int = 1):
    return timezone.now() - timedelta(hours=hours)


@pytest.fixture
def chinese():
    return make_edition("校庆日", section=make_section("综合新闻"), at=recently(3))


@pytest.fixture
def english(chinese):
    edition = make_edition("Anniversary", language="en", section=chinese.section, at=recently(2))
    tie(edition.article, chinese.article, at=timezone.now())
    return edition


@pytest.fixture
def addresses(chinese, english):
    """Give paths without a language: those of the Chinese article and of its translation."""
    return chinese.get_absolute_url(), english.get_absolute_url()


def switch(page: str) -> dict[str, str]:
    nav = SWITCH.search(page)
    assert nav
    found = re.findall(r'href="([^"]*)" hreflang="([^"]*)"', nav[0])
    return {code: address for address, code in found}


def versions(page: str) -> list[tuple[str, str, str, str]]:
    return VERSION.findall(page)


def test_article_leads_to_its_translation_and_back(client, addresses):
    own, other = addresses

    pages = {path: text(client.get(path)) for path in (own, f"/en{other}", f"/zh-hant{own}")}

    assert {path: versions(page) for path, page in pages.items()} == {
        own: [(f"/en{other}", "en", "Anniversary", "English version")],
        f"/en{other}": [(own, "zh-hans", "校庆日", "中文版")],
        f"/zh-hant{own}": [(f"/en{other}", "en", "Anniversary", "English version")],
    }


def test_reader_of_traditional_characters_is_led_to_the_converted_text(client, addresses):
    own, other = addresses

    page = text(client.get(f"/zh-hant{other}"))

    assert versions(page) == [(f"/zh-hant{own}", "zh-hans", "校慶日", "中文版")]


def test_masthead_leads_to_the_translation(client, addresses):
    own, other = addresses

    switches = {
        path: switch(text(client.get(path)))
        for path in (own, f"/en{own}", f"/zh-hant{own}", f"/en{other}")
    }

    assert switches == {
        own: {"zh-hant": f"/zh-hant{own}", "en": f"/en{other}"},
        f"/en{own}": {"zh-hans": own, "zh-hant": f"/zh-hant{own}"},
        f"/zh-hant{own}": {"zh-hans": own, "en": f"/en{other}"},
        f"/en{other}": {"zh-hans": own, "zh-hant": f"/zh-hant{own}"},
    }


def test_masthead_leads_to_the_same_article_where_there_is_no_translation(client):
    address = make_edition(at=recently()).get_absolute_url()

    assert switch(text(client.get(address))) == {
        "zh-hant": f"/zh-hant{address}",
        "en": f"/en{address}",
    }


def test_machines_are_told_of_every_language(client, addresses):
    own, other = addresses

    pages = [text(client.get(path)) for path in (own, f"/zh-hant{own}", f"/en{other}")]

    links = [
        ("zh-hans", own),
        ("zh-hant", f"/zh-hant{own}"),
        ("en", f"/en{other}"),
        ("x-default", own),
    ]
    assert [LINK.findall(page) for page in pages] == [links] * 3


def test_machines_are_told_what_was_translated_from_what(client, addresses):
    own, other = addresses

    def described(path: str) -> list[dict]:
        page = text(client.get(path))
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        return [json.loads(one) for one in found]

    original, translation = described(own), described(f"/en{other}")

    text_of_other = {
        "@type": "NewsArticle",
        "@id": f"{HOST}/en{other}#article",
        "url": f"{HOST}/en{other}",
        "headline": "Anniversary",
        "inLanguage": "en",
    }
    assert original[0]["@id"] == original[1]["@id"] == f"{HOST}{own}#article"
    assert original[1]["workTranslation"] == [text_of_other]
    assert translation[0]["@id"] == translation[1]["@id"] == text_of_other["@id"]
    assert [one["headline"] for one in translation[1]["translationOfWork"]] == ["校庆日"]
    assert "workTranslation" not in translation[1]
    assert "translationOfWork" not in original[1]


def draft():
    return make_article("Secret", language="en")


def in_review():
    return submit(make_article("Secret", language="en"), at=recently())


def planned():
    article = make_article("Secret", language="en", at=recently())
    publish(article, at=recently(), live_from=timezone.now() + timedelta(days=1))
    return article


def withdrawn():
    article = make_edition("Secret", language="en", at=recently()).article
    publishing.withdraw(article, user=make_user("chief editor"), reason="x", at=timezone.now())
    return article


@pytest.mark.parametrize("make", [draft, in_review, planned, withdrawn])
def test_translation_that_readers_do_not_see_is_nowhere(client, chinese, make):
    other = make()
    tie(other, chinese.article, at=timezone.now())
    number, address = other.pk, chinese.get_absolute_url()

    pages = [text(client.get(f"{prefix}{address}")) for prefix in ("", "/zh-hant", "/en")]
    sitemap = b"".join(client.get("/sitemap-articles-0.xml")).decode()

    for page in (*pages, sitemap):
        assert "Secret" not in page
        assert f"/articles/{number}/" not in page
        assert "English version" not in page
    assert switch(pages[0])["en"] == f"/en{address}"


def test_original_that_readers_do_not_see_is_nowhere(client):
    original = make_article("未刊的", at=recently())
    english = make_edition("Anniversary", language="en", at=recently())
    tie(english.article, original, at=timezone.now())

    page = text(client.get(f"/en{english.get_absolute_url()}"))

    assert versions(page) == []
    assert "未刊的" not in page
    assert "translationOfWork" not in page


def test_written_traditional_text_goes_before_the_converted_one(client, chinese):
    written = make_edition("校慶之日", language="zh-hant", at=recently())
    tie(written.article, chinese.article, at=timezone.now())
    own, other = chinese.get_absolute_url(), f"/zh-hant{written.get_absolute_url()}"

    page = text(client.get(own))

    assert versions(page) == [(other, "zh-hant", "校慶之日", "繁體中文版")]
    assert switch(page)["zh-hant"] == other
    assert LINK.findall(page) == [("zh-hans", own), ("zh-hant", other), ("x-default", own)]


def test_edition_in_the_language_before_is_no_translation(client, chinese):
    """The working copy is in English by now; readers still see what was published."""
    edition = make_edition("校庆日再记", at=recently())
    now = timezone.now()
    change(edition.article, by=make_user("desk editor"), at=now, language="en")
    tie(edition.article, chinese.article, at=now)

    assert versions(text(client.get(chinese.get_absolute_url()))) == []


def test_related_articles_leave_translations_out(client, chinese, english):
    related.make(chinese)
    related.make(english)

    page = text(client.get(chinese.get_absolute_url()))

    assert "Anniversary" in page
    assert page.count('lang="en">Anniversary') == 1


def test_sitemap_ties_each_page_to_the_other_languages(client, addresses):
    own, other = (f"{HOST}{path}" for path in addresses)
    converted, translation = (
        own.replace(HOST, f"{HOST}/zh-hant"),
        other.replace(HOST, f"{HOST}/en"),
    )

    found = {
        url.find(f"{MAP}loc").text: [
            (link.get("hreflang"), link.get("href"))
            for link in url.iter("{http://www.w3.org/1999/xhtml}link")
        ]
        for url in read(client.get("/sitemap-articles-0.xml"))
    }

    links = [("zh-hans", own), ("zh-hant", converted), ("en", translation), ("x-default", own)]
    assert found == {own: links, converted: links, translation: links}
