"""A Word document put into an open form, which stays unsaved."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.actions import personal_drafts
from articles.importing import documents
from articles.models import Article, PersonalDraft, Photo
from tests.articles.admin.conftest import form_data
from tests.articles.importing.word import document, paragraph, picture, relation
from tests.factories import make_article, make_unit

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
TAKE_IN = "/admin/articles/article/document/"


def png():
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return out.getvalue()


def word(*lines):
    return document(
        "".join(map(paragraph, lines[:-1]))
        + picture('r:embed="rId9"')
        + paragraph("图为校门")
        + '<w:p><w:hyperlink r:id="rId8"><w:r><w:t>点</w:t></w:r></w:hyperlink></w:p>'
        + paragraph(lines[-1]),
        relation("rId9", "image", "media/image1.png")
        + relation("rId8", "hyperlink", "javascript:alert(1)", outside=True),
        [("word/media/image1.png", png()), ("word/comments.xml", "<c/>")],
    )


def post(browser, address, data, **changes):
    file = SimpleUploadedFile("稿.docx", data)
    return browser.post(
        TAKE_IN, form_data(browser.get(address), **changes) | {"document": file}, follow=True
    )


@pytest.fixture
def writer(sign_in, unit):
    return sign_in("correspondent", unit=unit)


def said(page):
    return [str(message) for message in page.context["messages"]]


def test_document_fills_a_new_form_and_saves_nothing(writer):
    browser, user = writer
    data = word("我校举行开学典礼", "　　开学了。", "（文：周远帆 图：孟小溪）")

    page = post(browser, ADD, data)

    photo, form = Photo.objects.get(), page.context["adminform"].form
    assert form["headline"].value() == "我校举行开学典礼"
    assert form["credit_line"].value() == "（文：周远帆 图：孟小溪）"
    assert form["body"].value() == (
        f'<p>开学了。</p>\n<figure><img data-file="{photo.pk}" src="{photo.image.url}" alt="门">'
        "<figcaption>图为校门</figcaption></figure>\n<p>点</p>"
    )
    assert (photo.caption, photo.uploaded_by, Article.objects.count()) == ("图为校门", user, 0)
    assert said(page) == [
        "The document is in the form. Look it over, then save it.",
        (
            "1 link without an address that readers can follow was left out; "
            "the comments were left out"
        ),
    ]


def test_document_comes_after_what_was_typed(writer, unit):
    browser, user = writer
    article = make_article("旧题", author=user, unit=unit, body="<p>旧</p>")
    address = f"/admin/articles/article/{article.pk}/change/"
    data = document(paragraph("标题", "1") + paragraph("新"))

    page = browser.post(
        TAKE_IN,
        form_data(browser.get(address), body="<p>刚写</p>")
        | {"article": article.pk, "document": SimpleUploadedFile("a.docx", data)},
        follow=True,
    )

    form = page.context["adminform"].form
    assert form["body"].value() == "<p>刚写</p>\n<h2>标题</h2>\n<p>新</p>"
    assert form["headline"].value() == "旧题"
    article.refresh_from_db()
    assert (article.body, article.version_number) == ("<p>旧</p>", 1)


@pytest.mark.parametrize(
    ("data", "why"), [(b"\xd0\xcf\x11\xe0", "old .doc"), (b"x", "not a Word document")]
)
def test_refused_document_says_why_and_loses_nothing(writer, data, why):
    page = post(writer[0], ADD, data, headline="写到一半")

    assert why in said(page)[0]
    assert page.context["adminform"].form["headline"].value() == "写到一半"
    assert Photo.objects.count() == 0


def test_document_that_is_too_large_is_not_read_and_loses_nothing(writer, monkeypatch):
    data = word("题", "文")
    monkeypatch.setattr(documents, "MAX_BYTES", len(data) - 1)

    page = post(writer[0], ADD, data, headline="写到一半")

    assert said(page) == [str(documents.DocumentRefused("bytes"))]
    assert 'value="写到一半"' in page.content.decode()


def test_form_without_a_document_is_asked_for_one(writer):
    browser, _user = writer

    page = browser.post(TAKE_IN, form_data(browser.get(ADD), headline="题"), follow=True)

    assert said(page) == ["Choose a .docx document first."]


def test_document_is_refused_to_who_may_not_write(sign_in, writer, unit):
    article = make_article(author=writer[1], unit=unit)
    stranger, _user = sign_in("correspondent", unit=make_unit("别的单位"))
    head, _user = sign_in("head")
    token = {"draft_token": "a-token-of-a-form"}

    assert stranger.post(TAKE_IN, token | {"article": article.pk}).status_code == 404
    assert head.post(TAKE_IN, token).status_code == 403
    assert stranger.get(TAKE_IN).status_code == 405
    assert PersonalDraft.objects.count() == 0


def test_form_that_is_too_much_to_keep_is_refused_with_the_reason(writer, monkeypatch):
    browser, _user = writer
    monkeypatch.setattr(personal_drafts, "MAX_DRAFTS", 0)

    page = post(browser, ADD, word("我校举行开学典礼", "开学了。"))

    assert page.status_code == 403
    assert PersonalDraft.objects.count() == 0
