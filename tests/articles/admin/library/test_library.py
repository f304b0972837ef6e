"""The library as its list: folders, what is on a card, what it is narrowed by, and on paper."""

from datetime import datetime

import pytest

from articles.models import Photo
from tests.factories import ZONE, make_article, make_photo, make_unit, make_user

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/articles/photo/"
SHEET = "/admin/articles/photo/contact-sheet/"


def take(caption, *when, **fields):
    photo = make_photo(caption, **fields)
    if when:
        photo.taken_at = datetime(*when, tzinfo=ZONE)
        photo.save()
    return photo


def cards(page):
    return [(card.photo.caption, card.uses) for card in page.context["cards"]]


def folders(page):
    spec = page.context["cl"].filter_specs[0]
    return [
        (
            folder.title,
            folder.number,
            folder.is_chosen,
            [(inner.title, inner.number) for inner in folder.folders],
        )
        for folder in spec.choices(page.context["cl"])
    ]


def test_library_is_filed_by_year_and_month_in_the_zone_of_the_site(sign_in):
    browser, _user = sign_in("desk editor")
    take("跨年", 2026, 1, 1, 0, 30)
    take("元月", 2026, 1, 31, 23, 59)
    take("岁末", 2025, 12, 31, 23, 59)
    take("没有日期")  # came in November 2026
    take("相机忘了日期", 1980, 1, 1)

    whole = browser.get(LIBRARY)
    year = browser.get(f"{LIBRARY}?folder=2026")
    month = browser.get(f"{LIBRARY}?folder=2026-01")

    titles = [(title, number) for title, number, *_more in folders(whole)]
    assert titles[1:] == [("2026", 3), ("2025", 1), ("1980", 1)]
    assert [number for _title, number in folders(year)[1][3]] == [1, 2]
    assert [folder[2] for folder in folders(year)] == [False, True, False, False]
    assert cards(year) == [("没有日期", 0), ("元月", 0), ("跨年", 0)]
    assert cards(month) == [("元月", 0), ("跨年", 0)]


@pytest.mark.parametrize("query", ["folder=x", "folder=2026-13", "folder=99999", "from=x"])
def test_folder_that_there_is_not_shows_the_whole_library(sign_in, query):
    browser, _user = sign_in("desk editor")
    make_photo("一")

    answer = browser.get(f"{LIBRARY}?{query}", follow=True)

    assert (answer.redirect_chain, cards(answer)) == ([(f"{LIBRARY}?e=1", 302)], [("一", 0)])


