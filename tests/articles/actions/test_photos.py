from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError
from PIL import Image

from articles import rendering
from articles.actions import photos, writing
from articles.models import EarlierFile, Errand, LogEntry, Photo
from articles.pictures import looks
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.articles.pictures.notes import iptc, jpeg
from tests.articles.pictures.scenes import scene
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


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

    with pytest.raises(NotAllowed, match="where you do not see it"):
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


def saved(number: int, **options) -> bytes:
    out = BytesIO()
    scene(number).save(out, "JPEG", **options)
    return out.getvalue()


def test_photos_that_look_alike_are_found_and_no_others():
    user = factories.make_user("desk editor")
    first, again, _other = (
        photos.take_in(data, user=user, at=NOON)
        for data in (saved(1, quality=90), saved(1, quality=30), saved(2))
    )
    plain = [factories.make_photo(), factories.make_photo()]

    assert list(Photo.objects.looking_like(first)) == [again]
    assert list(Photo.objects.looking_like(again)) == [first]
    assert [list(Photo.objects.looking_like(photo)) for photo in plain] == [[], []]


@pytest.mark.parametrize("bits", [0b1010101, 0b11 << 14 | 0b11 << 30 | 0b11 << 46 | 1 << 62, 255])
def test_every_photo_within_the_distance_is_found(bits):
    one, other = factories.make_photo(), factories.make_photo()
    one.look, other.look = 0xFFFF_0000_FFFF_0000, 0xFFFF_0000_FFFF_0000 ^ bits
    one.save()
    other.save()

    alike = bits.bit_count() <= looks.ALIKE
    assert list(Photo.objects.looking_like(one)) == [other] * alike


def test_looking_for_alikes_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    photo = factories.make_photo()
    Photo.objects.update(look_1=1, look_2=2, look_3=3, look_4=4)
    photo.refresh_from_db()
    for number in (1, 5):
        for _ in range(number):
            other = factories.make_photo()
            other.look = photo.look
            other.save()
        with django_assert_num_queries(2):
            found = list(Photo.objects.looking_like(photo))
        assert found == list(Photo.objects.exclude(pk=photo.pk))


@pytest.fixture
def published():
    """Publish an article with a photo and give both."""
    editor = factories.make_user("desk editor")
    photo = photos.take_in(saved(1), user=editor, at=NOON, caption="操场")
    article = factories.make_article("运动会")
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    return editor, photo, factories.publish(article)


def test_another_file_keeps_the_photo_its_words_and_the_file_before(published):
    editor, photo, _edition = published
    photos.make_renditions(photo)
    before = Photo.objects.get()

    photos.replace(photo, saved(2), user=editor, at=NOON + HOUR)

    after, earlier = Photo.objects.get(), EarlierFile.objects.get()
    assert (after.pk, after.caption, after.original.read()) == (before.pk, "操场", saved(2))
    assert (after.sha256 != before.sha256, after.renditions) == (True, [])
    assert earlier.original.open().read() == saved(1)
    same = ("sha256", "width", "height", "renditions", "image", "original")
    assert [getattr(earlier, name) for name in same] == [getattr(before, name) for name in same]
    assert (earlier.replaced_by, earlier.replaced_at) == (editor, NOON + HOUR)
    assert LogEntry.objects.filter(
        subject_id=photo.pk, actor=editor, detail="another file"
    ).exists()
    assert Errand.objects.filter(kind="make renditions", key=after.image.name).exists()


def test_edition_shows_the_file_that_was_approved_until_a_version_has_the_new_one(published):
    editor, photo, edition = published
    old = photo.image.url
    new = photos.replace(photo, saved(2), user=editor, at=NOON + HOUR).image.url

    again = rendering.body(edition.version.snapshot)
    writing.finish_change(edition.article, author=editor, at=NOON + 2 * HOUR)
    next_version = rendering.body(edition.article.versions.order_by("-number")[0].snapshot)

    def shown(text: str) -> tuple[bool, bool]:
        return old in text, new in text

    assert [shown(text) for text in (edition.body, again, next_version)] == [
        (True, False), (True, False), (False, True),
    ]  # fmt: skip


def test_file_that_is_another_photo_or_the_same_is_refused(published):
    editor, photo, _edition = published
    other = photos.take_in(saved(3), user=editor, at=NOON)
    other.caption = "礼堂"
    other.save()

    with pytest.raises(NotAllowed, match="as another photo: 礼堂"):
        photos.replace(photo, saved(3), user=editor, at=NOON)
    with pytest.raises(NotAllowed, match="has this file already"):
        photos.replace(photo, saved(1), user=editor, at=NOON)

    assert not EarlierFile.objects.exists()


def test_earlier_file_uploaded_again_is_the_photo_that_had_it(published):
    editor, photo, _edition = published
    photos.replace(photo, saved(2), user=editor, at=NOON)

    assert photos.take_in(saved(1), user=editor, at=NOON) == photo
    assert photos.replace(photo, saved(1), user=editor, at=NOON).original.read() == saved(1)
    assert EarlierFile.objects.count() == 2


def test_file_that_comes_twice_at_once_is_one_photo_and_added_once(monkeypatch):
    first, second = (factories.make_user("desk editor") for _ in range(2))
    develop = photos.apart.take_in

    def while_another_sends_it(data):
        taken = develop(data)
        if not Photo.objects.exists():
            monkeypatch.setattr(photos.apart, "take_in", develop)
            photos.receive(data, user=first, at=NOON)
        return taken

    monkeypatch.setattr(photos.apart, "take_in", while_another_sends_it)
    photo, is_new = photos.receive(picture(), user=second, at=NOON)

    added = LogEntry.objects.filter(action=LogEntry.Action.ADDED, subject_id=photo.pk)
    assert (Photo.objects.get(), photo.uploaded_by, is_new) == (photo, first, False)
    assert [entry.actor for entry in added] == [first]


def test_files_of_a_photo_that_somebody_else_just_sent_are_deleted(monkeypatch):
    user = factories.make_user("desk editor")
    known = photos.take_in(picture(), user=user, at=NOON)
    saved_names: list[str] = []
    monkeypatch.setattr(photos, "on_file", lambda *_args, **_kwargs: None)
    save = Photo.save

    def remember(photo, **kwargs):
        saved_names.extend((photo.original.name, photo.image.name))
        save(photo, **kwargs)

    monkeypatch.setattr(Photo, "save", remember)
    with pytest.raises(IntegrityError):
        photos.take_in(picture(), user=user, at=NOON)

    storage = {"original": known.original.storage, "image": known.image.storage}
    lost = [storage["original"].exists(saved_names[0]), storage["image"].exists(saved_names[1])]
    kept = [file.storage.exists(file.name) for file in (known.original, known.image)]
    assert (lost, kept) == ([False, False], [True, True])
