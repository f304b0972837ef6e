"""What readers saw of an article at a moment: right at every boundary, and in the future."""

from datetime import timedelta

import pytest
from django.utils.http import urlencode

from articles.actions import publishing, reviewing, writing
from tests.factories import NOON, approve, change, make_article, make_unit, make_user, publish

pytestmark = pytest.mark.django_db
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


def look(browser, article, at):
    query = urlencode({"at": at.isoformat()})
    return browser.get(f"/admin/articles/article/{article.pk}/as-of/?{query}")


def seen(browser, article, at):
    page = look(browser, article, at)
    edition = page.context["edition"]
    return edition.headline if edition else page.context["nothing"]


@pytest.fixture
def chief():
    return make_user("chief editor", name="许主编")


@pytest.fixture
def twice(unit, chief):
    """Publish at noon and again an hour later, with a correction; withdraw at two."""
    article = make_article("第一版标题", unit=unit, body="<p>第一版正文</p>")
    publish(article)
    writing.correct(article, editor=chief, text="更正的话", at=NOON)
    article.refresh_from_db()
    article = change(article, by=chief, at=NOON, headline="第二版标题", body="<p>第二版正文</p>")
    reviewing.submit(article, user=chief, at=NOON)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(article, reviewer=make_user(group), seen_version=3, at=NOON)
    publishing.publish(article, user=make_user("chief editor"), at=NOON + HOUR)
    publishing.withdraw(article, user=chief, reason="核实", at=NOON + 2 * HOUR)
    article.refresh_from_db()
    return article


def test_as_of_is_right_at_every_boundary(sign_in, twice):
    browser, _user = sign_in("desk editor")
    withdrawn = "Readers saw nothing: 许主编 had withdrawn it at"

    found = [
        seen(browser, twice, NOON + offset)
        for offset in (-TICK, 0 * HOUR, HOUR - TICK, HOUR, 2 * HOUR - TICK, 2 * HOUR)
    ]

    assert found[:-1] == [
        "Readers saw nothing: it was not published yet.",
        "第一版标题",
        "第一版标题",
        "第二版标题",
        "第二版标题",
    ]
    assert found[-1].startswith(withdrawn)


def test_page_prints_what_readers_had_then(sign_in, twice):
    browser, _user = sign_in("desk editor")

    first = look(browser, twice, NOON).content.decode()
    second = look(browser, twice, NOON + HOUR).content.decode()

    told = [
        [piece in page for piece in ("第一版正文", "第二版正文", "更正的话", "李明远")]
        for page in (first, second)
    ]
    assert told == [[True, False, False, True], [False, True, True, True]]
    assert "/compare/?old=1&amp;new=3" in first
    assert "/compare/?old=1&amp;new=3" in second


def test_expired_and_planned_editions_are_said_to_be_so(sign_in, unit, chief):
    browser, _user = sign_in("desk editor")
    expired = make_article("过期的", unit=unit)
    publish(expired, expires_at=NOON + HOUR)
    planned = make_article("将来的", unit=unit)
    approve(planned)
    far = NOON.replace(year=2100)
    publishing.publish(planned, user=chief, at=NOON, live_from=far)

    gone = seen(browser, expired, NOON + HOUR)
    page = look(browser, planned, far)

    assert gone.startswith("Readers saw nothing: it had expired at")
    assert page.context["edition"].headline == "将来的"
    assert "Planned for" in page.content.decode()
    assert seen(browser, planned, far - TICK) == "Readers saw nothing: it was not published yet."


def test_what_was_taken_back_was_never_seen(sign_in, unit, chief):
    browser, _user = sign_in("desk editor")
    article = make_article("收回的", unit=unit)
    approve(article)
    publishing.publish(article, user=chief, at=NOON, live_from=NOON + HOUR)
    change(article, by=chief, at=NOON, headline="又改")

    assert seen(browser, article, NOON + HOUR) == (
        "Readers saw nothing: it has never been published."
    )


@pytest.mark.parametrize("asked", ["", "x", "2026-13-45", "9" * 40])
def test_moment_that_nobody_can_read_is_now(sign_in, twice, asked):
    browser, _user = sign_in("desk editor")

    page = browser.get(f"/admin/articles/article/{twice.pk}/as-of/", {"at": asked})

    assert page.status_code == 200
    assert bool(page.context["form"].errors) == bool(asked)


def test_strangers_see_nothing(client, sign_in, twice):
    stranger, _user = sign_in("correspondent", unit=make_unit())

    assert look(stranger, twice, NOON).status_code == 404
    assert look(client, twice, NOON).status_code == 302


def test_unit_reads_when_it_was_withdrawn_and_not_why(sign_in, unit, twice):
    browser, _user = sign_in("correspondent", unit=unit)
    desk, _user = sign_in("desk editor")

    at = NOON + 2 * HOUR
    units, desks = seen(browser, twice, at), seen(desk, twice, at)
    records = [
        [
            row.get(f"/admin/articles/article/{twice.pk}/{page}/").content.decode()
            for page in ("history", "change")
        ]
        for row in (browser, desk)
    ]
    lists = [
        row.get("/admin/articles/logentry/?q=核实").context["cl"].result_count
        for row in (browser, desk)
    ]

    assert units.startswith("Readers saw nothing: it had been withdrawn at")
    assert "核实" in desks
    assert [["核实" in page for page in pages] for pages in records] == [
        [False, False],
        [True, True],
    ]
    assert lists == [0, 1]
