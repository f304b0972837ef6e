"""Tables of articles: honest ones in every dress, and those that are not taken."""

import json
from datetime import date, datetime

import openpyxl
import pytest

from articles.exporting.xlsx import as_xlsx
from articles.importing import tables, workbooks
from articles.importing.records import OldArticle, OldFile
from articles.text.encoding import UnreadablePage
from tests.articles.importing.books import book, cell, row
from tests.factories import NOON

TEXT = "title,body\n上海头条,“第一条”正文\n第二,带;号\n"
TWO = [("上海头条", "“第一条”正文"), ("第二", "带;号")]


def read(content: bytes) -> list[tuple[str, str]]:
    found = [item.read() for item in tables.read_csv(content)]
    return [(article.title, article.body) for article in found if article]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(",", "\t").encode(),
        'title;body\n上海头条;“第一条”正文\n第二;"带;号"\n'.encode(),
        "标题,正文\n上海头条,“第一条”正文\n\n第二,带;号\n".encode("gb18030"),
    ],
)
def test_csv_is_read_in_any_charset_with_any_line_end_and_delimiter(content):
    assert read(content) == TWO


def test_an_author_who_says_who_did_what_is_a_credit_line():
    [item] = tables.read_csv("标题,作者,编辑\n开幕,张三/文 李四/图,赵岚\n".encode())

    assert item.read().credit_line == "（张三/文 李四/图 编辑：赵岚）"


def test_a_row_has_all_that_an_old_site_said():
    said = {
        "网址": "http://old.example/info/1.htm",
        "标题": "夜间开放",
        "正文": "<p>一</p>",
        "作者": "李明远",
        "摄影": "王芳",
        "单位": "图书馆",
        "栏目": "综合新闻",
        "发布时间": "2024年3月5日 10:20",
        "活动日期": "2024-03-04",
        "标签": "阅读、夜间",
        "点击量": "1,234",
        "图片": "a.jpg|阅览室; b.jpg",
        "附件": "c.pdf",
        "编号": "9",
    }
    table = ",".join(said) + "\n" + ",".join(f'"{value}"' for value in said.values())

    [item] = tables.read_csv(table.encode())

    assert item.label == "line 2"
    assert item.read() == OldArticle(
        address="http://old.example/info/1.htm",
        title="夜间开放",
        body="<p>一</p>",
        credit_line="（文字：李明远 摄影：王芳）",
        unit="图书馆",
        section="综合新闻",
        published_at=datetime.fromisoformat("2024-03-05T10:20"),
        event_date=date(2024, 3, 4),
        tags=("阅读", "夜间"),
        views=1234,
        pictures=(OldFile("a.jpg", "阅览室"), OldFile("b.jpg")),
        attachments=(OldFile("c.pdf"),),
        remarks=("Columns that were not read: 编号",),
    )


def test_what_nobody_may_set_is_not_read():
    table = b"title,body,status,pk,slug,click_count,is_superuser\nA,x,published,1,../a,99,1\n"

    [item] = tables.read_csv(table)

    assert item.read() == OldArticle(
        "", "A", "x",
        remarks=("Columns that were not read: status, pk, slug, click_count, is_superuser",),
    )  # fmt: skip


def test_formulas_stay_the_text_that_they_are():
    formulas = ["=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "=cmd|' /C calc'!A0"]
    table = "title,body\n" + "".join(f'"{formula}",x\n' for formula in formulas)

    assert [title for title, _body in read(table.encode())] == formulas


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"title,body\n\xff\xfe\xfa bad\n", "This is no text in UTF-8"),
        (b"title,body\nA\xed\xa0\x80B,x\n", "This is no text in UTF-8"),
        (b"title,body\nA\x1b[31mB,x\n", "This is no text in UTF-8"),
        (b"title,body\nA\x00B,x\n", "This is no text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is no text in UTF-8"),
        (b"just,some,data\n1,2,3\n", "Line 1: The first line has to name the columns"),
        (b"title,title,body\na,b,c\n", "Line 1: Two columns are called"),
        (b'title,body\nA,"never closed\nB,c\n', "Line 2: This is no table"),
        (b"title," + b",".join(b"c%d" % n for n in range(300)) + b"\nx\n", "up to 200 columns"),
        (b'title,body\nbig,"' + b"x" * 3_100_000 + b'"\n', "Line 2: This is no table"),
        (b"title,body\n" + b"t,b\n" * 50_002, "up to 50000 lines"),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(content, reason):
    with pytest.raises(UnreadablePage) as refused:
        tables.read_csv(content)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",x", "It has no title."),
        ("a,b,c,d", "This line has more cells than there are columns."),
        ("a,b,neulich", "“neulich” is no date."),
        ("a,b,2024-02-30", "“2024-02-30” is no date."),
    ],
)
def test_one_bad_line_is_refused_alone_and_says_where_it_is(line, reason):
    items = tables.read_csv(f"title,body,date\ngood,x,\n{line}\nalso good,x,\n".encode())

    assert [item.label for item in items] == ["line 2", "line 3", "line 4"]
    assert items[0].read()
    assert items[2].read()
    with pytest.raises(UnreadablePage, match=reason):
        items[1].read()


