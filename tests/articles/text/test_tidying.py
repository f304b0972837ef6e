"""Tidying: each kind by itself, what stays as it is, and that twice is once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import richtext
from articles.text.tidying import KINDS, USUAL, Change, tidy

EVERYTHING = frozenset(KINDS)


def tidied(text, *kinds, names=()):
    html = tidy(f"<p>{text}</p>", kinds or USUAL, names).html
    return html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("width", "２０２６年ＡＩ", "2026年AI"),
        ("ellipses", "等等...", "等等……"),
        ("ellipses", "等等。。。。", "等等……"),
        ("ellipses", "等等…好", "等等……好"),
        ("ellipses", "wait...", "wait..."),
        ("dashes", "主题--学习", "主题——学习"),
        ("dashes", "北京—上海", "北京—上海"),
        ("dashes", "a--b中", "a--b中"),
        ("punctuation", "你好,世界.", "你好，世界。"),
        ("punctuation", "时间: 10:30,地点:室内", "时间：10:30，地点：室内"),
        ("punctuation", "会议(线上)和(CCTV)", "会议（线上）和（CCTV）"),
        ("punctuation", "比分3：2", "比分3:2"),
        ("punctuation", "It is，he said。", "It is, he said."),
        ("punctuation", "版本v3.14,见a.b", "版本v3.14，见a.b"),
        ("quotes", '他说"好"和"行"', "他说“好”和“行”"),
        ("quotes", '他说"好', '他说"好'),
        ("quotes", "他说'好'，it's", "他说‘好’，it's"),
        ("quotes", 'He said "yes"', 'He said "yes"'),
        ("corners", "他说“好‘的’”", "他说「好『的』」"),
        ("marks", "好，，的。。", "好，的。"),
        ("marks", "好！！？？", "好！？"),
        ("marks", "好，。", "好。"),
        ("marks", "好。。。", "好。。。"),
        ("words", "我的的书", "我的书"),
        ("words", "的的确确", "的的确确"),
        ("words", "我们我们去了了", "我们去了了"),
        ("words", "in the the end", "in the end"),
        ("blanks", "今天 我们一起出发", "今天我们一起出发"),
        ("blanks", "张三 李四 王五", "张三 李四 王五"),
        ("blanks", "你好 ， 世界", "你好，世界"),
        ("blanks", "用 AI 写", "用 AI 写"),
        ("spacing", "用AI写3篇", "用 AI 写 3 篇"),
        ("spacing", "增长5%的", "增长5% 的"),
    ],
)
def test_each_kind_does_its_own_and_no_more(kind, before, after):
    expected = after.replace("增长5%", "增长 5%") if kind == "spacing" else after

    assert tidied(before, kind) == expected
    assert tidied(before, "corners" if kind != "corners" else "width") == before


def test_blanks_between_scripts_and_corner_quotes_are_not_usual():
    assert EVERYTHING - {"spacing", "corners"} == USUAL
    assert tidied('用AI说"好"') == "用AI说“好”"


@pytest.mark.parametrize(
    "text",
    [
        "见https://example.edu/a,b?c=d...，",
        "信箱a.b@example.edu,",
        "标准GB/T7714-2015与2026-11-24、1,000元、10:30",
        '<a href="https://example.edu/?a=,&amp;b=.">链接,的的...</a>',
    ],
)
def test_links_addresses_and_code_numbers_stay(text):
    html = richtext.clean(f"<p>{text}</p>")

    found = tidy(html, EVERYTHING - {"spacing"})

    assert found.html == html


def test_names_of_those_credited_stay():
    assert tidied("记者王 芳今天报道，的的", names=["王 芳"]) == "记者王 芳今天报道，的"
    assert tidied("摄影Ａ组,好", names=["Ａ组"]) == "摄影Ａ组，好"
    assert tidied("记者王 芳今天报道，的的") == "记者王芳今天报道，的"


def test_marks_stay_and_what_crosses_them_is_tidied():
    html = "<p>好<strong>,的</strong>的<em>书.</em></p>\n<ul><li>甲,</li><li>乙.</li></ul>"

    assert tidy(html, USUAL).html == (
        "<p>好<strong>，的</strong><em>书。</em></p>\n<ul><li>甲，</li><li>乙。</li></ul>"
    )


def test_markup_in_words_stays_words():
    assert tidied("甲 &lt;b&gt; &amp;amp 乙,") == "甲 &lt;b&gt; &amp;amp 乙，"


def test_figures_and_tables_keep_their_attributes():
    html = richtext.clean(
        '<figure><img data-file="3" alt="图,的的...">'
        "<figcaption>图,一</figcaption></figure>"
        '<table><tbody><tr><td colspan="2">甲,乙</td></tr></tbody></table>'
    )

    found = tidy(html, USUAL).html

    assert 'alt="图,的的..."' in found
    assert "<figcaption>图，一</figcaption>" in found
    assert '<td colspan="2">甲，乙</td>' in found


def test_changes_are_told_in_their_context():
    found = tidy("<p>四月十九日下午学校领导一行赴朝阳区,就产业</p>", {"punctuation"})

    assert found.changes == [
        Change("punctuation", "下午学校领导一行赴朝阳区", ",", "，", "就产业")
    ]


def test_text_in_order_is_not_changed():
    html = "<p>四月十九日，学校领导赴朝阳区走访座谈……</p>"

    assert tidy(html, USUAL) == tidy(html, frozenset())
    assert tidy(html, USUAL).changes == []


PIECES = (
    "好 的 我们 在 国 王 芳 a B 3 , . : ; ! ? ( ) ... -- … 。 ， 、 ！ \" ' “ ” ‘ ’ （ ） "
    "１ Ａ － — ： ２ % & < <strong> </strong> <em> </em> <br> </p><p> "
    '<a href="https://e.edu/"> </a> https://e.edu/a a@b.cn'
).split()
PIECES += (" ", "\u00a0", "　")
markup = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
some_kinds = st.sets(st.sampled_from(sorted(KINDS)))


@given(markup, some_kinds)
def test_tidying_twice_is_tidying_once(html, kinds):
    once = tidy(html, kinds)
    twice = tidy(once.html, kinds)

    assert twice.html == once.html
    assert twice.changes == []
    assert richtext.clean(once.html) == once.html


@given(markup, some_kinds)
def test_tidying_keeps_tags_links_and_names(html, kinds):
    names = ["王芳", "王 芳", "国王"]
    before = richtext.clean(html)

    after = tidy(html, kinds, names).html

    assert _count(after, "<a ") == _count(before, "<a ")
    for name in names:
        assert _count(after, name) >= _count(before, name)


def _count(html, what):
    return html.count(what)
