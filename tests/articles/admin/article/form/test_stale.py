"""Stale saves: both texts merged field by field, and nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Article, Credit, PersonalDraft, Role
from tests.articles.admin.conftest import choices, form_data
from tests.factories import attach, change, make_article, make_photo, make_unit, make_user

pytestmark = pytest.mark.django_db


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def colleague():
    return make_user("desk editor", name="陈晓")


def save_beside(article, by, **fields):
    return change(Article.objects.get(pk=article.pk), by=by, at=timezone.now(), **fields)


def outcomes(page):
    return {field.name: field.outcome for field in page.context["merge"].fields}


def test_fields_of_one_side_are_taken_and_paragraphs_merged(sign_in, unit, colleague):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit, body="<p>一</p>\n<p>二</p>\n<p>三</p>")
    page = browser.get(address(article))
    save_beside(article, colleague, summary="同事的摘要", body="<p>一一</p>\n<p>二</p>\n<p>三</p>")
    typed = {"headline": "我的标题", "body": "<p>一</p><p>二</p><p>三三</p>"}

    stale = browser.post(address(article), form_data(page, **typed))
    saved = browser.post(address(article), form_data(stale, reason="改题") | choices(stale))

    assert (stale.status_code, saved.status_code) == (409, 302)
    assert outcomes(stale) == {"headline": "mine", "summary": "theirs", "body": "both"}
    article.refresh_from_db()
    assert (article.headline, article.summary) == ("我的标题", "同事的摘要")
    assert article.body == "<p>一一</p>\n<p>二</p>\n<p>三三</p>"
    version = article.versions.first()
    assert (version.number, version.reason) == (3, "改题 Merged with version 2 by 陈晓.")


def test_conflicts_are_chosen_one_by_one(sign_in, unit, colleague):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit, body="<p>旧文</p>", tags=("旧",))
    page = browser.get(address(article))
    save_beside(article, colleague, headline="同事的标题", body="<p>同事的文</p>")
    typed = {"headline": "我的标题", "body": "<p>我的文</p>", "tags": "新"}

    stale = browser.post(address(article), form_data(page, **typed))
    answers = choices(stale) | {"choice-headline": "theirs"}
    browser.post(address(article), form_data(stale, body="<p>我又改的文</p>") | answers)

    assert outcomes(stale) == {"headline": "conflict", "body": "conflict", "tags": "mine"}
    article.refresh_from_db()
    assert (article.headline, article.body) == ("同事的标题", "<p>我又改的文</p>")
    assert list(article.tags.names()) == ["新"]


def test_third_version_is_shown_again_and_keeps_the_choices(sign_in, unit, colleague):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit)
    page = browser.get(address(article))
    save_beside(article, colleague, headline="第二版")
    stale = browser.post(address(article), form_data(page, headline="我的", kicker="我的眉题"))
    save_beside(article, colleague, headline="第三版", subhead="第三版副题")
    theirs = form_data(stale) | choices(stale, "theirs")
    mine = form_data(stale) | choices(stale)

    again = browser.post(address(article), theirs)
    other = browser.post(address(article), mine)
    saved = browser.post(address(article), form_data(again) | choices(again))

    assert (again.status_code, other.status_code, saved.status_code) == (409, 409, 302)
    assert outcomes(again) == {"kicker": "mine", "headline": "theirs", "subhead": "theirs"}
    assert outcomes(other) == {"kicker": "mine", "headline": "conflict", "subhead": "theirs"}
    article.refresh_from_db()
    assert (article.version_number, article.headline, article.kicker, article.subhead) == (
        4, "第三版", "我的眉题", "第三版副题",
    )  # fmt: skip


def test_rows_that_vanished_or_came_do_no_harm(sign_in, unit, colleague):
    browser, editor = sign_in("desk editor")
    article = make_article(unit=unit, credit="甲")
    photo = make_photo(user=editor)
    article.photos.create(photo=photo)
    attach(article)
    save_beside(article, colleague, kicker="眉")
    article.refresh_from_db()
    page = browser.get(address(article))
    article.credits.all().delete()
    article.photos.all().delete()
    article.attachments.all().delete()
    article.photos.create(photo=photo, caption="同事的说明")
    Credit.objects.create(article=article, role=Role.EDITOR, name="乙")
    save_beside(article, colleague, subhead="同事的副题")
    typed = {"credits-0-name": "甲甲", "photos-0-caption": "我的说明"}

    stale = browser.post(address(article), form_data(page, **typed))
    text = stale.content.decode()
    formsets = [row.formset for row in stale.context["inline_admin_formsets"]]
    shown = [
        [(form["name"].value(), "on" in str(form["DELETE"].value())) for form in formsets[1]],
        [form["caption"].value() for form in formsets[0]],
    ]

    assert stale.status_code == 409
    assert outcomes(stale) == {
        "subhead": "theirs",
        "photos": "conflict",
        "credits": "conflict",
        "attachments": "theirs",
    }
    assert shown[1] == ["我的说明"]
    assert [name for name, _gone in shown[0]] == ["乙", "甲甲"]
    assert "我的说明" in text

    data = form_data(stale) | choices(stale) | {"choice-photos": "theirs"}
    data |= {
        "credits-0-DELETE": "on",
        "credits-1-role": "author",
        "credits-1-name": "甲甲",
        "credits-1-position": "0",
    }
    saved = browser.post(address(article), data)

    assert saved.status_code == 302
    assert [credit.name for credit in article.credits.all()] == ["甲甲"]
    assert [use.caption for use in article.photos.all()] == ["同事的说明"]
    assert list(article.attachments.all()) == []


def test_chosen_files_are_named_because_they_must_be_chosen_again(sign_in, unit, colleague):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    page = browser.get(address(article))
    save_beside(article, colleague, kicker="眉")
    row = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title": "清单",
        "attachments-0-position": "0",
        "attachments-0-file": SimpleUploadedFile("清单.pdf", b"%PDF-1.7"),
    }

    stale = browser.post(address(article), form_data(page) | row)

    assert stale.context["merge"].lost_files == ["清单.pdf"]
    assert "These files must be chosen again: 清单.pdf" in stale.content.decode()
    assert 'value="清单"' in stale.content.decode()


def test_text_kept_while_merging_is_of_the_version_that_both_began_with(sign_in, unit, colleague):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit)
    page = browser.get(address(article))
    save_beside(article, colleague, headline="同事的")
    stale = browser.post(address(article), form_data(page, headline="我的"))

    data = form_data(stale) | choices(stale, "") | {"keep": "1", "typist": user.pk}
    browser.post("/admin/articles/article/autosave/", data | {"article": article.pk})
    draft = PersonalDraft.objects.get()
    taken = browser.get(f"{address(article)}?kept={draft.pk}")

    assert browser.post(address(article), form_data(taken)).status_code == 409
    assert Article.objects.get().headline == "同事的"


def test_merge_shows_markup_as_text_and_pictures_of_others_by_no_name(sign_in, unit, colleague):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    page = browser.get(address(article))
    theirs = make_photo("别人单位的图", unit=make_unit())
    save_beside(article, colleague, headline="<b>他</b>")
    row = {"photos-TOTAL_FORMS": "1", "photos-0-photo": theirs.pk, "photos-0-position": "0"}

    stale = browser.post(address(article), form_data(page, headline="<b>我</b>") | row)

    text = stale.content.decode()
    assert stale.status_code == 409
    assert [word for word in ("<b>我</b>", "<b>他</b>", "别人单位的图") if word in text] == []
