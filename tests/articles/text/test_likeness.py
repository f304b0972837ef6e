import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.likeness import Likeness, Text, compare

SENTENCE = "四月十九日下午，学校领导一行赴朝阳区走访座谈，就产业集群融合发展深入交流。"


def test_compare_is_blind_to_script_width_and_blanks():
    one = Text("校领导赴朝阳区走访座谈", SENTENCE)
    other = Text("校領導赴朝陽區 走訪座談", "  " + SENTENCE.replace("，", ","))

    assert compare(one, other) == Likeness(headline=1.0, body=1.0)


def test_compare_finds_a_short_text_in_a_long_one():
    long = Text("走访", SENTENCE + "会上，双方参会人员围绕区校合作进行交流对接。")

    assert compare(Text("座谈", SENTENCE), long) == Likeness(headline=0.0, body=1.0)


def test_compare_of_different_stories_finds_little():
    one = Text("校领导赴朝阳区走访座谈", SENTENCE)
    other = Text("仪器学院举办学术讲座", "张教授以精密测量为题，为师生作了一场学术报告。")

    assert compare(one, other) == Likeness(headline=0.0, body=0.0)


@pytest.mark.parametrize("text", [Text("", ""), Text("校", "短")])
def test_compare_of_next_to_nothing_is_no_likeness(text):
    assert compare(text, text) == Likeness(headline=0.0, body=0.0)


texts = st.builds(Text, st.text(max_size=40), st.text(max_size=200))


@given(texts, texts)
def test_compare_is_the_same_from_both_sides_and_within_its_scale(one, other):
    found = compare(one, other)

    assert found == compare(other, one)
    assert 0 <= found.headline <= 1
    assert 0 <= found.body <= 1
