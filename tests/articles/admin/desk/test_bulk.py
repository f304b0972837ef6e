"""Many articles at once: a preview that is true, and each article on its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import reviewing
from articles.admin.desk import bulk
from articles.models import Article, Edition, Importance, VerdictReason
from tests.factories import (
    approve,
    change,
    make_article,
    make_section,
    make_unit,
    make_user,
    publish,
    submit,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now
LIST = "/admin/articles/article/"


def address(job, *articles):
    return f"/admin/desk/bulk/{job}/?" + "&".join(f"id={article.pk}" for article in articles)


def preview(browser, job, *articles):
    page = browser.get(address(job, *articles))
    return page, {row.article.headline: row.refusal or row.will for row in page.context["rows"]}


def confirm(browser, page, job, *articles, **given):
    """Send what the preview shows, with these articles ticked."""
    seen = {f"seen-{row.article.pk}": row.seen.mark for row in page.context["rows"]}
    ticked = {"article": [article.pk for article in articles]}
    answer = browser.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], seen | ticked | given
    )
    return answer, {row.article.headline: row.refusal or "done" for row in answer.context["tried"]}


def test_action_of_the_list_leads_to_the_preview(sign_in, unit):
    browser, _user = sign_in("desk editor")
    first, second = make_article(unit=unit), make_article(unit=unit)
    data = {"action": "approve_selected", "_selected_action": [first.pk, second.pk]}

    answer = browser.post(LIST, data)

    assert answer.url == address("approve", second, first)


def test_too_many_at_once_are_not_taken(sign_in, unit, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 1)
    browser, _user = sign_in("desk editor")
    chosen = [make_article(unit=unit).pk, make_article(unit=unit).pk]

    page = browser.post(
        LIST, {"action": "submit_selected", "_selected_action": chosen}, follow=True
    )

    assert "no more than 1 articles" in page.content.decode()


def test_submit_says_before_and_after_what_becomes_of_each(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    good = make_article("可以提交", author=user, unit=unit)
    bare = make_article("没有正文", author=user, unit=unit, body="")
    out = submit(make_article("已在审", author=user, unit=unit), at=NOW())
    theirs = make_article("别的单位", unit=make_unit())

    page, will = preview(browser, "submit", good, bare, out, theirs)
    answer, done = confirm(browser, page, "submit", good, bare)

    assert will == {
        "可以提交": "goes to “初审”",
        "没有正文": "There is no text yet.",
        "已在审": "Only a draft or a returned article can be submitted for review.",
    }
    assert [row.is_ticked for row in page.context["rows"]] == [True, False, False]
    assert done == {"可以提交": "done", "没有正文": "There is no text yet."}
    assert "Done for 1 of 2 articles." in answer.content.decode()
    good.refresh_from_db()
    bare.refresh_from_db()
    assert (good.status, bare.status) == ("in_review", "draft")


def test_approve_ticks_nothing_and_leaves_what_is_not_ticked(sign_in, unit):
    browser, _user = sign_in("desk editor")
    read, unread = (submit(make_article(unit=unit), at=NOW()) for _ in range(2))

    page, will = preview(browser, "approve", read, unread)
    confirm(browser, page, "approve", read)

    assert set(will.values()) == {"goes on to “终审”"}
    assert [row.is_ticked for row in page.context["rows"]] == [False, False]
    assert [review.stage for review in read.rounds.all()] == [1]
    assert [review.stage for review in unread.rounds.all()] == [0]


def test_nothing_ticked_asks_again(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = submit(make_article(unit=unit), at=NOW())

    answer = browser.post(address("approve", article), {})

    assert "No article is ticked." in answer.content.decode()
    assert [review.stage for review in article.rounds.all()] == [0]


def test_final_approval_of_what_weighs_more_is_not_given_in_bulk(sign_in, unit):
    browser, _user = sign_in("chief editor")
    articles = [
        submit(make_article(weight.value, unit=unit, importance=weight), at=NOW())
        for weight in (Importance.ORDINARY, Importance.IMPORTANT, Importance.SENSITIVE)
    ]
    for article in articles:
        reviewing.approve(article, reviewer=make_user("desk editor"), seen_version=1, at=NOW())

    page, will = preview(browser, "approve", *articles)
    _answer, done = confirm(browser, page, "approve", *articles)

    reason = "The final approval of an important or sensitive article is given on its page."
    assert will == {
        "ordinary": "is cleared for publication",
        "important": reason,
        "sensitive": reason,
    }
    assert done == {"ordinary": "done", "important": reason, "sensitive": reason}
    assert list(Article.objects.filter(status="approved")) == articles[:1]


def test_article_that_changed_after_the_preview_is_left_alone(sign_in, unit):
    browser, _user = sign_in("desk editor")
    still, changed, passed = (submit(make_article(unit=unit), at=NOW()) for _ in range(3))
    page, _will = preview(browser, "approve", still, changed, passed)
    change(changed, by=make_user("desk editor"), at=NOW(), headline="改过")
    reviewing.approve(passed, reviewer=make_user("desk editor"), seen_version=1, at=NOW())

    _answer, done = confirm(browser, page, "approve", still, changed, passed)

    assert [text == "done" for text in done.values()] == [True, False, False]
    assert "changed or moved this article meanwhile" in done["改过"]
    assert [review.stage for review in changed.rounds.all()] == [0]
    assert [review.stage for review in passed.rounds.all()] == [1]


def test_own_article_is_refused_and_the_others_go_on(sign_in, unit):
    browser, user = sign_in("desk editor")
    own = submit(make_article("自己写的", author=user, unit=unit), at=NOW())
    other = submit(make_article("别人写的", unit=unit), at=NOW())

    page, will = preview(browser, "approve", own, other)
    _answer, done = confirm(browser, page, "approve", own, other)

    assert "You wrote this article" in will["自己写的"]
    assert "You wrote this article" in done["自己写的"]
    assert done["别人写的"] == "done"


def test_return_gives_the_same_remark_to_each(sign_in, unit):
    browser, _user = sign_in("desk editor")
    articles = [submit(make_article(unit=unit), at=NOW()) for _ in range(2)]
    page, _will = preview(browser, "return", *articles)

    confirm(browser, page, "return", *articles, remark="请补图")

    remarks = [article.rounds.get().decisions.get().remark for article in articles]
    assert remarks == ["请补图", "请补图"]


def test_return_in_bulk_takes_the_agreed_reasons(sign_in, unit):
    browser, _user = sign_in("desk editor")
    articles = [submit(make_article(unit=unit), at=NOW()) for _ in range(2)]
    wrong, other = (VerdictReason.objects.get(text=text) for text in ("署名有误", "其他"))
    page, _will = preview(browser, "return", *articles)

    vague = confirm(browser, page, "return", *articles, reasons=[other.pk])[0]
    confirm(browser, page, "return", *articles, reasons=[wrong.pk])

    assert f'<input type="checkbox" name="reasons" value="{wrong.pk}"' in page.content.decode()
    assert 'name="version"' not in page.content.decode()
    assert list(vague.context["form"].errors) == ["remark"]
    decisions = [article.rounds.get().decisions.get() for article in articles]
    assert [decision.reasons_in_words() for decision in decisions] == [["署名有误"]] * 2


def test_return_without_a_remark_asks_for_it_and_keeps_the_ticks(sign_in, unit):
    browser, _user = sign_in("desk editor")
    articles = [submit(make_article(unit=unit), at=NOW()) for _ in range(2)]
    preview(browser, "return", *articles)

    answer = browser.post(address("return", *articles), {"article": [articles[1].pk]})

    assert list(answer.context["form"].errors) == ["remark"]
    assert [row.is_ticked for row in answer.context["rows"]] == [False, True]
    assert set(Article.objects.values_list("status", flat=True)) == {"in_review"}


def test_time_in_the_past_is_asked_for_again_and_keeps_the_ticks(sign_in, unit):
    browser, _user = sign_in("chief editor")
    articles = [approve(make_article(unit=unit), at=NOW()) for _ in range(2)]
    page, _will = preview(browser, "publish", *articles)

    answer, tried = confirm(browser, page, "publish", *articles, live_from="2020-01-01T08:00")

    errors = answer.context["form"].errors
    assert errors == {"live_from": ["The time of publication lies in the past."]}
    assert tried == {}
    assert [row.is_ticked for row in answer.context["rows"]] == [True, True]
    shown = answer.content.decode()
    assert 'value="2020-01-01T08:00"' in shown
    assert "Publish or schedule what is ticked" in shown
    assert not Edition.objects.exists()


def test_publish_puts_all_on_the_schedule(sign_in, unit):
    browser, _user = sign_in("chief editor")
    articles = [approve(make_article(unit=unit), at=NOW()) for _ in range(2)]
    draft = make_article("草稿", unit=unit)
    later = timezone.localtime(NOW() + timedelta(days=2)).replace(second=0, microsecond=0)

    page, will = preview(browser, "publish", *articles, draft)
    confirm(browser, page, "publish", *articles, live_from=f"{later:%Y-%m-%dT%H:%M}")

    assert will["草稿"] == "Only an approved article can be published."
    assert [edition.live_from for edition in Edition.objects.all()] == [later, later]


def test_section_and_tags_make_versions_and_lapse_approvals(sign_in, unit):
    browser, user = sign_in("desk editor")
    section = make_section("校园")
    draft = make_article("草稿", unit=unit)
    ready = approve(make_article("待发", unit=unit), at=NOW())

    page, will = preview(browser, "section", draft, ready)
    confirm(browser, page, "section", draft, ready, section=section.pk)
    page, _will = preview(browser, "tag", draft, ready)
    confirm(browser, page, "tag", draft, ready, tags="校庆、科研")

    assert will == {
        "草稿": "gets a new version",
        "待发": "gets a new version, which the last stage has to approve again",
    }
    draft.refresh_from_db()
    ready.refresh_from_db()
    assert (draft.section, ready.section) == (section, section)
    assert sorted(draft.tags.names()) == sorted(ready.tags.names()) == ["校庆", "科研"]
    assert (draft.status, ready.status) == ("draft", "in_review")
    assert list(draft.versions.values_list("number", "author")) == [
        (3, user.pk),
        (2, user.pk),
        (1, draft.created_by_id),
    ]


def test_articles_of_others_are_not_named_whatever_is_asked(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    theirs = make_article("别人的草稿", unit=make_unit())
    live = publish(make_article("别人已发", unit=make_unit()), at=NOW()).article

    page = browser.get(address("submit", theirs, live) + "&id=x&id=" + "9" * 40)

    assert page.context["rows"] == []
    assert "别人" not in page.content.decode()
