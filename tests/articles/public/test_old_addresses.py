"""Addresses of an old site lead on to the articles, and nowhere else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.actions import publishing
from articles.models import OldAddress
from articles.models.old_addresses import normalised
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.make_edition("夜间开放", at=timezone.now() - timedelta(hours=2)).article


def lead(article, address):
    row = OldAddress(address=address, article=article)
    row.clean()
    row.added_by, row.added_at = article.created_by, timezone.now()
    row.save()
    return row


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("/info/1/2.htm", "/info/1/2.htm"),
        ("http://a.edu/info/1/2.htm#top", "/info/1/2.htm"),
        ("info/1/2.htm", "/info/1/2.htm"),
        ("//a.edu/info/1/2.htm", "/info/1/2.htm"),
        ("/content.jsp?b=2&a=1", "/content.jsp?a=1&b=2"),
        ("/content.jsp?a=1&b=2&from=timeline&isappinstalled=0", "/content.jsp?a=1&b=2"),
        ("/%e6%96%b0/1.htm", "/%E6%96%B0/1.htm"),
        ("/新/1.htm", "/%E6%96%B0/1.htm"),
        ("/%D0%C2.htm?t=%d0%c2", "/%D0%C2.htm?t=%D0%C2"),
        ("/s?title=中文", "/s?title=%E4%B8%AD%E6%96%87"),
        ("/s?title=北京&a=é", "/s?a=%E9&title=%E5%8C%97%E4%BA%AC"),
        ("/a?x=", "/a?x="),
        ("http://a.edu/", ""),
        ("http://[broken/", ""),
        ("/" + "a" * 600, ""),
    ],
)
def test_an_address_is_spelled_in_one_way(address, spelled):
    assert normalised(address) == spelled
    assert normalised(spelled) == spelled


@pytest.mark.parametrize(
    "asked",
    [
        "/info/1001/12.htm",
        "/info/1001/%312.htm",
        "/info/1001/12.htm?from=timeline",
        "/info/1001/12.htm?anything=else",
    ],
)
def test_an_old_address_leads_to_the_article(article, asked):
    lead(article, "http://old.example/info/1001/12.htm")

    response = Client().get(asked)

    there = article.editions.get().get_absolute_url()
    assert (response.status_code, response["Location"]) == (301, there)


def test_parameters_tell_articles_apart(article):
    other = factories.make_edition("另一篇", at=timezone.now() - timedelta(hours=2)).article
    lead(article, "/content.jsp?id=1")
    lead(other, "/content.jsp?id=2")

    asked = ("/content.jsp?id=1&utm_source=x", "/content.jsp?id=2", "/content.jsp?id=3")
    there = [Client().get(address).get("Location", "") for address in asked]

    assert there == [
        article.editions.get().get_absolute_url(),
        other.editions.get().get_absolute_url(),
        "",
    ]


def test_addresses_in_gbk_and_in_utf_8_lead_on(article):
    lead(article, "/%D0%C2.htm")
    lead(article, "/新.htm")

    assert [Client().get(a).status_code for a in ("/%d0%c2.htm", "/%e6%96%b0.htm")] == [301, 301]


def test_what_was_withdrawn_is_gone(article):
    lead(article, "/old.htm")
    publishing.withdraw(
        article, user=factories.make_user("chief editor"), reason="x", at=timezone.now()
    )

    response = Client().get("/old.htm")

    assert response.status_code == 410
    assert "Content-Security-Policy" in response


def test_a_draft_answers_like_what_was_never_there(article):
    draft = factories.make_article("绝密未刊")
    lead(draft, "/secret.htm")
    lead(article, "/old.htm")

    draft_says, nothing_says = Client().get("/secret.htm"), Client().get("/never.htm")

    assert (draft_says.status_code, draft_says.content) == (404, nothing_says.content)
    assert Client().get("/old.htm").status_code == 301


def test_pages_that_are_here_and_what_is_written_are_left_alone(article):
    lead(article, "/sections/news/")
    lead(article, f"/articles/{article.pk}/")
    lead(article, "/old.htm")

    assert Client().post("/old.htm").status_code == 404
    assert Client().get(article.editions.get().get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example/%2e%2e",
        "/old.htm/../..//evil.example",
        "/\\evil.example",
        "/%00",
        "/a?%00=%00",
    ],
)
def test_nobody_is_sent_to_another_site(article, asked):
    lead(article, "/old.htm")

    response = Client().get(asked)

    assert response.status_code in {301, 400, 404}
    assert "evil" not in response.get("Location", "").partition("?")[0].split("/")[1:2]


def test_an_address_that_is_none_is_refused(article):
    with pytest.raises(ValidationError, match="This is no address of a page"):
        lead(article, "http://old.example/")
