import pytest

from articles.actions.packaging import ending, picture_ending


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", ".jpg"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"GIF89a", ".gif"),
        (b"RIFF\n\x00\x00\x00WEBPVP8 ", ".webp"),
        (b"\x00\x00\x00\x20ftypavif", ".avif"),
        (b"<svg", ""),
        (b"", ""),
    ],
)
def test_picture_is_named_by_what_it_is(beginning, found):
    assert picture_ending(beginning) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a/b.PDF", ".pdf"),
        ("x.docx", ".docx"),
        ("x.中文", ""),
        ("x.a b", ""),
        ("x", ""),
        (None, ""),
    ],
)
def test_document_keeps_a_plain_ending(name, found):
    assert ending(name) == found
