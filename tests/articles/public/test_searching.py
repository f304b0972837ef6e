"""The page of searching: what it finds, narrows, suggests and says to who finds nothing."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from articles import site
from articles.actions import publishing, writing
from articles.models import Credit, Person, SiteSettings
from articles.public import searching
from tests.articles.public.helpers import headlines, text
from tests.factories import (
    NOON,
    make_article,
    make_edition,
    make_person,
    make_section,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_one(monkeypatch):
    monkeypatch.setattr("articles.clock.here", lambda: NOON + timedelta(hours=1))


def get(client, **asked):
    return client.get(f"/search/?{urlencode(asked)}")


def links(response, label):
    """Give the names behind a label, such as "Go to"."""
    row = re.search(rf"<span>{label}</span>(.*?)</(?:nav|p)>", text(response), re.DOTALL)
    found = re.findall(r"<a[^>]*>(.*?)</a>", row[1], re.DOTALL) if row else []
    return [
        " ".join(unescape(re.sub("<small>.*?</small>|<[^>]*>", "", link)).split())
        for link in found
    ]


def test_search_finds_what_is_live(client):
    make_edition("图书馆夜间开放")
    make_edition("Library opens at night")
    make_article("图书馆草稿")

    def found(query):
        return headlines(get(client, q=query))

    assert found("图书") == ["图书馆夜间开放"]
    assert found("library") == ["Library opens at night"]
    assert found(" \0 ") == []
    assert found("图书" + "长" * 500) == ["Library opens at night", "图书馆夜间开放"]  # on offer


def test_search_marks_hits_in_headline_text_and_names(client):
    make_edition("<图书>馆", body=f"<p>{'前' * 200}用圖書館</p>", tags=("图书室",), subhead="图")
    page = text(get(client, q="图书"))

    assert "&lt;<mark>图书</mark>&gt;馆" in page
    assert "用<mark>圖書</mark>館" in page
    assert "<mark>图书</mark>室" in page
    assert "<title>图书 · " in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("sort", ["", "date"])
def test_search_turns_pages_through_all_ranks_and_back(client, monkeypatch, sort):
    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    for hours, headline in enumerate(("甲", "图书乙", "丙", "图书丁", "戊")):
        make_edition(headline, body="<p>图书</p>", at=NOON - timedelta(hours=hours))
    ordered = ["图书乙", "图书丁", "甲", "丙", "戊"]
    expected = ["甲", "图书乙", "丙", "图书丁", "戊"] if sort else ordered

    def next_page(response, rel):
        found = re.search(rf'rel="{rel}" href="([^"]*)"', text(response))
        return client.get(f"/search/{unescape(found[1])}") if found else None

    first = get(client, q="图书", sort=sort)
    second = next_page(first, "next")
    third = next_page(second, "next")
    assert [headlines(page) for page in (first, second, third)] == [
        expected[:2], expected[2:4], expected[4:],
    ]  # fmt: skip
    assert next_page(third, "next") is None
    assert headlines(next_page(third, "prev")) == expected[2:4]
    assert headlines(next_page(second, "prev")) == expected[:2]
    assert next_page(first, "prev") is None


@pytest.mark.parametrize("place", ["x", "1", "4-20261120T040000000000-1", "1-2026-1"])
def test_search_has_no_page_where_we_never_sent_anybody(client, place):
    make_edition("图书")

    assert get(client, q="图书", before=place).status_code == 404
    assert get(client, q="图书", after=place).status_code == 404


@pytest.fixture
def two():
    """Publish two articles, of which every filter keeps the first."""
    unit, section = make_unit("校史馆"), make_section("学术")
    article = make_article("校庆甲", unit=unit, section=section, tags=("百年",), form="video")
    person = make_person("张华伟")
    Credit.objects.filter(article=article).update(person=person, name="张华伟")
    writing.finish_change(article, author=article.created_by, at=NOON)
    edition = publish(article)
    make_edition("校庆乙", at=NOON - timedelta(days=2), tags=("其他",))
    return {
        "unit": unit.slug,
        "section": section.slug,
        "tag": edition.tags.get().slug,
        "form": "video",
        "person": person.pk,
        "from": "2026-11-20",
    }


def test_search_is_narrowed_and_widened_again(client, two):
    for parameter, value in two.items():
        assert headlines(get(client, q="校庆", **{parameter: value})) == ["校庆甲"], parameter
    page = get(client, q="校庆", **two)

    assert headlines(page) == ["校庆甲"]
    assert links(page, "Only") == [
        "学术 (remove)", "video (remove)", "校史馆 (remove)",
        "张华伟 (remove)", "百年 (remove)", "2026-11-20 (remove)",
    ]  # fmt: skip
    assert headlines(get(client, q="校庆", to="2026-11-19")) == ["校庆乙"]
    assert headlines(get(client, **two)) == ["校庆甲"]


@pytest.mark.parametrize(
    "asked",
    [
        {"section": "no-such"}, {"unit": "x"}, {"tag": "没有"}, {"form": "novel"},
        {"person": "²"}, {"person": "9" * 30}, {"person": "999"}, {"from": "2026-02-30"},
        {"from": "0001-01-01"}, {"to": "9999-12-31"}, {"to": "soon"}, {"sort": "best"},
    ],
)  # fmt: skip
def test_search_leaves_out_what_is_no_filter_of_ours(client, two, asked):
    page = get(client, q="校庆", **asked)

    assert headlines(page) == ["校庆甲", "校庆乙"]
    assert links(page, "Only") == []


def test_search_knows_no_tag_or_person_of_what_is_not_live(client, two):
    asked = {"tag": two["tag"], "person": two["person"]}
    assert len(links(get(client, q="校庆", **asked), "Only")) == 2
    article = Credit.objects.get(person=two["person"]).article
    publishing.withdraw(article, user=make_user("chief editor"), at=NOON, reason="核实")
    page = get(client, q="校庆", **asked)

    assert (headlines(page), links(page, "Only")) == (["校庆乙"], [])
    assert links(get(client, q="zhw"), "Go to") == []


def test_search_leads_to_pages_by_name_and_sound(client, two):
    assert links(get(client, q="zhw"), "Go to") == ["张华伟"]
    assert links(get(client, q="xsg"), "Go to") == ["校史馆"]
    found = re.search(r'href="(/people/[^"]*)"', text(get(client, q="zhw")))
    assert client.get(found[1]).status_code == 200


def test_search_offers_what_many_hits_have(client):
    for number in range(3):
        make_edition(f"校庆{number}", tags=("百年", f"其他{number}"))
    page = get(client, q="校庆")

    assert links(page, "Often here") == ["百年"]
    assert links(get(client, q="校庆", tag="百年"), "Often here") == []


def test_empty_search_helps(client):
    make_edition("图书馆夜间开放", tags=("图书馆",))
    nothing = get(client, q="图书官")

    assert "No article has all of this: 图书官" in text(nothing)
    assert links(nothing, "Did you mean") == ["图书馆"]
    assert headlines(nothing) == ["图书馆夜间开放"]
    assert links(nothing, "New tags") == ["图书馆"]
    assert links(get(client, q="图书馆 篮球"), "These have articles") == ["图书馆"]
    assert links(get(client, q="图书馆开放"), "These have articles") == ["图书馆 开放"]
    assert links(get(client, q="“夜间 图书馆”"), "These have articles") == ["夜间 图书馆"]
    assert links(get(client, q="图书馆", form="video"), "Search without") == ["video"]


def test_search_for_nothing_says_how(client):
    make_edition("图书馆")
    page = get(client)

    assert headlines(page) == []
    assert "Words in quotation marks" in text(page)


@pytest.mark.parametrize("number", [1, 5])
def test_search_asks_as_many_questions_for_any_number_of_hits(django_assert_num_queries, number):
    for n in range(number):
        make_edition(f"校庆{n}", tags=(f"标签{n}",))

    with django_assert_num_queries(10):
        found = searching.context({"q": "校庆"}, NOON)
        assert len(found["page"].results) == number


def test_search_keeps_what_is_asked_in_the_other_language(client, two):
    page = text(get(client, q="校庆", tag="百年"))

    asked = urlencode({"q": "校庆", "tag": "百年"}).replace("&", "&amp;")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/search/?{asked}">' in page
    assert f'<a href="/en/search/?{asked}" hreflang="en"' in page


def test_browsers_are_told_how_to_search(client):
    answer = client.get("/opensearch.xml")
    root = ET.fromstring(answer.content)  # noqa: S314
    url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    assert url is not None
    assert url.get("template") == f"{settings.SITE_URL}/search/?q={{searchTerms}}"
    assert 'href="/opensearch.xml"' in text(client.get("/"))


def test_search_leads_to_no_student_without_a_page(client, two):
    make_edition("校庆丙", tags=("百年",))
    Person.objects.filter(pk=two["person"]).update(is_student=True)
    with_page = links(get(client, q="zhw"), "Go to")
    SiteSettings.objects.update(students_have_pages=False)
    site.forget()

    assert with_page == ["张华伟"]
    assert links(get(client, q="zhw"), "Go to") == []
    assert links(get(client, q="校庆", person=two["person"]), "Only") == []
    assert headlines(get(client, q="张华伟")) == ["校庆甲"]  # the credit stays
