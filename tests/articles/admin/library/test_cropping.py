"""The page where a photo is cropped: by numbers here, by hand in the browser stories."""

from datetime import timedelta

import pytest

from articles.actions import photos, putting_away, writing
from articles.models import Photo
from articles.pictures.crops import Crop
from tests.articles.pictures.test_crops import has_red, two_halves
from tests.factories import NOON, make_article, make_unit, make_user, publish

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo():
    return photos.take_in(two_halves(), user=make_user("desk editor"), at=NOON, caption="操场")


def address(photo, page="crop"):
    return f"/admin/articles/photo/{photo.pk}/{page}/"


def typed(page, **changed):
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()} | changed


def test_photo_is_cropped_by_numbers_and_made_whole_again(sign_in, photo):
    browser, _user = sign_in("desk editor")
    page = browser.get(address(photo))
    assert "Show the whole picture again" not in page.content.decode()

    answer = browser.post(address(photo), typed(page, left="60", width="40"), follow=True)

    photo.refresh_from_db()
    whole = photo.whole
    told = answer.content.decode()
    assert answer.redirect_chain == [(address(photo, "change"), 302)]
    assert (photo.part, photo.width, photo.height) == (Crop(60, 0, 40, 100), 400, 600)
    assert "The whole picture stays on file" in told
    assert "400 × 600 from 60 % left, 0 % top" in told
    assert (
        f'{address(photo, "original")}?file={whole.pk}">Download the original, 1000 × 600' in told
    )

    page = browser.get(address(photo))
    assert [page.context["form"][name].value() for name in Crop._fields] == [60, 0, 40, 100]
    browser.post(address(photo), typed(page, whole="1"))

    photo.refresh_from_db()
    assert (photo.crop, photo.whole, photo.width) == (None, None, 1000)


@pytest.mark.parametrize(("ratio", "size"), [("1:1", (500, 500)), ("16:9", (1000, 562))])
def test_shape_takes_the_largest_part_inside_the_frame(sign_in, photo, ratio, size):
    browser, _user = sign_in("desk editor")
    width = "50" if ratio == "1:1" else "100"

    browser.post(address(photo), typed(browser.get(address(photo)), ratio=ratio, width=width))

    photo.refresh_from_db()
    assert (photo.width, photo.height) == pytest.approx(size, abs=1)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"width": "10", "height": "10"}, "has 100 × 60 pixels only"),
        ({"left": "50"}, "reaches over the edge"),
        ({}, "shows just this part already"),
        ({"seen": "0"}, "Somebody gave this photo another file meanwhile"),
    ],
)
def test_part_that_cannot_be_shown_is_refused_with_what_was_typed(sign_in, photo, changed, reason):
    browser, _user = sign_in("desk editor")
    typed_in = typed(browser.get(address(photo)), **changed)
    if "seen" in changed:
        typed_in |= {"left": "60", "width": "40"}

    answer = browser.post(address(photo), typed_in)

    assert (answer.status_code, reason in answer.content.decode()) == (409, True)
    assert answer.context["form"]["width"].value() == str(typed_in["width"])
    assert Photo.objects.get().crop is None


@pytest.mark.parametrize("width", ["", "nan", "-1", "101", "x"])
def test_number_that_is_no_share_is_an_error_at_its_field(sign_in, photo, width):
    browser, _user = sign_in("desk editor")

    answer = browser.post(address(photo), typed(browser.get(address(photo)), width=width))

    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["width"])
    assert Photo.objects.get().crop is None


def test_page_says_where_readers_see_the_photo(sign_in, photo):
    browser, _user = sign_in("desk editor")
    nowhere = browser.get(address(photo)).content.decode()
    for headline in ("运动会", "开学典礼"):
        article = make_article(headline)
        article.photos.create(photo=photo)
        writing.finish_change(article, author=article.created_by, at=NOON)
        if headline == "运动会":
            publish(article)

    text = browser.get(address(photo)).content.decode()

    assert "Readers see this photo in no article." in nowhere
    assert "1 article that readers see, or soon will, shows this photo." in text
    assert ("运动会" in text, "开学典礼" in text) == (True, True)


def test_whole_picture_is_shown_to_whoever_sees_the_photo_at_the_desk_alone(
    sign_in, client, photo
):
    browser, _user = sign_in("desk editor")
    browser.post(address(photo), typed(browser.get(address(photo)), left="60", width="40"))
    stranger, _other = sign_in("correspondent", unit=make_unit())

    shown = browser.get(address(photo, "whole"))

    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert has_red(b"".join(shown))
    assert stranger.get(address(photo, "whole")).status_code == 404
    assert stranger.get(address(photo)).status_code == 404
    assert client.get(address(photo, "whole")).status_code == 302


def test_unit_crops_its_own_photo_until_readers_see_it(sign_in):
    unit = make_unit()
    browser, user = sign_in("correspondent", unit=unit)
    photo = photos.take_in(two_halves(), user=user, at=NOON, unit=unit)
    before = browser.get(address(photo)).status_code
    article = make_article("运动会", unit=unit)
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    publish(article)

    refused = browser.get(address(photo))

    assert (before, refused.status_code) == (200, 403)
    assert "Crop…" not in browser.get(address(photo, "change")).content.decode()


def test_desk_sees_pictures_that_readers_no_longer_get(sign_in, photo, client):
    browser, _user = sign_in("desk editor")
    article = make_article("运动会")
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    edition = publish(article)
    browser.post(address(photo), typed(browser.get(address(photo)), left="60", width="40"))
    as_of = f"/admin/articles/article/{article.pk}/as-of/?at=2026-11-20T12:00"
    before = browser.get(as_of).content.decode()
    article.editions.end(NOON + HOUR)

    putting_away.settle(at=NOON + HOUR)

    after = browser.get(as_of).content.decode()
    desks = f"{address(photo, 'whole')}?file={photo.earlier.get().pk}"
    public = photo.image.url
    assert public in edition.body
    assert [(public in page, desks in page) for page in (before, after)] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert has_red(b"".join(browser.get(desks)))
    assert browser.get(f"{address(photo, 'whole')}?file=0").status_code == 404
    assert client.get(desks).status_code == 302
