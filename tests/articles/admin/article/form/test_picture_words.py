"""What the library knows of a figure's pictures, read and changed beside an open form."""

import pytest

from articles.actions import photos
from articles.models import LogEntry, Photo
from tests.factories import make_article, make_person, make_photo, make_unit

pytestmark = pytest.mark.django_db

WORDS = "/admin/articles/article/picture-words/"


def said(*pictures, **values):
    """Give what a browser would send of pictures that are as they were last read."""
    seen = {f"{photo.pk}-seen": photos.mark(photo, photos.WHOSE) for photo in pictures}
    return (
        {"photo": [photo.pk for photo in pictures]}
        | seen
        | {f"{photo.pk}-{name}": value for photo in pictures for name, value in values.items()}
    )


def whose(photo):
    photo.refresh_from_db()
    return photo.photographer, photo.photographer_name, photo.unit


def test_unit_says_who_took_its_photo_and_the_log_has_it(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    person = make_person("孟小溪")
    photo = make_photo("校门", user=user, unit=unit, photographer_name="林晓")
    other = make_unit()

    page = browser.get(WORDS, {"photo": photo.pk}).content.decode()
    answer = browser.post(WORDS, said(photo, photographer="孟小溪", unit=other.pk))

    assert 'value="林晓"' in page
    assert "-unit" not in page
    assert answer.json() == {"saved": 1}
    assert whose(photo) == (person, "", unit)
    entry = LogEntry.objects.filter(action=LogEntry.Action.EDITED).get()
    assert (entry.actor, entry.subject_id) == (user, photo.pk)
    assert "孟小溪" in entry.detail


def test_desk_says_which_unit_a_photo_is_of_and_a_name_of_two_stays_a_name(sign_in):
    browser, _user = sign_in("desk editor")
    pictures = [make_photo(), make_photo()]
    unit = make_unit()
    make_person("周远帆", home_unit=unit)
    make_person("周远帆", home_unit=make_unit())

    browser.post(WORDS, said(*pictures, photographer="周远帆", unit=unit.pk))
    browser.post(WORDS, said(*pictures, photographer="周远帆", unit=unit.pk))

    assert [whose(photo) for photo in pictures] == [(None, "周远帆", unit)] * 2
    assert LogEntry.objects.filter(action=LogEntry.Action.EDITED).count() == 2


def test_photo_of_others_is_shown_with_the_reason_and_not_changed(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    photo = make_photo("外单位", unit=make_unit(), photographer_name="林晓")
    make_article(unit=unit).photos.create(photo=photo)
    unseen = make_photo("看不见", unit=make_unit())
    reason = "This photo is not your unit's. Please ask the desk to change it."

    page = browser.get(WORDS, {"photo": [photo.pk, unseen.pk, "x"]}).content.decode()
    answer = browser.post(WORDS, said(photo, unseen, photographer="别人"))

    assert "外单位" in page
    assert "看不见" not in page
    assert reason.replace("'", "&#x27;") in page
    assert (answer.status_code, answer.json()) == (403, {"reason": reason})
    assert list(Photo.objects.order_by("pk").values_list("photographer_name", flat=True)) == [
        "林晓",
        "",
    ]


def test_what_a_colleague_said_meanwhile_is_not_written_over_unseen(sign_in):
    browser, _user = sign_in("desk editor")
    colleague, _other = sign_in("desk editor")
    photo, other = make_photo("校门"), make_photo("礼堂")
    mine = said(photo, other, photographer="林晓")
    colleague.post(WORDS, said(photo, photographer="孟小溪"))

    answer = browser.post(WORDS, mine)

    told = answer.json()
    assert answer.status_code == 409
    assert "now it says: 孟小溪." in told["reason"]
    assert [whose(one)[1] for one in (photo, other)] == ["孟小溪", ""]
    assert browser.post(WORDS, mine | told["seen"]).json() == {"saved": 2}
    assert [whose(one)[1] for one in (photo, other)] == ["林晓", "林晓"]


def test_too_long_a_name_is_said_and_nothing_is_saved(sign_in):
    browser, _user = sign_in("desk editor")
    one, two = make_photo("甲"), make_photo("乙")
    sent = said(one, two, photographer="林晓") | {f"{two.pk}-photographer": "名" * 101}

    answer = browser.post(WORDS, sent)

    assert answer.status_code == 400
    assert answer.json()["reason"].startswith("乙: ")
    assert whose(one) == (None, "", None)


def test_whoever_may_not_write_in_the_form_learns_nothing(sign_in, unit):
    article = make_article(unit=unit)
    photo = make_photo("馆藏")
    asked = {"article": article.pk, "photo": photo.pk}

    answers = [
        sign_in("correspondent", unit=make_unit())[0].get(WORDS, asked),
        sign_in("head")[0].get(WORDS, asked),
        sign_in("head")[0].post(WORDS, said(photo, photographer="林晓")),
    ]

    assert [answer.status_code for answer in answers] == [404, 403, 403]
    assert whose(photo) == (None, "", None)
