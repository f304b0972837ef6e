"""What is pasted into the editor: cleaned at the desk, with its pictures taken in."""

import base64
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.actions.writing import finish_change
from articles.admin.article.form import pasting
from articles.models import Article, Photo
from articles.pictures import intake
from articles.text import pasting as text_pasting
from tests.articles.admin.conftest import form_data
from tests.factories import NOON, make_article, make_photo, make_unit, publish

pytestmark = pytest.mark.django_db

PASTE = "/admin/articles/article/paste/"


def picture(colour="red"):
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def file(content):
    return SimpleUploadedFile("picture", content, "image/png")


@pytest.fixture
def writer(sign_in, unit):
    return sign_in("correspondent", unit=unit)


@pytest.fixture
def article(writer, unit):
    return make_article("旧题", author=writer[1], unit=unit)


def test_paste_writes_no_caption_to_a_photo_that_readers_see(writer, article, unit):
    browser, _user = writer
    with_caption = {"article": article.pk, "html": "<img src='clipboard:0'><p>图为校门</p>"}
    browser.post(
        PASTE,
        {"article": article.pk, "html": "<img src='clipboard:0'>", "picture": [file(picture())]},
    )
    photo = Photo.objects.get()
    shown = make_article("已发布", unit=unit)
    shown.photos.create(photo=photo)
    finish_change(shown, author=shown.created_by, at=NOON)
    publish(shown)

    browser.post(PASTE, with_caption | {"picture": [file(picture())]})
    browser.post(PASTE, with_caption | {"picture": [file(picture("blue"))]})

    assert [row.caption for row in Photo.objects.order_by("pk")] == ["", "图为校门"]


def test_paste_takes_pictures_in_and_places_them_where_they_stood(writer, article):
    browser, user = writer
    html = (
        "<p>　　前<img src='clipboard:0' alt='门'>后</p><p>图为校门</p>"
        "<img src='https://a.example/x.jpg'>"
    )

    answer = browser.post(
        PASTE, {"article": article.pk, "html": html, "picture": [file(picture())]}
    ).json()

    photo = Photo.objects.get()
    assert answer == {
        "html": f'<p>前</p>\n<figure><img data-file="{photo.pk}" src="{photo.image.url}" alt="门">'
        "</figure>\n<p>后</p>\n<p>图为校门</p>",
        "said": ["1 picture is missing, please upload it: a.example · x.jpg"],
    }
    assert (photo.uploaded_by, photo.unit, photo.alt) == (user, article.unit, "门")
    article.refresh_from_db()
    assert (article.version_number, article.photos.count()) == (1, 0)


def test_paste_takes_a_picture_that_stands_in_the_markup(writer):
    html = f"<p>文</p><img src='data:image/png;base64,{base64.b64encode(picture()).decode()}'>"

    answer = writer[0].post(PASTE, {"html": html}).json()

    photo = Photo.objects.get()
    figure = f'<figure><img data-file="{photo.pk}" src="{photo.image.url}"></figure>'
    assert answer == {"html": f"<p>文</p>\n{figure}", "said": []}


def test_paste_of_plain_text_makes_paragraphs(writer):
    answer = writer[0].post(PASTE, {"text": "　　甲\n　　<b>乙</b>"}).json()

    assert answer == {"html": "<p>甲</p>\n<p>&lt;b&gt;乙&lt;/b&gt;</p>", "said": []}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg onload=1></svg>", "SVG"),
        (b"", "empty"),
        (picture()[:60], "damaged"),
    ],
)
def test_paste_says_why_a_picture_was_not_taken(writer, content, why):
    answer = (
        writer[0]
        .post(PASTE, {"html": "<p>文</p><img src=clipboard:0>", "picture": [file(content)]})
        .json()
    )

    assert (answer["html"], Photo.objects.count()) == ("<p>文</p>", 0)
    assert answer["said"][0].startswith("1 picture is missing")
    assert why in answer["said"][1]


def test_paste_says_of_each_picture_that_it_is_too_large_and_takes_the_others(writer, monkeypatch):
    monkeypatch.setattr(intake, "MAX_BYTES", len(picture()))
    large = picture() + b" " * 1024**2
    html = "<p>文</p><img src=clipboard:0><img src=clipboard:1>"

    answer = writer[0].post(PASTE, {"html": html, "picture": [file(large), file(picture())]})

    photo = Photo.objects.get()
    assert f'data-file="{photo.pk}"' in answer.json()["html"]
    assert answer.json()["said"][1:] == ["This file has 2 MB. A photo may have up to 0 MB."]


