"""The notices of a user: own ones only, read by opening, and as the settings want them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import notices, publishing
from articles.models import Mailing, Membership, Notice, NoticeKind
from tests.factories import NOON, make_article, make_unit, make_user, publish

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LIST = "/admin/desk/notices/"


def notify(user, article, kind=NoticeKind.PROGRESS, **fields):
    return Notice.objects.create(
        user=user,
        kind=kind,
        article=article,
        mailing=Mailing.NEVER,
        created_at=NOON,
        **{"entry": article.log_entries.first(), **fields},
    )


def listed(page, part="unread"):
    return [notice.article.headline for notice in page.context[part]]


def test_list_shows_own_notices_of_articles_that_may_be_seen(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    notify(user, make_article("本单位", unit=unit))
    notify(user, make_article("从前的单位"))
    notify(user, make_article("只要邮件", unit=unit), is_shown=False)
    notify(make_user("desk editor"), make_article("别人的", unit=unit))

    page = browser.get(LIST)

    assert listed(page) == ["本单位"]
    assert "1 unread notice" in page.content.decode()


@pytest.mark.parametrize(("group", "knows"), [("correspondent", False), ("desk editor", True)])
def test_reason_noted_for_the_desk_is_told_to_the_desk_alone(sign_in, unit, group, knows):
    browser, user = sign_in(group, unit=unit)
    article, chief = make_article(unit=unit), make_user("chief editor", name="主编")
    publish(article)
    publishing.withdraw(article, user=chief, reason="撤稿内情", at=NOON + HOUR)
    publishing.restore(article, user=chief, reason="恢复内情", at=NOON + 2 * HOUR)
    for action in ("withdrawn", "restored"):
        notify(user, article, NoticeKind.PUBLISHED, entry=article.log_entries.get(action=action))

    page = browser.get(LIST).content.decode()

    assert [said in page for said in ("主编 withdrawn", "主编 restored")] == [True, True]
    assert [reason in page for reason in ("撤稿内情", "恢复内情")] == [knows, knows]


def test_rights_are_asked_once_for_all_notices(sign_in, django_assert_max_num_queries, unit):
    browser, user = sign_in("correspondent", unit=unit)
    chief = make_user("chief editor")
    queries = []
    for _number in range(2):
        article = make_article(unit=unit)
        publish(article)
        publishing.withdraw(article, user=chief, reason="撤稿内情", at=NOON + HOUR)
        notify(user, article, entry=article.log_entries.get(action="withdrawn"))
        with django_assert_max_num_queries(100) as asked:
            browser.get(LIST)
        queries.append(len(asked))

    assert queries[0] == queries[1]


def test_notice_leads_to_its_article_and_is_read(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(unit=unit)
    notice = notify(user, article)

    answer = browser.get(f"{LIST}{notice.pk}/")

    assert answer.headers["Location"] == f"/admin/articles/article/{article.pk}/change/"
    assert browser.get(LIST).context["unread"] == []


def test_notice_of_somebody_else_or_of_what_is_hidden_is_not_there(sign_in, unit, client):
    browser, user = sign_in("correspondent", unit=unit)
    theirs = notify(make_user("desk editor"), make_article(unit=unit))
    mine = notify(user, make_article(unit=unit))
    Membership.objects.filter(user=user).update(valid_until=timezone.localdate())

    answers = [browser.get(f"{LIST}{notice.pk}/").status_code for notice in (theirs, mine)]

    assert answers == [404, 404]
    assert client.get(f"{LIST}{mine.pk}/").status_code == 302
    assert Notice.objects.unread().count() == 2


def test_all_are_read_by_a_post_alone(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    theirs = notify(make_user("desk editor"), make_article(unit=unit))
    notify(user, make_article(unit=unit))

    assert browser.get(f"{LIST}read/").status_code == 405
    browser.post(f"{LIST}read/")

    assert list(Notice.objects.unread()) == [theirs]


def test_list_goes_on_where_the_page_ended(sign_in, unit, monkeypatch):
    monkeypatch.setattr("articles.admin.desk.notices.ROWS", 2)
    browser, user = sign_in("correspondent", unit=unit)
    for number in range(3):
        notify(user, make_article(f"第{number}篇", unit=unit), read_at=NOON)

    first = browser.get(LIST)
    second = browser.get(LIST, {"before": first.context["older"]})

    assert (listed(first, "rows"), listed(second, "rows")) == (["第2篇", "第1篇"], ["第0篇"])
    assert second.context["older"] is None


@pytest.mark.parametrize("number", [1, 5])
def test_list_asks_as_often_for_one_as_for_five(sign_in, unit, number, django_assert_num_queries):
    browser, user = sign_in("correspondent", unit=unit)
    for _number in range(number):
        notify(user, make_article(unit=unit))

    with django_assert_num_queries(8):
        page = browser.get(LIST)

    assert len(listed(page)) == number


def test_settings_are_kept_and_only_ones_own(sign_in):
    browser, user = sign_in("desk editor")
    typed = {f"{kind}-mailing": "never" for kind in NoticeKind} | {"waiting-shown": "on"}

    browser.post(f"{LIST}settings/", typed)

    kept = notices.settings_of(user)
    assert {kind for kind, setting in kept.items() if setting.shown} == {NoticeKind.WAITING}
    assert {setting.mailing for setting in kept.values()} == {Mailing.NEVER}
    other = notices.settings_of(make_user("desk editor"))
    assert other[NoticeKind.WAITING].mailing == Mailing.AT_ONCE


def test_settings_that_make_no_sense_change_nothing(sign_in):
    browser, user = sign_in("desk editor")

    page = browser.post(f"{LIST}settings/", {"waiting-mailing": "hourly"})

    assert page.status_code == 200
    assert "hourly" in page.content.decode()
    assert not user.notice_settings.exists()


def test_stranger_to_the_desk_sees_no_notices(client):
    client.force_login(make_user(unit=make_unit()))  # no staff

    assert client.get(LIST).status_code == 302
