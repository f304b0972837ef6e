"""Which photos an edition shows is written down when it is made."""

import pytest

from articles.actions import writing
from articles.models import EditionPhoto
from tests.factories import NOON, make_article, make_photo, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def shown():
    return list(
        EditionPhoto.objects.order_by("edition", "position").values_list("photo", "position")
    )


def test_edition_says_which_photos_it_shows_the_first_of_the_article_first():
    placed, lead, inside = make_photo(), make_photo(), make_photo()
    article = make_article(body=f'<p>甲</p><figure><img data-file="{inside.pk}"></figure>')
    article.photos.create(photo=lead, position=0, paragraph=1)
    article.photos.create(photo=placed, position=1, paragraph=0)
    writing.finish_change(article, author=article.created_by, at=NOON)

    publish(article)

    assert shown() == [(lead.pk, 0), (placed.pk, 1), (inside.pk, 2)]
