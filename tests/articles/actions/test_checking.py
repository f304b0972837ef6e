"""Findings that keep an article from review, and putting them aside, here or for good."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import checking
from articles.actions import checking as putting
from articles.actions import reviewing
from articles.models import CheckRule, ListedWord, LogEntry, Waiver
from articles.rights.permissions import NotAllowed
from tests.factories import (
    NOON,
    change,
    make_article,
    make_photo,
    make_unit,
    make_user,
    publish,
    submit,
)

pytestmark = pytest.mark.django_db

IDENTITY = "11010519491231002X"


def set_check(code, level, **fields):
    CheckRule.objects.filter(check_code=code).update(level=level, **fields)


def found(article):
    return [(one.check, one.level) for one in checking.current(article, NOON).open]


@pytest.fixture
def article(db):
    return make_article("标题", body="<p>请联系13800138000。</p>", event_date=NOON.date())


def put_aside(article, user, **changes):
    key = changes.pop("key", None) or checking.current(article, NOON).open[0].key
    told = {"key": key, "user": user, "at": NOON, "reason": "值班电话"}
    return putting.put_aside(article, **told | changes)


def test_new_site_has_a_row_for_every_check_as_the_table_has_it(db):
    rows = {row.check_code: row.rule for row in CheckRule.objects.all()}

    assert rows == {code: check.rule for code, check in checking.registry.CHECKS.items()}
    assert [row.check_code for row in CheckRule.objects.all()] == list(checking.registry.CHECKS)


def test_advice_does_not_keep_an_article_from_review(article):
    assert found(article) == [("mobile", "advisory")]
    assert submit(article).status == "in_review"


def test_blocking_finding_keeps_an_article_from_review_and_says_why(article):
    set_check("mobile", "blocking")

    with pytest.raises(reviewing.NotReady) as refused:
        submit(article)

    article.refresh_from_db()
    assert refused.value.missing == [
        "mobile number: This looks like a mobile number. 请联系【138******00】。"
    ]
    assert (article.status, article.rounds.count()) == ("draft", 0)


def test_blocking_finding_never_keeps_a_draft_from_being_saved(article):
    set_check("mobile", "blocking")

    change(article, by=article.created_by, at=NOON, body="<p>仍是13800138000。</p>")

    article.refresh_from_db()
    assert article.version_number == 2


def test_check_that_is_off_finds_nothing(article):
    set_check("mobile", "off")

    assert found(article) == []


def test_words_of_the_list_are_found_as_soon_as_they_are_on_it(article):
    set_check("mobile", "off")
    assert found(article) == []

    word = ListedWord.objects.create(text="聯 系", severity="blocking")
    assert found(article) == [("words", "blocking")]

    ListedWord.objects.create(text="请联系", is_allowed=True)
    assert found(article) == []

    word.delete()
    assert found(article) == []


def test_finding_that_is_put_aside_stays_so_when_the_text_changes(article):
    set_check("mobile", "blocking")
    desk = make_user("desk editor", name="陈编辑")

    waiver = put_aside(article, desk)
    change(article, by=desk, at=NOON, body="<p>新的一段。</p><p>电话：138 0013 8000</p>")

    report = checking.current(article, NOON)
    entry = article.log_entries.filter(action=LogEntry.Action.PUT_ASIDE).get()
    assert (report.open, [one for _finding, one in report.aside]) == ([], [waiver])
    assert entry.actor == desk
    assert "值班电话" in entry.detail
    assert "13800138000" not in entry.detail + waiver.excerpt + waiver.key
    assert submit(article).status == "in_review"


def test_other_finding_of_the_same_check_is_still_found(article):
    put_aside(article, article.created_by)

    change(article, by=article.created_by, at=NOON, body="<p>13800138000或13900139000</p>")

    assert found(article) == [("mobile", "advisory")]
    assert found(make_article("另一篇", body="<p>13800138000</p>")) == [("mobile", "advisory")]


def test_putting_aside_twice_is_once(article):
    key = checking.current(article, NOON).open[0].key

    put_aside(article, article.created_by, key=key)
    put_aside(article, article.created_by, key=key)

    assert Waiver.objects.count() == 1
    assert article.log_entries.filter(action=LogEntry.Action.PUT_ASIDE).count() == 1


def test_finding_is_taken_up_again(article):
    waiver = put_aside(article, article.created_by)

    putting.take_up(article, waiver, user=article.created_by, at=NOON)

    assert found(article) == [("mobile", "advisory")]
    assert article.log_entries.filter(action=LogEntry.Action.TAKEN_UP).count() == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": " "}, "Please say why."),
        ({"key": "mobile:0"}, "The saved text has no such finding. Save what you typed first."),
    ],
)
def test_putting_aside_needs_a_reason_and_a_finding(article, changes, why):
    with pytest.raises(NotAllowed, match=why):
        put_aside(article, article.created_by, **changes)

    assert Waiver.objects.count() == 0


def test_what_blocks_is_put_aside_by_the_desk_alone(article):
    set_check("mobile", "blocking")

    with pytest.raises(NotAllowed, match="ask the desk to put it aside"):
        put_aside(article, article.created_by)

    assert put_aside(article, make_user("desk editor")).check_code == "mobile"


def test_who_may_not_change_an_article_puts_nothing_aside(article):
    stranger = make_user("correspondent", unit=make_unit())
    submit(article)

    with pytest.raises(NotAllowed, match="There is no such article"):
        put_aside(article, stranger)
    with pytest.raises(NotAllowed, match="Please ask them for changes"):
        put_aside(article, article.created_by)


def test_advice_put_aside_hides_no_other_word_in_the_same_surroundings(db):
    ListedWord.objects.create(text="乙丙", severity="advisory")
    ListedWord.objects.create(text="bad", severity="blocking")
    article = make_article("标题", body="<p>乙丙xbad</p>", event_date=NOON.date())
    put_aside(article, article.created_by)
    before = found(article)

    change(article, by=article.created_by, at=NOON, body="<p>乙丙x bad</p>")

    report = checking.current(article, NOON)
    assert (before, report.aside) == ([], [])
    assert [(one.phrase, one.level) for one in report.open] == [
        ("bad", "blocking"),
        ("乙丙", "advisory"),
    ]


def test_what_an_author_put_aside_as_advice_is_found_again_once_it_blocks(article):
    put_aside(article, article.created_by)
    before = found(article)

    set_check("mobile", "blocking")

    assert (before, found(article)) == ([], [("mobile", "blocking")])
    with pytest.raises(reviewing.NotReady):
        submit(article)


def test_desk_puts_aside_what_an_author_had_put_aside_as_advice(article):
    put_aside(article, article.created_by)
    set_check("mobile", "blocking")
    desk = make_user("desk editor")

    waiver = put_aside(article, desk, reason="公布的电话")

    assert (waiver.put_by, waiver.reason, Waiver.objects.count()) == (desk, "公布的电话", 1)
    assert article.log_entries.filter(action=LogEntry.Action.PUT_ASIDE).count() == 2
    assert submit(article).status == "in_review"


def test_advice_that_the_desk_put_aside_stays_so_once_it_blocks(article):
    put_aside(article, make_user("desk editor"))

    set_check("mobile", "blocking")

    assert found(article) == []


# For good


def put_aside_everywhere(article, user, **changes):
    key = checking.current(article, NOON).open[0].key
    told = {"key": key, "user": user, "at": NOON, "reason": "学校总机"}
    return putting.put_aside_everywhere(article, **told | changes)


def test_number_is_put_aside_in_every_article(article):
    chief = make_user("chief editor")

    put_aside_everywhere(article, chief)

    assert found(article) == found(make_article("另一篇", body="<p>138-0013-8000</p>")) == []
    assert found(make_article("又一篇", body="<p>13900139000</p>")) == [("mobile", "advisory")]
    set_check("mobile", "blocking")
    assert found(article) == []


def test_phrase_becomes_an_allowed_one(article):
    set_check("mobile", "off")
    ListedWord.objects.create(text="王八", severity="blocking")
    article = make_article("标题", body="<p>英国国王八世与王八。</p>", event_date=NOON.date())
    chief = make_user("chief editor")

    put_aside_everywhere(article, chief, phrase="国王八世")

    allowed = ListedWord.objects.get(is_allowed=True)
    assert (allowed.text, allowed.note) == ("国王八世", "学校总机")
    assert found(article) == [("words", "blocking")]
    assert LogEntry.objects.filter(action=LogEntry.Action.ADDED, actor=chief).count() == 1


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("国王", "has to contain “王八”"),
        ("王 八", "has to be longer than “王八”"),
        ("", "has to contain “王八”"),
        ("王八蛋", "is itself on the list"),
    ],
)
def test_phrase_has_to_hold_the_word_and_more(db, phrase, why):
    ListedWord.objects.create(text="王八")
    ListedWord.objects.create(text="王八蛋")
    article = make_article("标题", body="<p>国王八世</p>", event_date=NOON.date())

    with pytest.raises(NotAllowed, match=why):
        put_aside_everywhere(article, make_user("chief editor"), phrase=phrase)


def test_only_who_edits_the_list_puts_aside_for_good(article):
    with pytest.raises(NotAllowed, match="Only who edits the list"):
        put_aside_everywhere(article, make_user("desk editor"))


def test_what_belongs_to_one_article_is_put_aside_there_only(db):
    article = make_article("字" * 40, event_date=NOON.date())

    with pytest.raises(NotAllowed, match="in this article only"):
        put_aside_everywhere(article, make_user("chief editor"))


# Addresses of our own


def test_address_of_our_own_leads_to_what_readers_see(article):
    live = publish(make_article("已发布"))
    section = live.section.slug

    there = {
        f"/articles/{live.article_id}/",
        f"/articles/{live.article_id}/any-slug/",
        f"/en/articles/{live.article_id}",
        f"/sections/{section}/",
        "/",
        "",
    }
    nowhere = {
        f"/articles/{article.pk}/",
        "/articles/999999/",
        "/sections/none/",
        "/units/none/",
        "/nowhere/",
        "/admin/",
        f"/admin/articles/article/{live.article_id}/change/",
    }

    with CaptureQueriesContext(connection) as asked:
        found = checking.lead_nowhere([*there, *nowhere], NOON)

    assert (found, len(asked)) == (nowhere, 3)


def test_link_to_an_article_that_is_not_out_is_found(article):
    set_check("mobile", "off")
    other = make_article("还没发布")
    linking = make_article(
        "标题", body=f'<p><a href="/articles/{other.pk}/">见此</a></p>', event_date=NOON.date()
    )

    assert found(linking) == [("link", "advisory")]
    publish(other)
    assert found(linking) == []


def test_settings_and_words_cost_the_same_however_many_there_are(
    article, django_assert_max_num_queries
):
    photo = make_photo()
    article.photos.create(photo=photo)
    for text in ("甲", "乙", "丙"):
        ListedWord.objects.create(text=text)
    checking.current(article, NOON)

    with django_assert_max_num_queries(6):
        checking.current(article, NOON)
