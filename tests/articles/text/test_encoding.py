import pytest

from articles.importing import UnreadablePage, decode
from articles.text.encoding import MAX_BYTES
from tests.articles.importing.pages import SHARED


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_decode_reads_what_editors_save(encoding):
    assert decode(SHARED.encode(encoding)) == SHARED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t\n", "The file is empty."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 9, "UTF-8, UTF-16 or GB18030"),
        (b"PK\x03\x04" + bytes(range(1, 256)), "UTF-8, UTF-16 or GB18030"),
        ("新闻".encode() + b"\xff\xff", "UTF-8, UTF-16 or GB18030"),
        ("新闻".encode("utf-16")[:-1], "UTF-8, UTF-16 or GB18030"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_decode_refuses_what_is_no_text(content, reason):
    with pytest.raises(UnreadablePage, match=reason):
        decode(content)
