import pytest

from articles.importing import PastedPage, Remark, UnreadablePage, read_page
from articles.importing.page import MAX_HEADING, MAX_KICKER
from articles.models import Article
from articles.text.encoding import MAX_BYTES
from tests.articles.importing.pages import SHARED
from tests.patience import patience


def read(text):
    return read_page(text.encode())


def test_read_page_tells_all_parts_apart():
    assert read(SHARED) == PastedPage(
        section_label="焦點關(guān)注",
        section_label_at=1,
        kicker="",
        headline="林遠(yuǎn)、周寧走訪東湖區(qū)",
        subhead="",
        paragraphs=(
            "3月8日上午,校長周寧一行走訪東湖區(qū),與區(qū)長會見座談。",
            "會上,雙方圍繞校地合作進(jìn)行交流。區(qū)政府發(fā)展?fàn)顩r良好。",
            "區(qū)科委主任及我??萍继?、教務(wù)處負(fù)責(zé)同志參加會議。",
        ),
        credit_line=("(供稿/編輯:黨委宣傳部 林曉 圖片:研究生學(xué)生助理 趙嵐 審核:周靜)"),
        credit_line_at=9,
        warnings=(
            Remark(1, "Stray pinyin was kept, such as 關(guān)."),
            Remark(3, "Stray pinyin was kept, such as 遠(yuǎn)、區(qū)."),
            Remark(5, "Stray pinyin was kept, such as 區(qū)."),
            Remark(7, "Characters seem to be lost: 展?."),
            Remark(7, "Stray pinyin was kept, such as 進(jìn)、區(qū)、發(fā)."),
            Remark(9, "Characters seem to be lost: 我??萍继、?."),
            Remark(9, "Stray pinyin was kept, such as 區(qū)、務(wù)、負(fù)."),
            Remark(11, "Left out: - 分享 -"),
            Remark(13, "Left out: 單周單篇點擊量排名"),
            Remark(15, "Left out: 新聞網(wǎng)(wǎng)各單位用稿量排行榜"),
            Remark(16, "Left out: (2023年9月)"),
            Remark(17, "Left out: 某某部 12"),
        ),
    )


@pytest.mark.parametrize(
    ("top", "label", "kicker", "headline", "subhead"),
    [
        ("校园动态\n图书馆开放\n", "校园动态", "", "图书馆开放", ""),
        ("图书馆开放\n", "", "", "图书馆开放", ""),
        ("校园动态\n喜迎新学年\n图书馆开放\n", "校园动态", "喜迎新学年", "图书馆开放", ""),
        ("校园动态\n图书馆开放\n——座位增加\n", "校园动态", "", "图书馆开放", "——座位增加"),
        (
            "校园动态\n图书馆开放\n发布时间：2026-11-02 10:00 浏览：12 次\n",
            *("校园动态", "", "图书馆开放", ""),
        ),
        ("校园动态\r\n\r\n图书馆开放\r\n2026年11月2日\r\n", "校园动态", "", "图书馆开放", ""),
        ("\ufeff校园动态\n- 分享 -\n图书馆开放\n", "校园动态", "", "图书馆开放", ""),
    ],
)
def test_read_page_tells_headings_apart(top, label, kicker, headline, subhead):
    page = read(top + "　　正文。\n（文：张晓）\n")

    assert (page.section_label, page.kicker, page.headline, page.subhead) == (
        label,
        kicker,
        headline,
        subhead,
    )
    assert page.paragraphs == ("正文。",)


@pytest.mark.parametrize(
    ("end", "paragraphs", "credit_line", "at"),
    [
        ("完。（文：张晓）", ("完。",), "（文：张晓）", 3),
        ("完。\n\n供稿：张晓", ("完。",), "供稿：张晓", 5),
        ("完。\n（文：张晓）\n（图：李静）", ("完。",), "（文：张晓）（图：李静）", 4),
        ("一。\n二。\n三（四）。", ("一。", "二。", "三（四）。"), "", 0),
    ],
)
def test_read_page_finds_the_credit_line_at_the_end(end, paragraphs, credit_line, at):
    page = read(f"校园动态\n图书馆开放\n　　{end}\n")

    assert (page.paragraphs, page.credit_line, page.credit_line_at) == (
        paragraphs,
        credit_line,
        at,
    )


def test_read_page_reports_a_missing_credit_line():
    assert read("校园动态\n图书馆开放\n　　一。\n　　二。\n").warnings == (
        Remark(4, "There is no credit line."),
    )


@pytest.mark.parametrize("text", ["这是为什么?", "去不去？？去。", "A?b是什么。"])
def test_read_page_takes_question_marks_for_what_they_are(text):
    page = read(f"校园动态\n图书馆开放\n　　{text}（文：张晓）\n")

    assert page.warnings == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("　　正文。\n", "Line 1: There is no headline above the text."),
        ("校园动态\n图书馆开放\n", "Line 2: There is no text below the headline."),
        ("- 分享 -\n", "Line 1: There is no headline above the text."),
        (f"校园动态\n{'长' * 121}\n　　正文。", "Line 2: This heading is longer than 120"),
        (f"校园动态\n{'长' * 61}\n标题\n　　正文。", "Line 2: This heading is longer than 60"),
        (
            "校园动态\n图书馆开放\n　　正文。\n　　完。（供稿：  审核：）\n",
            r"Line 4: This credit line names nobody: 完。（供稿：  审核：）",
        ),
        (
            "校园动态\n图书馆开放\n　　完。\n供稿：\n",
            "Line 4: This credit line names nobody: 供稿：",
        ),
        (
            "校園動態(tài)\n圖書館開放\n　　完。\n(圖片/編輯:)\n",
            r"Line 4: This credit line names nobody: \(圖片/編輯:\)",
        ),
    ],
)
def test_read_page_says_what_is_missing_and_where(text, reason):
    with pytest.raises(UnreadablePage, match=reason):
        read(text)


@pytest.mark.parametrize(
    "piece",
    [
        "　　正文很长。\n",
        "很长",
        "供稿：",
        "（",
        "(图",
        "关(guān)",
        "我??",
        "? ",
        "分享",
        "\n\n-",
        "2026年",
    ],
)
def test_read_page_answers_soon_to_a_file_as_long_as_allowed(piece):
    content = ("校园\n标题\n　　" + piece * (MAX_BYTES // len(piece.encode())))[: MAX_BYTES // 3]

    with patience():
        page = read(content)

    assert page.headline == "标题"


def test_limits_are_those_of_an_article():
    limits = {name: Article._meta.get_field(name).max_length for name in ("headline", "kicker")}

    assert limits == {"headline": MAX_HEADING, "kicker": MAX_KICKER}
