"""Cropping keeps the whole picture private, and what is published as it was approved."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from articles import rendering
from articles.actions import cropping, photos, writing
from articles.models import EarlierFile, LogEntry, Photo
from articles.pictures import PictureRefused
from articles.pictures.crops import WHOLE, Crop
from articles.public import showing
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.articles.pictures.test_crops import has_red, two_halves
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TEAL_PART = Crop(60, 0, 40, 100)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor():
    return factories.make_user("desk editor")


@pytest.fixture
def photo(editor):
    return photos.take_in(two_halves(), user=editor, at=NOON, caption="操场")


def crop(photo, part, user, at=NOON + HOUR):
    return cropping.crop(photo, part, seen=photo.sha256, user=user, at=at)


def public_bytes(photo):
    storage = photo.image.storage
    return [storage.open(name).read() for name in photo.public_files()]


def test_no_public_file_of_a_cropped_photo_has_what_was_cut_away(photo, editor):
    photos.make_renditions(photo)
    before = [has_red(data) for data in public_bytes(photo)]

    cropped = crop(photo, TEAL_PART, editor)
    photos.make_renditions(cropped)

    made = public_bytes(cropped)
    sizes = {Image.open(BytesIO(data)).size for data in made}
    assert (len(before), set(before)) == (13, {True})
    assert (len(made), {has_red(data) for data in made}) == (7, {False})
    assert sizes == {(400, 600), (320, 480)}
    assert (cropped.width, cropped.height, cropped.original_width) == (400, 600, 400)
    assert not has_red(cropped.original.read())


def test_whole_picture_stays_on_file_and_comes_back(photo, editor):
    look = photo.look
    cropped = crop(photo, TEAL_PART, editor)
    whole = EarlierFile.objects.get()
    narrower = crop(cropped, Crop(55, 10, 45, 80), editor)
    assert (narrower.whole, narrower.look) == (whole, look)
    assert narrower.part == Crop(55, 10, 45, 80)
    assert Image.open(BytesIO(narrower.original.read())).size == (450, 480)

    again = crop(narrower, WHOLE, editor)

    again.refresh_from_db()
    assert (again.original.read(), again.whole, again.crop) == (two_halves(), None, None)
    assert (again.width, again.height, again.look, again.caption) == (1000, 600, look, "操场")
    kept = EarlierFile.objects.order_by("pk").values_list("crop", flat=True)
    assert list(kept) == [None, [60, 0, 40, 100], [55, 10, 45, 80]]


def test_part_chosen_again_is_the_same_file(photo, editor):
    first = crop(photo, TEAL_PART, editor)
    sha256 = first.sha256
    again = crop(crop(first, WHOLE, editor), TEAL_PART, editor)

    assert again.sha256 == sha256
    assert again.image.name != EarlierFile.objects.get(sha256=sha256).image.name


@pytest.mark.parametrize(
    ("point", "inside", "back"),
    [((80, 20), (50, 20), (80, 20)), ((10, 20), (50, 50), (80, 50))],
)
def test_focal_point_keeps_its_place_in_the_picture(photo, editor, point, inside, back):
    photo.put_focus(*point)
    photo.save()

    cropped = crop(photo, TEAL_PART, editor)
    assert cropped.focus_in_percent == inside
    assert crop(cropped, WHOLE, editor).focus_in_percent == back


def test_edition_keeps_its_picture_and_its_focal_point_until_a_version_has_the_crop(photo, editor):
    photo.put_focus(75, 0)
    photo.save()
    article = factories.make_article("运动会")
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    edition = factories.publish(article)
    old = photo.image.url

    cropped = crop(photo, TEAL_PART, editor)
    shown = showing.files([(photo.pk, old), (photo.pk, cropped.image.url)], NOON + HOUR).shown
    focuses = [shown[photo.pk, src].focus for src in (old, cropped.image.url)]
    again = rendering.body(edition.version.snapshot)
    writing.finish_change(article, author=editor, at=NOON + 2 * HOUR)
    following = rendering.body(article.versions.order_by("-number")[0].snapshot)

    assert focuses == ["focus across-75 down-0", "focus down-0"]
    assert [(old in text, cropped.image.url in text) for text in (again, following)] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_log_says_who_cropped_from_what_to_what(photo, editor):
    cropped = crop(photo, TEAL_PART, editor)
    crop(cropped, WHOLE, editor, at=NOON + 2 * HOUR)

    entries = LogEntry.objects.filter(subject_id=photo.pk).order_by("pk")
    assert list(entries.values_list("actor", "at", "detail")) == [
        (
            editor.pk,
            NOON + HOUR,
            "crop: whole picture, 1000 × 600 → 400 × 600 from 60 % left, 0 % top",
        ),
        (
            editor.pk,
            NOON + 2 * HOUR,
            "crop: 400 × 600 from 60 % left, 0 % top → whole picture, 1000 × 600",
        ),
    ]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (WHOLE, "shows just this part already"),
        (Crop(50, 50, 60, 10), "over the edge"),
        (Crop(0, 0, 10, 10), "100 × 60 pixels only"),
    ],
)
def test_part_that_cannot_be_shown_is_refused_and_nothing_changes(photo, editor, part, reason):
    with pytest.raises((NotAllowed, PictureRefused), match=reason):
        crop(photo, part, editor)

    assert Photo.objects.get().sha256 == photo.sha256
    assert not EarlierFile.objects.exists()
    assert not LogEntry.objects.filter(action=LogEntry.Action.EDITED).exists()


def test_crop_of_a_file_that_a_colleague_has_replaced_is_refused(photo, editor):
    seen = photo.sha256
    photos.replace(photo, two_halves((900, 600)), user=editor, at=NOON)

    with pytest.raises(NotAllowed, match="another file meanwhile"):
        cropping.crop(Photo.objects.get(), TEAL_PART, seen=seen, user=editor, at=NOON)


def test_photo_that_one_may_not_change_is_not_cropped(photo):
    unit = factories.make_unit()
    with pytest.raises(NotAllowed, match="not your unit's"):
        crop(photo, TEAL_PART, factories.make_user("correspondent", unit=unit))


def test_another_file_is_whole(photo, editor):
    cropped = crop(photo, TEAL_PART, editor)

    replaced = photos.replace(cropped, two_halves((900, 600)), user=editor, at=NOON)

    assert (replaced.whole, replaced.part) == (None, WHOLE)


def test_whole_file_uploaded_again_is_the_photo_that_was_cropped(photo, editor):
    crop(photo, TEAL_PART, editor)

    again = photos.take_in(two_halves(), user=editor, at=NOON)
    alike = photos.take_in(two_halves(quality=60), user=editor, at=NOON)

    assert again == photo
    assert list(Photo.objects.looking_like(alike)) == [photo]


def test_part_that_another_photo_shows_is_refused(photo, editor):
    twin = photos.take_in(two_halves() + b"notes", user=editor, at=NOON, caption="操场，另一份")
    crop(photo, TEAL_PART, editor)

    with pytest.raises(NotAllowed, match="another photo: 操场"):
        crop(twin, TEAL_PART, editor)

    assert (Photo.objects.get(pk=twin.pk).crop, twin.earlier.count()) == (None, 0)