def test_a_workbook_is_read_with_its_days():
    rows = row(1, "标题", "正文", "发布时间", "点击量") + (
        f'<row r="3">{cell("A3", "夜间开放")}{cell("B3", "正文")}'
        '<c r="C3" s="1"><v>45356.430555555555</v></c><c r="D3"><v>12.0</v></c></row>'
    )

    [item] = tables.read_xlsx(book(rows))
    article = item.read()

    assert item.label == "line 3"
    assert article == OldArticle(
        "", "夜间开放", "正文", published_at=datetime.fromisoformat("2024-03-05T10:20"), views=12
    )


def test_of_a_formula_a_workbook_gives_the_last_result():
    rows = row(1, "title", "body") + (
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://127.0.0.1/")</f><v>门</v></c>'
        f"{cell('B2', '=1+1')}</row>"
    )

    article = tables.read_xlsx(book(rows))[0].read()

    assert article == OldArticle("", "门", "=1+1")


def test_workbooks_of_other_hands_are_read(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["标题", "正文", "发布时间"])
    made.active.append(["夜间开放", "一\n二", NOON.replace(tzinfo=None)])
    made.save(tmp_path / "other.xlsx")
    ours = as_xlsx([["标题", "发布时间"], ["夜间开放", NOON]], title="稿")

    theirs = tables.read_xlsx((tmp_path / "other.xlsx").read_bytes())[0].read()
    own = tables.read_xlsx(b"".join(ours))[0].read()

    noon = datetime.fromisoformat("2026-11-20T12:00")
    assert theirs == OldArticle("", "夜间开放", "一\n二", published_at=noon)
    assert own == OldArticle("", "夜间开放", "", published_at=noon)


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "x">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
HIDDEN = f"\ufeff{LAUGHS}{STRINGS}<si/></sst>".encode("utf-16-le")
UNMARKED = f"<!DOCTYPE sst>{STRINGS}<si/></sst>"
OTHERWISE = f'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE sst>{STRINGS}<si/></sst>'
HEAD = row(1, "title", "body")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"\xd0\xcf\x11\xe0" + bytes(1024), "This is an old .xls"),
        (b"<table>", "This is no workbook."),
        (book(HEAD)[:400], "The workbook is damaged."),
        (book(HEAD, shared=f"{LAUGHS}{STRINGS}<si><t>&l8;</t></si></sst>"), "declares types"),
        (book(HEAD, shared=f"{OUTSIDE}{STRINGS}<si><t>&f;</t></si></sst>"), "declares types"),
        (book(HEAD, shared=HIDDEN), "declares types"),
        (book(HEAD, shared=UNMARKED.encode("utf-16-le")), "declares types"),
        (book(HEAD, shared=UNMARKED.encode("utf-16-be")), "declares types"),
        (book(HEAD, shared=OTHERWISE), "The workbook is damaged."),
        (book(HEAD + f'<row r="9">{cell("A9", "x" * 32_768)}</row>'), "up to 32767 characters"),
        (book(HEAD, shared=STRINGS + "<si><t>x</t></si>" * 2_000_000 + "</sst>"), "far more"),
        (book(HEAD + f'<row r="9">{cell("XFD1048576", "far")}</row>'), "up to 200 columns"),
    ],
)  # fmt: skip
def test_a_hostile_workbook_is_refused(content, reason):
    with pytest.raises(UnreadablePage) as refused:
        tables.read_xlsx(content)

    assert reason in str(refused.value)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_one_text_in_many_cells_counts_as_often_as_it_is_read(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_CHARACTERS", 50_000)
    cells = "".join(f'<c r="{column}{{0}}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
    shared = f"{STRINGS}<si><t>{'字' * 1000}</t></si></sst>"

    def answered(rows):
        lines = "".join(f'<row r="{at}">{cells.format(at)}</row>' for at in range(1, rows + 1))
        return json.loads(workbooks.answer(book(lines, shared=shared)))

    assert answered(6) == {"refused": "bomb"}
    assert answered(5)["rows"][4] == [5, ["字" * 1000] * 10]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_an_answer_that_does_not_fit_is_refused(monkeypatch):
    def fail(*_args, **_options):
        raise MemoryError

    real = json.dumps
    monkeypatch.setattr(
        json, "dumps", lambda told, **options: (fail if "rows" in told else real)(told, **options)
    )

    assert json.loads(workbooks.answer(book(HEAD))) == {"refused": "bomb"}


def test_json_lines_are_read_one_by_one():
    lines = [
        json.dumps({"url": "/a", "title": "甲", "body": "文", "tags": ["一", "二"],
                    "pictures": [{"file": "a.jpg", "caption": "门"}], "views": 7, "id": 1}),
        "",
        "no json",
        "[]",
        json.dumps({"title": {"x": 1}}),
        json.dumps({"title": "\ud800"}),
        json.dumps({"title": "A\0"}),
        "[" * 100_000,
    ]  # fmt: skip

    first, *others = tables.read_lines("\n".join(lines).encode())

    assert first.read() == OldArticle(
        "/a", "甲", "文", tags=("一", "二"), views=7, pictures=(OldFile("a.jpg", "门"),),
        remarks=("Columns that were not read: id",),
    )  # fmt: skip
    assert [item.label for item in others] == [f"line {number}" for number in range(3, 9)]
    for item in others:
        with pytest.raises(UnreadablePage):
            item.read()
