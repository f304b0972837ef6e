"""What other media wrote about the institution: a short page of ours that leads to theirs."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Edition, Origin, Placement
from tests.articles.public.helpers import text
from tests.articles.public.test_machines import ATOM, read
from tests.factories import make_edition, make_section

pytestmark = pytest.mark.django_db

THERE = "https://paper.example.com/a?b=1&c=2"
ESCAPED = "https://paper.example.com/a?b=1&amp;c=2"
MEDIUM = "江城晚报"


@pytest.fixture
def section():
    return make_section("媒体关注", slug="media", kind="media")


def coverage(section, headline="凌晨两点的馆员", **fields) -> Edition:
    said = {
        "origin": Origin.MEDIA,
        "source": MEDIUM,
        "source_url": THERE,
        "event_date": date(2026, 11, 20),
        "summary": "一个整版。",
        "body": "",
    }
    at = timezone.now() - timedelta(hours=2)
    return make_edition(headline, section=section, at=at, **{**said, **fields})


def way_out(page: str) -> str:
    found = re.search(r'<p class="way-out".*?</p>\s*<p class="meta".*?</p>', page, re.DOTALL)
    return found[0] if found else ""


def test_page_of_coverage_has_an_excerpt_and_leads_to_the_medium(client, section):
    edition = coverage(section)

    page = text(client.get(f"/en{edition.get_absolute_url()}"))

    out = way_out(page)
    assert f'<a href="{ESCAPED}" rel="external noopener">Read it at {MEDIUM}' in out
    assert '<span class="unseen"> (on another site)</span>' in out
    assert "paper.example.com" in out
    assert "20 Nov 2026" in out
    assert '<div class="body"><p>一个整版。</p></div>' in page
    assert f'<link rel="canonical" href="http://testserver/articles/{edition.article_id}/' in page
    assert f'data-article="{edition.article_id}"' in page


def test_page_with_a_text_of_its_own_has_no_second_excerpt(client, section):
    edition = coverage(section, body="<p>报道从一辆收书车写起。</p>")

    page = text(client.get(edition.get_absolute_url()))

    assert "报道从一辆收书车写起。" in page
    assert way_out(page)
    assert "一个整版。</p>" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"origin": Origin.REPRINT},
        {"origin": Origin.ORIGINAL},
        {"source_url": ""},
    ],
)
def test_what_points_at_no_medium_has_no_way_out(client, section, fields):
    edition = coverage(section, body="<p>全文</p>", **fields)

    page = text(client.get(edition.get_absolute_url()))

    assert MEDIUM in page  # as its source
    assert way_out(page) == ""


def test_lists_name_the_medium_and_lead_to_the_page_here(client, section):
    edition = coverage(section)
    other = coverage(section, "转载的报道", origin=Origin.REPRINT, body="<p>全文</p>")
    Placement.objects.create(
        article=edition.article, slot="lead", live_from=timezone.now() - timedelta(hours=1)
    )
    lists = ("/", "/sections/media/", f"/units/{edition.article.unit.slug}/", "/search/?q=馆员")

    for address in lists:
        page = text(client.get(address))
        assert f'<span class="medium" lang="zh-hans">{MEDIUM}</span>' in page, address
        assert f'href="{edition.get_absolute_url()}"' in page, address
        assert ESCAPED not in page, address
    section_page = text(client.get("/sections/media/"))
    assert other.headline in section_page
    assert section_page.count('class="medium"') == 1


def test_converted_page_names_the_medium_in_its_characters(client, section):
    edition = coverage(section)

    page = text(client.get(f"/zh-hant{edition.get_absolute_url()}"))

    assert "江城晚報" in way_out(page)
    assert f'href="{ESCAPED}"' in way_out(page)


def test_search_finds_coverage_by_its_medium(client, section):
    edition = coverage(section)
    coverage(section, "别家的报道", source="省电视台")

    page = text(client.get(f"/search/?q={MEDIUM}"))

    assert edition.get_absolute_url() in page
    assert "别家的报道" not in page


def test_feeds_say_where_the_medium_has_it(client, section):
    # The form takes no such address; an old edition may have one.
    edition = coverage(section, source_url=f"{THERE}\x01")
    coverage(section, "转载的报道", origin=Origin.REPRINT, body="<p>全文</p>")
    said = {"rel": "via", "href": THERE, "title": MEDIUM}

    rss, atom = (read(client.get(f"/feeds/{kind}/")) for kind in ("rss", "atom"))
    items = json.loads(client.get("/feeds/json/").content)["items"]

    assert [dict(link.attrib) for link in rss.iterfind(f"channel/item/{ATOM}link")] == [said]
    vias = atom.iterfind(f"{ATOM}entry/{ATOM}link[@rel='via']")
    assert [dict(link.attrib) for link in vias] == [said]
    assert {item["title"]: item.get("external_url") for item in items} == {
        edition.headline: THERE,
        "转载的报道": None,
    }
    assert all("/articles/" in item["url"] for item in items)


def test_api_and_structured_data_name_medium_and_address(client, section):
    edition = coverage(section)

    item = client.get(f"/api/articles/{edition.article_id}/").json()
    page = text(client.get(edition.get_absolute_url()))
    described = json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]
    )

    assert item["infosource"] == [{"name": MEDIUM, "rel": "media", "uri": THERE}]
    assert described["isBasedOn"] == {
        "@type": "NewsArticle",
        "url": THERE,
        "publisher": {"@type": "NewsMediaOrganization", "name": MEDIUM},
        "datePublished": "2026-11-20",
    }
    assert described["mainEntityOfPage"] == f"http://testserver{edition.get_absolute_url()}"


def test_hostile_name_and_address_stay_text(client, section):
    hostile = '"><script>alert(1)</script>'
    edition = coverage(section, source=hostile, source_url='https://x.example/"onclick=')

    for address in (edition.get_absolute_url(), "/sections/media/", "/"):
        page = text(client.get(address))
        assert "<script>alert" not in page
        assert 'x.example/"' not in page
