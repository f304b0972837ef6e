import zipfile
from io import BytesIO

import pytest

from articles.checks import documents

WORD = '<w:document xmlns:w="w"><w:p>{}</w:p></w:document>'


def archive(**parts):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return made.getvalue()


def docx(inner):
    return archive(word__document=WORD.format(inner))


def test_words_of_a_document_come_in_order_and_runs_join():
    content = docx("<w:r><w:t>电话138</w:t></w:r><w:r><w:t>00138000</w:t></w:r>")

    assert documents.read(content, "名单.DOCX") == ("电话13800138000\n\n", "")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_document_that_is_damaged_inside_is_said_to_be(packing):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as file:
        file.writestr("word/document.xml", WORD.format("字" * 5000))
    content = bytearray(made.getvalue())
    start = content.index(b"document.xml") + len(b"document.xml")
    content[start : start + 30] = b"\xff" * 30

    assert documents.read(bytes(content), "a.docx") == (
        "",
        "This file is damaged or locked, so what it says is not read.",
    )


def test_deleted_words_are_read_as_whoever_downloads_can_read_them():
    assert "13800138000" in documents.read(docx("<w:delText>13800138000</w:delText>"), "a.docx")[0]


@pytest.mark.parametrize(
    ("name", "parts", "text"),
    [
        ("a.xlsx", {"xl__sharedStrings": "<sst><si>甲</si><si>乙</si></sst>"}, "甲\n乙\n\n"),
        ("a.xlsx", {"xl__worksheets__sheet1": "<s><c><v>1</v></c></s>"}, "1\n\n"),
        ("a.pptx", {"ppt__slides__slide1": "<p><t>页</t></p>"}, "页\n\n"),
        ("a.odt", {"content": "<d><p>文<span>本</span>框</p></d>"}, "文本框\n\n"),
    ],
)  # fmt: skip
def test_each_kind_of_document_is_read(name, parts, text):
    assert documents.read(archive(**parts), name) == (text, "")


def test_what_is_not_read_is_said():
    assert documents.read(b"%PDF-1.7", "a.pdf") == (
        "",
        "What a file of the kind .pdf says is not read.",
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", docx("<w:t>")[:-30], docx("</broken>")])
def test_damaged_document_is_said(content):
    _text, why = documents.read(content, "a.docx")

    assert why == "This file is damaged or locked, so what it says is not read."


def test_declarations_are_refused():
    content = archive(word__document='<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')

    _text, why = documents.read(content, "a.docx")

    assert why == "This file declares what no document needs; it is not read."


def test_document_that_unpacks_to_too_much_is_left(monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 200_000)
    content = docx("<w:t>a</w:t>" * 100_000)

    text, why = documents.read(content, "a.docx")

    assert len(content) < 50_000
    assert why == "This file is too large to be read whole."
    assert len(text) < 200_000


def test_document_of_too_many_words_or_parts_is_left(monkeypatch):
    monkeypatch.setattr(documents, "MAX_TEXT", 10)
    assert documents.read(docx("<w:t>12345678901</w:t>"), "a.docx")[1].endswith("read whole.")
    monkeypatch.setattr(documents, "MAX_ENTRIES", 0)
    assert documents.read(docx(""), "a.docx")[1].endswith("read whole.")


def test_document_of_elements_without_words_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(documents, "MAX_ELEMENTS", 100)

    text, why = documents.read(docx("<w:p/>" * 1000), "a.docx")

    assert (text.count("\n"), why) == (101, "This file is too large to be read whole.")
