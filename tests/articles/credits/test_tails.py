import pytest

from articles.credits import Tail, find_credit_line


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("各单位负责人参加会议。", "（供稿/编辑：黨委宣傳部 李明遠 圖片：劉潤之 審核：楊靜怡）"),
        ("活动圆满结束。", "（文/林晓然）（图/周远帆）"),
        ("活动圆满结束。", "（林晓然（化学学院）/文 周远帆/图）"),
        ("活动圆满结束", "【供稿：林晓然】"),
        ("活动圆满结束。", "（教务处）"),
        ("活动圆满结束。", "文/林晓然 图/周远帆"),
        ("", "（供稿：林晓然）"),
    ],
)
def test_find_credit_line_splits_it_off(body, line):
    assert find_credit_line(body + line) == Tail(body, line)


def test_find_credit_line_on_its_own_line_drops_the_break():
    assert find_credit_line("活动结束。\n供稿：林晓然\n") == Tail("活动结束。", "供稿：林晓然")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "）",
        "活动圆满结束。",
        "地点在图书馆（逸夫馆）",
        "他说明了安排（见图一）",
        "参会者有林晓然（摄影师）",
        "林晓然说：大家好。",
        "本次活动（由校团委主办，林晓然主持，各学院两百余名同学参加并合影，编辑部成员周远帆摄影）",
    ],
)
def test_find_credit_line_leaves_other_endings(text):
    assert find_credit_line(text) is None
