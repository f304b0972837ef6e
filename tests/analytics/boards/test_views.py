"""Boards as readers and staff see them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.template import Context, Template
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from analytics.boards import statements
from analytics.clicks import printed, rollups, tokens
from analytics.models import Statement
from analytics.periods import Period
from articles.actions import publishing
from articles.models import LogEntry
from tests.analytics.accepted import make_accepted
from tests.analytics.clicking import record
from tests.factories import make_edition, make_unit, make_user, set_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.localtime()


@pytest.fixture
def last_month(now):
    return Period.month(now.date()).before()


@pytest.fixture
def in_last_month(last_month, now):
    return last_month.begins_at(now.tzinfo) + timedelta(days=10, hours=12)


def read_by(edition, *readers, at):
    rollups.add(record(edition.article_id, at, visitor=reader) for reader in readers)


def board(tag: str) -> str:
    return Template("{% load boards %}{% " + tag + " %}").render(Context())


def test_weekly_board_shows_rank_headline_clicks_and_days(now):
    read_by(make_edition("甲", at=now - timedelta(hours=3)), 1, 2, at=now - timedelta(hours=2))
    read_by(make_edition("乙", at=now - timedelta(hours=3)), 1, 2, at=now - timedelta(hours=2))
    read_by(make_edition("丙", at=now - timedelta(hours=3)), 1, at=now - timedelta(hours=2))

    html = board("weekly_ranking_board")

    found = re.findall(r'data-rank="(\d)"><a [^>]*>(.)</a> <span class="n">(\d)<', html)
    assert found == [("1", "甲", "2"), ("1", "乙", "2"), ("3", "丙", "1")]
    assert "today included" in html


def test_withdrawn_article_leaves_every_board_at_once(client, now):
    kept = make_edition("留下的", at=now - timedelta(hours=3))
    gone = make_edition("撤掉的", at=now - timedelta(hours=3))
    for edition in (kept, gone):
        read_by(edition, 1, at=now - timedelta(hours=2))
    week = Period.week(now.date()).label
    places = ("/rankings/", f"/rankings/{week}/", "/")
    before = [client.get(place).content.decode() for place in places]

    publishing.withdraw(gone.article, user=make_user("chief editor"), reason="错", at=now)

    after = [client.get(place).content.decode() for place in places]
    assert all("留下的" in page and "撤掉的" in page for page in before)
    assert all("留下的" in page and "撤掉的" not in page for page in after)


def test_l9_unit_board_says_which_month_and_that_it_is_not_final(now):
    make_accepted(make_unit("本单位"), at=now - timedelta(seconds=1))

    html = board("unit_board")

    assert "本单位" in html
    assert date_format(now, "YEAR_MONTH_FORMAT") in html
    assert "not final" in html
    assert "Final since" not in html


def test_l9_rankings_show_the_last_final_month_as_such(client, now, last_month, in_last_month):
    make_accepted(make_unit("上月单位"), at=in_last_month)
    before = client.get("/en/rankings/").content.decode()

    statements.freeze_month(last_month, user=make_user("head"), at=now)
    after = client.get("/en/rankings/").content.decode()

    assert "Final since" not in before
    assert "The last final month" in after
    assert "Final since" in after


def test_rankings_print_the_rule_and_what_was_excluded(client, now):
    edition = make_edition(at=now - timedelta(hours=3))
    rollups.add(
        record(edition.article_id, now - timedelta(hours=2), reason="bot_declared")
        for _ in range(3)
    )

    page = client.get("/en/rankings/").content.decode()

    assert "How we count: rule CR-1" in page
    assert "3 clicks were not counted" in page
    assert "says that it is a robot" in page
    assert page.count("<caption>") == page.count("<table>") == 2


@pytest.mark.parametrize("path", ["/rankings/", "/en/rankings/"])
def test_rankings_set_no_cookie(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.cookies) == (200, {})


def test_period_page_shows_a_frozen_week_without_what_was_withdrawn_since(client, now):
    edition = make_edition("撤掉的", at=now - timedelta(days=12))
    read_by(edition, 1, at=now - timedelta(days=11))
    week = Period.week((now - timedelta(days=11)).date())
    statements.freeze_week(week, at=max(now, week.ends_at(now.tzinfo) + timedelta(hours=48)))
    before = client.get(f"/en/rankings/{week.label}/").content.decode()
    publishing.withdraw(edition.article, user=make_user("chief editor"), reason="错", at=now)

    after = client.get(f"/en/rankings/{week.label}/").content.decode()

    assert "撤掉的" in before
    assert "撤掉的" not in after
    assert "1 article of this board has been withdrawn since." in after
    assert "撤掉的" in str(Statement.objects.get().rows)


@pytest.mark.parametrize(
    "label",
    [
        "2026-W99",
        "2026-13",
        "2999-01",
        "1999-01",
        "x",
        "9999-12",
        "9999-W52",
        "0001-01",
        "0000-01",
    ],
)
def test_period_that_has_no_board_is_not_found(client, label):
    make_edition()

    assert client.get(f"/rankings/{label}/").status_code == 404


def test_token_of_a_page_is_that_of_the_article_and_week(now):
    token = printed.token(7)

    assert token == tokens.page_token(7, now.date())
    assert tokens.is_valid(token, 7, now.date())
    assert not tokens.is_valid(token, 8, now.date())


def test_article_page_carries_what_the_beacon_needs(client, now):
    edition = make_edition(at=now - timedelta(days=1))

    page = client.get(edition.get_absolute_url()).content.decode()

    token = tokens.page_token(edition.article_id, now.date())
    assert f'data-article="{edition.article_id}"' in page
    assert f'data-seen="{token}"' in page
    assert 'data-seen-url="/seen/"' in page
    assert f"/seen.gif?a={edition.article_id}&amp;p={token}" in page


# --- For staff ------------------------------------------------------------------------------

STAFF_PAGE, EXPORT = "/staff/leaderboards/", "/staff/leaderboards/board.csv"
STAFF_PAGES = (("get", STAFF_PAGE), ("post", EXPORT))


@pytest.mark.parametrize(("how", "path"), STAFF_PAGES)
@pytest.mark.parametrize(
    "group",
    ["correspondent", "unit reviewer", "desk editor", "chief editor", "head", "administrator"],
)
def test_staff_board_is_open_to_every_group(client, how, path, group):
    client.force_login(make_user(group, is_staff=True))

    answer = getattr(client, how)(path)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("how", "path"), STAFF_PAGES)
def test_staff_board_asks_others_to_sign_in(client, how, path):
    assert getattr(client, how)(path).status_code == 302
    client.force_login(make_user())
    assert getattr(client, how)(path).status_code == 302


@pytest.mark.parametrize(("how", "path"), STAFF_PAGES)
def test_staff_board_is_refused_without_the_right(client, how, path):
    client.force_login(make_user(is_staff=True))

    assert getattr(client, how)(path).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-W01",
        "month=x",
        "month=2999-01",
        "month=0001-01",
        "month=9999-12",
        "group=nobody",
    ],
)
def test_staff_board_of_no_month_or_group_is_not_found(client, query):
    client.force_login(make_user("head", is_staff=True))

    assert client.get(f"/staff/leaderboards/?{query}").status_code == 404


def test_l11_staff_board_opens_to_its_articles(client, last_month, in_last_month):
    edition = make_accepted(make_unit("上月单位"), at=in_last_month, headline="上月的稿")
    client.force_login(make_user("correspondent", is_staff=True))

    page = client.get(f"/staff/leaderboards/?month={last_month.label}").content.decode()

    assert "上月的稿" in page
    assert f"/articles/{edition.article_id}/-/" in page


def freeze(client, month, **fields):
    return client.post("/staff/leaderboards/freeze/", {"month": month.label, **fields})


def test_l9_head_freezes_a_month_with_a_button(client, last_month, in_last_month):
    make_accepted(make_unit("上月单位"), at=in_last_month)
    client.force_login(make_user("head", is_staff=True, name="主任"))
    page = client.get(f"/staff/leaderboards/?month={last_month.label}").content.decode()

    answer = freeze(client, last_month)

    assert 'action="/staff/leaderboards/freeze/"' in page
    assert answer.status_code == 302
    assert Statement.objects.get().frozen_by_name == "主任"


@pytest.mark.parametrize("group", ["correspondent", "chief editor", "administrator"])
def test_l9_others_see_no_button_and_cannot_freeze(client, last_month, group):
    client.force_login(make_user(group, is_staff=True))
    page = client.get(f"/staff/leaderboards/?month={last_month.label}").content.decode()

    assert "/staff/leaderboards/freeze/" not in page
    assert freeze(client, last_month).status_code == 403
    assert not Statement.objects.exists()


def test_l9_this_month_is_not_frozen_by_a_forged_form(client, now):
    client.force_login(make_user("head", is_staff=True))

    answer = freeze(client, Period.month(now.date()))

    assert answer.status_code == 302
    assert not Statement.objects.exists()


def test_export_wants_a_button_as_it_is_written_down(client):
    client.force_login(make_user("head", is_staff=True))
    page = client.get(STAFF_PAGE).content.decode()

    assert client.get(EXPORT).status_code == 405
    assert not LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).exists()
    assert f'form="export" formaction="{EXPORT}?' in page
    assert client.post(EXPORT).status_code == 200
    assert LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).count() == 1


def test_export_is_unicode_without_formulas(client, last_month, in_last_month):
    make_accepted(make_unit("=SUM(A1)"), at=in_last_month)
    client.force_login(make_user("head", is_staff=True))

    answer = client.post(f"/staff/leaderboards/board.csv?month={last_month.label}")
    text = answer.content.decode("utf-8-sig")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "'=SUM(A1)" in text
    assert ",=SUM" not in text
    assert f"{last_month.label},not final,CR-1 full 2000-01-01" in text


def test_board_is_exported_with_numbers_as_numbers(client, last_month, in_last_month):
    unit = make_unit("=SUM(A1)")
    edition = make_accepted(unit, at=in_last_month)
    client.force_login(make_user("head", is_staff=True))

    answer = client.post(f"/staff/leaderboards/board.xlsx?month={last_month.label}")

    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert (rows[1][0], rows[1][2], rows[1][4]) == (1, "'=SUM(A1)", 1)
    assert rows[1][7] == str(edition.article_id)
    assert client.post("/staff/leaderboards/board.exe").status_code == 404


@pytest.mark.parametrize("model", ["statement", "adjustment", "gap", "scoringrule", "click"])
def test_evidence_is_read_only_in_the_admin(client, model, last_month, now):
    statements.freeze_month(last_month, user=make_user("head"), at=now)
    viewer = make_user("head", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(content_type__app_label="analytics"))
    client.force_login(viewer)

    assert client.get(f"/admin/analytics/{model}/").status_code == 200
    expected = 200 if model == "scoringrule" else 403
    assert client.get(f"/admin/analytics/{model}/add/").status_code == expected
    if model == "statement":
        number = Statement.objects.get().pk
        assert client.get(f"/admin/analytics/statement/{number}/change/").status_code == 200
        assert client.post(f"/admin/analytics/statement/{number}/change/").status_code == 403
        assert client.post(f"/admin/analytics/statement/{number}/delete/").status_code == 403


def test_boards_are_for_staff_where_the_site_says_so(client, now):
    edition = make_edition("热文", at=now - timedelta(hours=3))
    read_by(edition, 1, at=now - timedelta(hours=2))
    week = Period.week(now.date()).label
    boards = ("/rankings/", f"/rankings/{week}/", "/en/rankings/")
    pages = (
        "/",
        "/archive/",
        edition.get_absolute_url(),
        f"/units/{edition.units.get().unit.slug}/",
    )
    member = make_user("desk editor", is_staff=True)
    outsider = make_user(is_staff=True)

    def seen() -> dict[str, int]:
        return {board: client.get(board).status_code for board in boards}

    def leads_there() -> list[str]:
        return [page for page in pages if "/rankings/" in client.get(page).content.decode()]

    public = (seen(), leads_there())
    rails = [page for page in pages if 'class="rail"' in client.get(page).content.decode()]
    set_site(boards_are_public=False)
    hidden = (seen(), leads_there())
    without = [page for page in pages if 'class="rail"' in client.get(page).content.decode()]
    client.force_login(outsider)
    refused = seen()
    client.force_login(member)
    shown = client.get(boards[0])

    assert public == (dict.fromkeys(boards, 200), list(pages))
    assert hidden == (dict.fromkeys(boards, 404), [])
    assert (set(rails), without) == ({pages[0], pages[2], pages[3]}, [])
    assert refused == hidden[0]
    assert shown.status_code == 200
    assert "热文" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert client.post(boards[0]).status_code == 405