def test_paste_of_too_much_at_once_is_refused_with_the_reason(writer, monkeypatch):
    monkeypatch.setattr(pasting, "MAX_FILES", 2 * len(picture()) - 1)
    sent = {"html": "<img src=clipboard:0>", "picture": [file(picture()), file(picture("blue"))]}

    answer = writer[0].post(PASTE, sent)

    assert (answer.status_code, Photo.objects.count()) == (413, 0)
    assert answer.json()["reason"] == (
        "Up to 0 MB may be pasted at once. Upload the pictures one by one."
    )


def test_paste_of_too_long_a_text_is_refused_with_the_reason(writer, monkeypatch):
    monkeypatch.setattr(text_pasting, "MAX_CHARACTERS", 20)

    answer = writer[0].post(PASTE, {"html": "<p>" + "文" * 20})

    assert answer.status_code == 413
    assert answer.json()["reason"].startswith("The text is too long.")


def test_paste_knows_photos_of_the_library_that_the_user_may_see(writer, unit):
    own, other = make_photo(user=writer[1]), make_photo(unit=make_unit("别的单位"))
    html = (
        f"<img data-file={own.pk}><img data-file={other.pk}><img data-file=99>"
        f"<img src='{own.image.url}'><img src='{other.image.url}'>"
    )

    answer = writer[0].post(PASTE, {"html": html}).json()

    figure = f'<figure><img data-file="{own.pk}" src="{own.image.url}"></figure>'
    assert answer["html"] == f"{figure}\n{figure}"
    assert answer["said"][0].startswith("3 pictures are missing")


def test_paste_is_refused_to_who_may_not_write(sign_in, article):
    stranger, _user = sign_in("correspondent", unit=make_unit("别的单位"))
    head, _user = sign_in("head")

    assert stranger.post(PASTE, {"article": article.pk, "html": "x"}).status_code == 404
    assert head.post(PASTE, {"html": "x"}).status_code == 403
    assert head.post(PASTE, {"article": article.pk, "html": "x"}).status_code == 403
    assert stranger.get(PASTE).status_code == 405


def test_paste_of_too_much_says_so(writer):
    answer = writer[0].post(PASTE, {"html": "<p>x" * 20_001})

    assert (answer.status_code, "too long" in answer.json()["reason"]) == (413, True)


def test_save_without_script_cleans_and_says_what_was_left_out(writer, article):
    browser, _user = writer
    address = f"/admin/articles/article/{article.pk}/change/"
    body = "<p>文<img src='https://a.example/x.jpg'></p><script>1</script>"

    page = browser.post(address, form_data(browser.get(address), body=body), follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Saved as version 2.",
        (
            "Saved without: 1 script was left out; "
            "1 picture is missing, please upload it: a.example · x.jpg"
        ),
    ]
    assert Article.objects.get().body == "<p>文</p>"


def test_photo_in_the_text_is_refused_unless_the_user_may_see_it(writer, article):
    browser, user = writer
    own, other = make_photo(user=user), make_photo(unit=make_unit("别的单位"))
    address = f"/admin/articles/article/{article.pk}/change/"

    def save(body):
        return browser.post(address, form_data(browser.get(address), body=body))

    refused = save(f"<figure><img data-file={own.pk}></figure><img data-file={other.pk}>")
    taken = save(f"<figure><img data-file={own.pk}></figure>")
    again = save(f"<p>又</p><figure><img data-file={own.pk}></figure>")

    assert refused.context["adminform"].form.errors["body"] == [
        f"You may not use these photos, or they are not in the library: {other.pk}."
    ]
    assert (taken.status_code, again.status_code) == (302, 302)
    assert list(article.photos.values_list("photo", "in_body")) == [(own.pk, True)]
    page = browser.get(address)
    prefixes = [each.formset.prefix for each in page.context["inline_admin_formsets"]]
    photos = page.context["inline_admin_formsets"][prefixes.index("photos")].formset
    assert photos.initial_form_count() == 0
