"""Files that no edition shows leave the public store, and come back with the next that does."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from articles.actions import cropping, photos, publishing, putting_away, reviewing, writing
from articles.models import EarlierFile, EditionPhoto
from articles.models.photos import private_storage
from articles.pictures.crops import WHOLE, Crop
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
    return factories.make_user("chief editor")


@pytest.fixture
def photo(editor):
    photo = photos.take_in(two_halves(), user=editor, at=NOON, caption="操场")
    photos.make_renditions(photo)
    return photo


def crop(photo, part, editor):
    cropped = cropping.crop(photo, part, seen=photo.sha256, user=editor, at=NOON + HOUR)
    photos.make_renditions(cropped)
    return cropped


def with_photo(photo):
    article = factories.make_article("运动会")
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    return article


def public(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def readers_get(name):
    return Client().get(f"/media/{name}").status_code


def test_what_was_cut_away_is_in_no_public_file_once_nothing_shows_it(photo, editor, tmp_path):
    whole = set(photo.public_files())
    assert public(tmp_path) == whole
    assert readers_get(photo.image.name) == 200

    cropped = crop(photo, TEAL_PART, editor)
    moved = putting_away.settle(at=NOON + HOUR)

    assert (moved, putting_away.settle(at=NOON + HOUR)) == (1, 0)
    assert public(tmp_path) == set(cropped.public_files())
    assert [name for name in public(tmp_path) if has_red((tmp_path / name).read_bytes())] == []
    assert readers_get(photo.image.name) == 404
    assert has_red(EarlierFile.objects.get().open_master().read())
    assert all(private_storage().exists(name) for name in whole)


def test_file_stays_public_while_an_edition_shows_it_or_will(photo, editor, tmp_path):
    article = with_photo(photo)
    factories.approve(article)
    publishing.publish(article, user=editor, at=NOON, live_from=NOON + 3 * HOUR)
    whole = set(photo.public_files())
    crop(photo, TEAL_PART, editor)

    planned = putting_away.settle(at=NOON + 2 * HOUR)
    live = putting_away.settle(at=NOON + 4 * HOUR)
    assert (planned, live, whole <= public(tmp_path)) == (0, 0, True)

    article.editions.end(NOON + 5 * HOUR)
    ended = putting_away.settle(at=NOON + 5 * HOUR)
    assert (ended, whole & public(tmp_path)) == (1, set())


def test_next_version_of_an_article_takes_the_cut_and_the_whole_leaves(photo, editor, tmp_path):
    article = with_photo(photo)
    factories.publish(article)
    cropped = crop(photo, TEAL_PART, editor)
    desk = factories.make_user("desk editor")
    factories.change(article, by=desk, at=NOON + HOUR, headline="运动会闭幕")
    reviewing.submit(article, user=desk, at=NOON + HOUR)
    for group in ("desk editor", "chief editor"):
        article.refresh_from_db()
        reviewer, seen = factories.make_user(group), article.version_number
        reviewing.approve(article, reviewer=reviewer, seen_version=seen, at=NOON + HOUR)
    publishing.publish(article, user=editor, at=NOON + 2 * HOUR)

    putting_away.settle(at=NOON + 2 * HOUR)

    shown = EditionPhoto.objects.order_by("pk").values_list("sha256", flat=True)
    assert list(shown) == [photo.sha256, cropped.sha256]
    assert public(tmp_path) == set(cropped.public_files())


def test_edition_restored_has_its_files_back_at_once(
    photo, editor, tmp_path, django_capture_on_commit_callbacks
):
    article = with_photo(photo)
    edition = factories.publish(article)
    crop(photo, TEAL_PART, editor)
    publishing.withdraw(article, user=editor, at=NOON + HOUR, reason="图片有误")
    putting_away.settle(at=NOON + HOUR)
    whole = set(photo.public_files())
    assert whole & public(tmp_path) == set()

    article.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        again = publishing.restore(article, user=editor, at=NOON + 2 * HOUR, reason="无误")

    assert (again.body, whole <= public(tmp_path)) == (edition.body, True)
    assert {private_storage().exists(name) for name in whole} == {False}
    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        assert readers_get(photo.image.name) == 200


def test_replaced_file_leaves_as_a_cropped_one_does(photo, editor, tmp_path):
    replaced = photos.replace(photo, two_halves((900, 600)), user=editor, at=NOON)

    putting_away.settle(at=NOON)

    assert public(tmp_path) == {replaced.image.name}


def test_photo_is_whole_again_after_its_files_were_put_away(photo, editor, tmp_path):
    cropped = crop(photo, TEAL_PART, editor)
    putting_away.settle(at=NOON)

    again = crop(cropped, WHOLE, editor)
    putting_away.settle(at=NOON)

    assert public(tmp_path) == set(again.public_files())
    assert again.original.read() == two_halves()


def test_move_that_a_dead_process_began_is_finished(photo, editor, tmp_path):
    crop(photo, TEAL_PART, editor)
    names = photo.public_files()
    for name in names[:2]:
        private_storage().save(name, photo.image.storage.open(name))
    photo.image.storage.delete(names[0])

    assert putting_away.settle(at=NOON) == 1
    assert [private_storage().exists(name) for name in names] == [True] * len(names)
    assert set(names) & public(tmp_path) == set()


def test_sizes_of_a_file_that_was_replaced_while_they_were_made_are_not_left(
    photo, editor, tmp_path
):
    late = photos.take_in(two_halves((800, 500)), user=editor, at=NOON)
    cropped = crop(late, Crop(60, 0, 40, 100), editor)
    photos.make_renditions(late)
    putting_away.settle(at=NOON)

    assert public(tmp_path) == {*photo.public_files(), *cropped.public_files()}


def test_settling_asks_once_however_many_files_lie_right(photo, editor, django_assert_num_queries):
    for number in range(3):
        photos.replace(photo, two_halves((900 + number, 600)), user=editor, at=NOON)
    putting_away.settle(at=NOON)

    with django_assert_num_queries(1):
        assert putting_away.settle(at=NOON) == 0


def test_editions_from_before_say_which_files_they_show(photo, editor):
    factories.publish(with_photo(photo))
    cropped = crop(photo, TEAL_PART, editor)
    factories.publish(with_photo(cropped))
    rows = EditionPhoto.objects.order_by("pk").values_list("sha256", flat=True)
    before = list(rows)
    EditionPhoto._base_manager.update(sha256="")

    migration = import_module("articles.migrations.0059_files_of_editions")
    migration.note_files(apps, None)

    assert before == [photo.sha256, cropped.sha256]
    assert list(rows) == before
