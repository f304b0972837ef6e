"""Merging keeps what each side did, or says that they met. Never a third text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import merging
from articles.text.merging import Conflict, merge, merge_lines

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=8)


def outcome(base, theirs, mine):
    try:
        return merge_lines(base, theirs, mine)
    except Conflict:
        return None


@given(LINES, LINES)
def test_merging_with_an_unchanged_side_gives_the_other(base, side):
    assert merge_lines(base, base, side) == merge_lines(base, side, base) == side


@given(LINES, LINES)
def test_merging_the_same_change_twice_is_one_change(base, side):
    assert merge_lines(base, side, side) == side


@given(LINES, LINES, LINES)
def test_merging_is_the_same_from_both_sides(base, theirs, mine):
    assert outcome(base, theirs, mine) == outcome(base, mine, theirs)


@given(LINES, LINES, LINES)
def test_merging_invents_nothing_and_drops_nothing_new(base, theirs, mine):
    merged = outcome(base, theirs, mine)
    if merged is not None:
        assert set(merged) <= set(theirs) | set(mine)
        assert (set(theirs) | set(mine)) - set(base) <= set(merged)


@pytest.mark.parametrize(
    ("theirs", "mine", "merged"),
    [
        ("1x 2 3", "1 2 3x", "1x 2 3x"),
        ("1x 2 3", "1 2x 3", "1x 2x 3"),
        ("2 3", "1 2 3 4", "2 3 4"),
        ("1 2 3 4", "0 1 2 3", "0 1 2 3 4"),
        ("1x 2 3", "1y 2 3", None),
        ("1 3", "1 2x 3", None),
        ("1 2 3 4", "1 2 3 5", None),
        ("1 4 2 3", "1x 2 3", None),
        ("1 2 3 4", "1 2 3 4", "1 2 3 4"),
    ],
)
def test_merging_paragraphs(theirs, mine, merged):
    found = outcome("1 2 3".split(), theirs.split(), mine.split())
    assert found == (merged.split() if merged is not None else None)


def test_merging_very_long_texts_takes_the_middle_as_one(monkeypatch):
    monkeypatch.setattr(merging, "MAX_MATCHED", 3)
    base = list("abcdefgh")
    assert outcome(base, list("abXdYfgh"), list("abcdefgZ")) == list("abXdYfgZ")
    assert outcome(base, list("XbcdefgY"), list("abcZefgh")) is None


def test_merging_one_value():
    assert (merge(1, 1, 2), merge(1, 2, 1), merge(1, 2, 2)) == (2, 2, 2)
    with pytest.raises(Conflict):
        merge(1, 2, 3)
