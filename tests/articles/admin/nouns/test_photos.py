"""Photos at the desk: taken in by a form, filled from their files, and mended by people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.actions import photos
from articles.models import Photo
from tests.articles.admin.conftest import form_data
from tests.articles.pictures import hostile
from tests.articles.pictures.notes import iptc, jpeg
from tests.factories import NOON

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
