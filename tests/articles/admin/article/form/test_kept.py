"""Text that was typed and not saved: kept, offered back, taken in, read alone, thrown away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Credit, PersonalDraft, Presence, Role
from tests.articles.admin.conftest import form_data
from tests.factories import (
    attach,
    change,
    make_article,
    make_photo,
    make_section,
    make_unit,
    make_user,
    submit,
)

pytestmark = pytest.mark.django_db

KEEP = "/admin/articles/article/autosave/"
ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/kept/"


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


def keep(browser, user, page, **changes):
    """Send what the script of an open form sends."""
    article = page.context.get("article")
    data = form_data(page, **changes) | {"keep": "1", "typist": user.pk}
    return browser.post(KEEP, data | {"article": article.pk if article else ""})


def _differing(page):
    return [label for offer in page.context["offers"] for label in offer.fields]


def test_text_is_kept_offered_taken_in_and_gone_once_saved(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("原来的标题", author=user, unit=unit)
    page = browser.get(address(article))

    answer = keep(browser, user, page, headline="打了一半", body="<p>新段落</p>")
    back = browser.get(address(article))
    alone = browser.get(f"{LIST}{PersonalDraft.objects.get().pk}/")
    taken = browser.get(f"{address(article)}?kept={PersonalDraft.objects.get().pk}")
    saved = browser.post(address(article), form_data(taken))

    assert (answer.status_code, sorted(answer.json())) == (
        200,
        ["is_saved", "kept", "present"],
    )
    assert "and did not save it" in back.content.decode()
    assert 'value="原来的标题"' in back.content.decode()
    assert _differing(back) == ["Headline", "Body"]
    labels = [difference.label for difference in alone.context["differences"]]
    assert labels == ["Headline", "Body"]
    assert 'value="打了一半"' in taken.content.decode()
    assert taken.context["offers"] == []
    assert saved.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.body) == ("打了一半", "<p>新段落</p>")
    assert (article.version_number, PersonalDraft.objects.count()) == (2, 0)


def test_autosave_that_arrives_after_its_save_is_not_kept(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    page = browser.get(address(article))

    browser.post(address(article), form_data(page, headline="已经存了"))
    late = keep(browser, user, page, headline="还在路上")

    assert (late.status_code, late.json()["is_saved"]) == (200, True)
    assert PersonalDraft.objects.count() == 0


def test_autosave_before_the_save_says_that_it_is_none(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    page = browser.get(address(make_article(author=user, unit=unit)))

    assert keep(browser, user, page, headline="还没有存").json()["is_saved"] is False


def test_same_text_kept_of_another_form_goes_with_the_save(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    first, again, other = (browser.get(address(article)) for _form in range(3))
    keep(browser, user, first, headline="写完了")
    keep(browser, user, again, headline="写完了")
    keep(browser, user, other, headline="另一种写法")
    kept = PersonalDraft.objects.count()

    browser.post(address(article), form_data(again, headline="写完了"))

    left = [draft.fields["headline"] for draft in PersonalDraft.objects.all()]
    assert (kept, left) == (3, ["另一种写法"])


def test_text_that_is_kept_after_it_was_saved_does_not_stay(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    page, late = browser.get(address(article)), browser.get(address(article))
    browser.post(address(article), form_data(page, headline="写完了"))

    answer = keep(browser, user, late, headline="写完了")
    same = PersonalDraft.objects.count()
    keep(browser, user, late, headline="又改了")

    assert (answer.status_code, same, PersonalDraft.objects.count()) == (200, 0, 1)


def test_text_of_a_new_article_comes_back_with_its_rows(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    section = make_section()
    page = browser.get(ADD)
    rows = {
        "credits-TOTAL_FORMS": "2",
        "credits-0-role": "author",
        "credits-0-name": "李明远",
        "credits-0-position": "0",
        "credits-1-role": "author",
        "credits-1-position": "0",
    }

    keep(browser, user, page, headline="还没有栏目", **rows)
    offered = browser.get(ADD)
    taken = browser.get(f"{ADD}?kept={PersonalDraft.objects.get().pk}")
    forms = taken.context["inline_admin_formsets"][1].formset.extra_forms
    data = form_data(taken, section=section.pk) | {
        name: value for name, value in rows.items() if not name.startswith("credits-1")
    }
    data["credits-TOTAL_FORMS"] = "1"
    browser.post(f"{ADD}?kept=1", data)

    assert [str(offer.draft) for offer in offered.context["offers"]] == ["还没有栏目"]
    assert [form["name"].value() for form in forms] == ["李明远"]
    assert Article.objects.get().headline == "还没有栏目"
    assert [credit.name for credit in Credit.objects.all()] == ["李明远"]
    assert PersonalDraft.objects.count() == 0


def test_text_taken_in_fits_the_rows_that_are_there_now(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit, credit="先前的")
    page = browser.get(address(article))
    keep(browser, user, page, **{"credits-0-name": "改过的"})
    article.credits.all().delete()
    Credit.objects.create(article=article, role=Role.EDITOR, name="同事加的")
    change(article, by=make_user("desk editor"), at=timezone.now(), headline="同事的标题")

    offer = browser.get(address(article)).context["offers"][0]
    taken = browser.get(f"{address(article)}?kept={offer.draft.pk}")

    formset = taken.context["inline_admin_formsets"][1].formset
    shown = [(form["name"].value(), bool(form["DELETE"].value())) for form in formset.forms]
    assert offer.since.number == 2
    assert shown == [("同事加的", True), ("改过的", False)]
    assert taken.context["adminform"].form["seen_version"].value() == 1


def test_text_that_says_what_is_saved_is_not_offered(sign_in, unit):
    browser, user = sign_in("desk editor")
    article = make_article(
        unit=unit, tags=("校庆", "科研"), summary="一\r\n二", displayed_at=timezone.now()
    )
    article.photos.create(photo=make_photo(user=user))
    attach(article)
    change(article, by=user, at=timezone.now(), kicker="眉")

    keep(browser, user, browser.get(address(article)))
    kept = PersonalDraft.objects.count()

    assert (kept, browser.get(address(article)).context["offers"]) == (1, [])


def test_autosave_of_strange_missing_and_read_only_articles(sign_in, unit):
    mine, user = sign_in("correspondent", unit=unit)
    stranger, other = sign_in("correspondent", unit=make_unit())
    head, reader = sign_in("head")
    article = make_article(author=user, unit=unit)
    data = {"keep": "1", "article": article.pk, "draft_token": "form-number-1", "headline": "x"}

    answers = [
        browser.post(KEEP, data | {"typist": who.pk} | more).status_code
        for browser, who, more in (
            (stranger, other, {}),
            (mine, user, {"article": 999_999}),
            (mine, user, {"article": "abc"}),
            (head, reader, {}),
            (head, reader, {"article": ""}),
            (mine, user, {"typist": other.pk}),
            (mine, user, {"draft_token": "?"}),
            (mine, user, {"headline": "字" * 400_001}),
            (mine, user, {}),
        )
    ]

    assert answers == [404, 404, 404, 403, 403, 403, 403, 413, 200]
    assert mine.get(KEEP).status_code == 405
    assert PersonalDraft.objects.get().fields == {"headline": "x"}


def test_autosave_takes_odd_values_as_text_or_not_at_all(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    odd = {
        "headline": "零\0字节",
        "section": "abc",
        "unit": "9" * 30,
        "credits-TOTAL_FORMS": "99999999",
        "credits-0-person": "-1",
        "credits-0-name": "某人",
        "credits-9999-name": "太远",
        "credits-0-article": "7",
        "displayed_at": "昨天",
        "event_date": "2026-13-40",
        "status": "published",
        "seen_version": "9" * 18,
    }

    answer = keep(browser, user, browser.get(address(article)), **odd)
    draft = PersonalDraft.objects.get()
    shown = browser.get(address(article))
    taken = browser.get(f"{address(article)}?kept={draft.pk}")

    assert (answer.status_code, shown.status_code, taken.status_code) == (200, 200, 200)
    assert draft.version_number == 1
    assert {name: draft.fields.get(name) for name in odd} == odd | {
        "headline": "零字节",
        "section": "",
        "unit": "",
        "credits-0-person": "",
        "credits-9999-name": None,
        "credits-0-article": None,
        "status": None,
        "seen_version": None,
    }


def test_kept_text_stays_readable_when_the_article_no_longer_is(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    colleague, _user = sign_in("desk editor")
    article = make_article("别的标题", author=user, unit=unit)
    keep(browser, user, browser.get(address(article)), headline="我打的字")
    draft = PersonalDraft.objects.get()
    one = f"{LIST}{draft.pk}/"

    submit(article)
    not_in_the_form = browser.get(f"{address(article)}?kept={draft.pk}").content.decode()
    handed_over = browser.get(one).content.decode()
    user.memberships.all().delete()
    shown = [browser.get(path).content.decode() for path in (LIST, one)]

    assert "我打的字" not in not_in_the_form
    assert "This article is with 初审." in handed_over
    assert all("我打的字" in text for text in shown)
    assert all("别的标题" not in text and "?kept=" not in text for text in shown)
    assert browser.get(address(article)).status_code == 404
    assert colleague.get(one).status_code == 404
    assert "我打的字" not in colleague.get(LIST).content.decode()


def test_throw_away_is_for_ones_own_text_by_post(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    colleague, _user = sign_in("desk editor")
    article = make_article(author=user, unit=unit)
    keep(browser, user, browser.get(address(article)), headline="不要了")
    path = f"{LIST}{PersonalDraft.objects.get().pk}/throw-away/"

    refused = (browser.get(path).status_code, colleague.post(path).status_code)
    kept = PersonalDraft.objects.count()
    answer = browser.post(path)

    assert (refused, kept) == ((405, 404), 1)
    assert (answer.url, PersonalDraft.objects.count()) == (address(article), 0)


def test_markup_in_a_kept_text_is_shown_as_text(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    evil = "<script>alert(1)</script>"
    keep(browser, user, browser.get(address(article)), headline=evil, summary=evil)
    draft = PersonalDraft.objects.get()

    pages = (address(article), f"{address(article)}?kept={draft.pk}", LIST, f"{LIST}{draft.pk}/")
    texts = [browser.get(page).content.decode() for page in pages]

    assert all(evil not in text for text in texts)
    assert all("&lt;script&gt;" in text for text in texts[1:])


def test_list_of_kept_texts_asks_no_more_for_five(sign_in, unit, django_assert_num_queries):
    browser, user = sign_in("correspondent", unit=unit)

    def type_one():
        article = make_article(author=user, unit=unit)
        keep(browser, user, browser.get(address(article)), headline=f"第 {article.pk} 篇")

    type_one()
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    asked = len(one)
    for _number in range(4):
        type_one()
    with django_assert_num_queries(asked):
        assert len(browser.get(LIST).context["drafts"]) == 5


def test_presence_is_told_to_who_sees_the_article(sign_in, unit):
    wang, editor = sign_in("desk editor", name="王编辑")
    reader, head = sign_in("head")
    stranger, other = sign_in("correspondent", unit=make_unit())
    article = make_article(unit=unit)

    def beat(browser, user):
        return browser.post(KEEP, {"article": article.pk, "typist": user.pk})

    first = beat(wang, editor).json()
    seen = beat(reader, head).json()
    page = reader.get(address(article)).content.decode()
    own = wang.get(address(article)).content.decode()

    assert first == {"present": []}
    assert [text.split(" since")[0] for text in seen["present"]] == ["王编辑 has been editing"]
    assert "王编辑 has been editing" in page
    assert "王编辑 has been editing" not in own
    assert beat(stranger, other).status_code == 404
    assert [row.user for row in Presence.objects.all()] == [editor]


def test_form_offers_the_latest_texts_and_leads_to_the_others(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    page = browser.get(ADD)
    for number in range(5):
        keep(browser, user, page, headline=f"标题{number}", draft_token=f"form-no-{number}")

    offered = browser.get(ADD)

    assert [str(offer.draft) for offer in offered.context["offers"]] == ["标题4", "标题3", "标题2"]
    assert f'href="{LIST}"' in offered.content.decode()
    assert len(browser.get(LIST).context["drafts"]) == 5


def test_form_has_no_more_rows_than_a_page_can_show(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    page = browser.get(ADD)
    rows = {f"credits-{number}-name": "李明远" for number in range(900)}
    data = form_data(page, **{"credits-TOTAL_FORMS": 900}) | rows

    kept = browser.post(KEEP, data | {"keep": "1", "typist": user.pk, "article": ""})
    back = browser.get(f"{ADD}?kept={PersonalDraft.objects.get().pk}")
    refused = browser.post(ADD, data)

    assert kept.status_code == 200
    assert [len(form_of(page, "credits").forms) for page in (back, refused)] == [100, 100]
    assert form_of(refused, "credits").total_error_count() > 0
    assert not Article.objects.exists()


def form_of(page, prefix):
    found = {row.formset.prefix: row.formset for row in page.context["inline_admin_formsets"]}
    return found[prefix]
