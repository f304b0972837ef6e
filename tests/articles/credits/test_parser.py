"""What credit lines say. Everybody named here is invented."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.credits import Parsed, ParsedCredit, Role, Stage, parse, unread
from articles.credits.folding import fold
from articles.text.hanzi import match_key
from tests.patience import patience


def said(line: str, **known: list[str]) -> list[str]:
    """Give each credit as "role name @unit #stage", without what it does not have."""
    keys = {kind: set(map(match_key, names)) for kind, names in known.items()}
    return [
        " ".join(
            filter(
                None,
                (
                    credit.role,
                    credit.name,
                    credit.unit and f"@{credit.unit}",
                    credit.stage and f"#{credit.stage}",
                ),
            )
        )
        for credit in parse(line, **keys).credits
    ]


def test_parse_gives_role_name_unit_stage_and_note():
    parsed = parse("责任编辑：宣传部 学生记者 林晓然（实习）　终审：周远帆　点击：35")

    assert parsed == Parsed(
        credits=(
            ParsedCredit(Role.EDITOR, "林晓然", "宣传部", note="责任编辑;学生记者;实习"),
            ParsedCredit(Role.REVIEWER, "周远帆", stage=Stage.FINAL),
        ),
        rest="点击:35",
    )


LABELS_BEFORE = {
    "（供稿/编辑：黨委宣傳部 李明遠 圖片：研究生學生助理 劉潤之 審核：楊靜怡）": [
        "author 李明遠 @黨委宣傳部",
        "editor 李明遠 @黨委宣傳部",
        "photographer 劉潤之",
        "reviewer 楊靜怡",
    ],
    "文：林晓然 图：周远帆 审：孟小溪": [
        "author 林晓然",
        "photographer 周远帆",
        "reviewer 孟小溪",
    ],
    "文/林晓然 图/周远帆": ["author 林晓然", "photographer 周远帆"],
    "文 林晓然 图 周远帆": ["author 林晓然", "photographer 周远帆"],
    "撰稿丨林晓然\n编辑｜周远帆": ["author 林晓然", "editor 周远帆"],
    "撰稿∶林晓然；摄影︰周远帆": ["author 林晓然", "photographer 周远帆"],
    "&nbsp;撰稿：林晓然&nbsp;&nbsp;审核：周远帆": ["author 林晓然", "reviewer 周远帆"],
    "编 辑：林 晓　审 核：周 远": ["editor 林晓", "reviewer 周远"],
    "供稿：林晓然，周远帆，摄影：孟小溪": [
        "author 林晓然",
        "author 周远帆",
        "photographer 孟小溪",
    ],
    "撰稿：林晓然·摄影：周远帆": ["author 林晓然", "photographer 周远帆"],
    "作者：林晓然文章来源：教务处发布时间：2031-05-06": ["author 林晓然", "source @教务处"],
    "【文字】林晓然\n【图片】周远帆": ["author 林晓然", "photographer 周远帆"],
    "供稿/林晓然编辑/周远帆": ["author 林晓然", "editor 周远帆"],
    "学生处 文/林晓然 图/周远帆": ["author 林晓然 @学生处", "photographer 周远帆 @学生处"],
}
LABELS_BEHIND = {
    "林晓然 文　周远帆 图": ["author 林晓然", "photographer 周远帆"],
    "（林晓然/文 周远帆、孟小溪/摄）": [
        "author 林晓然",
        "photographer 周远帆",
        "photographer 孟小溪",
    ],
    "林晓然供稿 周远帆摄": ["author 林晓然", "photographer 周远帆"],
    "林晓然（化学学院）、周远帆（物理学院）供稿": [
        "author 林晓然 @化学学院",
        "author 周远帆 @物理学院",
    ],
    "教务处、学生处供稿": ["author @教务处", "author @学生处"],
    "（图书馆供稿 林晓然撰稿 周远帆摄影）": [
        "author @图书馆",
        "author 林晓然",
        "photographer 周远帆",
    ],
    "（林晓然 文 周远帆 摄 编辑 孟小溪）": [
        "author 林晓然",
        "photographer 周远帆",
        "editor 孟小溪",
    ],
    "林晓然/文 图/周远帆": ["author 林晓然", "photographer 周远帆"],
    "部分图片由校友会 林晓然提供": ["photographer 林晓然 @校友会"],
    "图一、图二由林晓然拍摄，其余由周远帆提供": [
        "photographer 林晓然",
        "photographer 周远帆",
    ],
}
REPORTERS = {
    "（记者 林晓然 通讯员 周远帆）": ["author 林晓然", "author 周远帆"],
    "本报记者林晓然摄影报道": ["photographer 林晓然", "author 林晓然"],
    "【白河日報記者林曉然／新竹報導】": ["author 林曉然 @白河日報"],
    "白河周末記者 林曉然發自北京": ["author 林曉然 @白河周末"],
    "摄影记者 林晓然": ["photographer 林晓然"],
    "本网讯（通讯员林晓然 周远帆）": ["author 林晓然", "author 周远帆"],
    "记者 林晓然 摄影 周远帆": ["author 林晓然", "photographer 周远帆"],
    "记者 林晓然 文 周远帆 图": ["author 林晓然", "photographer 周远帆"],
}
UNITS = {
    "供稿：化学学院 林晓然 编辑：宣传部 周远帆": [
        "author 林晓然 @化学学院",
        "editor 周远帆 @宣传部",
    ],
    "供稿：宣传部林晓然": ["author 林晓然 @宣传部"],
    "供稿：党委宣传部（新闻中心） 林晓然": ["author 林晓然 @党委宣传部(新闻中心)"],
    "供稿：校团委、宣传部 林晓然": ["author @校团委", "author 林晓然 @宣传部"],
    "供稿单位：化学学院　撰稿：林晓然": ["contributing_unit @化学学院", "author 林晓然"],
    "（教务处）": ["contributing_unit @教务处"],
    "来源：白河日报、教务处　编辑：林晓然": [
        "source @白河日报",
        "source @教务处",
        "editor 林晓然",
    ],
    "文：林晓然（化学学院2021级本科生）": ["author 林晓然 @化学学院"],
    "审核：化学学院党总支书记 林晓然": ["reviewer 林晓然 @化学学院"],
    "主办单位：校团委　承办单位：化学学院　供稿：林晓然": ["author 林晓然"],
}
NAMES = {
    "供稿：图书馆 文静溪　摄影：图雅　审核：审计处 文斌": [
        "author 文静溪 @图书馆",
        "photographer 图雅",
        "reviewer 文斌 @审计处",
    ],
    "文：欧阳晓然 图：司徒远": ["author 欧阳晓然", "photographer 司徒远"],
    "供稿：阿里木•吐尔洪、古丽巴哈尔": ["author 阿里木·吐尔洪", "author 古丽巴哈尔"],
    "文/Ana Poe-García　图/林晓然": ["author Ana Poe-García", "photographer 林晓然"],
    "审核：林晓然老师": ["reviewer 林晓然"],
    "文字：林晓然等": ["author 林晓然"],
    "编辑：林晓然 林晓然": ["editor 林晓然"],
}
STAGES = {
    "一审：林晓然 二审：周远帆 三审：孟小溪": [
        "reviewer 林晓然 #first",
        "reviewer 周远帆 #second",
        "reviewer 孟小溪 #final",
    ],
    "三审：林晓然 终审：周远帆": ["reviewer 林晓然 #third", "reviewer 周远帆 #final"],
    "初審：林曉然 複審：周遠帆": ["reviewer 林曉然 #first", "reviewer 周遠帆 #second"],
    "一审一校：林晓然": ["reviewer 林晓然 #first", "proofreader 林晓然 #first"],
    "签发：林晓然": ["reviewer 林晓然 #final"],
}
LABELS = {
    "美术编辑：林晓然": ["designer 林晓然"],
    "图片编辑：林晓然": ["editor 林晓然"],
    "文字、摄影：林晓然": ["author 林晓然", "photographer 林晓然"],
    "采编：林晓然": ["author 林晓然", "editor 林晓然"],
    "策划：林晓然 配音：周远帆 剪辑：孟小溪": [
        "producer 林晓然",
        "presenter 周远帆",
        "videographer 孟小溪",
    ],
    "指导老师：林晓然": ["other 林晓然"],
}
ENGLISH = {
    "Text and photos by Ana Poe": ["author Ana Poe", "photographer Ana Poe"],
    "By Ana Poe, Lee Kim and Dr. Max Roe": ["author Ana Poe", "author Lee Kim", "author Max Roe"],
    "By Ana Poe, News Office": ["author Ana Poe @News Office"],
    "By Ana Poe and the Web Team": ["author Ana Poe", "author @Web Team"],
    "Words: Ana Poe. Pictures: Lee Kim.": ["author Ana Poe", "photographer Lee Kim"],
    "Image courtesy of Poe & Kim Associates": ["photographer @Poe & Kim Associates"],
    "Editor: Ana Poe | Final review: Lee Kim": ["editor Ana Poe", "reviewer Lee Kim #final"],
    "Ana Poe contributed to this report.": ["author Ana Poe"],
}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        case
        for table in (
            LABELS_BEFORE,
            LABELS_BEHIND,
            REPORTERS,
            UNITS,
            NAMES,
            STAGES,
            LABELS,
            ENGLISH,
        )
        for case in table.items()
    ],
)
def test_parse_reads(line, expected):
    assert said(line) == expected


def expected_of_lines() -> dict[str, list[str]]:
    text = Path(__file__).with_name("lines.txt").read_text(encoding="utf-8")
    rows = (row for row in text.splitlines() if row and not row.startswith("# "))
    cases = (row.partition(" =>") for row in rows)
    return {
        line.replace("\\n", "\n"): sorted(
            credit.strip().replace(" - ", " ") for credit in expected.split(";") if credit.strip()
        )
        for line, _, expected in cases
    }


def test_parse_reads_what_sites_print():
    expected = expected_of_lines()

    read = {line: sorted(said(line)) for line in expected}

    assert len(expected) > 1000
    assert {line: read[line] for line in expected if read[line] != expected[line]} == {}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "审核：编辑：",
        "编辑：佚名",
        "责任编辑：admin",
        "图：受访者提供",
        "审核流程：初审—复审—终审",
        "（图一）开幕式现场",
        "记者从校团委获悉，活动圆满结束",
        "会议由副校长林晓然主持。",
        "近日，学校召开审核评估工作会议，宣传部部长林晓然出席。",
        "联系人：林晓然 电话：010-00000000",
        "摄影协会成立",
        "编辑：待定",
        "作者简介：林晓然，化学学院教授。",
        "The editor was photographed by many students.",
        "Edited for length and clarity.",
    ],
)
def test_parse_of_other_text_credits_nobody(line):
    assert said(line) == []


def test_parse_of_a_label_before_a_sentence_credits_nobody():
    assert said("文：近日，学校各部门齐聚一堂共商发展") == []
    assert said("文：林晓然") == ["author 林晓然"]


def test_parse_leaves_what_it_cannot_read_in_the_rest():
    assert parse("图为开幕式现场盛况 林晓然 摄").rest == "图为开幕式现场盛况"


def test_parse_loses_no_name_that_it_does_not_credit():
    parsed = parse("供稿：林晓然 摄影：小周周 阿弥陀佛大吉大利 审核：孟小溪")

    assert [credit.name for credit in parsed.credits] == ["林晓然", "孟小溪"]
    assert parsed.rest == "小周周 阿弥陀佛大吉大利"


def test_unread_cuts_a_line_where_it_was_not_understood():
    line = "供稿：林晓然 大吉大利阿弥陀佛 审核：孟小溪"

    pieces = unread(line, parse(line))

    assert "".join(text for text, _unknown in pieces) == fold(line)
    assert [text for text, unknown in pieces if unknown] == ["大吉大利阿弥陀佛"]


@pytest.mark.parametrize("unit", ["藍鯨", "蓝鲸"])
def test_parse_knows_the_units_of_the_site_in_either_script(unit):
    assert said("供稿：蓝鲸林晓然", units=[unit]) == ["author 林晓然 @蓝鲸"]
    assert said("供稿：藍鯨 林曉然", units=[unit]) == ["author 林曉然 @藍鯨"]


def test_parse_takes_a_bare_name_in_brackets_only_from_people_it_knows():
    assert said("（林晓然）") == []
    assert said("（林晓然）", people=["林曉然"]) == ["author 林晓然"]


WORDS = """
文 图 审核 编辑 摄影 供稿 供稿单位 来源 一审 记者 学生记者 林晓然 周远 欧阳晓然 阿里木·吐尔洪
宣传部 化学学院 黨委宣傳部 关(guān) 關(guān) 近日 的 学校 审 校 李 由 提供 等 讯 图一 2031-05-06
（ ） ( ) 【 】 ： : / ／ | 丨 、 ， ； 。 — · • ？ 12:30 & &nbsp;
Ana Poe by By Photo photos and the News Office
“ ” 和 与 台北报道 本报讯 新华社发 系 文·图 l I ‖ 2031级 班 (s) on May 5,
Media contact contributed reporting via
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "　", "\n", "\u200b"])


@given(st.lists(PIECES | st.characters(), max_size=40).map("".join))
def test_parse_never_makes_up_a_name(line):
    printed = "".join(fold(line).split())
    for credit in parse(line).credits:
        for words in (credit.name, credit.unit):
            assert words is None or "".join(words.split()) in printed


@given(st.lists(PIECES, max_size=20).map("".join))
def test_unread_gives_the_whole_line(line):
    assert "".join(text for text, _unknown in unread(line, parse(line))) == fold(line)


@pytest.mark.parametrize(
    "piece",
    [
        "学生",
        "文/",
        "（",
        "审核：",
        "李 ",
        "记者",
        "由",
        "and ",
        "A. ",
        "photo ",
        "李静、",
        "一审一校",
        "“",
        "学“",
        "文·",
        "李静和",
        "a",
        "Words Ana Poe ",
        "Ana Poe & ",
        "May 5, ",
        "李静台北报道",
        "2031级",
        "1班",
        "李静\n",
        "文——",
        " I 文",
    ],
)
def test_parse_of_a_long_hostile_line_ends_soon(piece):
    with patience():
        parse(piece * 20_000)
