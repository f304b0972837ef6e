"""Keeping what is typed: whose it is, how much of it, how long."""

from datetime import timedelta

import pytest

from articles.actions import personal_drafts, presence
from articles.models import LogEntry, PersonalDraft, Presence, Version
from articles.rights.permissions import NotAllowed
from articles.text import richtext
from tests.factories import NOON, make_article, make_unit, make_user, submit

pytestmark = pytest.mark.django_db


def keep(user, article=None, form="one-form", at=NOON, **fields):
    return personal_drafts.keep(
        fields, user=user, article=article, token=form, version_number=1, at=at
    )


def test_keep_replaces_what_the_same_form_held_and_leaves_no_trace():
    article = make_article()
    before = (Version.objects.count(), LogEntry.objects.count())

    keep(article.created_by, article, headline="第一稿")
    keep(article.created_by, article, headline="第二稿", at=NOON + timedelta(seconds=4))
    keep(article.created_by, article, form="other-window", headline="另一窗口")

    kept = PersonalDraft.objects.values_list("token", "fields", "saved_at")
    assert sorted(kept) == [
        ("one-form", {"headline": "第二稿"}, NOON + timedelta(seconds=4)),
        ("other-window", {"headline": "另一窗口"}, NOON),
    ]
    assert (Version.objects.count(), LogEntry.objects.count()) == before


def test_keep_is_refused_to_those_who_could_not_save():
    article = submit(make_article())
    for user, place in ((article.created_by, article), (make_user("head"), None)):
        with pytest.raises(NotAllowed):
            keep(user, place, headline="太晚")
    assert list(PersonalDraft.objects.all()) == []


def test_keep_refuses_too_much_with_a_reason(monkeypatch):
    user = make_user("desk editor")
    with pytest.raises(personal_drafts.TooMuchToKeep, match="too long"):
        keep(user, body="字" * 2 * richtext.MAX_CHARACTERS)

    monkeypatch.setattr(personal_drafts, "MAX_DRAFTS", 1)
    keep(user, form="the-first", headline="一")
    keep(user, form="the-first", headline="一一")
    with pytest.raises(personal_drafts.TooMuchToKeep, match="too many"):
        keep(user, form="the-second", headline="二")


def test_discard_is_for_ones_own_form_only():
    one, other = make_user("desk editor"), make_user("desk editor")
    keep(one, headline="我的")
    keep(other, headline="别人的")

    personal_drafts.discard(user=one, token="one-form")

    assert [draft.user for draft in PersonalDraft.objects.all()] == [other]


def test_purge_drafts_forgets_after_thirty_days_and_who_has_left():
    user, article = make_user("desk editor"), make_article()
    keep(user, form="long-ago", headline="旧", at=NOON - timedelta(days=30, seconds=1))
    keep(user, form="just-in-time", headline="新", at=NOON - timedelta(days=30))
    presence.be_present(article, user=user, at=NOON - timedelta(seconds=45))
    presence.be_present(article, user=make_user("desk editor"), at=NOON)

    forgotten = [personal_drafts.purge_drafts(NOON), personal_drafts.purge_drafts(NOON)]

    assert forgotten == [1, 0]
    assert [draft.token for draft in PersonalDraft.objects.all()] == ["just-in-time"]
    assert [row.seen_at for row in Presence.objects.all()] == [NOON]


def test_presence_is_told_to_the_others_until_it_expires(django_assert_num_queries):
    article = make_article(unit=make_unit())
    wang, li = make_user("desk editor", name="王"), make_user("desk editor", name="李")
    seconds = [NOON + timedelta(seconds=n) for n in (0, 10, 20, 64, 65, 66)]

    alone = presence.be_present(article, user=wang, at=seconds[0])
    with django_assert_num_queries(2):
        met = presence.be_present(article, user=li, at=seconds[1])
    presence.be_present(article, user=wang, at=seconds[2])
    still = presence.be_present(article, user=li, at=seconds[3])
    gone = presence.be_present(article, user=li, at=seconds[4])
    presence.be_present(article, user=wang, at=seconds[5])
    back = presence.be_present(article, user=li, at=seconds[5])

    told = [[(str(row), row.since) for row in rows] for rows in (alone, met, still, gone, back)]
    assert told == [
        [],
        [("王", seconds[0])],
        [("王", seconds[0])],
        [],
        [("王", seconds[5])],
    ]
