"""Live editions as data, and as cards on other sites."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from articles.actions import publishing
from articles.public.lists import listing
from articles.public.machines.openapi import DESCRIPTION, ITEM
from tests.factories import (
    make_article,
    make_edition,
    make_section,
    make_unit,
    make_user,
    publish,
    set_site,
)

pytestmark = pytest.mark.django_db


def recently(hours: int = 1):
    return timezone.now() - timedelta(hours=hours)


def get(client: Client, address: str):
    response = client.get(address)
    return response.status_code, json.loads(response.content)


def headlines(client: Client, query: str = "") -> list[str]:
    return [item["headline"] for item in get(client, f"/api/articles/{query}")[1]["items"]]


def test_article_is_given_with_text_people_and_units(client):
    section = make_section("综合新闻", slug="news")
    edition = make_edition(
        "图书馆夜间开放",
        section=section,
        unit=make_unit("图书馆", slug="library"),
        kicker="服务",
        summary="灯亮到零点。",
        tags=("阅读",),
        credit="李明远",
        body='<p>见<a href="/sections/news/">栏目</a>和 /tmp。</p>',
        at=recently(),
    )

    status, said = get(client, f"/api/articles/{edition.article_id}/")

    assert status == 200
    assert said == {
        "uri": f"http://testserver/articles/{edition.article_id}/",
        "url": f"http://testserver{edition.get_absolute_url()}",
        "type": "text",
        "version": "1",
        "pubstatus": "usable",
        "firstcreated": timezone.localtime(edition.displayed_at).isoformat(),
        "versioncreated": timezone.localtime(edition.live_from).isoformat(),
        "language": edition.language,
        "headline": "图书馆夜间开放",
        "kicker": "服务",
        "subheadline": "",
        "description_text": "灯亮到零点。",
        "byline": edition.credit_line,
        "profile": "news",
        "section": {"code": "news", "name": "综合新闻"},
        "organisation": [{"code": "library", "name": "图书馆", "rel": "contributor"}],
        "person": [
            {"name": entry["name"], "rel": line["role"]}
            for line in edition.furniture["credits"]
            for entry in line["entries"]
        ],
        "subject": [{"code": edition.tags.get().slug, "name": "阅读"}],
        "infosource": [],
        "associations": {},
        "publisher": said["publisher"],
        "body_html": '<p>见<a href="http://testserver/sections/news/" rel="noopener">栏目</a>'
        "和 /tmp。</p>",
    }
    assert {"name": "李明远", "rel": "author"} in said["person"]


def test_what_readers_do_not_see_is_no_data(client):
    now = timezone.now()
    draft = make_article("草稿")
    planned = publish(make_article("定时"), at=now, live_from=now + timedelta(hours=1))
    gone = make_edition("撤下", at=recently(2))
    publishing.withdraw(gone.article, user=make_user("chief editor"), reason="错误", at=now)
    make_edition("见报", at=recently())

    answers = [
        get(client, f"/api/articles/{number}/")
        for number in (draft.pk, planned.article_id, gone.article_id)
    ]

    assert headlines(client) == ["见报"]
    assert [status for status, _said in answers] == [404, 404, 410]
    assert set(answers[2][1]) == {"error", "ended_at"}
    assert not any("错误" in said["error"] for _status, said in answers)


def test_lists_are_turned_page_by_page_and_narrowed(client, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    unit, section = make_unit("图书馆", slug="library"), make_section(slug="news")
    for number in range(3):
        make_edition(f"第{number}篇", unit=unit, section=section, at=recently(number + 2))
    make_edition("别处", tags=("读书",), at=recently())

    first = get(client, "/api/articles/?unit=library")[1]
    second = get(client, first["next"].removeprefix("http://testserver"))[1]

    assert [item["headline"] for item in first["items"]] == ["第0篇", "第1篇"]
    assert [item["headline"] for item in second["items"]] == ["第2篇"]
    assert "next" not in second
    assert headlines(client, "?section=news") == ["第0篇", "第1篇"]
    assert headlines(client, f"?tag={quote('读书')}") == ["别处"]
    assert headlines(client, "?section=none") == []


@pytest.mark.parametrize(
    "query",
    [
        *("section=a&unit=b", "before=rubbish", "before=%00"),
        *("section=%00", "unit=a%00", "tag=%00"),
    ],
)
def test_what_the_list_does_not_know_is_not_found_in_json(client, query):
    status, said = get(client, f"/api/articles/?{query}")

    assert (status, set(said)) == (404, {"error"})


def test_data_is_for_pages_of_any_origin_and_kept_by_nobody(client):
    edition = make_edition(at=recently())

    answer = client.get(f"/api/articles/{edition.article_id}/")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.post(f"/api/articles/{edition.article_id}/").status_code == 405


def test_description_names_what_is_answered(client):
    edition = make_edition(at=recently())

    status, said = get(client, "/api/openapi.json")
    item = get(client, "/api/articles/")[1]["items"][0]

    assert status == 200
    assert said == {**DESCRIPTION, "servers": [{"url": "http://testserver"}]}
    assert list(item) == ITEM["required"]
    for path in said["paths"]:
        assert resolve(re.sub(r"\{number\}", str(edition.article_id), path))
    schemas = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(said)))
    assert schemas <= set(said["components"]["schemas"])


def test_article_has_a_card_for_other_sites(client):
    edition = make_edition("夜读", at=recently())
    address = f"http://testserver{edition.get_absolute_url()}"

    page = client.get(edition.get_absolute_url()).content.decode()
    found = re.search(r'type="application/json\+oembed" href="http://testserver([^"]*)"', page)
    status, card = get(client, found[1])

    assert found[1] == f"{reverse('articles:oembed')}?url={quote(address, safe='')}"
    assert status == 200
    assert card == {
        "version": "1.0",
        "type": "link",
        "title": "夜读",
        "author_name": edition.credit_line,
        "provider_name": card["provider_name"],
        "provider_url": "http://testserver",
        "cache_age": 3600,
    }


@pytest.mark.parametrize(
    "address",
    ["", "http://testserver/", "https://evil.example/articles/1/", "http://[", "/articles/999/"],
)
def test_other_addresses_have_no_card(client, address):
    assert get(client, f"/oembed/?url={quote(address)}")[0] == 404


def test_security_contact_is_the_one_of_the_site(client):
    assert client.get("/.well-known/security.txt").status_code == 404

    set_site(contact_mail="news@example.edu")
    answer = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert lines["Contact"] == "mailto:news@example.edu"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert set(lines) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
