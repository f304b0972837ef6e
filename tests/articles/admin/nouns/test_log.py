"""The log's own page: who sees what of it, and how it is filtered and taken out."""

import csv
import hashlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from articles import clock, log
from articles.admin.nouns.log import COLUMNS, FlatPaginator
from articles.log import sealing
from articles.models import LogEntry, LogSeal, User
from articles.models.seals import canonical
from tests.factories import NOON, make_article, make_unit, make_user

pytestmark = pytest.mark.django_db
Action = LogEntry.Action
ADDRESS = "/admin/articles/logentry/"


def shown(browser, **asked) -> list[str]:
    page = browser.get(ADDRESS, asked)
    assert page.status_code == 200, page.headers
    return [f"{entry.action} {entry.subject}" for entry in page.context["cl"].result_list]


@pytest.fixture
def head(sign_in):
    browser, _user = sign_in("head", name="总编")
    return browser


@pytest.fixture
def entries(unit):
    """One entry of each kind, on days in a row, an article's first."""
    article = make_article(
        "新馆开放", unit=unit, author=make_user("correspondent", name="王敏", unit=unit), at=NOON
    )
    editor = make_user(name="李编辑")
    for days, (action, about) in enumerate(
        (
            (Action.SIGNED_IN, ""),
            (Action.RIGHTS_CHANGED, User.objects.create_user("zhaosi", name="赵四")),
            (Action.EDITED, make_unit("图书馆")),
            (Action.EXPORTED, "units-2026-10.csv"),
        ),
        1,
    ):
        log.note(action, actor=editor, at=NOON + timedelta(days=days), about=about)
    return article


def test_heads_and_administrators_see_everything(sign_in, entries):
    for role in ("head", "administrator"):
        browser, _user = sign_in(role)

        assert shown(browser, until="2026-11-24") == [
            "exported units-2026-10.csv",
            "edited 图书馆",
            "rights_changed 赵四 (zhaosi)",
            "signed_in ",
            "created 新馆开放",
        ]


@pytest.mark.parametrize("role", ["correspondent", "unit reviewer", "desk editor"])
def test_others_see_what_happened_to_articles_they_may_see(sign_in, entries, unit, role):
    make_article("别单位的稿", unit=make_unit(), at=NOON)
    browser, _user = sign_in(role, unit=unit)

    theirs = [] if role != "desk editor" else ["created 别单位的稿"]
    assert shown(browser) == [*theirs, "created 新馆开放"]
    for secret in LogEntry.objects.filter(article=None):
        assert browser.get(f"{ADDRESS}{secret.pk}/change/").status_code == 404
    assert shown(browser, q="赵四") == []
    assert shown(browser, did="signing-in") == []
    text = browser.get(ADDRESS).content.decode()
    assert "Export" not in text
    assert "Accounts and rights" not in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"did": "signing-in"}, ["signed_in "]),
        ({"did": "rights"}, ["rights_changed 赵四 (zhaosi)"]),
        ({"did": "lists"}, ["edited 图书馆"]),
        ({"did": "boards"}, ["exported units-2026-10.csv"]),
        ({"did": "articles"}, ["created 新馆开放"]),
        ({"did": "created"}, ["created 新馆开放"]),
        ({"who": "王敏"}, ["created 新馆开放"]),
        ({"who": "李编辑", "did": "edited"}, ["edited 图书馆"]),
        ({"who": "没有这个人"}, []),
        ({"article": "那篇稿"}, []),
        ({"article": "999999"}, []),
        ({"from": "2026-11-22", "until": "2026-11-22"}, ["rights_changed 赵四 (zhaosi)"]),
        ({"at__year": "2026", "at__month": "11", "at__day": "21"}, ["signed_in "]),
        ({"q": "图书馆"}, ["edited 图书馆"]),
    ],
)
def test_filter_keeps(head, entries, asked, found):
    assert shown(head, **{"until": "2026-11-24", **asked}) == found


def test_filter_takes_the_number_or_the_address_of_an_article(head, entries):
    for typed in (str(entries.pk), f"https://news.example.edu/articles/{entries.pk}/x/"):
        assert shown(head, article=typed) == ["created 新馆开放"]


def test_filter_by_account_is_for_those_who_see_accounts(sign_in, entries):
    editor = LogEntry.objects.filter(action="edited").get().actor
    administrator, _user = sign_in("administrator")
    head, _user = sign_in("head")

    assert len(shown(administrator, who=editor.username)) == 4
    assert shown(head, who=editor.username) == []


def test_kind_opens_to_its_actions(head, entries):
    text = head.get(ADDRESS, {"did": "rights"}).content.decode()

    assert "– changed rights" in text
    assert "– signed in" not in text


def test_days_that_are_none_lead_back_to_the_list(head, entries):
    for asked in ({"from": "gestern"}, {"at__year": "2026", "at__month": "13"}):
        led_back = head.get(ADDRESS, asked, follow=True)
        assert led_back.redirect_chain == [(f"{ADDRESS}?e=1", 302)]
        assert "the list is not filtered" in led_back.content.decode()


