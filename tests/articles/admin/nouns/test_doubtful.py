"""The queue of doubtful credit lines, and what was learned from them."""

import pytest

from articles.actions import crediting
from articles.actions.importing.pages import import_article
from articles.importing import read_page
from articles.models import DoubtfulLine, Person, UnitName
from tests.articles.admin.article.form.test_credit_line import READ, TAKE, chosen, credits_of
from tests.articles.admin.conftest import section
from tests.factories import (
    NOON,
    change,
    make_article,
    make_person,
    make_section,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

QUEUE = "/admin/articles/article/doubtful-lines/"
NAMES = "/admin/articles/article/learned-names/"


def address(article):
    return f"/admin/articles/article/{article.pk}/doubtful-line/"


def bring_in(line, unit):
    page = read_page(f"校园动态\n图书馆开放\n　　正文。{line}\n".encode())
    user = make_user("desk editor")
    return import_article(page, unit=unit, section=make_section(), user=user, at=NOON).article


def as_shown(page, **changes):
    version = {"seen_version": page.context["article"].version_number}
    return chosen(page.context["reading"]) | version | changes


def test_import_puts_a_line_in_doubt_into_the_queue(unit):
    doubtful = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)
    bring_in("（供稿：仪器学院 孟小溪）", unit)

    [line] = DoubtfulLine.objects.waiting()

    assert (line.article, line.line) == (doubtful, "（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）")
    assert line.remarks == [
        "This part of the credit line was not understood: 阿弥陀佛大吉大利",
        "The site knows nobody called 周远帆.",
    ]


def test_line_is_worked_off_and_the_next_one_follows(sign_in, unit):
    browser, editor = sign_in("desk editor")
    first = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)
    second = bring_in("（供稿：化工系统 孟小溪 图：阿弥陀佛大吉大利）", unit)
    page = browser.get(address(first))

    answer = browser.post(address(first), as_shown(page, **{"proposed-0-person": "new"}) | TAKE)

    assert answer.url == address(second)
    assert credits_of(first) == [("author", "周远帆", "周远帆", "仪器学院", "仪器学院", "", "")]
    line = first.doubtful_line
    assert (line.settled_by, DoubtfulLine.objects.waiting().count()) == (editor, 1)
    first.refresh_from_db()
    assert first.version_number == 2


def test_line_is_settled_as_it_is(sign_in, unit):
    browser, _editor = sign_in("desk editor")
    article = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)

    answer = browser.post(address(article), {"credit_line": "x", "_settle": "1"})
    queue = browser.get(QUEUE)

    assert answer.url == QUEUE
    assert "No credit line is in doubt." in queue.content.decode()
    article.refresh_from_db()
    assert article.version_number == 1


def test_line_may_be_corrected_and_read_again(sign_in, unit):
    browser, _editor = sign_in("desk editor")
    article = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)
    page = browser.get(address(article))

    again = browser.post(
        address(article), as_shown(page, credit_line="供稿：仪器学院 周远帆") | READ
    )
    taken = browser.post(address(article), as_shown(again) | TAKE)

    assert again.context["reading"].rest == ""
    assert taken.url == QUEUE


def test_line_of_an_article_that_moved_on_is_not_entered(sign_in, unit):
    browser, editor = sign_in("desk editor")
    article = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)
    page = browser.get(address(article))
    change(article, by=editor, at=NOON, headline="新题")

    answer = browser.post(address(article), as_shown(page, **{"proposed-0-person": "new"}) | TAKE)

    assert "saved this article after you had opened it" in answer.content.decode()
    assert (Person.objects.count(), DoubtfulLine.objects.waiting().count()) == (0, 1)


def test_line_that_a_colleague_settled_says_so(sign_in, unit):
    browser, _editor = sign_in("desk editor")
    article = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)
    page = browser.get(address(article))
    colleague = make_user("desk editor", name="林编辑")
    crediting.settle(article.doubtful_line, user=colleague, at=NOON)

    answer = browser.post(address(article), as_shown(page) | TAKE)

    assert answer.status_code == 403
    assert "林编辑 has worked off this line already." in answer.content.decode()


def test_queue_shows_what_one_may_see(sign_in, unit):
    article = bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)
    editor, _user = sign_in("desk editor")
    own, _user = sign_in("correspondent", unit=unit)
    stranger, _user = sign_in("correspondent", unit=make_unit())
    head, _user = sign_in("head")

    assert "1 line waits." in editor.get(QUEUE).content.decode()
    assert "1 line waits." in own.get(QUEUE).content.decode()
    assert "No credit line is in doubt." in stranger.get(QUEUE).content.decode()
    assert head.get(QUEUE).status_code == 403
    assert stranger.get(address(article)).status_code == 404
    assert head.post(address(article), {"_settle": "1"}).status_code == 403
    assert DoubtfulLine.objects.waiting().count() == 1
    assert editor.get(address(make_article(unit=unit))).status_code == 404


@pytest.mark.parametrize("number", [1, 5])
def test_queue_asks_as_often_for_many_as_for_one(
    sign_in, unit, django_assert_max_num_queries, number
):
    browser, _user = sign_in("desk editor")
    for _n in range(number):
        crediting.doubt(make_article(unit=unit), line="文：周远帆", remarks=["?"], at=NOON)
    browser.get(QUEUE)

    with django_assert_max_num_queries(10):
        page = browser.get(QUEUE)

    assert len(page.context["lines"]) == number


def test_my_desk_counts_doubtful_lines_and_is_silent_without(sign_in, unit):
    browser, _user = sign_in("desk editor")
    before = section(browser.get("/admin/"), "doubtful")
    bring_in("（供稿：仪器学院 周远帆 阿弥陀佛大吉大利）", unit)

    after = browser.get("/admin/")

    assert (before, section(after, "doubtful")) == (None, 1)
    assert QUEUE in after.content.decode()


def test_learned_names_are_listed_and_forgotten(sign_in, unit):
    browser, editor = sign_in("desk editor")
    other, _user = sign_in("chief editor")
    empty = browser.get(NAMES).content.decode()
    alias = crediting.teach_person(make_person("周远帆"), "小周周", user=editor, at=NOON)
    name = crediting.teach_unit(unit, "仪科院", user=editor, at=NOON)

    listed = browser.get(NAMES).content.decode()
    refused = other.post(f"{NAMES}unit/{name.pk}/forget/", follow=True).content.decode()
    gone = browser.post(f"{NAMES}person/{alias.pk}/forget/", follow=True).content.decode()

    assert "Nothing was learned yet." in empty
    assert [word in listed for word in ("小周周", "仪科院")] == [True, True]
    assert "Whoever taught this name" in refused
    assert ["“小周周” is forgotten." in gone, "仪科院" in gone] == [True, True]
    assert browser.post(f"{NAMES}other/1/forget/").status_code == 404


def test_learned_names_are_kept_by_administrators_and_closed_to_who_has_no_use(sign_in, unit):
    administrator, _user = sign_in("administrator")
    head, _user = sign_in("head")
    name = crediting.teach_unit(unit, "仪科院", user=make_user("desk editor"), at=NOON)
    forget = f"{NAMES}unit/{name.pk}/forget/"

    closed = [head.get(NAMES), head.post(forget), administrator.get(forget)]
    kept = UnitName.objects.filter(pk=name.pk).exists()
    listed = administrator.get(NAMES).content.decode()
    administrator.post(forget)

    assert [answer.status_code for answer in closed] == [403, 403, 405]
    assert (kept, "仪科院" in listed) == (True, True)
    assert not UnitName.objects.filter(pk=name.pk).exists()
