"""The verbs as pages: right person, wrong person, nobody; and a word about what happened."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions import forcing, publishing, reviewing
from articles.admin.article.deciding.progress import moment_text
from articles.admin.article.deciding.verbs import DEEDS
from articles.models import Article, Correction, Edition, Role, VerdictReason, Withdrawal
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


def address(article, verb):
    return f"/admin/articles/article/{article.pk}/{verb}/"


def status(article):
    return Article.objects.get(pk=article.pk).status


@pytest.mark.parametrize("verb", [str(verb) for verb in DEEDS])
def test_verb_is_hidden_from_strangers_and_asks_nobody_to_sign_in(client, sign_in, unit, verb):
    article = submit(make_article("别人的稿件", unit=unit))
    stranger, _user = sign_in("correspondent", "unit reviewer", unit=make_unit())

    for ask in (stranger.get, stranger.post):
        answer = ask(address(article, verb), {"version": 1, "remark": "x", "text": "x"})
        assert answer.status_code == 404
        assert "别人的稿件" not in answer.content.decode()
    assert client.post(address(article, verb)).status_code == 302
    assert status(article) == "in_review"


@pytest.mark.parametrize("asked", ["2", "9" * 18, "9" * 19, "9" * 5_000, "x", "", "0"])
def test_verb_carries_no_version_that_is_not_shown(sign_in, unit, asked):
    article = submit(make_article("看过的标题", unit=unit))
    browser, _user = sign_in("desk editor")

    page = browser.get(address(article, "approve"), {"version": asked})
    change(article, by=make_user("chief editor"), at=timezone.now(), headline="没看过的标题")
    answer = browser.post(
        address(article, "approve"), {"version": page.context["form"]["version"].value()}
    )

    assert page.context["form"]["version"].value() == page.context["version"].number == 1
    assert answer.status_code == 409
    assert status(article) == "in_review"


def test_submit_by_its_author(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)

    page = browser.get(address(article, "submit"))
    answer = browser.post(address(article, "submit"), {"version": 1}, follow=True)

    assert "Submit for “初审”" in page.content.decode()
    assert status(article) == "in_review"
    assert "is now at “初审”, with desk editors." in answer.content.decode()


def test_submit_of_an_unready_article_says_what_is_missing(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    article.credits.all().delete()

    answer = browser.post(address(article, "submit"), {"version": 1})

    assert answer.status_code == 409
    assert "No author or photographer is credited yet." in answer.content.decode()
    assert status(article) == "draft"


def test_approve_takes_two_taps_and_one_remark(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor", name="陈晓")

    form = browser.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    page = browser.get(address(article, "approve") + "?version=1").content.decode()
    answer = browser.post(address(article, "approve"), {"version": 1, "remark": "通过"})

    button = "Approve “初审”, pass on to “终审”"
    assert f'href="{address(article, "approve")}?version=1"' in form
    assert button in form
    assert button in page
    assert answer.url == "/admin/"
    decision = article.rounds.get().decisions.get()
    assert (decision.reviewer_name, decision.remark) == ("陈晓", "通过")


def test_approve_of_a_text_that_moved_on_is_refused(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")
    change(article, by=make_user("desk editor", name="同事"), at=timezone.now(), headline="新题")

    answer = browser.post(address(article, "approve"), {"version": 1, "remark": "一个字也不丢"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "同事 changed this article after you had opened it (version 1): headline" in text
    assert "一个字也不丢" in text
    assert not article.rounds.get().decisions.exists()


def test_approve_without_a_version_decides_nothing(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")

    answer = browser.post(address(article, "approve"), {"remark": "通过"})

    assert answer.status_code == 200
    assert not article.rounds.get().decisions.exists()


def test_approve_by_a_credited_colleague_says_why_not(sign_in, unit):
    article = make_article(unit=unit)
    browser, user = sign_in("desk editor")
    article.credits.create(role=Role.AUTHOR, person=make_person("我", user=user))
    submit(article)
    reason = "You are credited on this article, so somebody else must review it."

    form = browser.get(f"/admin/articles/article/{article.pk}/change/")
    page = browser.get(address(article, "approve"))
    answer = browser.post(address(article, "approve"), {"version": 1})

    assert reason in form.content.decode()
    assert [response.status_code for response in (page, answer)] == [403, 403]
    assert reason in page.content.decode()
    assert status(article) == "in_review"


@pytest.mark.parametrize(("verb", "then"), [("return", "returned"), ("reject", "rejected")])
def test_giving_back_wants_a_remark(sign_in, unit, verb, then):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")

    without = browser.post(address(article, verb), {"version": 1, "remark": "  "})
    before = status(article)
    browser.post(address(article, verb), {"version": 1, "remark": "缺图说"})

    assert without.status_code == 200
    assert (before, status(article)) == ("in_review", then)


def test_reasons_are_ticked_and_shown_wherever_the_remark_is(sign_in, unit):
    author, user = sign_in("correspondent", unit=unit)
    article = submit(make_article(author=user, unit=unit))
    browser, _user = sign_in("desk editor")
    reason = VerdictReason.objects.get(text="署名有误")
    retired = VerdictReason.objects.create(text="旧理由", is_active=False)

    page = browser.get(address(article, "return")).content.decode()
    gone = browser.post(address(article, "return"), {"version": 1, "reasons": [retired.pk]})
    browser.post(address(article, "return"), {"version": 1, "reasons": [reason.pk]})

    assert f'<input type="checkbox" name="reasons" value="{reason.pk}"' in page
    assert "旧理由" not in page
    assert gone.status_code == 200
    assert status(article) == "returned"
    for shown in ("change/", "history/"):
        text = author.get(f"/admin/articles/article/{article.pk}/{shown}").content.decode()
        assert "<b>署名有误</b>" in text
    assert "<b>署名有误</b>" in author.get("/admin/").content.decode()


def test_reason_that_wants_a_remark_keeps_the_form_open(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")
    other = VerdictReason.objects.get(text="其他")

    answer = browser.post(address(article, "reject"), {"version": 1, "reasons": [other.pk]})

    assert "This reason wants a few words of your own." in answer.content.decode()
    assert status(article) == "in_review"


def test_take_back_is_offered_to_the_unit_and_not_to_the_desk(sign_in, unit):
    author, user = sign_in("correspondent", unit=unit)
    article = submit(make_article(author=user, unit=unit))
    desk, _user = sign_in("desk editor")
    link = f'href="{address(article, "take_back")}?version=1"'

    forms = [
        browser.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
        for browser in (author, desk)
    ]
    refused = desk.post(address(article, "take_back"), {"version": 1})
    answer = author.post(address(article, "take_back"), {"version": 1, "reason": "补图"})

    assert [link in form for form in forms] == [True, False]
    assert refused.status_code == 403
    assert answer.url == f"/admin/articles/article/{article.pk}/change/"
    assert status(article) == "draft"


def test_rejection_for_good_is_shown_and_lifted(sign_in, unit):
    author, user = sign_in("correspondent", unit=unit)
    article = submit(make_article(author=user, unit=unit))
    desk, _user = sign_in("desk editor")
    chief, _user = sign_in("chief editor", name="总编")
    form = f"/admin/articles/article/{article.pk}/change/"

    desk.post(address(article, "reject"), {"version": 1, "remark": "不用", "not_again": "on"})
    seen = author.get(form).content.decode()
    at_home = author.get("/admin/").content.decode()
    offered = chief.get(form).content.decode()
    refused = desk.post(address(article, "readmit"), {"version": 1, "reason": "可以"})
    chief.post(address(article, "readmit"), {"version": 1, "reason": "可以"})

    assert "rejected this article for good" in seen
    assert "(not again)" in at_home
    assert "Revise" not in at_home
    assert f'href="{address(article, "readmit")}?version=1"' in offered
    assert refused.status_code == 403
    assert "Revise" in author.get("/admin/").content.decode()
    history = author.get(f"/admin/articles/article/{article.pk}/history/").content.decode()
    assert "总编 allowed it to come again" in history


def test_claim_tells_colleagues(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, user = sign_in("desk editor")

    browser.post(address(article, "claim"), {"version": 1})

    assert article.rounds.get().claimed_by == user


def test_publish_now_and_at_a_time(sign_in, unit):
    now, later = approve(make_article(unit=unit)), approve(make_article(unit=unit))
    browser, _user = sign_in("chief editor")
    moment = timezone.localtime(timezone.now() + timedelta(days=2)).replace(
        second=0, microsecond=0
    )

    browser.post(address(now, "publish"), {"version": 1})
    browser.post(
        address(later, "publish"), {"version": 1, "live_from": moment.strftime("%Y-%m-%dT%H:%M")}
    )

    assert now.editions.get().is_live(timezone.now())
    assert later.editions.get().live_from == moment


def test_publish_in_the_past_is_refused(sign_in, unit):
    article = approve(make_article(unit=unit))
    browser, _user = sign_in("chief editor")

    answer = browser.post(
        address(article, "publish"), {"version": 1, "live_from": "2020-01-01T00:00"}
    )

    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert errors == {"live_from": ["The time of publication lies in the past."]}
    assert ">Publish or schedule</button>" in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("verb", "typed", "field"),
    [
        ("publish", {"live_from": "2099-01-02", "expires_at": "2099-01-01"}, "expires_at"),
        ("publish", {"live_from": ""}, "live_from"),
        ("embargo", {"until": "2020-01-01T08:00", "note": "约定"}, "until"),
    ],
)  # fmt: skip
def test_what_can_be_typed_otherwise_keeps_its_button(sign_in, unit, verb, typed, field):
    article = approve(make_article(unit=unit))
    until = timezone.now() + timedelta(days=3)
    Article.objects.filter(pk=article.pk).update(embargo_until=until, embargo_note="期刊")
    browser, _user = sign_in("chief editor")

    answer = browser.post(address(article, verb), {"version": 1, **typed})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert '<button type="submit" class="go first">' in answer.content.decode()
    assert not Edition.objects.exists()


def in_days(days):
    return timezone.localtime(timezone.now() + timedelta(days=days)).replace(
        second=0, microsecond=0
    )


def planned(unit, **times):
    article = approve(make_article("定时稿", unit=unit))
    chief = make_user("chief editor")
    times = {"live_from": in_days(2), **times}
    publishing.publish(article, user=chief, at=timezone.now(), **times)
    article.refresh_from_db()
    return article


def offers(browser, article):
    page = browser.get(f"/admin/articles/article/{article.pk}/change/")
    return [str(deed.verb) for deed, _button in page.context["may"]]


def test_planning_is_told_as_planning_wherever_it_stands(sign_in, unit):
    article = approve(make_article("定时稿", unit=unit))
    browser, _user = sign_in("chief editor")
    moment = in_days(2)
    typed = {"version": 1, "live_from": moment.strftime("%Y-%m-%dT%H:%M")}

    answer = browser.post(address(article, "publish"), typed, follow=True)

    when = moment_text(moment)
    said = [str(message) for message in answer.context["messages"]]
    assert said == [f"Scheduled for {when}. “定时稿”"]
    listed = browser.get("/admin/articles/article/").content.decode()
    assert f'<span class="state-scheduled">scheduled for {when}</span>' in listed
    assert "state-published" not in listed


def test_list_says_that_what_readers_see_will_change(sign_in, unit):
    article = make_article("原题", unit=unit)
    publish(article)
    browser, _user = sign_in("chief editor")
    editor, at, moment = make_user("desk editor"), timezone.now(), in_days(2)
    article = change(article, by=editor, at=at, headline="新题")
    reviewing.submit(article, user=editor, at=at)
    for group in ("desk editor", "chief editor"):
        seen = article.version_number
        reviewing.approve(article, reviewer=make_user(group), seen_version=seen, at=at)
    publishing.publish(article, user=make_user("chief editor"), at=at, live_from=moment)

    listed = browser.get("/admin/articles/article/").content.decode()

    when = moment_text(moment)
    assert f'<span class="state-published">published, changes on {when}</span>' in listed


def test_plan_is_moved_on_the_page_of_its_article(sign_in, unit):
    article = planned(unit)
    browser, _user = sign_in("desk editor")
    form = browser.get(address(article, "reschedule")).context["form"]
    moment = in_days(5)

    typed = {"version": 1, "planned": form["planned"].value()}
    past = browser.post(address(article, "reschedule"), {**typed, "live_from": "2020-01-01T08:00"})
    answer = browser.post(
        address(article, "reschedule"),
        {**typed, "live_from": moment.strftime("%Y-%m-%dT%H:%M")},
        follow=True,
    )

    assert {"reschedule", "unschedule"} <= set(offers(browser, article))
    assert list(past.context["form"].errors) == ["live_from"]
    assert article.editions.planned(timezone.now()).get().live_from == moment
    said = [str(message) for message in answer.context["messages"]]
    assert said == [f"Scheduled for {moment_text(moment)}. “定时稿”"]


def test_off_the_schedule_it_is_approved_as_it_was(sign_in, unit):
    article = planned(unit)
    browser, _user = sign_in("chief editor")
    plan = article.editions.get()

    withdrawn = browser.post(address(article, "withdraw"), {"version": 1, "reason": "改天"})
    typed = {"version": 1, "planned": plan.pk, "reason": "活动改期"}
    browser.post(address(article, "unschedule"), typed)
    again = browser.post(address(article, "unschedule"), typed)

    assert withdrawn.status_code == again.status_code == 403
    assert "Take it off the schedule instead." in withdrawn.content.decode()
    assert status(article) == "approved"
    assert not article.editions.not_over(timezone.now()).exists()
    assert article.rounds.get().decisions.count() == 2
    entry = article.log_entries.first()
    assert (entry.action, entry.detail.splitlines()[1]) == ("lapsed", "活动改期")
    assert "publish" in offers(browser, article)
    browser.post(address(article, "publish"), {"version": 1})
    assert article.editions.live(timezone.now()).exists()


def test_plan_that_was_moved_meanwhile_is_not_taken_off(sign_in, unit):
    article = planned(unit)
    browser, user = sign_in("chief editor")
    seen = article.editions.get().pk
    publishing.reschedule(
        article, user=user, live_from=in_days(9), seen_edition=seen, at=timezone.now()
    )

    answer = browser.post(address(article, "unschedule"), {"version": 1, "planned": seen})

    assert answer.status_code == 403
    assert "Somebody has moved this article meanwhile." in answer.content.decode()
    assert article.editions.planned(timezone.now()).exists()


def test_unfinished_form_of_the_wrong_colleague_is_refused_with_the_reason(sign_in, unit):
    article = make_article(unit=unit)
    publish(article)
    browser, _user = sign_in("desk editor")

    answer = browser.post(address(article, "withdraw"), {"version": 1, "reason": ""})

    assert answer.status_code == 403
    assert "You may not withdraw articles." in answer.content.decode()


def test_correction_withdrawal_and_return_to_the_site(sign_in, unit):
    article = make_article(unit=unit)
    publish(article)
    browser, _user = sign_in("chief editor")

    browser.post(address(article, "correct"), {"version": 1, "text": "“南”应为“北”"})
    browser.post(
        address(article, "withdraw"), {"version": 2, "reason": "失实", "public_note": "已撤稿"}
    )
    gone = status(article)
    without = browser.post(address(article, "restore"), {"version": 2, "reason": " "})
    still = status(article)
    browser.post(address(article, "restore"), {"version": 2, "reason": "核实无误"})

    assert (without.status_code, still) == (200, "withdrawn")
    entry = article.log_entries.get(action="restored")
    assert entry.detail == "核实无误"
    assert Correction.objects.get().text == "“南”应为“北”"
    assert (Withdrawal.objects.get().public_note, gone) == ("已撤稿", "withdrawn")
    assert article.editions.live(timezone.now()).count() == 1


def test_desk_editor_may_not_withdraw(sign_in, unit):
    article = make_article(unit=unit)
    publish(article)
    browser, _user = sign_in("desk editor")

    answer = browser.post(address(article, "withdraw"), {"version": 1, "reason": "失实"})

    assert answer.status_code == 403
    assert "You may not withdraw articles." in answer.content.decode()
    assert status(article) == "published"


def test_verbs_need_a_token(unit):
    article = submit(make_article(unit=unit))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user("desk editor", is_staff=True))

    answer = browser.post(address(article, "approve"), {"version": 1})

    assert answer.status_code == 403
    assert not article.rounds.get().decisions.exists()


def test_second_click_on_approve_decides_once(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")

    answers = [
        browser.post(address(article, "approve"), {"version": 1}).status_code for _ in range(2)
    ]

    assert answers == [302, 403]
    assert article.rounds.get().decisions.count() == 1


def test_state_bar_offers_only_what_can_be_done(sign_in, unit):
    article = make_article(unit=unit)
    submit(article)
    browser, editor = sign_in("desk editor")
    chief_browser, chief = sign_in("chief editor")

    def offered(client):
        page = client.get(f"/admin/articles/article/{article.pk}/change/")
        return [str(deed.verb) for deed, _button in page.context["may"]]

    first = offered(browser), offered(chief_browser)
    reviewing.approve(article, reviewer=editor, seen_version=1, at=timezone.now())
    second = offered(browser), offered(chief_browser)
    reviewing.approve(article, reviewer=chief, seen_version=1, at=timezone.now())
    third = offered(chief_browser)
    publishing.publish(article, user=chief, at=timezone.now())
    fourth = offered(browser), offered(chief_browser)

    decide = ["approve", "return", "reject", "claim"]
    assert first == ([*decide, "embargo"], ["force", "embargo"])
    assert second == (["embargo"], [*decide, "force", "embargo"])
    assert third == ["publish", "force", "embargo"]
    assert fourth == (["correct", "pin"], ["correct", "withdraw", "pin"])


def test_force_says_what_is_skipped_and_publishes(sign_in, unit):
    article = submit(make_article("停水通知", unit=unit))
    browser, _user = sign_in("chief editor")

    page = browser.get(address(article, "force"))
    shown = page.content.decode()
    answer = browser.post(address(article, "force"), {"version": 1, "reason": "急"}, follow=True)

    assert "“初审”, which desk editors would decide" in shown
    assert "“终审”, which chief editors would decide" in shown
    assert "Within 24 hours somebody who had no part in it must confirm" in shown
    assert status(article) == "published"
    assert "Somebody else is to confirm it by" in answer.content.decode()


def test_force_is_a_careful_button_and_only_for_who_may(sign_in, unit):
    article = make_article(unit=unit)
    chief, _user = sign_in("chief editor")
    editor, _user = sign_in("desk editor")
    form = f"/admin/articles/article/{article.pk}/change/"

    button = f'class="go careful" href="{address(article, "force")}'
    assert button in chief.get(form).content.decode()
    assert address(article, "force") not in editor.get(form).content.decode()
    refused = editor.post(address(article, "force"), {"version": 1, "reason": "急"})
    assert refused.status_code == 403
    assert "You may not publish articles past review." in refused.content.decode()
    assert status(article) == "draft"


def test_confirm_and_object_by_the_head(sign_in, unit):
    articles = [make_article(f"停水通知{n}", unit=unit) for n in range(2)]
    chief = make_user("chief editor")
    for article in articles:
        forcing.force_publish(article, user=chief, seen_version=1, reason="急", at=timezone.now())
    browser, _head = sign_in("head")

    page = browser.get(address(articles[0], "confirm"))
    for article, verb in zip(articles, ("confirm", "object"), strict=True):
        data = {"version": 1, "edition": page.context["form"]["edition"].value(), "remark": "已核"}
        assert browser.post(address(article, verb), data).status_code == 302

    assert "急" in page.content.decode()
    assert [a.forced.get().answer.verdict for a in articles] == ["confirmed", "objected"]


def test_confirm_by_the_forcer_is_refused_with_a_reason(sign_in, unit):
    article = make_article(unit=unit)
    browser, user = sign_in("chief editor", "head")
    forcing.force_publish(article, user=user, seen_version=1, reason="急", at=timezone.now())

    answer = browser.post(address(article, "confirm"), {"version": 1, "edition": 1})

    assert answer.status_code == 403
    assert "You published this by force, so somebody else must confirm it." in (
        answer.content.decode()
    )


def test_confirm_page_says_that_it_is_overdue(sign_in, unit):
    article = make_article(unit=unit)
    at = timezone.now() - timedelta(hours=30)
    chief = make_user("chief editor")
    forcing.force_publish(article, user=chief, seen_version=1, reason="急", at=at)
    browser, _head = sign_in("head")

    for page in (address(article, "confirm"), f"/admin/articles/article/{article.pk}/history/"):
        assert "Nobody else has confirmed it." in browser.get(page).content.decode()
