"""What differs between two texts: nothing is lost, it reads well, and it ends soon."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.differences import (
    Effort,
    Mark,
    Markup,
    Passage,
    Run,
    compare,
    mark,
    readable,
    size,
    tokens,
)
from tests.patience import patience

# Few letters, so that much repeats; blanks, borders, numbers and both writings.
WRITTEN = st.text(alphabet="学校大会ab1 0,。\n\t", max_size=40)
TEXTS = st.lists(WRITTEN.filter(str.strip), max_size=8)


def before(runs):
    return "".join(run.text for run in runs if run.kind != "inserted")


def after(runs):
    return "".join(run.text for run in runs if run.kind != "deleted")


def marked(old, new):
    """Write runs as one line: [-went-] {+came+}."""
    signs = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(signs[run.kind].format(run.text) for run in readable(mark(old, new)))


def rows(old, new):
    found = compare([Passage(text, "p") for text in old], [Passage(text, "p") for text in new])
    return [(row.kind, row.old and row.old.text, row.new and row.new.text) for row in found]


@given(WRITTEN)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(WRITTEN, WRITTEN, st.sampled_from((0, 3, 50, 10_000)))
def test_marked_runs_joined_are_both_texts(old, new, steps):
    runs = mark(old, new, Effort(steps))

    assert (before(runs), after(runs)) == (old, new)
    assert (before(readable(runs)), after(readable(runs))) == (old, new)


@given(TEXTS, TEXTS, st.sampled_from((0, 20, 10_000)))
def test_rows_joined_are_both_texts(old, new, steps):
    found = compare([Passage(t) for t in old], [Passage(t) for t in new], Effort(steps))

    # What was moved is shown at both places: it counts where it was, and where it is.
    was = [before(row.runs) for row in found if row.old and row.kind != "moved_here"]
    now = [after(row.runs) for row in found if row.new]
    assert "\n".join(was) == "\n".join(old)
    assert "\n".join(now) == "\n".join(new)


@given(TEXTS, TEXTS)
def test_what_is_the_same_does_not_differ(old, new):
    assert {row.kind for row in compare([Passage(t) for t in old], [Passage(t) for t in old])} <= {
        "same"
    }
    found = compare([Passage(t) for t in old], [Passage(t) for t in new])
    assert any(row.changed for row in found) == (old != new)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("我校举行开学典礼", "我校隆重举行开学典礼", "我校{+隆重+}举行开学典礼"),
        ("共128人参加", "共1280人参加", "共[-128-]{+1280+}人参加"),
        ("The dean spoke well", "The deans spoke well", "The [-dean-]{+deans+} spoke well"),
        ("红花绿叶", "白花青叶", "[-红花绿-]{+白花青+}叶"),
        ("开幕,上午", "开幕。上午", "开幕[-,-]{+。+}上午"),
        ("一 二", "一  二", "一[- -]{+  +}二"),
        ("", "新", "{+新+}"),
    ],
)
def test_changes_are_marked_by_character_word_and_number(old, new, shown):
    assert marked(old, new) == shown


def test_borders_of_cells_and_lines_are_not_swallowed():
    assert marked("甲\t乙", "丙\t丁") == "[-甲-]{+丙+}\t[-乙-]{+丁+}"


def test_size_counts_characters_words_and_numbers_once():
    assert size(mark("共128人,很好 indeed", "共1280人,非常好")) == 4


def test_size_is_of_what_was_typed_not_of_what_is_shown():
    assert size(mark("红花绿叶", "白花青叶")) == 2


LONG = "本次大会由校长办公室主办,来自二十个学院的师生代表参加了开幕式。"
OTHER = "图书馆将于下周一起延长开放时间,欢迎同学们前来自习和借阅图书。"
THIRD = "体育部组织春季长跑活动,起点设在东操场,终点设在西门广场附近。"


def test_a_moved_paragraph_is_said_to_be_moved():
    assert rows([LONG, OTHER, THIRD], [OTHER, THIRD, LONG]) == [
        ("moved_away", LONG, None),
        ("same", OTHER, OTHER),
        ("same", THIRD, THIRD),
        ("moved_here", LONG, LONG),
    ]


def test_a_paragraph_that_was_moved_and_changed_is_still_found():
    changed = LONG.replace("二十", "三十")

    assert rows([LONG, OTHER, THIRD], [OTHER, THIRD, changed])[-1] == (
        "moved_here",
        LONG,
        changed,
    )


def test_a_split_paragraph_is_one_change():
    found = compare([Passage(LONG + OTHER, "p")], [Passage(LONG, "p"), Passage(OTHER, "p")])

    assert [row.runs for row in found] == [
        (Run("same", LONG), Run("inserted", "\n"), Run("same", OTHER))
    ]


def test_joined_paragraphs_are_one_change():
    found = compare(
        [Passage(t, "p") for t in (THIRD, LONG, OTHER)],
        [Passage(t, "p") for t in (THIRD, LONG + OTHER)],
    )

    assert [row.runs for row in found][1:] == [
        (Run("same", LONG), Run("deleted", "\n"), Run("same", OTHER))
    ]


def test_an_inserted_paragraph_leaves_its_neighbours_alone():
    assert rows([LONG, THIRD.replace("春", "秋")], [LONG, OTHER, THIRD]) == [
        ("same", LONG, LONG),
        ("inserted", None, OTHER),
        ("changed", THIRD.replace("春", "秋"), THIRD),
    ]


def test_a_rewritten_paragraph_is_not_cut_to_pieces():
    (row,) = compare([Passage(LONG)], [Passage(OTHER)])

    assert row.runs == (Run("deleted", LONG), Run("inserted", OTHER))


def test_markup_alone_is_told_from_words():
    old = Passage("校长致辞", "p", (Mark("a", "/old", 0, 2),))
    new = Passage("校长致辞", "h2", (Mark("a", "/new", 0, 2), Mark("strong", "", 2, 4)))

    (row,) = compare([old], [new])

    assert (row.kind, row.kinds, row.size) == ("markup", ("p", "h2"), 0)
    assert row.markup == (
        Markup("校长", frozenset({("a", "/old")}), frozenset({("a", "/new")})),
        Markup("致辞", frozenset(), frozenset({("strong", "")})),
    )


def test_markup_of_words_that_stayed_is_seen_beside_changed_words():
    old = Passage("校长致辞", "p", (Mark("strong", "", 0, 4),))
    new = Passage("副校长致辞", "p")

    (row,) = compare([old], [new])

    assert row.runs == (Run("inserted", "副"), Run("same", "校长致辞"))
    assert row.markup == (Markup("校长致辞", frozenset({("strong", "")}), frozenset()),)


def figure(*numbers, words="", **facts):
    return Passage(words, "figure", things=numbers, facts=tuple(facts.items()))


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([figure("1")], [figure("2")], ["markup"]),
        ([figure("1")], [figure("1", size="side")], ["markup"]),
        ([figure("1", words="图")], [figure("1", words="图", size="side")], ["markup"]),
        ([figure("1")], [figure("1", words="图")], ["changed"]),
        (
            [figure("1"), figure("2")],
            [figure("3"), figure("4")],
            ["deleted"] * 2 + ["inserted"] * 2,
        ),
        ([figure("1"), figure("2")], [figure("1", "2")], ["deleted", "markup"]),
        (
            [figure("1"), figure("2")],
            [figure("2"), figure("1")],
            ["moved_here", "same", "moved_away"],
        ),
    ],
)
def test_figures_are_paired_by_what_they_show(old, new, kinds):
    found = compare(old, new)

    assert sorted(row.kind for row in found) == sorted(kinds)
    assert [row.new for row in found if row.new and row.kind != "moved_away"] == new


def test_entries_are_paired_by_what_they_are():
    def photos(*texts):
        return [Passage(text, "photo", identity=text[0]) for text in texts]

    found = compare(photos("1 甲", "2 乙", "3 丙"), photos("3 丙", "1 全新的说明", "4 丁"))

    assert [(row.kind, row.new and row.new.text) for row in found] == [
        ("moved_away", None),
        ("deleted", None),
        ("same", "3 丙"),
        ("moved_here", "1 全新的说明"),
        ("inserted", "4 丁"),
    ]


def scattered(length, step):
    """Give a text without pattern out of a few characters."""
    state, made = step, []
    for _ in range(length):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        made.append("学校大会通知"[state >> 16 & 3])
    return "".join(made)


HOSTILE = {
    "one repeated character": (["学" * 50_000], ["学" * 49_000 + "校" + "学" * 900]),
    "nothing in common": (["学" * 50_000], ["校" * 50_000]),
    "no pattern": ([scattered(50_000, 1)], [scattered(50_000, 2)]),
    "shifted": (["学校" * 25_000], ["校学" * 25_000]),
    "one long word": (["a" * 50_000], ["b" * 50_000]),
    "blanks": ([" \t" * 25_000 + "a"], ["\t " * 25_000 + "b"]),
    "many paragraphs": (
        [scattered(20, n) for n in range(10_000)],
        [scattered(20, n) for n in range(5_000, 15_000)],
    ),
    "many unlike paragraphs": (
        [scattered(20, n) for n in range(10_000)],
        [scattered(20, n) for n in range(20_000, 30_000)],
    ),
    "repeated paragraphs": (["学", "校"] * 5_000, ["校", "会"] * 5_000),
    "reversed paragraphs": (
        [f"第{n}段" for n in range(10_000)],
        [f"第{n}段" for n in reversed(range(10_000))],
    ),
    "long alike paragraphs": (
        [scattered(4_000, n) for n in range(50)],
        [scattered(4_000, n) for n in range(50, 100)],
    ),
    "changes with little between": (["学校大" * 15_000], ["学会大" * 15_000]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_compared_soon(name):
    old, new = ([Passage(text, "p") for text in side] for side in HOSTILE[name])

    with patience():
        found = compare(old, new)

    was = [before(row.runs) for row in found if row.old and row.kind != "moved_here"]
    assert "\n".join(was) == "\n".join(passage.text for passage in old)
    now = [after(row.runs) for row in found if row.new]
    assert "\n".join(now) == "\n".join(passage.text for passage in new)


def test_rest_of_a_text_of_very_many_paragraphs_is_one_row():
    old = [Passage(f"第{n}段", "p") for n in range(3_000)]
    new = [Passage(f"第{n}段", "p") for n in range(3_000, 0, -1)]

    found = compare(old, new)

    assert max(sum(bool(row.old) for row in found), sum(bool(row.new) for row in found)) <= 1_000
    assert compare(old, old)[-1].new.text == "\n".join(f"第{n}段" for n in range(999, 3_000))


@pytest.mark.parametrize("name", ["no pattern", "repeated paragraphs"])
def test_hostile_texts_are_compared_in_little_memory(name):
    old, new = ([Passage(text, "p") for text in side] for side in HOSTILE[name])

    tracemalloc.start()
    compare(old, new)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # Measured: at most 22 MB.
    assert peak < 60 * 2**20
