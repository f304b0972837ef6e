"""The approval sheet as a page and as a PDF, for whoever may see the article."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import proofreading, publishing, reviewing
from articles.evidence import approval_sheet_pdf
from articles.models import Article, Edition, ReviewStage, Role
from tests.factories import (
    NOON,
    approve,
    change,
    make_article,
    make_unit,
    make_user,
    publish,
    submit,
)

pytestmark = pytest.mark.django_db


def is_able() -> bool:
    try:
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError):
        return False
    return shutil.which("pdftotext") is not None


makes_pdf = pytest.mark.skipif(not is_able(), reason="wants Pango and poppler-utils")


def address(article, number=1, pdf=""):
    return f"/admin/articles/article/{article.pk}/sheet/{number}/{pdf}"


def published(unit, headline="图书馆夜间开放") -> Article:
    article = make_article(headline, unit=unit)
    publish(article)
    return article


def test_sheet_says_who_decided_and_that_the_hash_agrees(sign_in, unit):
    article = published(unit)
    browser, _user = sign_in("correspondent", unit=unit)

    page = browser.get(address(article)).content.decode()

    reviewer = article.editions.get().credits.get(role=Role.REVIEWER).name
    version = article.versions.get()
    assert f"2026-{article.pk:06d}-01" in page
    for text in ("信息发布审核单", "图书馆夜间开放", reviewer, version.sha256, "初审", "终审"):
        assert text in page
    assert "and agrees." in page


def test_sheet_of_a_withdrawn_edition_says_so_and_the_reason_to_the_desk_alone(sign_in, unit):
    article = published(unit)
    chief = make_user("chief editor", name="主编")
    publishing.withdraw(article, user=chief, reason="数字有误", at=NOON + timedelta(seconds=20))
    publishing.restore(article, user=chief, reason="核实无误", at=NOON + timedelta(hours=1))
    editor, _user = sign_in("desk editor")
    writer, _user = sign_in("correspondent", unit=unit)

    first, second = (editor.get(address(article, number)).content.decode() for number in (1, 2))
    for_the_unit = writer.get(address(article)).content.decode()

    def said(page):
        return ["Withdrawn by" in page, "主编" in page, "数字有误" in page]

    assert said(first) == [True, True, True]
    assert said(second)[::2] == [False, False]
    assert said(for_the_unit) == [True, True, False]


def proofread(unit) -> Edition:
    """Publish what a proof-reader signed and mended."""
    ReviewStage.objects.filter(name="初审").update(wants_proofreader=True)
    article = submit(make_article("同学门来到图书馆", unit=unit))
    reader, chief = make_user("proof-reader", name="校对员"), make_user("chief editor")
    proofreading.sign(article, proofreader=reader, seen_version=1, at=NOON, remark="已通读全文")
    for reviewer in (make_user("desk editor"), chief):
        reviewing.approve(article, reviewer=reviewer, seen_version=1, at=NOON)
    article = change(article, by=reader, at=NOON, headline="同学们来到图书馆")
    return publishing.publish(article, user=chief, at=NOON)


def test_sheet_names_the_proofreader_who_signed_and_mended(sign_in, unit):
    edition = proofread(unit)
    browser, _user = sign_in("correspondent", unit=unit)

    page = browser.get(address(edition.article)).content.decode()

    assert page.count("校对员") == 2
    assert page.index("已通读全文") < page.index("2 characters of at most 8")
    assert "<del>同学门来到图书馆</del> <ins>同学们来到图书馆</ins>" in page


def test_sheet_asks_as_many_questions_for_many_signatures(
    sign_in, unit, django_assert_num_queries
):
    edition = proofread(unit)
    browser, _user = sign_in("correspondent", unit=unit)
    browser.get(address(edition.article))
    with CaptureQueriesContext(connection) as once:
        browser.get(address(edition.article))
    signature = edition.article.rounds.get().signatures.get()
    for _number in range(4):
        signature.pk, signature.proofreader = None, make_user("proof-reader")
        signature._state.adding = True
        signature.save()

    with django_assert_num_queries(len(once)):
        page = browser.get(address(edition.article)).content.decode()

    assert page.count("已通读全文") == 5


def test_sheet_is_hidden_from_strangers_and_asks_nobody_to_sign_in(client, sign_in, unit):
    article = published(unit)
    stranger, _user = sign_in("correspondent", unit=make_unit())

    for path in (address(article), address(article, pdf="pdf/")):
        answer = stranger.get(path)
        assert answer.status_code == 404
        assert "图书馆" not in answer.content.decode()
        assert client.get(path).status_code == 302


def test_sheet_of_another_articles_edition_is_not_there(sign_in, unit):
    article = published(unit)
    draft = make_article(unit=unit)
    browser, _user = sign_in("desk editor")

    assert browser.get(address(draft)).status_code == 404
    assert browser.get(address(article, number=2)).status_code == 404


def test_sheet_is_reached_from_history_form_and_editions(sign_in, unit):
    article = published(unit)
    browser, _user = sign_in("desk editor")
    base = f"/admin/articles/article/{article.pk}/"

    for page in (f"{base}history/", f"{base}change/", "/admin/articles/edition/"):
        assert address(article) in browser.get(page).content.decode()


def test_machine_without_pango_says_to_print_the_page(sign_in, unit, monkeypatch):
    article = published(unit)
    browser, _user = sign_in("desk editor")
    # What an import does where the module is missing.
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = browser.get(address(article, pdf="pdf/"))

    assert answer.status_code == 200
    assert "Please print the page instead." in answer.content.decode()
    assert "信息发布审核单" in answer.content.decode()


@makes_pdf
def test_pdf_has_the_headline_and_the_hash_in_fonts_of_its_own(sign_in, unit, tmp_path):
    article = published(unit)
    browser, _user = sign_in("desk editor")

    answer = browser.get(address(article, pdf="pdf/"))

    file = tmp_path / "sheet.pdf"
    file.write_bytes(answer.content)
    text = subprocess.check_output(["pdftotext", "-layout", file, "-"], text=True)  # noqa: S607
    fonts = subprocess.check_output(["pdffonts", file], text=True)  # noqa: S607
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    for words in ("信息发布审核单", "图书馆夜间开放", article.versions.get().sha256):
        assert words in text
    embedded = [line.split()[-5] for line in fonts.splitlines()[2:]]
    assert set(embedded) == {"yes"}


@makes_pdf
def test_pdf_names_the_proofreader(sign_in, unit, tmp_path):
    edition = proofread(unit)
    browser, _user = sign_in("desk editor")

    answer = browser.get(address(edition.article, pdf="pdf/"))

    file = tmp_path / "sheet.pdf"
    file.write_bytes(answer.content)
    text = subprocess.check_output(["pdftotext", "-layout", file, "-"], text=True)  # noqa: S607
    assert text.count("校对员") == 2
    assert "已通读全文" in text


@makes_pdf
def test_pdf_fetches_nothing(monkeypatch, tmp_path):
    picture = tmp_path / "secret.png"
    picture.write_bytes(b"")
    asked = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *args: asked.append(args))
    html = f'<img src="{picture.as_uri()}"><img src="http://127.0.0.1:9/x.png">信息'
    monkeypatch.setattr(approval_sheet_pdf, "render_to_string", lambda *_args: html)

    assert approval_sheet_pdf.render({}).startswith(b"%PDF")
    assert asked == []


@makes_pdf
def test_font_without_chinese_characters_is_told_apart(monkeypatch):
    # No font has this character.
    monkeypatch.setattr(approval_sheet_pdf, "NAME", "\U0002fff0")
    monkeypatch.setattr(approval_sheet_pdf, "render_to_string", lambda *_args: "<p>\U0002fff0</p>")

    with pytest.raises(approval_sheet_pdf.NotPossible, match="no font with Chinese characters"):
        approval_sheet_pdf.render({})


def test_form_flags_a_typed_reviewer_who_decided_nothing(sign_in, unit):
    article = make_article(unit=unit)
    article.credits.create(role=Role.REVIEWER, name="王敏", position=1)
    browser, _user = sign_in("desk editor")
    form = f"/admin/articles/article/{article.pk}/change/"

    before = browser.get(form).content.decode()
    publish(article)
    after = browser.get(form).content.decode()

    reviewer = article.editions.get().credits.get(role=Role.REVIEWER).name
    assert "The line says that 王敏 reviewed it." in before
    assert after.count(f"The line says 王敏; decided by {reviewer}.") == 2


def test_publish_page_says_who_will_be_printed(sign_in, unit):
    article = approve(make_article(unit=unit))
    browser, _user = sign_in("desk editor")
    reviewer = article.rounds.get().decisions.last().reviewer_name

    page = browser.get(f"/admin/articles/article/{article.pk}/publish/").content.decode()

    assert "Printed as reviewers:" in page
    assert reviewer in page