def test_cards_count_the_articles_that_are_seen_and_say_what_is_missing(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    photo = take("看台", user=user, unit=unit, photographer_name="林溪", alt="看台上的人")
    for owner in (unit, unit, make_unit()):
        make_article(unit=owner).photos.create(photo=photo)
    bare = take("没有作者", 2020, 1, 1, user=user, unit=unit)
    ended = datetime(2021, 1, 1, tzinfo=ZONE)
    Photo.objects.filter(pk=bare.pk).update(caption="", expires_at=ended)

    page = browser.get(LIBRARY)

    assert cards(page) == [("看台", 2), ("", 0)]
    assert [len(card.flags) for card in page.context["cards"]] == [0, 4]


def test_library_is_narrowed_by_what_a_photo_lacks(sign_in):
    browser, user = sign_in("desk editor")
    used = take("用过的", user=user, photographer_name="林溪")
    make_article().photos.create(photo=used)
    bare, ended = take("没有说明"), take("过期的", photographer_name="林溪")
    Photo.objects.filter(pk=bare.pk).update(caption="")
    past = datetime(2021, 1, 1, tzinfo=ZONE)
    Photo.objects.filter(pk=ended.pk).update(expires_at=past)

    found = {
        which: {caption for caption, _uses in cards(browser.get(f"{LIBRARY}?which={which}"))}
        for which in ("mine", "uncaptioned", "unnamed", "unused", "ended")
    }

    assert found == {
        "mine": {"用过的"},
        "uncaptioned": {""},
        "unnamed": {""},
        "unused": {"", "过期的"},
        "ended": {"过期的"},
    }


def test_days_and_words_narrow_the_library_together(sign_in):
    browser, _user = sign_in("desk editor")
    take("运动会一", 2026, 5, 1, 8)
    take("运动会二", 2026, 5, 2, 23, 59)
    take("讲座", 2026, 5, 2, 8)

    page = browser.get(f"{LIBRARY}?q=运动会&from=2026-05-02&until=2026-05-02")

    assert cards(page) == [("运动会二", 0)]


def test_library_of_a_unit_and_its_folders_have_nothing_of_others(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    take("自己的", user=user, unit=unit)
    take("别家的", 2019, 1, 1, user=make_user("desk editor"), unit=make_unit())

    page = browser.get(LIBRARY)

    assert cards(page) == [("自己的", 0)]
    assert [title for title, *_more in folders(page)[1:]] == ["2026"]


def test_empty_library_and_empty_search_say_what_to_do(sign_in):
    browser, _user = sign_in("desk editor")
    reader, _user = sign_in("head")

    assert "Drop some above" in browser.get(LIBRARY).content.decode()
    assert "No photos yet." in reader.get(LIBRARY).content.decode()
    assert "No photo matches" in browser.get(f"{LIBRARY}?q=没有").content.decode()


def test_photo_is_still_chosen_for_a_row_from_a_plain_list(sign_in):
    browser, _user = sign_in("desk editor")
    make_photo("看台")

    page = browser.get(f"{LIBRARY}?_popup=1")

    assert "data-popup-opener" in page.content.decode()
    assert "cards" not in page.context


@pytest.mark.parametrize("number", [1, 5])
def test_library_asks_as_often_for_many_photos_as_for_one(
    sign_in, django_assert_num_queries, number
):
    browser, _user = sign_in("desk editor")
    for each in range(number):
        photo = take(f"{each}", photographer_name="", unit=make_unit())
        make_article().photos.create(photo=photo)
    browser.get(LIBRARY)

    with django_assert_num_queries(13):
        browser.get(LIBRARY)


def captions(page):
    return [photo.caption for photo in page.context["photos"]]


def test_contact_sheet_has_what_was_chosen_or_searched_or_an_article_has(sign_in, monkeypatch):
    browser, _user = sign_in("desk editor")
    one, two, three = (take(caption) for caption in ("操场一", "操场二", "礼堂"))
    article = make_article("运动会")
    article.photos.create(photo=three, position=0)
    article.photos.create(photo=one, position=1)

    chosen = browser.get(f"{SHEET}?pick={two.pk}&pick={one.pk}")
    of_article = browser.get(f"{SHEET}?article={article.pk}")
    searched = browser.get(f"{SHEET}?q=操场")

    assert captions(chosen) == ["操场二", "操场一"]
    assert captions(of_article) == ["礼堂", "操场一"]
    assert captions(searched) == ["操场二", "操场一"]
    assert "运动会" in of_article.content.decode()
    assert f"photo-{three.pk} · 2026-11-20" in of_article.content.decode()
    monkeypatch.setattr("articles.admin.library.contact_sheet.MOST", 1)
    cut = browser.get(f"{SHEET}?q=操场")
    assert (captions(cut), "Only the first 1 photos" in cut.content.decode()) == (["操场二"], True)


def test_contact_sheet_shows_nobody_what_they_may_not_see(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    secret = take("别家的", unit=make_unit())
    article = make_article(unit=make_unit())
    article.photos.create(photo=secret)

    assert captions(browser.get(f"{SHEET}?pick={secret.pk}")) == []
    assert captions(browser.get(SHEET)) == []
    assert browser.get(f"{SHEET}?article={article.pk}").status_code == 404
    assert browser.get(f"{SHEET}?article=x").status_code == 404
    assert browser.get(f"{SHEET}?folder=x").status_code == 404
