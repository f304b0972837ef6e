"""Readers report errors: what is taken in, what is refused, and that nobody keeps the page."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import inbox
from articles.actions import publishing
from articles.models import ErrorReport
from tests import factories
from tests.articles.public.helpers import text
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
SAID = {"passage": "周三", "text": "应为周四。", "contact": "a@example.edu"}
TABLES = re.compile(r"\b((?:articles|analytics|auth|django|taggit)_[a-z_]+)\b(?!\()")


@pytest.fixture
def edition():
    return make_edition("图书馆夜间开放", at=timezone.now() - timedelta(hours=2))


def address(edition, language: str = "") -> str:
    return f"{language}/articles/{edition.article_id}/error/"


def form_of(edition, age: timedelta = timedelta(minutes=1)) -> str:
    return inbox.new_form(edition.article_id, timezone.now() - age)


def send(edition, client=None, *, language="", form=None, headers=None, reader="", **said):
    """Send a form as a reader's browser does who looked at it for a minute."""
    body = urlencode({"form": form_of(edition) if form is None else form, **SAID, **said})
    return (client or Client()).post(
        address(edition, language),
        body,
        content_type=FORM,
        headers={"origin": "http://testserver", **(headers or {})},
        REMOTE_ADDR=reader or "203.0.113.7",
    )


def kept() -> list[tuple[str, str, str]]:
    return list(ErrorReport.objects.order_by("pk").values_list("passage", "text", "contact"))


def is_typed_again(page: str) -> bool:
    """Tell whether all that was typed stands in the form."""
    return all(said in unescape(page) for said in SAID.values())


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_article_leads_to_a_form_that_is_sent_and_thanked_for(client, edition, language):
    article = text(client.get(f"{language}{edition.get_absolute_url()}"))
    page = client.get(address(edition, language))
    answer = send(edition, client, language=language)
    thanks = client.get(answer.headers["Location"])

    assert f'href="{address(edition, language)}" rel="nofollow"' in article
    assert page.status_code == 200
    assert answer.status_code == 302
    assert thanks.status_code == 200
    assert kept() == [tuple(SAID.values())]
    report = ErrorReport.objects.get()
    assert (report.edition, report.state, report.told_at) == (edition, "new", None)
    assert client.cookies == {}


def test_page_is_kept_by_nobody_and_found_by_nobody(client, edition):
    for answer in (client.get(address(edition)), send(edition, client, text="")):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in text(answer)


def test_form_that_a_page_gives_out_is_taken_in(client, edition):
    page = text(client.get(address(edition)))
    given = re.search(r'name="form" value="([^"]+)"', page)

    read = inbox.form_key(unescape(given[1]), edition.article_id, timezone.now())

    assert read is not None
    assert read[1] < timedelta(minutes=1)


def test_report_touches_its_own_table_and_editions_alone(client, edition):
    client.get(address(edition))  # what the site says of itself is kept for a second
    with CaptureQueriesContext(connection) as queries:
        send(edition, client)

    touched = {table for query in queries for table in TABLES.findall(query["sql"])}
    assert kept() != []
    assert touched == {"articles_errorreport", "articles_edition"}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"text": "  "}, "Please say what is wrong."),
        ({"text": "错" * 2001}, "at most 2000 characters"),
        ({"passage": "句" * 501}, "at most 500 characters"),
        ({"contact": "1" * 201}, "at most 200 characters"),
        ({"text": "\0"}, "Null characters are not allowed."),
        ({"website": "http://x.example"}, "This field has to stay empty."),
    ],
)
def test_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(edition, said, problem):
    answer = send(edition, language="/en", **said)

    page = unescape(text(answer))
    assert answer.status_code == 422
    assert problem in page
    assert all(value in page for name, value in SAID.items() if name not in said)
    assert kept() == []


def test_longest_report_is_taken_in_with_lines_as_browsers_send_them(edition):
    lines = "龘\r\n" * 999 + "龘"

    answer = send(edition, passage="龘" * 500, text=lines, contact="龘" * 200)

    assert answer.status_code == 302
    assert kept() == [("龘" * 500, lines.replace("\r\n", "\n"), "龘" * 200)]


def test_body_that_is_too_large_is_not_read(edition):
    answer = send(edition, language="/en", text="a" * 60_000)

    assert answer.status_code == 413
    assert "too long to be sent" in text(answer)
    assert kept() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}, 302),
    ],
)
def test_only_pages_of_the_site_send(edition, headers, status):
    answer = send(edition, headers=headers)

    assert answer.status_code == status
    assert (status == 302) == bool(kept())
    assert status == 302 or is_typed_again(text(answer))


def test_blocked_network_sends_nothing(settings, edition):
    settings.BLOCKED_NETWORKS = ["203.0.113.0/24"]

    refused, taken = send(edition), send(edition, reader="198.51.100.1")

    assert (refused.status_code, taken.status_code) == (403, 302)
    assert is_typed_again(text(refused))


@pytest.mark.parametrize(
    ("age", "status"), [(0, 422), (2, 422), (4, 302), (23 * 3600, 302), (25 * 3600, 422)]
)
def test_form_is_neither_sent_at_once_nor_after_a_day(edition, age, status):
    answer = send(edition, form=form_of(edition, timedelta(seconds=age)))

    assert answer.status_code == status
    assert status == 302 or is_typed_again(text(answer))


