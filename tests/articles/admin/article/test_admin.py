"""The article form: who may open and save it, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import writing
from articles.models import Article, ArticlePhoto, Attachment, Credit, Role
from articles.rights.permissions import NotAllowed
from tests.articles.admin.conftest import choices, form_data
from tests.factories import (
    approve,
    change,
    make_article,
    make_person,
    make_photo,
    make_section,
    make_unit,
    make_user,
    submit,
)

pytestmark = pytest.mark.django_db


def address(article, page="change"):
    return f"/admin/articles/article/{article.pk}/{page}/"


def test_form_opens_for_its_unit_and_not_for_others(client, sign_in, unit):
    article = make_article("本单位的草稿", unit=unit)
    own, _user = sign_in("correspondent", unit=unit)
    stranger, _user = sign_in("correspondent", unit=make_unit())
    desk, _user = sign_in("desk editor")

    answers = [browser.get(address(article)).status_code for browser in (own, stranger, desk)]
    nobody = client.get(address(article))

    assert answers == [200, 404, 200]
    assert (nobody.status_code, nobody.url) == (
        302,
        f"/admin/login/?next=/admin/articles/article/{article.pk}/change/",
    )


def test_missing_and_strange_articles_answer_alike(sign_in, unit):
    article = make_article("别人的草稿", unit=make_unit())
    browser, _user = sign_in("correspondent", unit=unit)

    strange = browser.get(address(article))
    missing = browser.get("/admin/articles/article/999999/change/")

    def without_numbers(response):
        text = response.content.decode().replace("999999", "N").replace(f"/{article.pk}/", "/N/")
        return re.sub(r'(nonce|value)="[^"]+"', "", text)

    assert (strange.status_code, missing.status_code) == (404, 404)
    assert without_numbers(strange) == without_numbers(missing)
    assert "别人的草稿" not in strange.content.decode()


def test_new_article_becomes_a_first_version_of_the_only_unit(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    section, person = make_section(), make_person("李明远")
    page = browser.get("/admin/articles/article/add/")

    answer = browser.post(
        "/admin/articles/article/add/",
        form_data(page)
        | {
            "headline": "实验室揭牌",
            "body": "<p>正文</p><script>alert(1)</script>",
            "section": section.pk,
            "tags": "科研、校庆",
            "credits-TOTAL_FORMS": "1",
            "credits-0-role": "author",
            "credits-0-person": person.pk,
            "credits-0-position": "0",
        },
    )

    article = Article.objects.get()
    assert answer.url == address(article)
    assert (article.unit, article.created_by, article.status) == (unit, user, "draft")
    assert (article.version_number, article.body) == (1, "<p>正文</p>")
    assert sorted(article.tags.names()) == ["校庆", "科研"]
    assert [credit.name for credit in article.credits.all()] == ["李明远"]
    assert [row.unit for row in article.units.all()] == [unit]


def test_new_article_for_another_unit_is_refused(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    page = browser.get("/admin/articles/article/add/")
    data = form_data(page, headline="冒名", section=make_section().pk, unit=make_unit().pk)

    answer = browser.post("/admin/articles/article/add/", data)

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["unit"]
    assert not Article.objects.exists()


def test_save_makes_a_version_and_the_same_again_makes_none(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    data = form_data(browser.get(address(article)), headline="新的标题", reason="更准确")

    browser.post(address(article), data)
    browser.post(address(article), data | {"seen_version": 2})

    versions = article.versions.order_by("number").values_list("number", "reason", "author_name")
    assert list(versions) == [(1, "", user.name), (2, "更准确", user.name)]
    assert Article.objects.get().headline == "新的标题"


def test_stale_save_shows_both_texts_and_keeps_what_was_typed(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("原来的标题", author=user, unit=unit)
    page = browser.get(address(article))
    colleague = make_user("desk editor", name="陈晓")
    change(article, by=colleague, at=timezone.now(), headline="同事的标题")

    stale = browser.post(address(article), form_data(page, headline="我的标题"))

    text = stale.content.decode()
    assert stale.status_code == 409
    assert "[deleted: </span>同事<" in text
    assert "[inserted: </span>我<" in text
    assert 'value="我的标题"' in text
    assert Article.objects.get().headline == "同事的标题"

    undecided = browser.post(address(article), form_data(stale) | choices(stale, choice=""))
    again = browser.post(address(article), form_data(stale) | choices(stale))

    assert (undecided.status_code, again.status_code) == (409, 302)
    assert Article.objects.get().headline == "我的标题"


def test_save_without_a_seen_version_is_stale(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("原来的标题", author=user, unit=unit)
    data = form_data(browser.get(address(article)), headline="我的标题")
    del data["seen_version"]

    assert browser.post(address(article), data).status_code == 409
    assert Article.objects.get().headline == "原来的标题"


def test_save_after_handing_over_gives_the_text_back(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    page = browser.get(address(article))
    submit(article)

    answer = browser.post(address(article), form_data(page, headline="太晚的改动"))

    assert answer.status_code == 403
    assert "太晚的改动" in answer.content.decode()
    assert "This article is with 初审." in answer.content.decode()
    assert Article.objects.get().headline != "太晚的改动"


def test_fields_of_the_desk_are_ignored_from_a_unit(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    desk, _editor = sign_in("desk editor")
    article = make_article(author=user, unit=unit)
    given = {"slug": "own-slug", "displayed_at": "2020-01-01T00:00", "status": "published"}

    browser.post(address(article), form_data(browser.get(address(article)), **given))
    article.refresh_from_db()
    from_the_unit = (article.slug, article.displayed_at, article.status)
    desk.post(address(article), form_data(desk.get(address(article)), **given))
    article.refresh_from_db()

    assert from_the_unit == ("", None, "draft")
    assert (article.slug, article.displayed_at.year, article.status) == (
        "own-slug",
        2019,
        "draft",
    )


def test_rows_of_another_article_are_out_of_reach(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit, credit="自己人")
    other = make_article(unit=make_unit(), credit="别人家")
    data = form_data(browser.get(address(article)))
    data["credits-0-id"] = other.credits.get().pk
    data["credits-0-name"] = "抢来的"

    browser.post(address(article), data)

    assert other.credits.get().name == "别人家"
    assert Credit.objects.filter(name="抢来的").count() == 0


def test_photo_of_another_unit_cannot_be_put_in(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    theirs = make_photo("别人的照片", unit=make_unit())
    mine = make_photo("自己的照片", unit=unit)
    page = browser.get(address(article))
    row = {"photos-TOTAL_FORMS": "1", "photos-0-paragraph": "0", "photos-0-position": "0"}

    refused = browser.post(address(article), form_data(page) | row | {"photos-0-photo": theirs.pk})
    browser.post(address(article), form_data(page) | row | {"photos-0-photo": mine.pk})

    assert refused.status_code == 200
    assert list(ArticlePhoto.objects.values_list("photo", flat=True)) == [mine.pk]


def test_credit_that_names_nobody_is_refused_with_a_reason(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    row = {"credits-TOTAL_FORMS": "2", "credits-1-role": "editor", "credits-1-position": "3"}

    answer = browser.post(address(article), form_data(browser.get(address(article))) | row)

    assert answer.status_code == 200
    assert "Name a person or a unit." in answer.content.decode()


def test_contribution_of_another_unit_loses_its_confirmation(sign_in, unit):
    browser, editor = sign_in("desk editor")
    article = make_article(unit=unit)
    article.units.update(confirmed_by=editor, confirmed_at=timezone.now())
    data = form_data(browser.get(address(article)))

    browser.post(address(article), data)
    kept = article.units.get().confirmed_by
    data = form_data(browser.get(address(article))) | {"units-0-unit": make_unit().pk}
    browser.post(address(article), data)

    assert (kept, article.units.get().confirmed_by) == (editor, None)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("清单.exe", b"MZ", "is not taken"),
        ("清单.pdf", b"MZ not a pdf", "is not what its name says"),
    ],
)
def test_attachment_of_a_wrong_kind_is_refused(sign_in, unit, name, content, reason):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    row = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title": "清单",
        "attachments-0-position": "0",
        "attachments-0-file": SimpleUploadedFile(name, content),
    }

    answer = browser.post(address(article), form_data(browser.get(address(article))) | row)

    assert reason in answer.content.decode()
    assert not Attachment.objects.exists()


def test_attachment_is_kept_by_hash_and_given_below_its_article_only(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    stranger, _user = sign_in("correspondent", unit=make_unit())
    article, other = make_article(author=user, unit=unit), make_article(author=user, unit=unit)
    row = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title": "清单",
        "attachments-0-position": "0",
        "attachments-0-file": SimpleUploadedFile("清单.pdf", b"%PDF-1.7 test"),
    }

    browser.post(address(article), form_data(browser.get(address(article))) | row)

    attachment = Attachment.objects.get()
    page = f"attachments/{attachment.pk}"
    given = browser.get(address(article, page))
    assert (attachment.size, attachment.file.name) == (
        13,
        f"attachments/{attachment.sha256[:2]}/{attachment.sha256}.pdf",
    )
    assert b"".join(given.streaming_content) == b"%PDF-1.7 test"
    assert given["Content-Disposition"].startswith("attachment")
    assert browser.get(address(other, page)).status_code == 404
    assert stranger.get(address(article, page)).status_code == 404


@pytest.mark.parametrize("is_new", [False, True])
def test_attachment_of_a_save_that_was_rolled_back_is_not_left(sign_in, unit, monkeypatch, is_new):
    storage = Attachment._meta.get_field("file").storage
    browser, user = sign_in("correspondent", unit=unit)
    place = "/admin/articles/article/add/"
    if not is_new:
        place = address(make_article(author=user, unit=unit))
    stored = []

    def refuse(article, **_kwargs):
        name = article.attachments.get().file.name
        stored.append((name, storage.exists(name)))
        raise NotAllowed("冻结中")

    monkeypatch.setattr(writing, "finish_change", refuse)
    row = {
        "headline": "清单",
        "section": make_section().pk,
        "unit": unit.pk,
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title": "清单",
        "attachments-0-position": "0",
        "attachments-0-file": SimpleUploadedFile("清单.pdf", b"%PDF-1.7 test"),
    }

    answer = browser.post(place, form_data(browser.get(place)) | row)

    assert (answer.status_code, Attachment.objects.count()) == (403, 0)
    [(name, was_there)] = stored
    assert (was_there, storage.exists(name)) == (True, False)


def test_body_that_is_too_deep_is_a_form_error(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    deep = "<blockquote>" * 200 + "深" + "</blockquote>" * 200

    answer = browser.post(address(article), form_data(browser.get(address(article)), body=deep))

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["body"]


def test_body_that_would_be_too_long_to_open_again_is_a_form_error(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    data = form_data(browser.get(address(article)), body="x<hr>" * 15_000)

    answer = browser.post(address(article), data)

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["body"]
    assert browser.get(address(article)).status_code == 200


def test_stale_save_of_too_long_a_body_keeps_what_was_typed(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("原来的标题", author=user, unit=unit)
    page = browser.get(address(article))
    change(article, by=user, at=timezone.now(), headline="同事的标题")
    typed = "<p>我打的字</p>" + "<p>x</p>" * 20_001

    stale = browser.post(address(article), form_data(page, headline="我的标题", body=typed))

    text = stale.content.decode()
    assert stale.status_code == 409
    assert "我打的字" in text
    assert "[inserted: </span>我<" in text
    assert list(stale.context["adminform"].form.errors) == ["body", "__all__"]


@pytest.mark.parametrize(
    ("tag", "errors"),
    # The address of a tag spells some characters out: this one as four.
    [("校" * 100, []), ("校" * 101, ["tags"]), ("㍿" * 26, ["tags"])],
)
def test_tag_that_is_too_long_for_its_column_is_a_form_error(sign_in, unit, tag, errors):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)

    answer = browser.post(
        address(article), form_data(browser.get(address(article)), tags=f"校庆、{tag}")
    )

    found = list(answer.context["adminform"].form.errors) if answer.context else []
    assert found == errors
    assert (tag in article.tags.names()) is not bool(errors)


def test_form_is_to_read_for_those_who_may_not_change(sign_in, unit):
    article = submit(make_article("只读的稿件", unit=unit, tags=("校庆",)))
    browser, _user = sign_in("correspondent", unit=unit)
    head, _user = sign_in("head")

    for reader in (browser, head):
        page = reader.get(address(article))
        text = page.content.decode()
        assert page.status_code == 200
        assert "<p>正文第一段。</p>" in text
        assert "校庆" in text
        assert 'name="_save"' not in text
        assert 'name="headline"' not in text


def test_author_sees_who_has_the_article(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)

    drafted = [(s.state, s.who) for s in browser.get(address(article)).context["steps"]]
    submit(article)
    waiting = [(s.state, s.who) for s in browser.get(address(article)).context["steps"]]

    assert drafted == [("here", user.name), ("ahead", ""), ("ahead", ""), ("ahead", "")]
    assert waiting == [
        ("done", user.name),
        ("here", "desk editors"),
        ("ahead", ""),
        ("ahead", ""),
    ]


def test_article_is_never_deleted(sign_in, unit):
    article = make_article(unit=unit)
    browser, user = sign_in("administrator")
    user.is_superuser = True
    user.save()

    assert browser.post(address(article, "delete"), {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_form_asks_no_more_for_its_own_rows(sign_in, unit):
    browser, user = sign_in("desk editor")
    article = make_article(unit=unit)
    browser.get(address(article))
    with CaptureQueriesContext(connection) as one:
        browser.get(address(article))
    for number in range(4):
        Credit.objects.create(
            article=article, role=Role.EDITOR, person=make_person(), unit=unit, position=number
        )
        ArticlePhoto.objects.create(article=article, photo=make_photo(user=user))
    with CaptureQueriesContext(connection) as five:
        browser.get(address(article))

    # An autocomplete field looks its own choice up; nothing else grows with the rows.
    growth = [query["sql"] for query in five][len(one) :]
    assert len(growth) <= 4 * 4, growth


def test_changes_are_in_our_log_only(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit, at=timezone.now() - timedelta(hours=1))

    browser.post(address(article), form_data(browser.get(address(article)), headline="改过"))

    actions = article.log_entries.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["created", "changed"]
    assert not AdminLogEntry.objects.exists()


def test_proofreader_mends_an_approved_text_in_the_form_and_is_told(sign_in, unit):
    article = approve(make_article("同学门来到图书馆", unit=unit, body="<p>正文。</p>"))
    reader, _user = sign_in("proof-reader", name="校对员")
    desk, _user = sign_in("desk editor")
    head, _user = sign_in("head")

    page = reader.get(address(article))
    before = [browser.get(address(article)).content.decode() for browser in (reader, desk)]
    answer = reader.post(
        address(article), form_data(page, headline="同学们来到图书馆"), follow=True
    )

    assert "Up to 8 characters you may mend here" in before[0]
    assert "A change asks “终审” to approve again." in before[1]
    told = "The approval stands: 2 characters differ from the approved text."
    assert told in answer.content.decode()
    article.refresh_from_db()
    assert (article.status, article.version_number) == ("approved", 2)
    assert "<ins>同学们来到图书馆</ins>" in head.get(address(article, "history")).content.decode()
    assert "Mended after approval" in head.get("/admin/").content.decode()

    page = reader.get(address(article))
    typed = form_data(page, headline="全校本科新生来到图书馆")
    answer = reader.post(address(article), typed | {"reopens": "1"}, follow=True)

    told = "It has to be approved again at 终审. 9 characters differ; up to 8 are a typo."
    assert told in answer.content.decode()
    article.refresh_from_db()
    assert article.status == "in_review"


def test_headline_with_line_breaks_is_one_line(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit)
    typed = form_data(
        browser.get(address(article)), headline="新题\r\n\r\n请点击　链接", subhead="副\u2028题"
    )

    browser.post(address(article), typed)

    article.refresh_from_db()
    assert (article.headline, article.subhead) == ("新题 请点击　链接", "副 题")
