"""Whoever took the photos of an article is credited, unless its writer declines."""

import pytest

from articles.actions import writing
from articles.actions.photographers import Choice
from articles.models import Credit, Role
from tests.factories import NOON, make_article, make_person, make_photo

pytestmark = pytest.mark.django_db


def save(article, *photos, **choice):
    """Save an article with these photos, the first of them as a figure of the text."""
    article.body = "".join(
        f'<figure><img data-file="{photo.pk}"></figure>' for photo in photos[:1]
    )
    article.save()
    article.photos.exclude(photo__in=photos).delete()
    for photo in photos[1:]:
        article.photos.get_or_create(photo=photo)
    chosen = Choice(**{name: frozenset(photo.pk for photo in of) for name, of in choice.items()})
    writing.finish_change(article, author=article.created_by, at=NOON, photographers=chosen)
    credited = article.credits.filter(role=Role.PHOTOGRAPHER).order_by("position")
    return list(credited.values_list("name", "person"))


@pytest.fixture
def article():
    return make_article(credit="李明远")


def test_one_photographer_of_three_photos_is_credited_once(article):
    person = make_person("孟小溪")
    photos = [
        make_photo(photographer=person),
        make_photo(photographer=person),
        make_photo(photographer_name="孟小溪"),
        make_photo(photographer_name="林晓"),
        make_photo(),
    ]

    assert save(article, *photos) == [("孟小溪", person.pk), ("林晓", None)]
    assert save(article, *photos) == [("孟小溪", person.pk), ("林晓", None)]


def test_typed_credit_of_the_same_name_or_person_is_enough(article):
    person, other = make_person("孟小溪"), make_person("周远帆")
    typed = {"article": article, "role": Role.PHOTOGRAPHER}
    Credit.objects.create(name="小孟孟", person=person, position=1, **typed)
    Credit.objects.create(name="周远帆", position=2, **typed)

    found = save(article, make_photo(photographer=person), make_photo(photographer=other))

    assert found == [("小孟孟", person.pk), ("周远帆", None)]


def test_whoever_is_declined_stays_so_until_asked_for(article):
    photo, more = make_photo(photographer_name="林晓"), make_photo(photographer_name="林晓")
    text = make_photo()

    assert save(article, text, photo, declined=[photo]) == []
    assert save(article, text, photo, more) == []
    assert save(article, text, photo, more, accepted=[photo]) == [("林晓", None)]


def test_whoever_was_taken_off_is_not_put_in_again(article):
    photo = make_photo(photographer_name="林晓")
    save(article, photo)
    article.credits.filter(name="林晓").delete()

    assert save(article, photo, make_photo()) == []


def test_new_photographer_of_a_photo_is_credited_beside_the_one_before(article):
    photo = make_photo(photographer_name="林晓")
    save(article, photo)
    photo.photographer_name = "孟小溪"
    photo.save()

    assert save(article, photo) == [("林晓", None), ("孟小溪", None)]


def test_photo_that_is_taken_out_takes_nobody_off(article):
    one, other = make_photo(photographer_name="林晓"), make_photo(photographer_name="孟小溪")
    save(article, one, other)

    assert sorted(save(article, other)) == [("孟小溪", None), ("林晓", None)]


def test_photographers_stand_together(article):
    for position, (role, name) in enumerate(
        [(Role.PHOTOGRAPHER, "林晓"), (Role.REVIEWER, "柯以彤")], start=1
    ):
        Credit.objects.create(article=article, role=role, name=name, position=position)

    save(article, make_photo(photographer_name="孟小溪"))

    in_order = article.credits.order_by("position", "pk").values_list("role", "name")
    assert list(in_order) == [
        (Role.AUTHOR, "李明远"),
        (Role.PHOTOGRAPHER, "林晓"),
        (Role.PHOTOGRAPHER, "孟小溪"),
        (Role.REVIEWER, "柯以彤"),
    ]


def test_changes_that_nobody_was_asked_about_credit_nobody(article):
    photo = make_photo(photographer_name="林晓")
    article.photos.create(photo=photo)

    writing.finish_change(article, author=article.created_by, at=NOON)

    assert not article.credits.filter(role=Role.PHOTOGRAPHER).exists()
