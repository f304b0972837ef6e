"""Readers get every size of a photo once it is made, and none from the second its rights end."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions import photos, writing
from articles.errands import running
from articles.models import Edition, Photo
from articles.public import showing
from tests import factories
from tests.articles.pictures.scenes import scene
from tests.articles.public.helpers import text
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
JUST = timedelta(microseconds=1)
NOTE = "This photo is no longer shown, since the rights to it have ended."


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo() -> Photo:
    return factories.make_photo("夜间的阅览室")


@pytest.fixture
def edition(photo) -> Edition:
    section = factories.make_section(slug="news")
    article = factories.make_article("图书馆夜间开放", section=section)
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    return factories.publish(article)


def seen(address: str, at=NOON + HOUR) -> str:
    with time_machine.travel(at, tick=False):
        return unescape(text(Client().get(address)))


def test_page_shows_the_whole_photo_until_its_sizes_are_made(edition, photo):
    before = seen(edition.get_absolute_url())
    ran = running.run_due(NOON + HOUR, worker="worker")
    after = seen(edition.get_absolute_url())

    photo.refresh_from_db()
    whole = f'<img src="{photo.image.url}" alt="夜间的阅览室" width="60" height="40"'
    sources = [
        f'<source type="image/{kind}" srcset="{photo.address("thumb", kind)} 60w"'
        for kind in ("avif", "webp")
    ]
    assert ran
    assert whole in before
    assert "<source" not in before
    assert [source in after for source in sources] == [True, True]
    assert f'<img src="{photo.image.url}" srcset="{photo.address("thumb", "jpeg")} 60w"' in after
    assert 'alt="夜间的阅览室" width="60" height="40" fetchpriority="high"></picture>' in after


@pytest.mark.parametrize(
    "address", ["/", "/sections/news/", "/archive/2026/11/", "/search/?q=夜间"]
)
def test_lists_show_every_size_with_its_width_and_height(edition, photo, address):
    before = seen(address)
    photos.make_renditions(photo)
    after = seen(address)

    assert 'width="60" height="40" alt=""' in before
    assert "<source" not in before
    assert f'<source type="image/avif" srcset="{photo.address("thumb", "avif")} 60w"' in after
    assert 'width="60" height="40" alt=""' in after


@pytest.mark.parametrize("address", ["/", "/sections/news/", "article"])
def test_photo_is_on_no_page_from_the_second_its_rights_end(edition, photo, address):
    end = NOON + 2 * HOUR
    Photo.objects.update(expires_at=end)
    address = edition.get_absolute_url() if address == "article" else address
    name = photo.image.url.removesuffix(".jpg")

    last, first = seen(address, end - JUST), seen(address, end)

    assert (name in last, name in first) == (True, False)
    assert "图书馆夜间开放" in first


def test_page_is_made_again_only_where_its_head_names_a_photo_that_is_gone(photo):
    other = factories.make_photo("另一张")
    article = factories.make_article("两张图的稿")
    for place, each in enumerate((photo, other)):
        article.photos.create(photo=each, position=place)
    writing.finish_change(article, author=article.created_by, at=NOON)
    address = factories.publish(article).get_absolute_url()
    seen(address)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = seen(address)
        return len(queries), page.count(NOTE), page.count('property="og:image"')

    as_made, with_all, head = asked()
    Photo.objects.filter(pk=other.pk).update(expires_at=NOON)
    without_other = asked()
    Photo.objects.update(expires_at=NOON)
    without_both = asked()

    assert (with_all, head) == (0, 1)
    assert without_other == (as_made, 1, 1)
    assert without_both[0] > as_made
    assert without_both[1:] == (2, 0)


def test_photo_leads_to_the_largest_file_that_readers_may_have(edition, photo):
    address = edition.get_absolute_url()
    whole = seen(address)
    photos.make_renditions(photo)
    made = seen(address)
    Photo.objects.update(expires_at=NOON)
    gone = seen(address)

    assert f'<a class="view" href="{photo.image.url}">' in whole
    assert f'<a class="view" href="{photo.address("full", "jpeg")}">' in made
    assert ["viewer.js" in page for page in (whole, made, gone)] == [True, True, False]
    assert 'class="view"' not in gone


def test_photo_without_words_has_a_name_as_a_link(photo):
    figure = f'<figure data-photo="{photo.pk}"><img src="{photo.image.url}" alt="{{}}"></figure>'

    found = showing.files([(photo.pk, photo.image.url)], NOON)
    bodies = [showing.body(figure.format(alt), found) for alt in ("", "阅览室")]

    assert ['aria-label="Photo"' in body.text for body in bodies] == [True, False]
    assert [body.has_pictures for body in bodies] == [True, True]


def test_article_says_that_the_rights_to_a_photo_have_ended(edition):
    end = NOON + 2 * HOUR
    Photo.objects.update(expires_at=end)

    pages = [seen(edition.get_absolute_url(), at) for at in (end - JUST, end)]
    Photo.objects.update(expires_at=end + HOUR)
    prolonged = seen(edition.get_absolute_url(), end)

    assert [NOTE in page for page in (*pages, prolonged)] == [False, True, False]
    assert ["og:image" in page for page in (*pages, prolonged)] == [True, False, True]


def test_files_are_gone_when_the_rights_end_and_kept_no_longer_before(edition, photo):
    photos.make_renditions(photo)
    addresses = [photo.image.url, photo.address("thumb", "avif")]
    free = [Client().get(address)["Cache-Control"] for address in addresses]
    end = NOON + 2 * HOUR
    Photo.objects.update(expires_at=end)

    def answers(at):
        with time_machine.travel(at, tick=False):
            found = [Client().get(address) for address in addresses]
            return [(answer.status_code, answer["Cache-Control"]) for answer in found]

    assert free == ["public, max-age=31536000, immutable"] * 2
    assert answers(end - HOUR) == [(200, "public, max-age=3600, immutable")] * 2
    assert answers(end) == [(410, "no-store")] * 2


@pytest.mark.parametrize(
    ("point", "classes"),
    [
        ("0.5x0.5", ""),
        ("0.6x0.4", ""),
        ("0.1x0.5", "focus across-0"),
        ("0.9x0.9", "focus across-100 down-100"),
    ],
)
def test_card_is_cut_around_the_focal_point(edition, point, classes):
    Photo.objects.update(focal_point=point)

    assert (f'alt="" class="{classes}"' in seen("/")) == bool(classes)
    assert ('class="focus' in seen("/")) == bool(classes)


def test_sizes_that_are_missing_are_made_by_a_command_once(photo, capsys):
    call_command("make_renditions")
    call_command("make_renditions")

    photo.refresh_from_db()
    files = [photo.image.storage.exists(name) for name in photo.public_files()]
    assert capsys.readouterr().out == ("1 photos have new sizes.\n0 photos have new sizes.\n")
    assert files == [True] * 4


def test_worker_that_died_over_the_sizes_leaves_nothing_in_the_way(photo):
    photos.make_renditions(photo)
    names = photo.public_files()
    Photo.objects.update(renditions=[])

    photos.make_renditions(Photo.objects.get())

    assert Photo.objects.get().public_files() == names


def test_edition_shows_every_size_of_the_file_it_was_published_with(edition, photo):
    photos.make_renditions(photo)
    before = seen(edition.get_absolute_url()), seen("/")
    out = BytesIO()
    scene(1).save(out, "JPEG")
    new = photos.replace(photo, out.getvalue(), user=photo.uploaded_by, at=NOON)
    photos.make_renditions(new)

    assert (seen(edition.get_absolute_url()), seen("/")) == before
    assert "avif" in before[0]

    end = NOON + 2 * HOUR
    Photo.objects.update(expires_at=end)
    assert NOTE in seen(edition.get_absolute_url(), end)
    with time_machine.travel(end, tick=False):
        assert Client().get(photo.address("thumb", "avif")).status_code == 410
