"""Many photos at once: what becomes of each, and what is said once of all of them."""

import pytest

from articles.actions import photos
from articles.admin.library import upload
from articles.models import LogEntry, Photo
from articles.pictures import PictureRefused
from articles.pictures.intake import ACCEPTED
from tests.articles.pictures.notes import iptc, jpeg
from tests.factories import NOON, make_person, make_unit, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/articles/photo/upload/"


def send(browser, *files, **words):
    return browser.post(
        ADDRESS, {"pictures": list(files), **words}, headers={"accept": "application/json"}
    )


def test_each_file_is_answered_for_itself_and_none_keeps_the_others(sign_in, file):
    browser, user = sign_in("desk editor")
    known = photos.take_in(file(1).read(), user=user, at=NOON, caption="操场晨跑")

    answers = [
        send(browser, each).json()
        for each in (
            file(2),
            file(content=b"<svg/>"),
            file(1),
            file(1, quality=30),
            file(content=b""),
        )
    ]

    link = {"id": known.pk, "title": "操场晨跑"}
    link["address"] = f"/admin/articles/photo/{known.pk}/change/"
    assert [(answer["kind"], answer["message"]) for answer in answers] == [
        ("taken", "Taken into the library."),
        ("refused", str(PictureRefused("format", format="SVG", accepted=ACCEPTED))),
        ("known", "It is in the library already."),
        ("alike", "Taken in, but it looks like another photo:"),
        ("refused", "This file is empty."),
    ]
    assert (answers[2]["photo"], answers[3]["alike"]) == (link, [link])
    assert Photo.objects.count() == 3


def test_what_is_said_once_holds_where_the_file_says_nothing(sign_in, file):
    person = make_person("林溪")
    browser, _user = sign_in("desk editor")
    unit = make_unit()
    said = jpeg(iptc({(2, 120): "夜间的阅览室", (2, 80): "周舟"}))
    words = {"caption": "运动会", "credit": "林溪", "unit": unit.pk, "rights": "校新闻中心"}

    send(browser, file(1), **words)
    send(browser, file(content=said), **words)

    facts = Photo.objects.order_by("pk").values_list(
        "caption", "photographer", "photographer_name", "unit", "rights"
    )
    assert list(facts) == [
        ("运动会", person.pk, "", unit.pk, "校新闻中心"),
        ("夜间的阅览室", None, "周舟", unit.pk, "校新闻中心"),
    ]


def test_photo_that_was_there_keeps_its_words(sign_in, file):
    browser, user = sign_in("desk editor")
    photo = photos.take_in(file(1).read(), user=user, at=NOON)

    send(browser, file(1), caption="运动会")

    photo.refresh_from_db()
    assert photo.caption == ""


def test_upload_is_in_the_log(sign_in, file):
    browser, user = sign_in("desk editor")

    send(browser, file(1), caption="运动会")

    entry = LogEntry.objects.get(subject_type="articles.photo")
    assert (entry.action, entry.actor, entry.subject) == (LogEntry.Action.ADDED, user, "运动会")


def test_without_script_files_come_together_and_are_answered_on_a_page(sign_in, file, monkeypatch):
    monkeypatch.setattr(upload, "MOST_TOGETHER", 3)
    browser, _user = sign_in("desk editor")
    files = [file(1), file(2, "b.jpg"), file(name="<i>.svg", content=b"<svg/>"), file(3, "d.jpg")]

    page = browser.post(ADDRESS, {"pictures": files}).content.decode()

    picked = ",".join(str(photo.pk) for photo in Photo.objects.order_by("pk"))
    assert Photo.objects.count() == 2
    assert "2 of 4 taken into the library" in page
    assert f'href="/admin/articles/photo/captions/?pick={picked}"' in page
    assert "&lt;i&gt;.svg</b> SVG files are not taken." in page
    assert "up to 3 files come at once" in page


def test_form_that_is_sent_without_a_file_keeps_what_was_typed(sign_in):
    browser, _user = sign_in("desk editor")

    page = browser.post(ADDRESS, {"caption": "不丢的图说"})
    answer = send(browser, caption="不丢的图说", unit="")

    assert page.status_code == answer.status_code == 422
    assert "不丢的图说" in page.content.decode()
    assert answer.json()["reason"] != ""
    assert not Photo.objects.exists()


def test_correspondent_uploads_for_their_own_unit_alone(sign_in, file, unit):
    browser, user = sign_in("correspondent", unit=unit)
    form = browser.get(ADDRESS).context["upload_form"]

    refused = send(browser, file(1), unit=make_unit().pk)
    send(browser, file(2), unit=unit.pk)

    photo = Photo.objects.get()
    assert (list(form.fields["unit"].queryset), form.fields["unit"].initial) == ([unit], unit)
    assert refused.status_code == 422
    assert (photo.unit, photo.uploaded_by) == (unit, user)


def test_who_may_not_add_photos_is_refused_and_sees_no_form(sign_in, file):
    browser, _user = sign_in("head")

    library = browser.get("/admin/articles/photo/").content.decode()

    assert send(browser, file(1)).status_code == 403
    assert browser.get(ADDRESS).status_code == 403
    assert 'id="photo-upload"' not in library
    assert not Photo.objects.exists()


def test_library_has_the_form_but_not_where_a_photo_is_chosen_for_a_row(sign_in):
    browser, _user = sign_in("desk editor")

    assert 'id="photo-upload"' in browser.get("/admin/articles/photo/").content.decode()
    popup = browser.get("/admin/articles/photo/?_popup=1").content.decode()
    assert 'id="photo-upload"' not in popup


def test_file_that_another_unit_has_is_refused_without_saying_whose(sign_in, file, unit):
    theirs = make_user("correspondent", unit=make_unit("档案馆"))
    photos.take_in(file(1).read(), user=theirs, at=NOON, unit=theirs.memberships.get().unit)
    browser, _user = sign_in("correspondent", unit=unit)

    answer = send(browser, file(1)).json()

    assert (answer["kind"], answer["photo"], answer["alike"]) == ("refused", None, [])
    assert "档案馆" not in answer["message"]
