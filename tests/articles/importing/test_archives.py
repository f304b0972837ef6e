from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from articles.importing import archives


def archive(*parts):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in parts:
            file.writestr(name, content)
    return out.getvalue()


HONEST = archive(("xl/workbook.xml", b"<workbook/>"), ("xl/media/image1.png", bytes(500_000)))


def test_honest_document_has_no_problem():
    assert archives.problem(HONEST) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (HONEST[:-30], "damaged"),
        (archive(("xl/sheet.xml", bytes(5_000_000))), "far more"),
        (archive(*((f"{n}", b"") for n in range(5001))), "far more"),
        (archive(("xl/vbaProject.bin", b"x")), "macros"),
        (archive(("Basic/Standard/Module1.xml", b"x")), "macros"),
    ],
    ids=["cut", "swollen", "many", "office", "open office"],
)
def test_archive_is_refused_with_a_sentence(content, why):
    assert why in str(archives.problem(content))
