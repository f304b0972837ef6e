"""My desk: what waits for whom. Whoever may decide finds it there, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import clock
from articles.actions import publishing, reviewing
from articles.admin.desk import rows
from articles.models import Article, Membership, PersonalDraft, ReviewPolicy, ReviewStage, Role
from articles.rights import permissions
from articles.rights.permissions import Verb
from articles.rights.waiting import waiting_for
from tests.articles.admin.conftest import section
from tests.factories import (
    approve,
    change,
    make_article,
    make_person,
    make_unit,
    make_user,
    publish,
    submit,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now


@pytest.fixture(autouse=True)
def _friday_noon():
    """Friday noon in China: the three days before it have working hours."""
    with time_machine.travel(datetime(2026, 6, 12, 4, tzinfo=UTC), tick=True):
        yield


def test_desk_is_for_staff_only(client, sign_in):
    outsider, user = sign_in("desk editor")
    user.is_staff = False
    user.save()

    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert outsider.get("/admin/").status_code == 302


def test_desk_shows_what_waits_with_its_way_and_time(sign_in, unit):
    article = submit(make_article("等待初审", unit=unit), at=NOW() - timedelta(hours=30))
    browser, _user = sign_in("desk editor")

    page = browser.get("/admin/")

    row = section(page, "waiting").rows[0]
    assert (row.article, row.is_late, row.photos) == (article, True, 0)
    assert [(step.state, step.name) for step in row.steps] == [
        ("here", "初审"),
        ("ahead", "终审"),
        ("ahead", "publication"),
    ]
    assert "overdue by" in page.content.decode()


def test_proofreader_finds_what_waits_for_the_signature_and_signs(sign_in, unit):
    ReviewStage.objects.filter(name="初审").update(wants_proofreader=True)
    article = submit(make_article("等待校对", unit=unit), at=NOW())
    reader, _user = sign_in("proof-reader", name="校对员")
    desk, _user = sign_in("desk editor")
    form = f"/admin/articles/article/{article.pk}/change/"

    row = section(reader.get("/admin/"), "proofs").rows[0]
    waits = [browser.get(form).content.decode() for browser in (reader, desk)]
    early = desk.post(f"/admin/articles/article/{article.pk}/approve/", {"version": 1})
    reader.post(f"/admin/articles/article/{article.pk}/proofread/", {"version": 1})
    after = section(reader.get("/admin/"), "proofs").rows
    signed = desk.get(form)

    assert [(step.state, step.name, step.who) for step in row.steps] == [
        ("here", "proof-reading", "proof-readers"),
        ("ahead", "初审", ""),
        ("ahead", "终审", ""),
        ("ahead", "publication", ""),
    ]
    assert ["waits for a proof-reader’s signature" in text for text in waits] == [True, True]
    assert "Sign as proof-reader" in waits[0]
    assert "A proof-reader has to sign this version first." in waits[1]
    assert early.status_code == 403
    assert after == []
    assert [(step.state, step.who) for step in signed.context["steps"]][1:3] == [
        ("done", "校对员"),
        ("here", "desk editors"),
    ]
    history = desk.get(f"/admin/articles/article/{article.pk}/history/").content.decode()
    assert "校对员" in history


def test_returned_article_shows_the_remark_to_its_author(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = submit(make_article(author=user, unit=unit), at=NOW())
    reviewing.return_for_changes(
        article,
        reviewer=make_user("desk editor", name="陈晓"),
        seen_version=1,
        at=NOW(),
        remark="图 2 缺摄影者",
    )

    text = browser.get("/admin/").content.decode()

    assert "图 2 缺摄影者" in text
    assert "初审 陈晓" in text


def test_author_finds_drafts_and_what_is_out(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    draft = make_article("草稿", author=user, unit=unit)
    out = submit(make_article("在审", author=user, unit=unit), at=NOW())
    make_article("同事的草稿", unit=unit)

    page = browser.get("/admin/")

    assert section(page, "drafts").rows == [draft]
    assert [row.article for row in section(page, "out").rows] == [out]


def test_publisher_finds_what_is_approved_and_goes_out_today(sign_in, unit):
    ready = approve(make_article("可以发布", unit=unit), at=NOW())
    out = make_article("今天发布", unit=unit)
    publish(out, at=NOW())
    browser, _user = sign_in("chief editor")

    page = browser.get("/admin/")

    assert section(page, "ready").rows == [ready]
    assert [edition.article for edition in section(page, "today")["out"].rows] == [out]
    week = section(page, "week")
    assert (week["articles"], week["units"]) == (1, 1)


def test_each_article_of_today_stands_once_and_what_is_ahead_comes_first(
    sign_in, unit, monkeypatch
):
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "here", lambda: noon)
    browser, chief = sign_in("chief editor")

    def hours(number):
        return noon + timedelta(hours=number)

    publish(make_article("已发", unit=unit), at=hours(-5))
    restored = publish(make_article("撤后恢复", unit=unit), at=hours(-4)).article
    publishing.withdraw(restored, user=chief, reason="核实", at=hours(-3))
    publishing.restore(restored, user=chief, reason="核实无误", at=hours(-2))
    gone = publish(make_article("撤了", unit=unit), at=hours(-1)).article
    publishing.withdraw(gone, user=chief, reason="核实", at=noon)
    publish(make_article("晚上发", unit=unit), at=noon, live_from=hours(8))
    publish(make_article("下午发", unit=unit), at=noon, live_from=hours(3))
    publish(make_article("明天发", unit=unit), at=noon, live_from=hours(24))

    page = browser.get("/admin/")

    today = section(page, "today")
    assert [edition.headline for edition in today["ahead"].rows] == ["下午发", "晚上发"]
    assert [edition.headline for edition in today["out"].rows] == ["撤了", "撤后恢复", "已发"]
    assert "ended at 12:00" in page.content.decode()


def test_long_queue_shows_the_most_urgent_and_how_many_there_are(sign_in, unit, monkeypatch):
    monkeypatch.setattr(rows, "COUNTED", 3)
    monkeypatch.setattr(rows.few, "__defaults__", (2,))
    browser, _user = sign_in("desk editor")
    for days in (1, 3, 2):
        submit(make_article(f"等了 {days} 天", unit=unit), at=NOW() - timedelta(days=days))

    three = browser.get("/admin/")
    submit(make_article("刚到", unit=unit), at=NOW())
    four = browser.get("/admin/")

    waiting = section(three, "waiting")
    assert [row.article.headline for row in waiting.rows] == ["等了 3 天", "等了 2 天"]
    assert "2 of 3" in three.content.decode()
    assert "2 of more than 3" in four.content.decode()
    listed = browser.get("/admin/articles/article/?whose=waiting").context["cl"].result_list
    assert len(listed) == 4


def test_rejected_article_leaves_the_desk_after_a_month(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    for days in (29, 31):
        at = NOW() - timedelta(days=days)
        article = submit(make_article(f"{days} 天前", author=user, unit=unit), at=at)
        editor = make_user("desk editor")
        reviewing.reject(article, reviewer=editor, seen_version=1, at=at, remark="不用")

    page = browser.get("/admin/")

    shown = [article.headline for article in section(page, "came_back").rows]
    assert shown == ["29 天前"]


def test_what_ends_today_is_named_and_what_was_replaced_is_not(sign_in, unit):
    browser, _user = sign_in("desk editor")
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    almost = midnight + timedelta(hours=23, minutes=59)
    before = NOW() - timedelta(days=2)
    publish(make_article("报名通知", unit=unit), at=before, expires_at=almost)
    publish(make_article("长期有效", unit=unit), at=before)
    gone = publish(make_article("撤了", unit=unit), at=before, expires_at=almost)
    chief = make_user("chief editor")
    publishing.withdraw(gone.article, user=chief, reason="核实", at=midnight)

    page = browser.get("/admin/")

    ends = section(page, "today")["ends"]
    assert [edition.headline for edition in ends.rows] == ["报名通知"]
    assert "Ending today" in page.content.decode()


def test_desk_of_a_unit_knows_nothing_of_others(sign_in, unit):
    theirs = make_unit()
    submit(make_article("别人在审", unit=theirs), at=NOW())
    publish(make_article("别人已发", unit=theirs), at=NOW())
    own = submit(make_article("自己在审", unit=unit), at=NOW())
    browser, _user = sign_in("correspondent", unit=unit)

    page = browser.get("/admin/")

    assert "别人" not in page.content.decode()
    assert "自己在审" in page.content.decode()
    assert section(page, "week")["in_review"] == 1
    assert {entry.article for entry in section(page, "log")} == {own}


def test_empty_desk_says_so(sign_in):
    browser, _user = sign_in("desk editor")

    text = browser.get("/admin/").content.decode()

    assert "Nothing waits for you." in text
    assert "Nothing more is planned for today." in text
    assert "Nothing has happened yet." in text


def test_desk_waits_for_exactly_those_who_may_approve(unit):
    """The desk asks in bulk what `permissions.refusal` asks one by one; they must agree."""
    policy = ReviewPolicy.objects.get(is_default=True)
    policy.stages.all().delete()
    unit_stage = ReviewStage.Decider.UNIT_REVIEWERS
    policy.stages.create(position=1, name="单位审核", decider=unit_stage)
    for position, name in ((2, "desk editor"), (3, "chief editor")):
        group = make_user(name).groups.get()
        policy.stages.create(position=position, name=name, decider="group", group=group)
    reviewer = make_user("unit reviewer", unit=unit)
    lapsed = make_user("unit reviewer", unit=unit)
    Membership.objects.filter(user=lapsed).update(valid_until=timezone.localdate())
    editor, second = make_user("desk editor"), make_user("desk editor")
    chief, both = make_user("chief editor"), make_user("desk editor", "chief editor")
    everybody = [reviewer, lapsed, editor, second, chief, both, make_user("head")]
    everybody += [make_user("correspondent", unit=unit), make_user("desk editor", is_active=False)]

    fresh = submit(make_article(unit=unit), at=NOW())
    own = submit(make_article(author=reviewer, unit=unit), at=NOW())
    at_desk = submit(make_article(unit=unit), at=NOW())
    reviewing.approve(at_desk, reviewer=reviewer, seen_version=1, at=NOW())
    credited = make_article(unit=unit)
    credited.credits.create(role=Role.PHOTOGRAPHER, person=make_person(user=editor))
    submit(credited, at=NOW())
    reviewing.approve(credited, reviewer=reviewer, seen_version=1, at=NOW())
    at_chief = submit(make_article(unit=unit), at=NOW())
    reviewing.approve(at_chief, reviewer=reviewer, seen_version=1, at=NOW())
    reviewing.approve(at_chief, reviewer=both, seen_version=1, at=NOW())
    edited = submit(make_article(unit=unit), at=NOW())
    reviewing.approve(edited, reviewer=reviewer, seen_version=1, at=NOW())
    change(edited, by=both, at=NOW(), headline="编辑改过")
    reviewing.approve(edited, reviewer=editor, seen_version=2, at=NOW())
    again = submit(make_article(unit=unit), at=NOW())
    reviewing.approve(again, reviewer=reviewer, seen_version=1, at=NOW())
    change(again, by=second, at=NOW(), headline="退改前改过")
    reviewing.return_for_changes(again, reviewer=second, seen_version=2, at=NOW(), remark="再改")
    again.refresh_from_db()
    submit(again, at=NOW())

    asked = {}
    for user in everybody:
        asked[user] = {review.article for review in waiting_for(user, NOW())}
    allowed = {
        user: {
            article
            for article in Article.objects.all()
            if permissions.can(user, Verb.APPROVE, article, NOW())
        }
        for user in everybody
    }

    assert asked == allowed
    assert allowed[reviewer] == {fresh, again}
    assert allowed[editor] == {at_desk}
    assert allowed[both] == {at_desk, credited}
    assert own not in set.union(*allowed.values())


@pytest.mark.parametrize(
    "group", ["correspondent", "unit reviewer", "desk editor", "chief editor"]
)
def test_desk_asks_as_often_with_five_rows_as_with_one(sign_in, unit, group):
    browser, user = sign_in(group, unit=unit)
    author = user if group == "correspondent" else None

    def one_of_each():
        make_article(author=author, unit=unit)
        submit(make_article(author=author, unit=unit), at=NOW())
        back = submit(make_article(author=user, unit=unit), at=NOW())
        reviewing.return_for_changes(
            back, reviewer=make_user("desk editor"), seen_version=1, at=NOW(), remark="改"
        )
        approve(make_article(unit=unit), at=NOW())
        publish(make_article(unit=unit), at=NOW())
        planned = approve(make_article(unit=unit), at=NOW())
        publishing.publish(
            planned,
            user=make_user("chief editor"),
            at=NOW(),
            live_from=NOW() + timedelta(minutes=1),
        )

    browser.get("/admin/")
    one_of_each()
    with CaptureQueriesContext(connection) as one:
        browser.get("/admin/")
    for _ in range(4):
        one_of_each()
    with CaptureQueriesContext(connection) as five:
        browser.get("/admin/")

    assert len(five) == len(one) <= 38


def test_what_one_has_claimed_comes_first_and_says_so(sign_in, unit):
    browser, user = sign_in("desk editor")
    submit(make_article("等得最久", unit=unit), at=NOW() - timedelta(days=3))
    mine = submit(make_article("我已认领", unit=unit), at=NOW())
    reviewing.claim(mine, reviewer=user, at=NOW())

    page = browser.get("/admin/")

    shown = [row.article.headline for row in section(page, "waiting").rows]
    assert shown == ["我已认领", "等得最久"]
    assert page.content.decode().count("claimed by me") == 1


def keep(user, article, **fields):
    return PersonalDraft.objects.create(
        user=user, article=article, token="t" * 12, fields=fields, version_number=1, saved_at=NOW()
    )


def test_unsaved_text_is_offered_to_its_writer_alone(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    colleague, _colleague = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit)
    before = browser.get("/admin/").content.decode()
    draft = keep(user, article, headline="写了一半")

    page = browser.get("/admin/").content.decode()
    away = browser.post(f"/admin/articles/article/kept/{draft.pk}/throw-away/")

    assert "unsaved text" not in before
    assert "You left unsaved text in “写了一半”" in page
    assert f"/admin/articles/article/{article.pk}/change/?kept={draft.pk}" in page
    assert "写了一半" not in colleague.get("/admin/").content.decode()
    assert away.status_code == 302
    assert "unsaved text" not in browser.get("/admin/").content.decode()


def test_unsaved_text_that_cannot_be_taken_in_any_more_can_be_read(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    draft = keep(user, make_article(unit=make_unit()), headline="写了一半")

    page = browser.get("/admin/").content.decode()

    assert "You may no longer see this article." in page
    assert f"/admin/articles/article/kept/{draft.pk}/" in page
    assert "?kept=" not in page
