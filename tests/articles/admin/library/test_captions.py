"""Many photos captioned in one form."""

import pytest

from articles.actions import photos, writing
from articles.models import LogEntry, Photo
from articles.rights import photos as rights
from tests.articles.pictures.notes import iptc, jpeg
from tests.factories import (
    NOON,
    make_article,
    make_person,
    make_photo,
    make_unit,
    publish,
)

pytestmark = pytest.mark.django_db


def address(*chosen):
    return "/admin/articles/photo/captions/?pick=" + ",".join(str(photo.pk) for photo in chosen)


def typed(page):
    """Give what a browser would send of the page as it is."""
    return {
        field.html_name: field.value() or ""
        for row in page.context["rows"]
        if row.form
        for field in row.form
    }


def test_photos_are_captioned_together_and_what_is_not_touched_stays(sign_in):
    browser, user = sign_in("desk editor")
    person = make_person("林溪")
    read = photos.take_in(jpeg(iptc({(2, 120): "原说明", (2, 116): "校"})), user=user, at=NOON)
    other = make_photo("礼堂")
    data = typed(browser.get(address(read, other)))

    data |= {f"photo-{read.pk}-caption": "操场", f"photo-{read.pk}-credit": "林溪"}
    answer = browser.post(address(read, other), data)

    read.refresh_from_db()
    assert answer.headers["Location"] == "/admin/articles/photo/"
    assert (read.caption, read.photographer, read.photographer_name) == ("操场", person, "")
    assert read.filled_from == {"rights": "IPTC"}
    entry = LogEntry.objects.get(action=LogEntry.Action.EDITED)
    assert (entry.subject_id, entry.actor) == (read.pk, user)
    assert "原说明 → 操场" in entry.detail


def test_words_of_a_colleague_are_not_written_over_and_one_s_own_stay_in_the_form(sign_in):
    browser, _user = sign_in("desk editor")
    one, two = make_photo("一"), make_photo("二")
    data = typed(browser.get(address(one, two)))
    data |= {f"photo-{one.pk}-caption": "我的一", f"photo-{two.pk}-caption": "我的二"}
    Photo.objects.filter(pk=one.pk).update(caption="同事的一")

    page = browser.post(address(one, two), data)

    captions = dict(Photo.objects.values_list("pk", "caption"))
    assert page.status_code == 409
    assert captions == {one.pk: "同事的一", two.pk: "我的二"}
    assert "同事的一" in page.content.decode()
    assert typed(page)[f"photo-{one.pk}-caption"] == "我的一"
    browser.post(address(one, two), typed(page))
    assert Photo.objects.get(pk=one.pk).caption == "我的一"


def test_words_that_a_colleague_saves_at_the_same_moment_are_not_written_over(
    sign_in, monkeypatch
):
    browser, _user = sign_in("desk editor")
    photo = make_photo("一")
    data = typed(browser.get(address(photo))) | {f"photo-{photo.pk}-caption": "我的一"}
    refusals = rights.refusals

    def meanwhile(*about):
        Photo.objects.filter(pk=photo.pk).update(caption="同事的一")
        return refusals(*about)

    with monkeypatch.context() as patched:
        patched.setattr(rights, "refusals", meanwhile)
        page = browser.post(address(photo), data)

    assert page.status_code == 409
    assert "now it says: 同事的一." in page.content.decode()
    assert Photo.objects.get().caption == "同事的一"
    browser.post(address(photo), typed(page))
    assert Photo.objects.get().caption == "我的一"


def test_too_long_caption_is_said_at_its_photo_and_the_others_are_saved(sign_in):
    browser, _user = sign_in("desk editor")
    one, two = make_photo("一"), make_photo("二")
    data = typed(browser.get(address(one, two)))

    data |= {f"photo-{one.pk}-caption": "长" * 301, f"photo-{two.pk}-caption": "新"}
    page = browser.post(address(one, two), data)

    assert set(Photo.objects.values_list("caption", flat=True)) == {"一", "新"}
    assert "长" * 301 in page.content.decode()


def test_unit_captions_its_own_until_readers_see_them(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    own, seen = make_photo("自己的", unit=unit, user=user), make_photo("已发布的", unit=unit)
    secret = make_photo("别家的", unit=make_unit())
    article = make_article(unit=unit)
    article.photos.create(photo=seen)
    writing.finish_change(article, author=article.created_by, at=NOON)
    publish(article)

    page = browser.get(address(own, seen, secret))
    words = {
        f"photo-{photo.pk}-{name}": text
        for photo in (own, seen, secret)
        for name, text in (("caption", "改过的"), ("seen", "x"))
    }
    browser.post(
        address(own, seen, secret),
        typed(page) | words | {f"photo-{own.pk}-seen": typed(page)[f"photo-{own.pk}-seen"]},
    )

    text = page.content.decode()
    assert "别家的" not in text
    assert "Readers see this photo, or soon will." in text
    assert sorted(Photo.objects.values_list("caption", flat=True)) == [
        "别家的",
        "已发布的",
        "改过的",
    ]


def test_more_than_fit_on_a_page_are_gone_through_page_by_page(sign_in, monkeypatch):
    monkeypatch.setattr("articles.admin.library.captions.ON_A_PAGE", 2)
    browser, _user = sign_in("desk editor")
    three = [make_photo(name) for name in "一二三"]

    page = browser.get(address(*three))
    answer = browser.post(address(*three), typed(page), follow=True)

    assert [row.photo for row in page.context["rows"]] == three[:2]
    assert [row.photo for row in answer.context["rows"]] == three[2:]


@pytest.mark.parametrize("query", ["", "?pick=", "?pick=x,%00", "?pick=99999999999999999999"])
def test_nothing_chosen_says_so(sign_in, query):
    browser, _user = sign_in("desk editor")

    answer = browser.get(f"/admin/articles/photo/captions/{query}")

    assert answer.status_code == (400 if "%00" in query else 200)
    assert "%00" in query or "No photo was chosen." in answer.content.decode()
