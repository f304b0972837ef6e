"""The panel of the checks: in the form, while typing, on the pages of verbs; putting aside."""

import pytest

from articles.models import CheckRule, ListedWord, Waiver
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, make_unit, submit

pytestmark = pytest.mark.django_db

CHECK = "/admin/articles/article/checks/"


def address(article, page="change"):
    return f"/admin/articles/article/{article.pk}/{page}/"


def found(panel):
    return [(shown.finding.check, shown.where) for shown in panel.open]


@pytest.fixture
def desk(sign_in, unit):
    return sign_in("correspondent", unit=unit)


@pytest.fixture
def article(desk, unit):
    _browser, user = desk
    body = "<p>第一段。</p><p>请联系13800138000。</p>"
    return make_article("原题", author=user, unit=unit, body=body)


def test_form_shows_what_is_found_where_and_how_to_mend_it(desk, article):
    browser, _user = desk

    page = browser.get(address(article))
    text = page.content.decode()

    assert found(page.context["checks"]) == [("mobile", "paragraph 2")]
    assert "This looks like a mobile number." in text
    assert "请联系<mark>138******00</mark>。" in text
    assert 'href="#id_body"' in text
    assert "Take it out, or put it aside" in text


def test_form_of_a_text_in_order_says_so(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)

    page = browser.get(address(make_article("题", author=user, unit=unit)))

    assert found(page.context["checks"]) == []
    assert "Nothing found." in page.content.decode()


def test_form_of_a_new_article_says_when_it_checks(desk):
    browser, _user = desk

    assert (
        "is checked as it is kept" in browser.get("/admin/articles/article/add/").content.decode()
    )


def test_what_is_typed_is_checked_and_nothing_is_kept(desk, article):
    browser, _user = desk
    page = browser.get(address(article))
    data = form_data(page, headline="字" * 40, body="<p>没有号码。</p>")

    answer = browser.post(CHECK, data | {"article": article.pk})

    assert answer.status_code == 200
    assert found(answer.context["panel"]) == [("headline", "Headline")]
    article.refresh_from_db()
    assert (article.headline, article.version_number) == ("原题", 1)


def test_new_text_is_checked_as_well(desk):
    browser, _user = desk

    answer = browser.post(CHECK, {"article": "", "headline": "题", "body": "<p>13800138000</p>"})

    assert found(answer.context["panel"]) == [("mobile", "paragraph 1")]


def test_text_that_is_too_long_to_be_read_is_said(desk, article):
    browser, _user = desk

    answer = browser.post(CHECK, {"article": article.pk, "body": "<p>" * 30_000})

    assert "too long to be checked" in answer.content.decode()


def test_save_that_is_refused_shows_the_findings_of_what_was_typed(desk, article):
    browser, _user = desk
    page = browser.get(address(article))

    answer = browser.post(address(article), form_data(page, headline="", kicker="13900139000"))

    assert [shown.where for shown in answer.context["checks"].open] == ["Kicker", "paragraph 2"]


def test_nobody_checks_for_what_they_may_not_see(client, sign_in, article):
    stranger, _user = sign_in("correspondent", unit=make_unit())
    head, _user = sign_in("head")

    assert stranger.post(CHECK, {"article": article.pk}).status_code == 404
    assert head.post(CHECK, {"article": ""}).status_code == 403
    assert client.post(CHECK, {"article": article.pk}).status_code == 302
    assert stranger.get(CHECK).status_code == 405


def test_submit_page_names_what_blocks_and_refuses_with_the_sentence(desk, article):
    browser, _user = desk
    CheckRule.objects.filter(check_code="mobile").update(level="blocking")

    asked = browser.get(address(article, "submit"))
    refused = browser.post(address(article, "submit"), {"version": 1})

    assert found(asked.context["checks"]) == [("mobile", "paragraph 2")]
    assert "Blocks submission" in asked.content.decode()
    assert refused.status_code == 409
    assert "mobile number: This looks like a mobile number." in refused.content.decode()
    assert article.rounds.count() == 0


def test_reviewer_reads_what_was_found_and_put_aside_before_deciding(desk, sign_in, article):
    browser, _user = desk
    key = browser.get(address(article)).context["checks"].open[0].finding.key
    browser.post(address(article, "checks/put-aside") + f"?key={key}", {"reason": "值班电话"})
    ListedWord.objects.create(text="第一段")
    submit(article)

    reviewer, _user = sign_in("desk editor")
    page = reviewer.get(address(article, "approve"))

    assert found(page.context["checks"]) == [("words", "paragraph 1")]
    assert "值班电话" in page.content.decode()


def test_finding_is_put_aside_and_taken_up_again(desk, article):
    browser, _user = desk
    page = browser.get(address(article))
    key = page.context["checks"].open[0].finding.key
    aside = address(article, "checks/put-aside") + f"?key={key}"

    asked = browser.get(aside)
    without = browser.post(aside, {"reason": ""})
    done = browser.post(aside, {"reason": "值班电话"})
    after = browser.get(address(article))

    assert aside.replace(":", "%3A") in page.content.decode()
    assert (asked.status_code, without.status_code, done.status_code) == (200, 200, 302)
    assert list(without.context["form"].errors) == ["reason"]
    assert found(after.context["checks"]) == []
    assert "值班电话" in after.content.decode()

    waiver = Waiver.objects.get()
    browser.post(address(article, f"checks/{waiver.pk}/take-up"))

    assert Waiver.objects.count() == 0
    assert found(browser.get(address(article)).context["checks"]) == [("mobile", "paragraph 2")]


