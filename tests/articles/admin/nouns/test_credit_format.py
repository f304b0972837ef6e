"""The house format of credit lines, as administrators set it."""

import pytest

from articles import rendering
from articles.models import CreditFormat, LogEntry
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, publish

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/creditformat/"
ADD = f"{LIST}add/"


def typed(page, **changes):
    return {
        name: "" if value is None else value for name, value in form_data(page).items()
    } | changes


def test_format_is_shown_before_it_is_saved_and_used_after(sign_in, unit):
    browser, _user = sign_in("administrator")
    article = make_article(unit=unit, credit="林晓然")
    before = rendering.credit_line(article.versions.first().snapshot)
    page = browser.get(ADD)
    chosen = {
        "word_author": "撰稿",
        "place_reviewer": "1",
        "after_label": "｜",
        "brackets": "【】",
    }

    shown = browser.post(ADD, typed(page, **chosen) | {"_preview": "1"})
    none = CreditFormat.objects.count()
    saved = browser.post(ADD, typed(shown) | {"_save": "1"})

    line = "【初审｜孟小溪　终审｜柯以彤　撰稿/编辑｜党委宣传部 林晓然　图片｜学生记者 周远帆】"
    assert line in shown.content.decode()
    assert "nothing is saved yet" in shown.content.decode()
    assert "_addanother" not in shown.content.decode()
    assert (none, saved.status_code) == (0, 302)
    row = CreditFormat.objects.get()
    assert (row.words, row.order) == ({"author": "撰稿"}, ["reviewer"])
    assert before == f"供稿：{unit} 林晓然"
    after = rendering.credit_line(article.versions.first().snapshot)
    assert after == f"【撰稿｜{unit} 林晓然】"
    assert line in browser.get(LIST).content.decode()
    assert LogEntry.objects.filter(subject_type="articles.creditformat").count() == 1


def test_format_changes_and_what_is_published_keeps_its_line(sign_in, unit):
    browser, _user = sign_in("administrator")
    row = CreditFormat.objects.create(words={"author": "撰稿"})
    edition = publish(make_article(unit=unit, credit="林晓然"))
    address = f"{LIST}{row.pk}/change/"
    page = browser.get(address)

    browser.post(address, typed(page, word_author="供稿", between="line") | {"_save": "1"})

    row.refresh_from_db()
    edition.refresh_from_db()
    assert (row.words, row.between) == ({}, "line")
    assert edition.credit_line.startswith("撰稿：")


def test_format_is_one_and_gone_means_the_usual(sign_in):
    browser, _user = sign_in("administrator")
    row = CreditFormat.objects.create(merges=False)

    assert browser.get(ADD).status_code == 403
    browser.post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert browser.get(ADD).status_code == 200


def test_words_and_marks_that_are_not_offered_are_refused(sign_in):
    browser, _user = sign_in("administrator")
    page = browser.get(ADD)

    wrong = {"word_author": "大作", "after_label": "#", "place_editor": "-1"}
    answer = browser.post(ADD, typed(page, **wrong) | {"_save": "1"})

    assert sorted(answer.context["adminform"].form.errors) == [
        "after_label",
        "place_editor",
        "word_author",
    ]
    assert CreditFormat.objects.count() == 0


def test_format_ignores_what_the_printer_does_not_know():
    row = CreditFormat(words={"poet": "诗"}, order=["poet", "author"])

    assert (row.house().words, row.house().order) == ({}, ("author",))
