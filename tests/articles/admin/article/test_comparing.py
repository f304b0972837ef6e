"""Two texts side by side: what is paired with what."""

from articles.admin.article import comparing
from articles.admin.article.comparing import MAX_MATCHED, Row


def rows(old, new):
    return comparing.differences({"body": old}, {"body": new})[0].rows


def test_rows_pair_what_is_the_same_and_show_the_rest():
    assert rows(["a", "b", "c", "d"], ["a", "c", "x", "d"]) == [
        Row("a", "a"),
        Row("b", ""),
        Row("c", "c"),
        Row("", "x"),
        Row("d", "d"),
    ]


def test_rows_of_a_text_that_repeats_itself_lose_no_line():
    assert rows(["a", "a"], ["a", "a", "a"]) == [Row("a", "a"), Row("a", "a"), Row("", "a")]
    assert rows(["a", "b", "a"], ["a"]) == [Row("a", "a"), Row("b", ""), Row("a", "")]


def test_rows_of_one_change_in_a_long_text_are_matched(monkeypatch):
    matched = []
    matcher = comparing.SequenceMatcher
    monkeypatch.setattr(
        comparing,
        "SequenceMatcher",
        lambda junk, old, new, **options: (
            matched.append((old, new)) or matcher(junk, old, new, **options)
        ),
    )
    old = ["a"] * (5 * MAX_MATCHED)

    found = rows(old, [*old[:3_000], "b", *old[3_000:]])

    assert found == [
        *[Row("a", "a")] * 3_000,
        Row("", "b"),
        *[Row("a", "a")] * (5 * MAX_MATCHED - 3_000),
    ]
    assert matched == [([], ["b"])]


def test_rows_of_two_long_texts_stand_side_by_side_unmatched():
    old = ["a", "b"] * MAX_MATCHED

    assert rows(old, [*old[1:], "c"]) == [
        Row(left, right) for left, right in zip(old, [*old[1:], "c"], strict=True)
    ]
