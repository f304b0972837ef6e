"""Photos at the desk: taken in by a form, filled from their files, and mended by people."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.actions import photos
from articles.models import Photo
from tests.articles.admin.conftest import form_data
from tests.articles.pictures import hostile
from tests.articles.pictures.notes import iptc, jpeg
from tests.articles.pictures.scenes import scene
from tests.factories import NOON, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("name", hostile.FILES)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_hostile_file_is_a_photo_or_a_form_error(sign_in, name):
    browser, _user = sign_in("desk editor")
    make, wanted = hostile.FILES[name]

    answer = browser.post(
        "/admin/articles/photo/add/", {"picture": SimpleUploadedFile(name, make())}
    )

    taken = answer.status_code == 302
    assert (taken, Photo.objects.exists()) == (wanted == hostile.TAKEN,) * 2
    assert taken or list(answer.context["adminform"].form.errors) == ["picture"]


def test_photo_page_says_what_its_file_has_filled_in(sign_in):
    browser, _user = sign_in("desk editor")
    picture = jpeg(iptc({(2, 120): "夜间的<阅览室>", (2, 116): "校新闻中心"}))

    answer = browser.post(
        "/admin/articles/photo/add/",
        {"picture": SimpleUploadedFile("a.jpg", picture), "caption": "自习"},
        follow=True,
    )

    photo = Photo.objects.get()
    assert answer.redirect_chain == [(f"/admin/articles/photo/{photo.pk}/change/", 302)]
    assert (photo.caption, photo.rights) == ("自习", "校新闻中心")
    assert answer.content.decode().count("Read from the file (IPTC).") == 1


def test_field_that_somebody_changes_is_no_longer_from_the_file(sign_in):
    browser, user = sign_in("desk editor")
    picture = jpeg(iptc({(2, 120): "夜间的阅览室", (2, 116): "校新闻中心"}))
    photo = photos.take_in(picture, user=user, at=NOON)
    address = f"/admin/articles/photo/{photo.pk}/change/"

    browser.post(address, form_data(browser.get(address), caption="自习"))

    photo.refresh_from_db()
    assert (photo.caption, photo.filled_from) == ("自习", {"rights": "IPTC"})


def saved(number: int, **options) -> bytes:
    out = BytesIO()
    scene(number).save(out, "JPEG", **options)
    return out.getvalue()


def test_photo_that_looks_like_another_is_said_to(sign_in):
    browser, user = sign_in("desk editor")
    first = photos.take_in(saved(1), user=user, at=NOON, caption="操场晨跑")
    photos.take_in(saved(2), user=user, at=NOON, caption="礼堂灯光")

    again = SimpleUploadedFile("a.jpg", saved(1, quality=30))
    page = browser.post("/admin/articles/photo/add/", {"picture": again}, follow=True)

    text = page.content.decode()
    assert "It looks like a photo that is in the library already" in text
    assert f'<a href="/admin/articles/photo/{first.pk}/change/">' in text
    assert ("操场晨跑" in text, "礼堂灯光" in text) == (True, False)


def test_photo_of_another_unit_is_not_said_to_look_alike(sign_in):
    theirs = make_user("correspondent", unit=make_unit())
    photos.take_in(saved(1), user=theirs, at=NOON, caption="操场晨跑")
    browser, user = sign_in("correspondent", unit=make_unit())

    again = SimpleUploadedFile("a.jpg", saved(1, quality=30))
    page = browser.post("/admin/articles/photo/add/", {"picture": again}, follow=True)

    own = Photo.objects.get(uploaded_by=user)
    assert "操场晨跑" not in page.content.decode()
    assert "looks like" not in page.content.decode()
    assert list(Photo.objects.looking_like(own)) != []


def test_photo_gets_another_file_and_the_one_before_can_be_fetched(sign_in):
    browser, user = sign_in("desk editor")
    photo = photos.take_in(saved(1), user=user, at=NOON, caption="操场晨跑")
    address = f"/admin/articles/photo/{photo.pk}/change/"
    data = form_data(browser.get(address), caption="操场夜跑")

    browser.post(address, data | {"picture": SimpleUploadedFile("b.jpg", saved(2))})

    photo = Photo.objects.get()
    earlier = photo.earlier.get()
    link = f"/admin/articles/photo/{photo.pk}/original/?file={earlier.pk}"
    assert (photo.caption, photo.original.read()) == ("操场夜跑", saved(2))
    assert link in browser.get(address).content.decode()
    assert b"".join(browser.get(link)) == saved(1)
    assert browser.get(f"{link}0").status_code == 404


@pytest.mark.parametrize(
    ("picture", "reason"),
    [(b"<svg/>", "SVG files are not taken."), (saved(1), "has this file already")],
)
def test_file_that_cannot_replace_is_a_form_error_and_nothing_typed_is_lost(
    sign_in, picture, reason
):
    browser, user = sign_in("desk editor")
    photo = photos.take_in(saved(1), user=user, at=NOON, caption="操场晨跑")
    address = f"/admin/articles/photo/{photo.pk}/change/"
    data = form_data(browser.get(address), caption="操场夜跑")

    answer = browser.post(address, data | {"picture": SimpleUploadedFile("b.jpg", picture)})

    assert list(answer.context["adminform"].form.errors) == ["picture"]
    assert reason in answer.content.decode()
    assert "操场夜跑" in answer.content.decode()
    assert (Photo.objects.get().caption, photo.earlier.count()) == ("操场晨跑", 0)
