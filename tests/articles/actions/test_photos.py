from io import BytesIO

import pytest
from PIL import Image

from articles.actions import photos
from articles.models import Photo
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(made, "PNG")
    return made.getvalue()


def test_take_in_keeps_the_original_and_makes_every_size():
    user = factories.make_user("correspondent", unit=factories.make_unit())

    photo = photos.take_in(picture(), user=user, at=NOON, caption="操场")

    sizes = [photo.image.storage.exists(photo.image.process(name)) for name in ("thumb", "full")]
    assert photo.original.read() == picture()
    assert (photo.width, photo.height, photo.caption, sizes) == (80, 60, "操场", [True, True])


def test_same_picture_again_is_the_same_photo():
    user = factories.make_user("correspondent", unit=factories.make_unit())
    first = photos.take_in(picture(), user=user, at=NOON, caption="操场")

    again = photos.take_in(picture(), user=user, at=NOON, caption="别的说明")

    assert (again, again.caption) == (first, "操场")


def test_picture_of_another_unit_is_neither_taken_nor_shown():
    own, other = (
        factories.make_user("correspondent", unit=factories.make_unit()) for _ in range(2)
    )
    photo = photos.take_in(picture(), user=other, at=NOON)

    with pytest.raises(NotAllowed, match="Another unit"):
        photos.take_in(picture(), user=own, at=NOON)

    assert list(Photo.objects.all()) == [photo]


def test_head_adds_no_photos():
    with pytest.raises(NotAllowed, match="may not add photos"):
        photos.take_in(picture(), user=factories.make_user("head"), at=NOON)