def test_days_are_offered_without_looking_at_the_rows(head, entries, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: localdate(NOON + timedelta(days=40)))

    def offered(question: str = "") -> list[str]:
        days = head.get(f"{ADDRESS}?{question}").context["days"]
        return [choice["title"] for choice in days["choices"]]

    assert offered() == ["2026"]
    assert offered("at__year=2026") == ["2026年11月", "2026年12月"]
    assert len(offered("at__year=2026&at__month=12")) == 30


def test_long_log_is_not_counted_to_its_end(head, entries, monkeypatch):
    monkeypatch.setattr(FlatPaginator, "MOST", 3)

    page = head.get(ADDRESS)

    assert page.context["cl"].result_count == 3
    assert "3 entries or more" in page.content.decode()
    with CaptureQueriesContext(connection) as queries:
        head.get(ADDRESS)
    counted = [q["sql"] for q in queries if "COUNT(" in q["sql"] and "logentry" in q["sql"]]
    assert ["LIMIT 3" in sql for sql in counted] == [True]


def test_list_asks_as_often_with_five_rows_as_with_one(head, entries, django_assert_num_queries):
    head.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        head.get(ADDRESS, {"did": "signing-in"})
    for _ in range(4):
        log.note(Action.SIGNED_IN, actor=make_user(), at=NOON)

    with django_assert_num_queries(len(one)):
        head.get(ADDRESS, {"did": "signing-in"})


def test_head_of_the_chain_can_be_noted_down(head, entries):
    sealing.seal_all()

    assert str(LogSeal.objects.last()) in head.get(ADDRESS).content.decode()


def test_entry_shows_its_seal(head, entries):
    sealing.seal_all()
    seal = LogSeal.objects.last()

    text = head.get(f"{ADDRESS}{seal.entry_id}/change/").content.decode()

    assert seal.sha256 in text


def test_nothing_in_a_detail_runs_as_markup(head):
    entry = log.note(Action.EDITED, actor=None, at=NOON, about="<b>x</b>", detail="<script>x\n")

    for address in (ADDRESS, f"{ADDRESS}{entry.pk}/change/"):
        text = head.get(address).content.decode()
        assert "<script>x" not in text
        assert "<b>x" not in text


# Exports


def export(browser, kind: str, question: str = "") -> str:
    answer = browser.post(f"{ADDRESS}export/{kind}/{question}")
    assert answer.status_code == 200
    assert answer.streaming
    return answer.getvalue().decode()


def test_csv_holds_the_filtered_list_and_no_formula(head, entries):
    log.note(Action.EDITED, actor=None, at=NOON, about="=1+1", detail="＋SUM(A1)")
    sealing.seal_all()

    rows = list(csv.reader(StringIO(export(head, "csv", "?did=lists"))))

    seals = {seal.entry.subject: seal for seal in LogSeal.objects.select_related("entry")}
    assert rows == [
        ["\ufeffseal", *map(str, COLUMNS[1:])],
        [str(seals["图书馆"].sequence), "2026-11-23T12:00:00+08:00", "李编辑", "edited",
         "unit", "图书馆", "", "", "", seals["图书馆"].sha256],
        [str(seals["=1+1"].sequence), "2026-11-20T12:00:00+08:00", "calendar", "edited",
         "", "'=1+1", "", "", "'＋SUM(A1)", seals["=1+1"].sha256],
    ]  # fmt: skip


def test_moments_in_a_detail_are_printed_as_its_reader_writes_them(head):
    said = "2026-12-03T00:00+00:00 → 2026-12-02T06:30+08:00"
    log.note(Action.EDITED, actor=None, at=NOON, about="甲", detail=said)

    text = head.get(ADDRESS).content.decode()

    assert "2026年12月3日 08:00 → 2026年12月2日 06:30" in text


def test_lines_of_json_can_be_checked_without_us(head, entries):
    sealing.seal_all()

    lines = [json.loads(line) for line in export(head, "jsonl").splitlines()]

    assert [line["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        content = {name: value for name, value in line.items() if name != "sha256"}
        assert hashlib.sha256(canonical(content).encode()).hexdigest() == line["sha256"]
    assert [line["previous"] for line in lines[1:]] == [line["sha256"] for line in lines[:-1]]


def test_export_is_logged_and_not_in_itself(head, entries):
    before = LogEntry.objects.count()

    lines = export(head, "jsonl", "?did=rights&who=李编辑").splitlines()

    entry = LogEntry.objects.order_by("pk").last()
    assert (len(lines), LogEntry.objects.count()) == (1, before + 1)
    assert (entry.action, entry.actor_name) == ("exported", "总编")
    assert entry.subject.startswith("log-")
    assert entry.detail == "1 row\ndid=rights, who=李编辑"


def test_export_is_for_heads_and_administrators(sign_in, entries, unit):
    for role in ("correspondent", "desk editor", "chief editor"):
        browser, _user = sign_in(role, unit=unit)
        assert browser.post(f"{ADDRESS}export/csv/").status_code == 403
    assert not LogEntry.objects.filter(action="exported", subject__startswith="log-").exists()


def test_export_wants_a_button_and_a_kind(head):
    assert head.get(f"{ADDRESS}export/csv/").status_code == 405
    assert head.post(f"{ADDRESS}export/exe/").status_code == 404
    assert head.post(f"{ADDRESS}export/csv/?from=gestern").status_code == 404
