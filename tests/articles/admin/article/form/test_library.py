"""The library beside an open form: which photos its writer finds, and what is said of them."""

import re
from datetime import timedelta

import pytest

from articles.admin.article.form import library
from tests.factories import NOON, make_article, make_person, make_photo, make_unit

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/articles/article/library/"


def found(answer):
    """Give what stands in an answer: the photos by their captions, in their order."""
    return re.findall(r'data-caption="([^"]*)"', answer.content.decode())


def test_writers_find_what_they_may_use_newest_first(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    of_the_unit = make_photo("本单位", unit=unit, user=user)
    make_photo("外单位", unit=make_unit())
    own = make_photo("自己的", user=user)
    used = make_photo("用过的", unit=make_unit())
    make_article(unit=unit).photos.create(photo=used)

    everything = found(browser.get(LIBRARY))
    mine = found(browser.get(LIBRARY, {"mine": "on"}))
    editor = found(sign_in("desk editor")[0].get(LIBRARY))

    assert everything == [str(photo) for photo in (used, own, of_the_unit)]
    assert mine == ["自己的", "本单位"]
    assert editor == ["用过的", "自己的", "外单位", "本单位"]


def test_words_are_looked_for_in_caption_photographer_and_unit(sign_in):
    browser, _user = sign_in("desk editor")
    make_photo("开学典礼", photographer=make_person("孟小溪"))
    make_photo("开学报到", unit=make_unit("仪器学院"))
    make_photo("运动会")

    answers = {
        words: found(browser.get(LIBRARY, {"q": words}))
        for words in ("开学", "开学 孟小溪", "仪器学院", "没有")
    }

    assert answers == {
        "开学": ["开学报到", "开学典礼"],
        "开学 孟小溪": ["开学典礼"],
        "仪器学院": ["开学报到"],
        "没有": [],
    }


def test_many_photos_come_page_by_page_in_as_many_queries(
    sign_in, monkeypatch, django_assert_num_queries
):
    browser, _user = sign_in("desk editor")
    monkeypatch.setattr(library, "PER_PAGE", 2)
    for caption in "甲乙丙":
        make_photo(caption, unit=make_unit(), photographer=make_person())
    browser.get(LIBRARY)

    with django_assert_num_queries(5):
        first = browser.get(LIBRARY)
    second = browser.get(LIBRARY, {"page": "2"})

    assert (found(first), found(second)) == (["丙", "乙"], ["甲"])
    assert 'data-page="2"' in first.content.decode()
    assert 'data-page="3"' not in second.content.decode()
    assert found(browser.get(LIBRARY, {"page": "x"})) == ["丙", "乙"]
    assert found(browser.get(LIBRARY, {"page": "9" * 30})) == ["丙", "乙"]


def test_photo_is_shown_with_what_is_doubtful_about_it(sign_in):
    browser, _user = sign_in("desk editor")
    make_photo("齐全", alt="字", photographer_name="林晓")
    photo = make_photo("过期")
    photo.expires_at = NOON - timedelta(days=400)
    photo.save()

    page = browser.get(LIBRARY).content.decode()

    assert re.findall(r'<span class="flag">(.*?)</span>', page) == [
        "rights ended on 2025年10月16日",
        "nobody named as photographer",
        "no text for those who cannot see it",
    ]


def test_whoever_may_not_write_in_the_form_gets_no_photos(sign_in, unit):
    article = make_article(unit=unit)
    make_photo("馆藏")
    asked = {"article": article.pk}

    stranger = sign_in("correspondent", unit=make_unit())[0].get(LIBRARY, asked)
    head = sign_in("head")[0].get(LIBRARY, asked)
    new = sign_in("head")[0].get(LIBRARY)
    sent = sign_in("desk editor")[0].post(LIBRARY)

    assert [answer.status_code for answer in (stranger, head, new, sent)] == [404, 403, 403, 405]
