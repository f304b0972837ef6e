"""Days and characters that no database reckons with: each page says so, none breaks."""

from datetime import UTC, datetime

import pytest

from articles.models import Article, Photo
from tests.articles.admin.conftest import form_data
from tests.factories import NOON, approve, make_article, make_photo, submit

pytestmark = pytest.mark.django_db

REFUSED = "Please choose a year from 1900 to 2200."
UNFILTERED = "There is nothing of the year in the address"
LAST, FIRST = "9999-12-31T23:59:59Z", "0001-01-01T00:00"


def errors(page):
    form = page.context["adminform"].form if "adminform" in page.context else page.context["form"]
    return {name: list(said) for name, said in form.errors.items()}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2201-01-01"])
def test_event_of_another_year_is_refused_beside_its_field(sign_in, unit, day):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit)
    address = f"/admin/articles/article/{article.pk}/change/"

    refused = browser.post(address, form_data(browser.get(address), headline="新", event_date=day))

    article.refresh_from_db()
    assert (errors(refused), article.headline) == ({"event_date": [REFUSED]}, "旧题")


@pytest.mark.parametrize("at", [LAST, FIRST, "9999-12-31T23:59:59-12:00"])
def test_photo_of_another_year_is_refused_beside_its_field(sign_in, unit, at):
    browser, user = sign_in("desk editor")
    photo = make_photo(user=user, unit=unit)
    address = f"/admin/articles/photo/{photo.pk}/change/"

    refused = browser.post(
        address, form_data(browser.get(address), taken_at=at, expires_at=at, picture="")
    )

    assert errors(refused) == {"taken_at": [REFUSED], "expires_at": [REFUSED]}
    assert Photo.objects.get().taken_at is None


@pytest.mark.parametrize(
    ("verb", "field"), [("embargo", "until"), ("publish", "live_from"), ("publish", "expires_at")]
)
def test_verb_for_another_year_is_refused_beside_its_field(sign_in, unit, verb, field):
    browser, _user = sign_in("chief editor")
    article = approve(make_article(unit=unit))
    typed = {"version": 1, "note": "校办", field: LAST}

    refused = browser.post(f"/admin/articles/article/{article.pk}/{verb}/", typed)

    article.refresh_from_db()
    assert errors(refused) == {field: [REFUSED]}
    assert (article.status, article.embargo_until) == (Article.Status.APPROVED, None)


def test_latest_year_of_the_desk_is_taken(sign_in, unit):
    browser, _user = sign_in("chief editor")
    article = make_article(unit=unit)
    typed = {"version": 1, "note": "校办", "until": "2200-12-31T23:59:59Z"}

    browser.post(f"/admin/articles/article/{article.pk}/embargo/", typed)

    article.refresh_from_db()
    assert article.embargo_until == datetime(2200, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert browser.get(f"/admin/articles/article/{article.pk}/change/").status_code == 200


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59.5", FIRST])
@pytest.mark.parametrize("whose", ["article/{}/", "edition/"])
def test_moment_of_another_year_is_refused_and_now_is_shown(sign_in, unit, whose, at):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)

    page = browser.get(f"/admin/articles/{whose.format(article.pk)}as-of/", {"at": at})

    assert (page.status_code, errors(page)) == (200, {"at": [REFUSED]})


@pytest.mark.parametrize(
    ("of", "asked"),
    [
        ("logentry", "from=0001-01-01"),
        ("logentry", "until=9999-12-31"),
        ("logentry", "at__year=9999&at__month=12"),
        ("logentry", "at__year=0"),
        ("photo", "taken_at__gte=0001-01-01&taken_at__lt=9999-12-31"),
        ("photo", "taken_at__gte=0001-01-01+00%3A00%3A00%2B08%3A00"),
    ],
)
def test_list_of_another_year_is_shown_whole_and_says_so(sign_in, of, asked):
    browser, _user = sign_in("desk editor")

    page = browser.get(f"/admin/articles/{of}/?{asked}", follow=True)

    assert page.redirect_chain == [(f"/admin/articles/{of}/?e=1", 302)]
    assert UNFILTERED in page.content.decode()


def test_search_for_an_old_day_is_a_search(sign_in):
    browser, _user = sign_in("desk editor")

    page = browser.get("/admin/articles/article/?q=0001-01-01")

    assert page.status_code == 200
    assert UNFILTERED not in page.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "logentry/?who=%00",
        "logentry/?did=%00",
        "edition/as-of/?q=%00",
        "article/?headline__contains=%00",
        "errand/?last_error=%00",
    ],
)
def test_address_with_a_character_that_no_text_has_is_refused(sign_in, asked):
    browser, _user = sign_in("desk editor", "administrator")

    page = browser.get(f"/admin/articles/{asked}")

    assert page.status_code == 400
    assert "This address is not whole." in page.content.decode()


@pytest.mark.parametrize("at", [LAST, "0001-01-01T00:00:00+12:00"])
def test_text_of_another_year_is_checked_and_kept(sign_in, unit, at):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    address = f"/admin/articles/article/{article.pk}/change/"
    typed = form_data(browser.get(address), event_date=at[:10], displayed_at=at)
    about = typed | {"article": article.pk, "typist": user.pk, "keep": "1"}

    checked = browser.post("/admin/articles/article/checks/", about)
    kept = browser.post("/admin/articles/article/autosave/", about | {"headline": "新"})
    again = browser.get(address)

    assert (checked.status_code, kept.status_code, again.status_code) == (200, 200, 200)
    assert len(again.context["offers"]) == 1


@pytest.mark.parametrize("length", [2000, 2001])
def test_remark_is_no_longer_than_a_mail_carries(sign_in, unit, length):
    browser, _user = sign_in("desk editor")
    article = submit(make_article(unit=unit), at=NOON)
    typed = {"version": 1, "remark": "核" * length}

    browser.post(f"/admin/articles/article/{article.pk}/return/", typed)

    article.refresh_from_db()
    assert (article.status == Article.Status.RETURNED) == (length == 2000)


def test_reason_that_no_column_holds_is_no_reason(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = submit(make_article(unit=unit), at=NOON)
    typed = {"version": 1, "reasons": ["9" * 30], "remark": "请核实"}

    refused = browser.post(f"/admin/articles/article/{article.pk}/return/", typed)

    article.refresh_from_db()
    assert list(errors(refused)) == ["reasons"]
    assert article.status == Article.Status.IN_REVIEW
