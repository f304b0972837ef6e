"""What somebody reads before they decide, and what becomes of what they wrote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import commenting, forcing, proofreading, reviewing
from articles.models import Article, ReviewPolicy, VerdictReason
from tests.factories import NOON, change, make_article, make_user, submit

pytestmark = pytest.mark.django_db


def address(article, verb):
    return f"/admin/articles/article/{article.pk}/{verb}/"


def approve(article, reviewer, remark="", at=NOON):
    article.refresh_from_db()
    reviewing.approve(
        article, reviewer=reviewer, seen_version=article.version_number, at=at, remark=remark
    )


def comment(article, text, passage="", by=None):
    return commenting.comment(
        article, author=by or make_user("desk editor"), text=text, passage=passage, at=NOON
    )


@pytest.mark.parametrize("verb", ["approve", "return", "reject", "proofread"])
def test_text_that_moved_on_is_shown_with_the_button_for_what_there_is_now(sign_in, unit, verb):
    stage = ReviewPolicy.objects.get(is_default=True).stages.get(position=1)
    stage.wants_proofreader = verb == "proofread"
    stage.save()
    article = submit(make_article("看过的标题", unit=unit))
    browser, _user = sign_in("proof-reader" if verb == "proofread" else "desk editor")
    change(article, by=make_user("desk editor", name="同事"), at=NOON, headline="没看过的标题")
    other = VerdictReason.objects.get(text="其他")
    typed = {"remark": "一个字也不丢", "reasons": [other.pk]}

    late = browser.post(address(article, verb), {"version": 1, **typed})
    shown = late.content.decode()
    again = late.context["form"]
    answer = browser.post(address(article, verb), {"version": again["version"].value(), **typed})

    assert late.status_code == 409
    assert "同事 changed this article after you had opened it (version 1): headline" in shown
    assert "[inserted: </span>没" in shown
    assert again["remark"].value() == "一个字也不丢"
    assert '<button type="submit" class="go first">' in shown
    assert "/compare/?old=1&amp;new=2" in shown
    assert answer.status_code == 302
    decided = article.rounds.get().decisions.all() or article.rounds.get().signatures.all()
    assert [(row.version.number, row.remark) for row in decided] == [(2, "一个字也不丢")]


def test_link_to_an_older_version_opens_with_what_changed_since(sign_in, unit):
    article = submit(make_article("看过的标题", unit=unit))
    browser, _user = sign_in("desk editor")
    change(article, by=make_user("desk editor", name="同事"), at=NOON, headline="没看过的标题")

    old, new = (
        browser.get(address(article, "approve") + f"?version={number}").content.decode()
        for number in (1, 2)
    )

    assert "同事 changed this article after you had opened it" in old
    assert "same" not in old.split("<form")[-1]
    assert "after you had opened it" not in new


def test_version_that_never_was_is_refused_without_a_comparison(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")

    for number in (0, -1, 2, 10**9):
        answer = browser.post(address(article, "approve"), {"version": number})
        assert answer.status_code == 409
        assert "Please look again." in answer.content.decode()
    assert not article.rounds.get().decisions.exists()


def test_reviewer_reads_what_colleagues_said_before_the_button(sign_in, unit):
    article = submit(make_article("标题", unit=unit))
    wrong = VerdictReason.objects.get(text="署名有误")
    reviewing.return_for_changes(
        article,
        reviewer=make_user("desk editor", name="退稿人"),
        seen_version=1,
        at=NOON,
        reasons=[wrong],
        remark="请核对第二作者",
    )
    submit(change(article, by=article.created_by, at=NOON, headline="改题"))
    approve(article, make_user("desk editor", name="初审人"), remark="数字已核")
    comment(article, "这一段太长", passage="正文第一段。")
    settled = comment(article, "已经解决的批注")
    commenting.settle(settled, user=make_user("desk editor"), at=NOON)
    browser, _chief = sign_in("chief editor")

    page = browser.get(address(article, "approve")).content.decode()

    before = page[: page.index('class="go first"')]
    for said in (
        "退稿人",
        "<b>署名有误</b>",
        "请核对第二作者",
        "初审人",
        "数字已核",
        "这一段太长",
    ):
        assert said in before
    assert "1 comment is not settled" in before
    assert f'href="/admin/articles/article/{article.pk}/change/#comments"' in before
    assert "已经解决的批注" not in page


def test_reviewer_reads_the_remark_of_the_proofreader(sign_in, unit):
    ReviewPolicy.objects.get(is_default=True).stages.update(wants_proofreader=True)
    article = submit(make_article(unit=unit))
    reader = make_user("proof-reader", name="校对人")
    proofreading.sign(article, proofreader=reader, seen_version=1, at=NOON, remark="人名请再核")
    browser, _user = sign_in("desk editor")

    page = browser.get(address(article, "approve")).content.decode()

    assert "校对人 · signed" in page
    assert "人名请再核" in page


def test_first_review_has_nothing_said_yet(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")

    page = browser.get(address(article, "approve")).content.decode()

    assert "What colleagues said" not in page


def test_force_names_the_open_comments(sign_in, unit):
    article = submit(make_article(unit=unit))
    comment(article, "来源未核实")
    browser, _chief = sign_in("chief editor")

    page = browser.get(address(article, "force")).content.decode()

    assert "1 comment is not settled" in page
    assert "来源未核实" in page


def test_remark_goes_along_to_the_page_that_returns(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")
    wrong = VerdictReason.objects.get(text="署名有误")

    page = browser.get(address(article, "approve")).content.decode()
    brought = browser.post(
        address(article, "return") + "?version=1",
        {"version": 1, "remark": "第二段的数字", "bring": "return"},
    )

    target = f'name="bring" value="return" formaction="{address(article, "return")}?version=1"'
    assert target in page
    assert brought.status_code == 200
    assert brought.context["form"]["remark"].value() == "第二段的数字"
    assert not brought.context["form"].is_bound
    assert f'<input type="checkbox" name="reasons" value="{wrong.pk}"' in brought.content.decode()
    assert Article.objects.get(pk=article.pk).status == "in_review"


def test_what_was_written_stays_readable_where_nothing_can_be_done(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, user = sign_in("desk editor")
    approve(article, user, at=timezone.now())

    answer = browser.post(address(article, "approve"), {"version": 1, "remark": "再补一句"})

    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "You approved version 1 at “初审” on" in shown
    assert "“终审” is not yours to decide." in shown
    assert "<blockquote>再补一句</blockquote>" in shown
    assert "<textarea" not in shown
    assert 'class="deed-form"' not in shown


def test_colleague_who_approved_nothing_is_told_only_whose_it_is(sign_in, unit):
    article = submit(make_article(unit=unit))
    approve(article, make_user("desk editor"))
    browser, _user = sign_in("desk editor")

    page = browser.get(address(article, "approve")).content.decode()

    assert "“终审” is not yours to decide." in page
    assert "You approved version" not in page


def test_last_approval_is_told_to_who_gave_it(sign_in, unit):
    article = submit(make_article(unit=unit))
    approve(article, make_user("desk editor"))
    browser, user = sign_in("chief editor")
    approve(article, user)

    page = browser.get(address(article, "approve"))

    assert page.status_code == 403
    assert "You approved version 1 at “终审” on" in page.content.decode()


def forced(headline, unit, hours):
    article = make_article(headline, unit=unit, body=f"<p>{headline}的正文。</p>")
    at = timezone.now() - timedelta(hours=hours)
    chief = make_user("chief editor")
    forcing.force_publish(article, user=chief, seen_version=1, reason="急", at=at)
    return article


def test_head_reads_what_went_out_and_is_led_on_to_the_next(sign_in, unit):
    first, second = forced("停水", unit, 3), forced("停电", unit, 2)
    first.refresh_from_db()
    editor = make_user("desk editor")
    change(first, by=editor, at=timezone.now(), body="<p>后来的正文。</p>")
    browser, _head = sign_in("head")

    page = browser.get(address(first, "confirm")).content.decode()
    answers = [
        browser.post(address(article, verb), {"version": 1, "edition": 1, "remark": "已核"})
        for article, verb in ((first, "confirm"), (second, "object"))
    ]

    assert "The text that went out" in page
    assert "停水的正文。" in page
    assert "后来的正文。" not in page
    assert [answer.url for answer in answers] == [address(second, "confirm"), "/admin/"]