def test_nobody_puts_aside_or_takes_up_what_is_not_theirs(desk, sign_in, article, unit):
    browser, user = desk
    stranger, _user = sign_in("correspondent", unit=make_unit())
    head, _user = sign_in("head")
    [finding] = [s.finding for s in browser.get(address(article)).context["checks"].open]
    aside = address(article, "checks/put-aside") + f"?key={finding.key}"
    refused = [who.post(aside, {"reason": "别人的"}).status_code for who in (stranger, head)]
    none = Waiver.objects.count()
    browser.post(aside, {"reason": "值班电话"})
    waiver = Waiver.objects.get()
    other = make_article("另一篇", author=user, unit=unit)

    taken_up = [
        stranger.post(address(article, f"checks/{waiver.pk}/take-up")).status_code,
        browser.post(address(other, f"checks/{waiver.pk}/take-up")).status_code,
        head.post(address(article, f"checks/{waiver.pk}/take-up")).status_code,
    ]

    assert (refused, none) == ([404, 403], 0)
    assert taken_up == [404, 404, 302]
    assert Waiver.objects.get() == waiver


def test_unit_is_not_offered_to_put_aside_what_blocks(desk, sign_in, article):
    browser, _user = desk
    CheckRule.objects.filter(check_code="mobile").update(level="blocking")

    page = browser.get(address(article))
    key = page.context["checks"].open[0].finding.key
    aside = address(article, "checks/put-aside") + f"?key={key}"
    refused = browser.post(aside, {"reason": "值班电话"})
    editor, _user = sign_in("desk editor")

    assert "Put aside…" not in page.content.decode()
    assert refused.status_code == 403
    assert "ask the desk to put it aside" in refused.content.decode()
    assert "Put aside…" in editor.get(address(article)).content.decode()
    assert Waiver.objects.count() == 0


def test_chief_puts_a_phrase_aside_for_good(sign_in, unit):
    browser, _user = sign_in("chief editor")
    ListedWord.objects.create(text="王八", severity="blocking")
    article = make_article("题", unit=unit, body="<p>英国国王八世来访。</p>")
    key = browser.get(address(article)).context["checks"].open[0].finding.key
    aside = address(article, "checks/put-aside") + f"?key={key}"

    asked = browser.get(aside)
    browser.post(aside, {"reason": "人名", "everywhere": "on", "phrase": "国王八世"})

    assert asked.context["form"]["phrase"].value() == "国国王八世来"
    assert ListedWord.objects.filter(text="国王八世", is_allowed=True).exists()
    assert found(browser.get(address(article)).context["checks"]) == []


@pytest.mark.parametrize("key", ["", "mobile:0", "x" * 500])
def test_finding_that_is_not_there_is_not_put_aside(desk, article, key):
    browser, _user = desk

    aside = address(article, "checks/put-aside") + f"?key={key}"
    answer = browser.post(aside, {"reason": "x"})

    assert answer.status_code == 403
    assert "has no such finding" in answer.content.decode()


def test_setting_of_a_check_shows_what_it_has_and_no_more(sign_in):
    browser, _user = sign_in("administrator")
    rows = {row.check_code: row for row in CheckRule.objects.all()}

    def fields(code):
        page = browser.get(f"/admin/articles/checkrule/{rows[code].pk}/change/")
        return list(page.context["adminform"].form.fields)

    assert fields("headline") == ["level", "limit"]
    assert fields("student") == ["level", "lines"]
    assert fields("caption") == ["level"]


def test_administrator_sets_a_check(sign_in, desk, article):
    admin, _user = sign_in("administrator")
    row = CheckRule.objects.get(check_code="mobile")

    admin.post(f"/admin/articles/checkrule/{row.pk}/change/", {"level": "off"})
    browser, _user = desk

    assert found(browser.get(address(article)).context["checks"]) == []


def test_list_refuses_a_word_that_is_on_it_in_another_spelling(sign_in):
    chief, _user = sign_in("chief editor")
    ListedWord.objects.create(text="国王")
    data = {"text": "國 王", "severity": "advisory"}

    page = chief.post("/admin/articles/listedword/add/", data)

    assert "“国王” is on the list already" in page.content.decode()
    assert ListedWord.objects.count() == 1


def test_waiver_for_good_is_ended_in_its_list(sign_in, article):
    chief, user = sign_in("chief editor")
    waiver = Waiver.objects.create(
        key="mobile:1", check_code="mobile", what="x", put_by=user, put_at=article.created_at
    )

    chief.post(f"/admin/articles/waiver/{waiver.pk}/delete/", {"post": "yes"})

    assert Waiver.objects.count() == 0
