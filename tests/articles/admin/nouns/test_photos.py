"""Photos at the desk: taken in by a form, filled from their files, and mended by people."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.actions import photos, writing
from articles.models import LogEntry, Photo
from articles.models.photos import focus
from articles.rights.permissions import NotAllowed
from tests.articles.admin.conftest import form_data
from tests.articles.pictures import hostile
from tests.articles.pictures.notes import iptc, jpeg
from tests.articles.pictures.scenes import scene
from tests.factories import (
    NOON,
    ZONE,
    make_article,
    make_photo,
    make_topic,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("name", hostile.FILES)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_hostile_file_is_a_photo_or_a_form_error(sign_in, name):
    browser, _user = sign_in("desk editor")
    make, wanted = hostile.FILES[name]

    answer = browser.post(
        "/admin/articles/photo/add/", {"picture": SimpleUploadedFile(name, make())}
    )

    taken = answer.status_code == 302
    assert (taken, Photo.objects.exists()) == (wanted == hostile.TAKEN,) * 2
    assert taken or list(answer.context["adminform"].form.errors) == ["picture"]


def test_photo_page_says_what_its_file_has_filled_in(sign_in):
    browser, _user = sign_in("desk editor")
    picture = jpeg(iptc({(2, 120): "夜间的<阅览室>", (2, 116): "校新闻中心"}))

    answer = browser.post(
        "/admin/articles/photo/add/",
        {"picture": SimpleUploadedFile("a.jpg", picture), "caption": "自习"},
        follow=True,
    )

    photo = Photo.objects.get()
    assert answer.redirect_chain == [(f"/admin/articles/photo/{photo.pk}/change/", 302)]
    assert (photo.caption, photo.rights) == ("自习", "校新闻中心")
    assert answer.content.decode().count("Read from the file (IPTC).") == 1


@pytest.mark.parametrize(("role", "sees"), [("desk editor", True), ("correspondent", False)])
def test_photo_page_says_which_topics_show_it_to_who_may_see_them(sign_in, unit, role, sees):
    browser, user = sign_in(role, unit=unit)
    photo = make_photo(user=user, unit=unit)
    topic = make_topic("旧物与新声", photo=photo)

    page = browser.get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()

    assert photo.caption in page
    assert (f"/admin/articles/topic/{topic.pk}/change/" in page) == sees


def test_field_that_somebody_changes_is_no_longer_from_the_file(sign_in):
    browser, user = sign_in("desk editor")
    picture = jpeg(iptc({(2, 120): "夜间的阅览室", (2, 116): "校新闻中心"}))
    photo = photos.take_in(picture, user=user, at=NOON)
    address = f"/admin/articles/photo/{photo.pk}/change/"

    browser.post(address, form_data(browser.get(address), caption="自习"))

    photo.refresh_from_db()
    assert (photo.caption, photo.filled_from) == ("自习", {"rights": "IPTC"})


def saved(number: int, **options) -> bytes:
    out = BytesIO()
    scene(number).save(out, "JPEG", **options)
    return out.getvalue()


def test_photo_that_looks_like_another_is_said_to(sign_in):
    browser, user = sign_in("desk editor")
    first = photos.take_in(saved(1), user=user, at=NOON, caption="操场晨跑")
    photos.take_in(saved(2), user=user, at=NOON, caption="礼堂灯光")

    again = SimpleUploadedFile("a.jpg", saved(1, quality=30))
    page = browser.post("/admin/articles/photo/add/", {"picture": again}, follow=True)

    text = page.content.decode()
    assert "It looks like a photo that is in the library already" in text
    assert f'<a href="/admin/articles/photo/{first.pk}/change/">' in text
    assert ("操场晨跑" in text, "礼堂灯光" in text) == (True, False)


def test_photo_of_another_unit_is_not_said_to_look_alike(sign_in):
    theirs = make_user("correspondent", unit=make_unit())
    photos.take_in(saved(1), user=theirs, at=NOON, caption="操场晨跑")
    browser, user = sign_in("correspondent", unit=make_unit())

    again = SimpleUploadedFile("a.jpg", saved(1, quality=30))
    page = browser.post("/admin/articles/photo/add/", {"picture": again}, follow=True)

    own = Photo.objects.get(uploaded_by=user)
    assert "操场晨跑" not in page.content.decode()
    assert "looks like" not in page.content.decode()
    assert list(Photo.objects.looking_like(own)) != []


def test_photo_gets_another_file_and_the_one_before_can_be_fetched(sign_in):
    browser, user = sign_in("desk editor")
    photo = photos.take_in(saved(1), user=user, at=NOON, caption="操场晨跑")
    address = f"/admin/articles/photo/{photo.pk}/change/"
    data = form_data(browser.get(address), caption="操场夜跑")

    browser.post(address, data | {"picture": SimpleUploadedFile("b.jpg", saved(2))})

    photo = Photo.objects.get()
    earlier = photo.earlier.get()
    link = f"/admin/articles/photo/{photo.pk}/original/?file={earlier.pk}"
    assert (photo.caption, photo.original.read()) == ("操场夜跑", saved(2))
    assert link in browser.get(address).content.decode()
    assert b"".join(browser.get(link)) == saved(1)
    assert browser.get(f"{link}0").status_code == 404


@pytest.mark.parametrize(
    ("picture", "reason"),
    [(b"<svg/>", "SVG files are not taken."), (saved(1), "has this file already")],
)
def test_file_that_cannot_replace_is_a_form_error_and_nothing_typed_is_lost(
    sign_in, picture, reason
):
    browser, user = sign_in("desk editor")
    photo = photos.take_in(saved(1), user=user, at=NOON, caption="操场晨跑")
    address = f"/admin/articles/photo/{photo.pk}/change/"
    data = form_data(browser.get(address), caption="操场夜跑")

    answer = browser.post(address, data | {"picture": SimpleUploadedFile("b.jpg", picture)})

    assert list(answer.context["adminform"].form.errors) == ["picture"]
    assert reason in answer.content.decode()
    assert "操场夜跑" in answer.content.decode()
    assert (Photo.objects.get().caption, photo.earlier.count()) == ("操场晨跑", 0)


def edit(browser, photo, **changes):
    address = f"/admin/articles/photo/{photo.pk}/change/"
    data = {"caption": photo.caption, "alt": "", "photographer": "", "photographer_name": ""}
    data |= {"unit": photo.unit_id or "", "taken_at": "", "rights": "", "expires_at": ""}
    return browser.post(address, data | changes)


def facts(photo):
    photo.refresh_from_db()
    return photo.caption, photo.unit, photo.expires_at


def test_correspondent_changes_the_photo_of_a_draft_but_not_the_desk_s_fields(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    photo = make_photo("操场", user=user, unit=unit)
    of_the_desk = {"unit": make_unit().pk, "expires_at": "2020-01-01T00:00"}

    saved = edit(browser, photo, caption="夜里的操场", **of_the_desk)

    assert saved.status_code == 302
    assert facts(photo) == ("夜里的操场", unit, None)


def test_desk_says_whose_a_photo_is_and_when_its_rights_end(sign_in, unit):
    browser, _user = sign_in("desk editor")
    photo, other = make_photo("操场", unit=unit), make_unit()

    edit(browser, photo, unit=other.pk, expires_at="2030-01-01T00:00")

    assert facts(photo) == ("操场", other, datetime(2030, 1, 1, tzinfo=ZONE))


@pytest.mark.parametrize("state", ["in the working copy", "in the edition alone"])
def test_photo_that_readers_see_is_read_only_for_its_unit_and_says_why(sign_in, unit, state):
    browser, user = sign_in("correspondent", unit=unit)
    photo = make_photo("操场", user=user, unit=unit)
    article = make_article("运动会", unit=unit, author=user)
    article.photos.create(photo=photo, position=0, paragraph=1)
    writing.finish_change(article, author=user, at=NOON)
    publish(article)
    if state == "in the edition alone":
        article.photos.all().delete()

    page = browser.get(f"/admin/articles/photo/{photo.pk}/change/")
    refused = edit(browser, photo, caption="别的")

    sentence = "Readers see this photo, or soon will. Please ask the desk to change it."
    assert (page.status_code, refused.status_code) == (200, 403)
    assert sentence in page.content.decode()
    assert sentence in refused.content.decode()
    assert 'name="caption"' not in page.content.decode()
    assert facts(photo) == ("操场", unit, None)
    with pytest.raises(NotAllowed, match="Readers see this photo"):
        photos.replace(photo, saved(2), user=user, at=NOON)


def test_photo_in_a_joint_article_stays_its_unit_s(sign_in, unit):
    theirs = make_unit()
    photo = make_photo("操场", unit=theirs)
    browser, user = sign_in("correspondent", unit=unit)
    make_article("联合稿件", unit=unit, author=user).photos.create(photo=photo, position=0)

    page = browser.get(f"/admin/articles/photo/{photo.pk}/change/")
    refused = edit(browser, photo, caption="别的")

    assert "This photo is not your unit&#x27;s." in page.content.decode()
    assert refused.status_code == 403
    assert facts(photo) == ("操场", theirs, None)


def test_former_member_no_longer_opens_what_they_uploaded_for_the_unit(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    of_the_unit = make_photo("操场", user=user, unit=unit)
    of_nobody = make_photo("礼堂", user=user)
    pages = [f"/admin/articles/photo/{photo.pk}/change/" for photo in (of_the_unit, of_nobody)]
    before = [browser.get(page).status_code for page in pages]

    user.memberships.update(valid_until=date(2026, 1, 1))

    assert before == [200, 200]
    assert [browser.get(page).status_code for page in pages] == [404, 200]


def test_new_photo_is_one_of_the_own_units(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    page = browser.get("/admin/articles/photo/add/")
    form = page.context["adminform"].form
    picture = {"picture": SimpleUploadedFile("a.jpg", saved(1))}

    refused = browser.post("/admin/articles/photo/add/", picture | {"unit": make_unit().pk})

    assert list(form.fields["unit"].queryset) == [unit]
    assert form.initial["unit"] == unit.pk
    assert list(refused.context["adminform"].form.errors) == ["unit"]


def test_file_that_another_unit_has_is_refused_without_saying_whose_it_is(sign_in, unit):
    theirs = make_user("correspondent", unit=make_unit("档案馆"), name="周一")
    photos.take_in(saved(1), user=theirs, at=NOON, unit=theirs.memberships.get().unit)
    browser, _user = sign_in("correspondent", unit=unit)

    page = browser.post(
        "/admin/articles/photo/add/", {"picture": SimpleUploadedFile("a.jpg", saved(1))}
    )

    text = page.content.decode()
    assert "This file is in the library already, where you do not see it." in text
    assert ("档案馆" in text, "周一" in text, "unit has" in text) == (False, False, False)


def test_original_is_offered_with_its_own_size_and_not_the_master_s(sign_in):
    browser, user = sign_in("desk editor")
    large = BytesIO()
    scene(1).resize((3000, 2000)).save(large, "JPEG")
    photo = photos.take_in(large.getvalue(), user=user, at=NOON)

    page = browser.get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()

    assert (photo.width, photo.height) == (2048, 1365)
    assert "Download the original, 3000 × 2000" in page


def test_earlier_file_of_another_photo_cannot_be_fetched_by_way_of_one_s_own(sign_in, unit):
    theirs = make_user("correspondent", unit=make_unit())
    secret = photos.take_in(saved(1), user=theirs, at=NOON)
    photos.replace(secret, saved(2), user=theirs, at=NOON)
    browser, user = sign_in("correspondent", unit=unit)
    own = photos.take_in(saved(3), user=user, at=NOON)
    photos.replace(own, saved(4), user=user, at=NOON)

    def fetch(photo, file):
        return browser.get(f"/admin/articles/photo/{photo.pk}/original/?file={file.pk}")

    assert fetch(own, own.earlier.get()).status_code == 200
    assert fetch(own, secret.earlier.get()).status_code == 404
    assert fetch(secret, secret.earlier.get()).status_code == 404


def with_photo(article, photo):
    article.photos.create(photo=photo, position=0, paragraph=1)
    writing.finish_change(article, author=article.created_by, at=NOON)
    return article


def test_photo_page_names_the_editions_that_its_reader_may_see(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    photo = make_photo("看台", user=user, unit=unit)
    own = publish(with_photo(make_article("运动会", unit=unit), photo))
    publish(with_photo(make_article("别家的头条", unit=make_unit()), photo))
    own.article.photos.all().delete()

    text = browser.get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()

    assert f'<a href="/admin/articles/edition/{own.pk}/change/">运动会</a>' in text
    assert "别家的头条" not in text
    assert "No article that you may see uses it." in text


@pytest.mark.parametrize(
    ("across", "down", "point", "classes"),
    [
        ("12", "100", "0.12x1.0", "focus across-0 down-100"),
        ("70", "50", "0.7x0.5", "focus across-75"),
        ("", "", "0.5x0.5", ""),
        ("101", "0", "0.5x0.5", ""),
        ("x", "0", "0.5x0.5", ""),
    ],
)
def test_focal_point_is_typed_as_two_numbers(sign_in, across, down, point, classes):
    browser, _user = sign_in("desk editor")
    photo = make_photo("操场")

    answer = edit(browser, photo, caption="夜里", focus_across=across, focus_down=down)

    photo.refresh_from_db()
    assert (photo.focal_point, focus(photo.focal_point)) == (point, classes)
    if answer.status_code == 200:
        errors = answer.context["adminform"].form.errors
        assert (list(errors), "夜里" in answer.content.decode()) == (["focus_across"], True)


def test_focal_point_is_in_the_log_and_shown_where_it_is(sign_in):
    browser, _user = sign_in("desk editor")
    photo = make_photo("操场")
    edit(browser, photo, focus_across="20", focus_down="50")

    form = browser.get(f"/admin/articles/photo/{photo.pk}/change/").context["adminform"].form

    entry = LogEntry.objects.get(action=LogEntry.Action.EDITED, subject_id=photo.pk)
    assert [form[name].value() for name in ("focus_across", "focus_down")] == [20, 50]
    assert entry.detail.splitlines() == ["Focal point, hundredths from the left: 50 → 20"]


def test_who_may_not_change_a_photo_cannot_move_its_focal_point(sign_in, unit):
    photo = make_photo("操场", unit=make_unit())
    browser, user = sign_in("correspondent", unit=unit)
    make_article(unit=unit, author=user).photos.create(photo=photo, position=0)

    page = browser.get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()

    assert edit(browser, photo, focus_across="0", focus_down="0").status_code == 403
    assert (Photo.objects.get().focal_point, "focus_across" in page) == ("0.5x0.5", False)
