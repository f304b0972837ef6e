import pytest

from articles.importing import documents
from tests.articles.importing import word
from tests.articles.importing.word import document, paragraph, picture, relation, run

ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "x">{ENTITIES}]>'
TEXT = f"<w:document {word.NAMESPACES}><w:body>{paragraph('&l8;')}</w:body></w:document>"


def test_read_gives_headings_pictures_and_links():
    data = document(
        paragraph("标题", "1")
        + paragraph(runs=run("粗", "<w:b/>") + run("文"))
        + picture('r:embed="rId9"')
        + paragraph("图为门", "c"),
        relation("rId9", "image", "media/image1.png"),
        [("word/media/image1.png", b"bytes")],
    )

    assert documents.read(data) == documents.Document(
        "<h1>标题</h1><p><strong>粗</strong>文</p>"
        '<p><img alt="门" src="clipboard:0" /></p><p class="caption">图为门</p>',
        [b"bytes"],
        {},
    )


def test_read_leaves_out_what_word_hides_and_keeps_what_was_inserted():
    data = document(
        "<w:p><w:del><w:r><w:delText>DELETED</w:delText></w:r></w:del>"
        f"<w:ins>{run('inserted')}</w:ins></w:p>"
        + paragraph(runs=run("HIDDEN", "<w:vanish/>") + run("seen", '<w:vanish w:val="0"/>')),
        parts=[("word/comments.xml", "<c>COMMENT</c>"), ("word/embeddings/a.bin", b"x")],
    )

    assert documents.read(data) == documents.Document(
        "<p>inserted</p><p>seen</p>",
        [],
        {"comments": 1, "embedded file": 1, "deleted": 1, "hidden": 1},
    )


def test_read_looks_nothing_up_outside():
    data = document(
        paragraph("前") + picture('r:link="rId5"') + paragraph("后"),
        relation("rId5", "image", "file:///etc/passwd", outside=True),
    )

    assert documents.read(data) == documents.Document(
        "<p>前</p><p>后</p>", [], {"linked picture": 1}
    )


MACROS = word.TYPES.replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
    "vnd.ms-word.document.macroEnabled.main",
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html>", "no document"),
        (b"PK\x05\x06" + bytes(18), "no document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old"),
        (document(paragraph("x"))[:400], "damaged"),
        (document(whole=LAUGHS + TEXT), "declaration"),
        (document(whole=("\ufeff" + LAUGHS + TEXT).encode("utf-16-le")), "declaration"),
        (document("<w:p/>" * 5_000_000), "bomb"),
        (document(paragraph("a" * 9_000_000)), "bomb"),
        (document(parts=[(f"word/media/{n}.png", b"") for n in range(2000)]), "bomb"),
        (document(parts=[("../../x.txt", b"x")]), "damaged"),
        (document(parts=[("word/vbaProject.bin", b"x")]), "macros"),
        (document(types=MACROS), "macros"),
        (document("<w:smartTag>" * 300 + "</w:smartTag>" * 300), "damaged"),
        (document("<w:p>"), "damaged"),
    ],
    ids=range(15),
)
def test_read_refuses_with_a_reason(data, reason):
    with pytest.raises(documents.DocumentRefused) as refused:
        documents.read(data)

    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


def test_read_ends_what_takes_too_long():
    with pytest.raises(documents.DocumentRefused, match="took too long"):
        documents.read(document(paragraph("x")), seconds=0.01)
