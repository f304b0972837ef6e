import pytest

from articles.checks import tables
from articles.checks.tables import BadTable, Entry
from articles.exporting.lines import as_csv

NO_TEXT = "This is no text in UTF-8, UTF-16 or GB18030. Please save it as UTF-8 and try again."
HEAD = "word,kind,severity,suggestion,note\n"
WORDS = [
    Entry(
        "残废", "残废", is_allowed=False, severity="blocking", suggestion="残疾", note='一,"二"'
    ),
    Entry("國王八世", "国王八世", is_allowed=True, severity="advisory", suggestion="", note=""),
    Entry("=1+1", "=1+1", is_allowed=False, severity="advisory", suggestion="＋", note="-"),
]


def refused(content):
    with pytest.raises(BadTable) as problem:
        tables.read(content if isinstance(content, bytes) else content.encode())
    return problem.value.errors


def test_list_goes_out_and_comes_back():
    written = "".join(as_csv([tables.COLUMNS, *map(tables.row, WORDS)]))

    assert written.startswith("\ufeffword,kind,severity,suggestion,note\r\n")
    assert "\r\n'=1+1,word,advisory,'＋,'-\r\n" in written
    assert tables.read(written.encode()) == WORDS


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_table_made_by_hand_is_read(encoding):
    content = "词语,级别,类型\n残 废,拦截,\n国王八世,,放行\n\n".encode(encoding)

    assert [(one.text, one.key, one.severity, one.is_allowed) for one in tables.read(content)] == [
        ("残 废", "残废", "blocking", False),
        ("国王八世", "国王八世", "advisory", True),
    ]


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ("", ["The table is empty."]),
        ("残废\n", ["The first line has to name the columns: " + ", ".join(tables.COLUMNS) + "."]),
        (HEAD + "甲,x,,,\n", ["Line 2: “x” is none of: word, 词语, allowed, 放行."]),
        (HEAD + "甲,,很,,\n", ["Line 2: “很” is none of: advisory, 提示, blocking, 拦截."]),
        (HEAD + "甲\n乙\n 甲\n", ["Line 4: the same word stands in line 2 already."]),
        (HEAD + "　,,,x,\n", ["Line 2: there is no word to look for."]),
        (HEAD + "字" * 61 + "\n", ["Line 2: “word” is longer than 60 characters."]),
        (
            b"\xff\xfe\x00",
            [NO_TEXT],
        ),
    ],
)  # fmt: skip
def test_table_that_cannot_be_taken_says_why(content, errors):
    assert refused(content) == errors


def test_limits_are_said(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert refused(HEAD + "甲\n乙\n") == ["A table may have up to 2 lines."]
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    assert refused(HEAD) == ["A table may have up to 0 MB."]


def test_no_more_errors_are_told_than_somebody_reads():
    assert len(refused(HEAD + "甲\n" * 100)) == 20
