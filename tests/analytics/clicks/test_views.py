"""The beacon's answers, and what is kept of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from analytics.clicks import recording, rollups
from analytics.clicks.tokens import page_token
from analytics.models import Click, ExclusionDay
from tests.analytics.clicking import PHONE, body, daily, excluded, send, spooled
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def now_body(article: int, /, **fields) -> str:
    return body(article, timezone.localtime(), **fields)


@pytest.fixture
def article() -> int:
    return make_edition(at=timezone.now() - timedelta(days=3)).article_id


@pytest.fixture
def today() -> str:
    return str(timezone.localdate())


def test_seen_answers_204_and_keeps_the_click(client, article, today):
    answer = send(client, now_body(article))

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert recording.drain() == 1
    assert daily(article) == [(today, 1, 1)]
    assert Click.objects.get().referrer == "weixin.qq.com"


def test_seen_needs_no_csrf_token(article):
    assert send(Client(enforce_csrf_checks=True), now_body(article)).status_code == 204


def test_r7_repeated_beacon_counts_once(client, article, today):
    text = now_body(article)

    send(client, text)
    recording.drain()
    send(client, text)
    recording.drain()

    assert daily(article) == [(today, 1, 1)]
    assert Click.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_seen_refuses_other_methods(client, method):
    answer = getattr(client, method)("/seen/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert answer.headers["Cache-Control"] == "no-store"
    assert spooled() == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "1",
        "[" * 1000,
        b"\xff\xfe",
        '{"v":2,"a":1,"k":"00000000000000000000000000000000","p":"x"}',
        '{"v":1,"a":"1","k":"00000000000000000000000000000000","p":"x"}',
        '{"v":1,"a":true,"k":"00000000000000000000000000000000","p":"x"}',
        '{"v":1,"a":-1,"k":"00000000000000000000000000000000","p":"x"}',
        '{"v":1,"a":9223372036854775808,"k":"00000000000000000000000000000000","p":"x"}',
        '{"v":1,"a":1,"k":"0000000000000000000000000000000g","p":"x"}',
        '{"v":1,"a":1,"k":"0000","p":"x"}',
        '{"v":1,"a":1,"k":"00000000000000000000000000000000"}',
        '{"v":1,"a":1,"k":"00000000000000000000000000000000","p":"x","r":[]}',
    ],
)
def test_seen_answers_400_to_what_is_no_beacon(client, text):
    answer = send(client, text)

    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    recording.drain()
    assert excluded(0) == {"malformed": 1}


def test_r2_malformed_beacons_are_a_number_and_no_rows(client, article):
    named, unknown = f'{{"a":{article}}}', f'{{"a":{article + 1}}}'
    for text in ("{", "{", named, unknown, '{"a":"x"}'):
        assert send(client, text).status_code == 400
    longest = max(len(record.line()) for record in spooled())
    recording.drain()

    assert longest < 80
    assert (excluded(article), excluded(0)) == ({"malformed": 1}, {"malformed": 4})
    assert ExclusionDay.objects.count() == 2
    assert not Click.objects.exists()
    assert rollups.check_day(timezone.localdate()) == (0, [])


def test_seen_answers_413_to_more_than_a_kilobyte(client, article):
    full = now_body(article, x="")
    fits = now_body(article, x="y" * (1024 - len(full)))

    assert (len(fits), send(client, fits).status_code) == (1024, 204)
    assert send(client, fits + " ").status_code == 413
    assert send(client, b"0" * 20_000_000).status_code == 413
    assert len(spooled()) == 1


def test_seen_answers_503_when_the_click_cannot_be_kept(client, article, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.SPOOL_DIR = tmp_path / "file"

    answer = send(client, now_body(article))

    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"sec-purpose": "prefetch;prerender"}, "prefetch"),
        ({"purpose": "prefetch"}, "prefetch"),
        ({"x-moz": "prefetch"}, "prefetch"),
        ({"origin": "https://elsewhere.example"}, "foreign_origin"),
        ({"origin": "null"}, "foreign_origin"),
        ({"origin": "http://["}, "foreign_origin"),
        ({"sec-fetch-site": "cross-site"}, "foreign_origin"),
        ({"sec-fetch-site": "same-site"}, "foreign_origin"),
        ({"sec-fetch-mode": "navigate"}, "foreign_origin"),
        ({"cookie": "sessionid=abc"}, "staff"),
        ({"user-agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"}, "bot_declared"),
        ({"user-agent": ""}, "bot_declared"),
        ({"user-agent": "Mozilla/5.0 HeadlessChrome/138.0.0.0"}, "headless"),
        ({"sec-ch-ua": '"HeadlessChrome";v="138"'}, "headless"),
        # The first reason that matches is the one
        ({"origin": "null", "cookie": "sessionid=abc", "purpose": "prefetch"}, "prefetch"),
        ({"cookie": "sessionid=abc", "user-agent": "curl/8"}, "staff"),
    ],
)
def test_r2_beacon_is_excluded_with_its_reason_and_answered_alike(
    client, article, headers, reason
):
    answer = send(client, now_body(article), **headers)
    recording.drain()

    assert (answer.status_code, answer.content) == (204, b"")
    assert daily(article) == []
    assert excluded(article) == {reason: 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"},
        {"cookie": "theme=dark"},
    ],
)
def test_r1_beacon_of_a_reader_counts(client, article, today, headers):
    send(client, now_body(article), **headers)
    recording.drain()

    assert daily(article) == [(today, 1, 1)]


def test_r2_blocked_network_is_excluded(client, article, settings):
    settings.BLOCKED_NETWORKS = ["127.0.0.0/8"]

    send(client, now_body(article))
    recording.drain()

    assert excluded(article) == {"blocked_network": 1}


def test_r2_token_of_another_article_or_month_is_foreign(client, article, today):
    for text in (
        now_body(article, p="x"),
        now_body(article, p="é"),
        now_body(article, p=page_token(article + 1, timezone.localdate())),
        body(article, timezone.localtime() - timedelta(days=15)),
    ):
        assert send(client, text).status_code == 204
    send(client, body(article, timezone.localtime() - timedelta(days=7)))
    recording.drain()

    assert excluded(article) == {"foreign_origin": 4}
    assert daily(article) == [(today, 1, 1)]


def test_seen_believes_nothing_that_the_body_says_of_time_or_reader(client, article, today):
    send(client, now_body(article, at="2020-01-01", ip="1.2.3.4", visitor=5))
    send(client, now_body(article, at="2020-01-02", ip="1.2.3.5", visitor=6))
    recording.drain()

    assert daily(article) == [(today, 1, 1)]


def test_seen_gif_is_counted_apart(client, article, today):
    address = f"/seen.gif?a={article}&p={page_token(article, timezone.localdate())}"
    answer = client.get(address, headers={"user-agent": PHONE})
    recording.drain()

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/gif")
    assert (len(answer.content), answer.headers["Cache-Control"]) == (43, "no-store")
    assert answer.cookies == {}
    assert (daily(article), excluded(article)) == ([], {"noscript": 1})


@pytest.mark.parametrize("query", ["", "a=1", "a=x&p=y", "a=0&p=y", "a=²&p=y", f"a={2**63}&p=y"])
def test_seen_gif_answers_400_to_what_is_no_beacon(client, query):
    assert client.get(f"/seen.gif?{query}").status_code == 400


def test_seen_gif_refuses_other_methods(client):
    assert client.post("/seen.gif").status_code == 405


@pytest.mark.parametrize(("choice", "kept"), [("count", 1), ("drop", 0)])
def test_global_privacy_control_is_respected_as_the_site_chose(
    client, article, settings, choice, kept
):
    settings.RESPECT_GPC = choice

    assert send(client, now_body(article), **{"sec-gpc": "1"}).status_code == 204
    assert len(spooled()) == kept


def test_address_and_browser_reach_no_file_and_no_row(client, article, settings):
    send(client, now_body(article), **{"x-forwarded-for": "203.0.113.77"})
    kept = b"".join(path.read_bytes() for path in settings.SPOOL_DIR.glob("*.clicks"))
    recording.drain()
    row = repr(Click.objects.values().get())

    for secret in ("127.0.0.1", "203.0.113.77", "MicroMessenger", "zh-CN"):
        assert secret not in kept.decode()
        assert secret not in row
    assert "weixin.qq.com" in row
