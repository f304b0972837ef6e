"""Finding photos of the library by what is known of them."""

from datetime import UTC, date, datetime

import pytest

from articles.models import Article, Photo
from tests.factories import NOON, make_article, make_person, make_photo, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def captions(found):
    return sorted(found.values_list("caption", flat=True))


def about(words, articles=None):
    articles = Article.objects.all() if articles is None else articles
    return captions(Photo.objects.about(words, articles))


def test_photos_are_found_by_each_word_that_is_known_of_them():
    person = make_person("张建国")
    person.aliases.create(name="老张")
    unit = make_unit("党委宣传部")
    make_photo("操场晨跑", photographer=person)
    make_photo("礼堂灯光", photographer_name="Lin Xi", alt="空座位")
    make_photo("图书馆", unit=unit)
    article = make_article("运动会", tags=("校庆",))
    article.photos.create(photo=make_photo("看台"))

    found = {
        words: about(words)
        for words in (
            "晨跑", "操場", "張建國", "老张", "張 晨跑", "张 灯光",
            "lin", "座位", "黨委 宣传", "校庆", "校慶", "没有",
        )
    }  # fmt: skip

    assert found == {
        "晨跑": ["操场晨跑"],
        "操場": ["操场晨跑"],
        "張建國": ["操场晨跑"],
        "老张": ["操场晨跑"],
        "張 晨跑": ["操场晨跑"],
        "张 灯光": [],
        "lin": ["礼堂灯光"],
        "座位": ["礼堂灯光"],
        "黨委 宣传": ["图书馆"],
        "校庆": ["看台"],
        "校慶": ["看台"],
        "没有": [],
    }


def test_tags_of_articles_that_are_not_seen_find_nothing():
    article = make_article("运动会", tags=("秘密",))
    article.photos.create(photo=make_photo("看台"))

    assert about("秘密") == ["看台"]
    assert about("秘密", Article.objects.none()) == []


def test_photos_are_filed_by_the_day_they_were_taken_in_the_zone_of_the_site():
    of_the_upload = make_photo("没有时间")
    taken = make_photo("除夕")
    # Half past midnight of the first of January, here.
    taken.taken_at = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    taken.save()

    def filed(first, last):
        return captions(Photo.objects.filed(first, last))

    assert filed(date(2026, 1, 1), date(2026, 1, 1)) == ["除夕"]
    assert filed(None, date(2025, 12, 31)) == []
    assert filed(date(2026, 1, 2), None) == ["没有时间"]
    assert filed(None, None) == ["没有时间", "除夕"]
    assert (of_the_upload.filed_at, taken.filed_at) == (NOON, taken.taken_at)


def test_what_a_photo_lacks_finds_it():
    used = make_photo("看台", photographer_name="林溪")
    make_article("运动会").photos.create(photo=used)
    bare = make_photo("礼堂")
    Photo.objects.filter(pk=bare.pk).update(caption="")

    assert captions(Photo.objects.unused(Article.objects.all())) == [""]
    assert captions(Photo.objects.without_caption()) == [""]
    assert captions(Photo.objects.without_photographer()) == [""]


def test_photo_that_two_articles_of_the_unit_use_is_listed_once():
    unit = make_unit()
    user = make_user("correspondent", unit=unit)
    photo = make_photo("看台", user=user, unit=unit)
    make_photo("别处的", unit=make_unit())
    for headline in ("一", "二"):
        make_article(headline, unit=unit).photos.create(photo=photo)

    assert captions(Photo.objects.visible_to(user, NOON)) == ["看台"]
