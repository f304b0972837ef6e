"""The page of findings in what readers see."""

import pytest
from django.utils import timezone

from articles.actions import scanning
from articles.models import Errand, ListedWord, Scan, Waiver
from tests.factories import make_article, make_edition

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/archive/"


@pytest.fixture
def edition(db):
    return make_edition("已发布的稿", body="<p>电话13800138000，残废</p>")


def scan():
    list(scanning.keep(scanning.begin(timezone.now()), at=timezone.now()))


def shown(page):
    return [
        (checked.headline, [one.finding.check for one in findings])
        for checked, findings in page.context["shown"]
    ]


def test_findings_are_listed_and_chosen_by_check(sign_in, edition):
    browser, _user = sign_in("head")
    ListedWord.objects.create(text="残废")
    make_article("草稿", body="<p>残废</p>")
    scan()

    page = browser.get(PAGE)
    words = browser.get(PAGE, {"check": "words"})

    assert shown(page) == [("已发布的稿", ["words", "mobile"])]
    assert [(code, number) for code, _name, number in page.context["codes"]] == [
        ("words", 1),
        ("mobile", 1),
    ]
    assert shown(words) == [("已发布的稿", ["words"])]
    assert "13800138000" not in page.content.decode()


def test_page_says_that_the_list_has_changed_since(sign_in, edition):
    browser, _user = sign_in("head")

    before = browser.get(PAGE).content.decode()
    scan()
    after = browser.get(PAGE).content.decode()
    ListedWord.objects.create(text="残废")
    changed = browser.get(PAGE).content.decode()

    assert "has never been checked" in before
    assert "1 article checked, until" in after
    assert "The list of words has changed since." not in after
    assert "The list of words has changed since." in changed


def test_nothing_is_said_of_what_was_never_checked(sign_in):
    browser, _user = sign_in("head")

    before = browser.get(PAGE).content.decode()
    scan()
    after = browser.get(PAGE).content.decode()

    assert "Nothing found." not in before
    assert "Nothing found." in after


def test_what_was_put_aside_since_is_found_no_more(sign_in, edition):
    browser, user = sign_in("head")
    scan()
    [(_checked, [one])] = browser.get(PAGE).context["shown"]

    Waiver.objects.create(
        article=edition.article, key=one.finding.key, check_code="mobile",
        put_by=user, put_at=timezone.now(),
    )  # fmt: skip

    assert "This is found no more." in browser.get(PAGE).content.decode()


def test_button_has_a_worker_check_all(sign_in, edition):
    browser, _user = sign_in("desk editor")

    page = browser.post(PAGE, follow=True)
    again = browser.post(PAGE, follow=True)

    assert "are being checked." in page.content.decode()
    assert "being checked already" in again.content.decode()
    assert (Scan.objects.count(), Errand.objects.filter(kind="scan archive").count()) == (1, 1)


def test_units_and_nobody_see_no_findings(sign_in, client, edition):
    unit, _user = sign_in("correspondent", unit=edition.article.unit)
    scan()

    for ask in (unit.get, unit.post):
        answer = ask(PAGE)
        assert answer.status_code == 403
        assert "已发布的稿" not in answer.content.decode()
    assert client.get(PAGE).status_code == 302
    assert Scan.objects.count() == 1


@pytest.mark.parametrize("number", [1, 5])
def test_page_asks_as_often_for_one_as_for_five(sign_in, number, django_assert_num_queries):
    browser, _user = sign_in("head")
    for _one in range(number):
        make_edition(body="<p>13800138000</p>")
    scan()
    browser.get(PAGE)

    with django_assert_num_queries(15):
        page = browser.get(PAGE)

    assert len(shown(page)) == number