@pytest.mark.parametrize("form", ["", "made up", "W10:1tq:abc"])
def test_form_that_nobody_gave_out_comes_back_with_one_that_is_ours(edition, form):
    answer = send(edition, form=form)

    given = re.search(r'name="form" value="([^"]+)"', text(answer))
    assert answer.status_code == 422
    assert is_typed_again(text(answer))
    assert inbox.form_key(unescape(given[1]), edition.article_id, timezone.now())


def test_form_of_another_article_is_not_taken(edition):
    other = make_edition("别的稿", at=timezone.now() - timedelta(hours=1))

    assert send(edition, form=form_of(other)).status_code == 422
    assert kept() == []


def test_report_that_is_sent_twice_is_kept_once(edition):
    form = form_of(edition)

    first, again = send(edition, form=form), send(edition, form=form)
    other = send(edition, form=form, text="还有一处。")

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 422)
    assert kept() == [tuple(SAID.values())]
    assert "还有一处。" in text(other)


def test_network_that_sends_much_waits_and_others_do_not(settings, edition):
    settings.SHARED_NETWORKS = ["198.51.100.0/24"]
    for number in range(inbox.OF_A_NETWORK[inbox.HOUR]):
        assert send(edition, text=f"{number}").status_code == 302

    refused = send(edition, language="/en")
    other = send(edition, reader="203.0.113.8")
    for number in range(inbox.OF_A_NETWORK[inbox.HOUR] + 1):
        campus = send(edition, reader="198.51.100.1", text=f"{number}")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3600"
    assert is_typed_again(text(refused))
    assert (other.status_code, campus.status_code) == (302, 302)


def test_network_may_send_again_after_an_hour(edition):
    for number in range(inbox.OF_A_NETWORK[inbox.HOUR]):
        send(edition, text=f"{number}")
    ErrorReport.objects.update(sent_at=timezone.now() - timedelta(minutes=61))

    assert send(edition).status_code == 302


def test_hosts_of_one_ipv6_network_are_one(edition):
    for number in range(inbox.OF_A_NETWORK[inbox.HOUR]):
        send(edition, reader=f"2001:db8::{number}", text=f"{number}")

    assert send(edition, reader="2001:db8::ffff").status_code == 429
    assert send(edition, reader="2001:db8:1::1").status_code == 302


@pytest.mark.parametrize("limit", ["WAITING_OF_AN_ARTICLE", "OF_ALL_IN_A_DAY", "WAITING_OF_ALL"])
def test_table_does_not_grow_without_end(monkeypatch, settings, edition, limit):
    settings_site = factories.set_site(contact_mail="news@example.edu")
    monkeypatch.setattr(inbox, limit, 3)
    for number in range(3):
        assert send(edition, reader=f"203.0.113.{number}").status_code == 302

    refused = send(edition)

    assert refused.status_code == 429
    assert f"mailto:{settings_site.contact_mail}" in text(refused)
    assert len(kept()) == 3


def test_settled_reports_make_room(monkeypatch, edition):
    monkeypatch.setattr(inbox, "WAITING_OF_AN_ARTICLE", 1)
    send(edition)
    ErrorReport.objects.update(state="spam")

    assert send(edition).status_code == 302


def test_address_of_the_reader_reaches_no_table(edition):
    send(edition, reader="203.0.113.77")

    row = ErrorReport.objects.values().get()
    assert len(row["network"]) == 32
    assert not any("203.0.113" in str(value) for value in row.values())


def test_form_escapes_what_was_typed_and_leaves_its_characters(edition):
    answer = send(edition, language="/zh-hant", passage="</textarea><b>发", text="")

    page = text(answer)
    assert "&lt;/textarea&gt;&lt;b&gt;发" in page
    assert "<b>发" not in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["error/", "error/sent/"])
def test_only_what_readers_see_is_reported(client, edition, method, path):
    draft = factories.make_article("草稿")
    withdrawn = make_edition("撤下的稿", at=timezone.now() - timedelta(hours=2))
    chief = factories.make_user("chief editor")
    publishing.withdraw(withdrawn.article, user=chief, reason="核实", at=timezone.now())

    answers = {
        name: getattr(client, method)(f"/articles/{number}/{path}").status_code
        for name, number in (
            ("live", edition.article_id),
            ("withdrawn", withdrawn.article_id),
            ("draft", draft.pk),
            ("unknown", 999_999),
        )
    }

    if method == "post" and path == "error/sent/":
        assert set(answers.values()) == {405}
    else:
        live = 422 if method == "post" else 200
        assert answers == {"live": live, "withdrawn": 410, "draft": 404, "unknown": 404}


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_form_takes_no_other_method(client, edition, method):
    assert getattr(client, method)(address(edition)).status_code == 405


def test_article_whose_slug_is_taken_keeps_an_address_of_its_own(client):
    edition = make_edition("Error", slug="error", at=timezone.now() - timedelta(hours=1))

    assert edition.get_absolute_url() == f"/articles/{edition.article_id}/-/"
    assert client.get(edition.get_absolute_url()).status_code == 200
