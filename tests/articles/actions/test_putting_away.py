"""Files that no edition shows leave the public store, and come back with the next that does."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import Client

from articles.actions import cropping, photos, publishing, putting_away, reviewing, writing
from articles.models import EarlierFile, EditionPhoto, Photo
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


def publish_again(article, editor, at):
    """Let the article go out anew, as its photo is now."""
    desk = factories.make_user("desk editor")
    factories.change(article, by=desk, at=NOON + HOUR, headline="运动会闭幕")
    reviewing.submit(article, user=desk, at=NOON + HOUR)
    for group in ("desk editor", "chief editor"):
        article.refresh_from_db()
        reviewer, seen = factories.make_user(group), article.version_number
        reviewing.approve(article, reviewer=reviewer, seen_version=seen, at=NOON + HOUR)
    article.refresh_from_db()
    return publishing.publish(article, user=editor, at=NOON + HOUR, live_from=at)


def test_next_version_takes_the_cut_and_the_whole_leaves_when_open_pages_have_it(
    photo, editor, tmp_path
):
    article = with_photo(photo)
    factories.publish(article)
    cropped = crop(photo, TEAL_PART, editor)
    publish_again(article, editor, NOON + 2 * HOUR)
    both = {*photo.public_files(), *cropped.public_files()}

    putting_away.settle(at=NOON + 2 * HOUR)
    just_replaced = public(tmp_path)
    putting_away.settle(at=NOON + 3 * HOUR)

    shown = EditionPhoto.objects.order_by("pk").values_list("sha256", flat=True)
    assert list(shown) == [photo.sha256, cropped.sha256]
    assert (just_replaced, public(tmp_path)) == (both, set(cropped.public_files()))


@pytest.mark.parametrize("why", ["withdrawn", "rights ended"])
def test_what_must_not_be_seen_any_more_leaves_at_once(photo, editor, tmp_path, why):
    article = with_photo(photo)
    factories.publish(article)
    cropped = crop(photo, TEAL_PART, editor)
    publish_again(article, editor, NOON + 2 * HOUR)
    later = NOON + 2 * HOUR + timedelta(minutes=5)
    putting_away.settle(at=later)
    before = set(photo.public_files()) <= public(tmp_path)

    if why == "withdrawn":
        article.refresh_from_db()
        publishing.withdraw(article, user=editor, at=later, reason="图片有误")
    else:
        Photo.objects.update(expires_at=later)
    putting_away.settle(at=later)

    assert (before, public(tmp_path)) == (True, set(cropped.public_files()))


def test_edition_that_runs_on_keeps_its_files(photo, editor, tmp_path):
    article = with_photo(photo)
    factories.publish(article)
    crop(photo, TEAL_PART, editor)
    planned = publish_again(article, editor, NOON + 3 * HOUR)
    putting_away.settle(at=NOON + 2 * HOUR)
    whole = set(photo.public_files())
    while_planned = whole <= public(tmp_path)

    article.refresh_from_db()
    publishing.unschedule(
        article, user=editor, seen_edition=planned.pk, at=NOON + 2 * HOUR, reason="再等等"
    )
    putting_away.settle(at=NOON + 5 * HOUR)

    assert (while_planned, whole <= public(tmp_path)) == (True, True)


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


@pytest.fixture
def dies(monkeypatch):
    """Let a process die while it moves files: amid a copy, or before the row says so."""

    def die(step, at):
        delete, save = FileSystemStorage.delete, FileSystemStorage.save

        def save_half(store, name, content, **options):
            save(store, name, ContentFile(content.read()[:100]), **options)
            raise KeyboardInterrupt

        def delete_one(store, name):
            there = store.exists(name)
            delete(store, name)
            if there:
                raise KeyboardInterrupt

        with monkeypatch.context() as dying:
            if step == "amid a copy":
                dying.setattr(FileSystemStorage, "save", save_half)
            elif step == "amid deleting":
                dying.setattr(FileSystemStorage, "delete", delete_one)
            else:
                dying.setattr(EarlierFile, "save", lambda *_args, **_kwargs: 1 / 0)
            with pytest.raises((KeyboardInterrupt, ZeroDivisionError)):
                putting_away.settle(at=at)

    return die


STEPS = ["amid a copy", "amid deleting", "before the commit"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_needed_again", [False, True])
def test_move_that_a_dead_process_began_is_made_good(
    photo, editor, tmp_path, dies, step, is_needed_again
):
    article = with_photo(photo)
    factories.publish(article)
    crop(photo, TEAL_PART, editor)
    publishing.withdraw(article, user=editor, at=NOON + HOUR, reason="图片有误")
    names = photo.public_files()
    contents = [(tmp_path / name).read_bytes() for name in names]
    dies(step, NOON + HOUR)

    if is_needed_again:
        article.refresh_from_db()
        publishing.restore(article, user=editor, at=NOON + 2 * HOUR, reason="无误")
    putting_away.settle(at=NOON + 2 * HOUR)

    there, elsewhere = EarlierFile.objects.get().image.storage, private_storage()
    if not is_needed_again:
        there, elsewhere = elsewhere, there
    assert [there.open(name).read() for name in names] == contents
    assert [elsewhere.exists(name) for name in names] == [False] * len(names)
    assert putting_away.settle(at=NOON + 2 * HOUR) == 0


@pytest.mark.parametrize("step", STEPS)
def test_files_that_were_coming_back_when_a_process_died_do_not_stay_public(
    photo, editor, tmp_path, dies, step
):
    article = with_photo(photo)
    factories.publish(article)
    crop(photo, TEAL_PART, editor)
    publishing.withdraw(article, user=editor, at=NOON + HOUR, reason="图片有误")
    putting_away.settle(at=NOON + HOUR)
    article.refresh_from_db()
    publishing.restore(article, user=editor, at=NOON + 2 * HOUR, reason="无误")
    dies(step, NOON + 2 * HOUR)

    article.refresh_from_db()
    publishing.withdraw(article, user=editor, at=NOON + 3 * HOUR, reason="还是有误")
    putting_away.settle(at=NOON + 3 * HOUR)

    names = photo.public_files()
    assert set(names) & public(tmp_path) == set()
    assert [private_storage().exists(name) for name in names] == [True] * len(names)


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
