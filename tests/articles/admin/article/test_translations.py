"""The page on which articles are tied to their translations, and what the form says of them."""

from datetime import date

import pytest

from articles.models import Article, Translation
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, submit, tie

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)


def address(article: Article, page: str = "translations") -> str:
    return f"/admin/articles/article/{article.pk}/{page}/"


def tied() -> set[tuple[int, int]]:
    return set(Translation.objects.values_list("original", "article"))


@pytest.fixture
def story(unit):
    return make_article("校庆日", unit=unit, event_date=DAY)


@pytest.fixture
def english(unit):
    return make_article("Anniversary", unit=unit, language="en", event_date=DAY)


def test_page_offers_articles_of_the_day_in_other_languages(sign_in, unit, story, english):
    browser, _user = sign_in("correspondent", unit=unit)
    make_article("同日的另一篇", unit=unit, language="en", event_date=DAY)
    make_article("校庆日", event_date=DAY)  # of another unit
    make_article("上月的稿", unit=unit, event_date=date(2026, 10, 1))

    page = browser.get(address(english))

    assert [other.headline for other in page.context["found"]] == ["校庆日"]


def test_page_finds_by_words(sign_in, unit, story, english):
    browser, _user = sign_in("correspondent", unit=unit)
    make_article("上月的校庆筹备", unit=unit, event_date=date(2026, 10, 1))

    found = browser.get(address(english), {"q": "校庆 筹备"})
    none = browser.get(address(english), {"q": "没有的词"})

    assert [other.headline for other in found.context["found"]] == ["上月的校庆筹备"]
    assert "No article in another language has all of these words." in none.content.decode()


@pytest.mark.parametrize("field", ["original", "other"])
def test_article_is_tied_and_parted(sign_in, unit, story, english, field):
    browser, _user = sign_in("correspondent", unit=unit)

    tying = browser.post(address(english), {field: story.pk})
    then = tied()
    form = browser.get(address(story, "change")).content.decode()
    parting = browser.post(address(story), {"part": english.pk}, follow=True)

    assert (tying.status_code, tying.url) == (302, address(english))
    assert then == {(story.pk, story.pk), (story.pk, english.pk)}
    assert f'<a href="{address(english, "change")}">Anniversary</a> (English)' in form
    assert "“Anniversary” is no translation any more." in parting.content.decode()
    assert tied() == set()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "Please choose an article."),
        ({"other": "999999"}, "There is no such article."),
        ({"other": "x"}, "id_other_error"),
    ],
)
def test_choice_that_is_none_is_refused(sign_in, unit, english, given, reason):
    browser, _user = sign_in("correspondent", unit=unit)

    page = browser.post(address(english), given)

    assert reason in page.content.decode()
    assert tied() == set()


def test_choice_that_makes_no_sense_is_refused_and_kept(sign_in, unit, story, english):
    browser, _user = sign_in("desk editor")
    tie(english, story)
    second = make_article("Another", language="en", event_date=DAY)

    page = browser.post(address(second), {"original": story.pk})

    assert "“Anniversary” is “校庆日” in English already." in page.content.decode()
    assert f'value="{story.pk}" id="original-{story.pk}" checked' in page.content.decode()


def test_unit_ties_nothing_to_what_it_cannot_see(sign_in, unit, english):
    browser, _user = sign_in("correspondent", unit=unit)
    hidden = make_article("别的单位的")

    page = browser.post(address(english), {"other": hidden.pk})

    assert "There is no such article." in page.content.decode()
    assert "别的单位的" not in page.content.decode()
    assert tied() == set()


def test_unit_learns_nothing_of_a_translation_that_it_cannot_see(sign_in, unit, story):
    browser, _user = sign_in("correspondent", unit=unit)
    hidden = make_article("Secret", language="en")
    tie(hidden, story)

    pages = [browser.get(address(story, page)) for page in ("translations", "change")]
    parting = browser.post(address(story), {"part": hidden.pk})

    for page in pages:
        assert f"No. {hidden.pk}" in page.content.decode()
        assert "Secret" not in page.content.decode()
    assert parting.status_code == 404
    assert len(tied()) == 2


def test_who_may_not_change_an_article_is_told_why(sign_in, unit, story, english):
    browser, _user = sign_in("head")

    page = browser.get(address(english))
    answer = browser.post(address(english), {"original": story.pk})

    assert page.status_code == 403
    assert "You may read this article, but not change it." in page.content.decode()
    assert answer.status_code == 403
    assert tied() == set()


def test_form_refuses_a_language_that_is_taken(sign_in, unit, story, english):
    browser, _user = sign_in("correspondent", unit=unit)
    tie(english, story)
    form = browser.get(address(english, "change"))

    page = browser.post(address(english, "change"), form_data(form, language="zh-hans"))

    english.refresh_from_db()
    assert "“校庆日” is this article in 简体中文 already." in page.content.decode()
    assert english.language == "en"


def test_reviewer_reads_what_the_article_is_tied_to(sign_in, unit, story, english):
    browser, _user = sign_in("desk editor")
    tie(english, story)
    submit(english)

    page = browser.get(address(english, "approve")).content.decode()

    assert f'<a href="{address(story, "change")}">校庆日</a> (简体中文, original)' in page
