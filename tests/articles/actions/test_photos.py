from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from articles.actions import photos
from articles.models import Photo
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.articles.pictures.notes import iptc, jpeg
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(made, "PNG")
    return made.getvalue()


def test_take_in_keeps_the_original_and_a_picture_for_readers():
    user = factories.make_user("correspondent", unit=factories.make_unit())

    photo = photos.take_in(picture(), user=user, at=NOON, caption="操场")

    photos.make_renditions(photo)
    there = [photo.image.storage.exists(name) for name in photo.public_files()]
    assert photo.original.read() == picture()
    assert (photo.width, photo.height, photo.caption, there) == (80, 60, "操场", [True] * 4)


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


def filled(photo: Photo) -> dict[str, object]:
    fields = ("caption", "photographer", "photographer_name", "rights", "taken_at", "filled_from")
    return {field: getattr(photo, field) for field in fields}


def photo_with_notes() -> bytes:
    texts = {120: "夜间的阅览室", 80: "林晓", 116: "校新闻中心", 55: "20261008"}
    return jpeg(iptc({(2, number): text for number, text in texts.items()}))


def test_notes_of_the_file_fill_what_nobody_typed():
    photo = photos.take_in(photo_with_notes(), user=factories.make_user("desk editor"), at=NOON)

    assert filled(Photo.objects.get(pk=photo.pk)) == {
        "caption": "夜间的阅览室",
        "photographer": None,
        "photographer_name": "林晓",
        "rights": "校新闻中心",
        "taken_at": datetime(2026, 10, 8, tzinfo=factories.ZONE),
        "filled_from": dict.fromkeys(
            ("caption", "photographer_name", "rights", "taken_at"), "IPTC"
        ),
    }


def test_notes_of_the_file_change_nothing_that_was_typed():
    photo = photos.take_in(
        photo_with_notes(),
        user=factories.make_user("desk editor"),
        at=NOON,
        caption="自习",
        photographer_name="周宁",
    )

    assert (photo.caption, photo.photographer_name, set(photo.filled_from)) == (
        "自习", "周宁", {"rights", "taken_at"},
    )  # fmt: skip


@pytest.mark.parametrize(("homonyms", "linked"), [(0, False), (1, True), (2, False)])
def test_photographer_is_linked_to_the_only_person_of_the_name(homonyms, linked):
    people = [factories.make_person("林晓") for _ in range(homonyms)]

    photo = photos.take_in(photo_with_notes(), user=factories.make_user("desk editor"), at=NOON)

    assert photo.credit == "林晓"
    assert photo.photographer == (people[0] if linked else None)
    assert ("photographer" in photo.filled_from) is linked


def test_printed_name_is_kept_where_the_person_is_known_under_another():
    person = factories.make_person("林晓梅")
    person.aliases.create(name="林晓")

    photo = photos.take_in(photo_with_notes(), user=factories.make_user("desk editor"), at=NOON)

    assert (photo.photographer, photo.photographer_name, photo.credit) == (person, "林晓", "林晓")
