"""The measure of a typo, against a plain reckoning, and what is never one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import typo_limit
from articles.text.typo_limit import Verdict
from tests.patience import patience

LETTERS = st.text("甲乙丙", max_size=12)
CONTENT = {
    "kicker": "", "headline": "图书馆开放", "subhead": "", "summary": "",
    "body": "<p>同学门来到图书馆。</p>", "section": 1, "tags": ["图书馆"],
    "credits": [{"name": "李明远"}], "photos": [{"credit": "王青"}],
}  # fmt: skip


def apart(old: str, new: str) -> int:
    """Reckon by the longest common subsequence, cell by cell."""
    row = [0] * (len(new) + 1)
    for a in old:
        above = row
        row = [0]
        for j, b in enumerate(new):
            row.append(above[j] + 1 if a == b else max(above[j + 1], row[j]))
    return len(old) + len(new) - 2 * row[-1]


def judge(limit: int = 8, **changes: object) -> typo_limit.Finding:
    return typo_limit.judge(CONTENT, CONTENT | changes, limit=limit)


@given(LETTERS, LETTERS, st.integers(0, 30))
def test_distance_is_that_of_the_shortest_edit_up_to_the_limit(old, new, limit):
    expected = apart(old, new)

    assert typo_limit.distance(old, new, limit) == (expected if expected <= limit else None)


@given(LETTERS, LETTERS)
def test_distance_is_symmetric_and_none_only_between_equals(old, new):
    there, back = typo_limit.distance(old, new, 99), typo_limit.distance(new, old, 99)

    assert there == back
    assert (there == 0) == (old == new)


@given(LETTERS, LETTERS, LETTERS)
def test_many_small_changes_do_not_come_out_shorter_than_the_whole(first, middle, last):
    steps = [typo_limit.distance(first, middle, 99), typo_limit.distance(middle, last, 99)]

    assert typo_limit.distance(first, last, 99) <= sum(steps)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲" * 100_000, "乙" * 100_000, None),
        ("甲乙" * 50_000, "乙甲" * 50_000, 2),
        ("甲" * 100_000 + "乙" * 100_000, "乙" * 100_000 + "甲" * 100_000, None),
        ("甲乙丙" * 60_000, "甲丙乙" * 60_000, None),
    ],
)
def test_distance_of_hostile_texts_ends_soon(old, new, expected):
    with patience():
        far = typo_limit.distance(old, new, typo_limit.COUNTED_UP_TO)

    assert far == expected


def test_wrong_character_is_a_typo_of_two():
    found = judge(body="<p>同学们来到图书馆。</p>")

    change = {"field": "body", "old": "同学门来到图书馆。", "new": "同学们来到图书馆。"}
    assert found == typo_limit.Finding(Verdict.TYPO, 2, (change,))


def test_changes_of_all_fields_add_up():
    found = judge(limit=3, headline="图书馆开门", body="<p>同学们来到图书馆。</p>")

    assert (found.verdict, found.characters) == (Verdict.TOO_LONG, 4)


def test_same_content_is_no_change_at_all():
    assert judge() == typo_limit.Finding(Verdict.TYPO, 0, ())


def test_much_is_not_counted_to_the_end():
    assert judge(body=f"<p>{'新' * 5_000}</p>") == typo_limit.Finding(Verdict.TOO_LONG, None)


@pytest.mark.parametrize(
    "changes",
    [{"section": 2}, {"tags": []}, {"credits": []}, {"slug": "new"}, {"event_date": "2026-11-20"}],
)
def test_what_is_not_text_may_not_differ(changes):
    assert judge(**changes).verdict is Verdict.OTHER


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>同学们</p>", "<p><strong>同学们</strong></p>"),
        ("<p>同学们</p>", "<h2>同学们</h2>"),
        ("<p>同学们</p>", "<p>同学</p><p>们</p>"),
        ('<p><a href="/one/">看</a></p>', '<p><a href="/two/">看</a></p>'),
        ('<p><a href="/?x>1">看</a></p>', '<p><a href="/?x>2">看</a></p>'),
        ('<figure><img src="/a" alt="甲"></figure>', '<figure><img src="/a" alt="乙"></figure>'),
        ('<ol start="2"><li>看</li></ol>', '<ol start="3"><li>看</li></ol>'),
    ],
)  # fmt: skip
def test_markup_may_not_differ(old, new):
    found = typo_limit.judge(CONTENT | {"body": old}, CONTENT | {"body": new}, limit=8)

    assert found.verdict is Verdict.MARKUP


@pytest.mark.parametrize("between", ["", "\n", " \n\n  "])
def test_blank_between_paragraphs_is_no_text(between):
    old = f"<p>同学门</p>{between}<p>来到<br>图书馆。</p><hr>{between}<p>完</p>"
    new = "<p>同学们</p>\n<p>来到<br>图书馆。</p>\n<hr>\n<p>完</p>"

    found = typo_limit.judge(CONTENT | {"body": old}, CONTENT | {"body": new}, limit=8)

    change = {"field": "body", "old": "同学门", "new": "同学们"}
    assert found == typo_limit.Finding(Verdict.TYPO, 2, (change,))


def test_blank_inside_a_paragraph_is_text():
    bodies = ("<p><strong>同学</strong> <em>们</em>来到图书馆</p>",
              "<p><strong>同学</strong><em>们</em>来到图书馆</p>")  # fmt: skip

    old, new = (CONTENT | {"body": body} for body in bodies)

    assert typo_limit.judge(old, new, limit=8).verdict is Verdict.EMPTY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11月20日", "11月21日"),
        ("3月5日", "3日5日"),
        ("1.5亿元", "15亿元"),
        ("1.5亿元", "1.5万元"),
        ("约5%", "约5‰"),
        ("共 5 名", "共 5 组"),
        ("增长5%", "增降5%"),
        ("20件", "２0件"),
        ("第①组", "第②组"),
        ("½杯", "¼杯"),
        ("三月五日", "三日五日"),
        ("五十人", "五百人"),
        ("温度-5度", "温度5度"),
        ("会议上", "3会议上"),
        ("<strong>5</strong>名", "<strong>5</strong>组"),
        ("<strong>5</strong>名", "<strong></strong>5名"),
    ],
)
def test_number_is_no_typo(old, new):
    found = typo_limit.judge(
        CONTENT | {"body": f"<p>{old}</p>"}, CONTENT | {"body": f"<p>{new}</p>"}, limit=8
    )

    assert found.verdict is Verdict.NUMBER


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("图书馆周末对外开放", "图书馆周末不对外开放"),
        ("会议未通过该项决议", "会议通过该项决议"),
        ("The hall is open to visitors", "The hall is not open to visitors"),
        ("No visitors are let in", "visitors are let in"),
        ("It isn’t open to visitors", "It is open to visitors"),
        ("图书馆周末<strong>不</strong>对外开放", "图书馆周末<strong>也</strong>对外开放"),
    ],
)
def test_negation_is_no_typo(old, new):
    found = typo_limit.judge(
        CONTENT | {"body": f"<p>{old}</p>"}, CONTENT | {"body": f"<p>{new}</p>"}, limit=8
    )

    assert found.verdict is Verdict.NEGATION


def test_words_beside_a_negation_may_be_mended():
    found = typo_limit.judge(
        CONTENT | {"body": "<p>该馆周末不对外开方。</p>"},
        CONTENT | {"body": "<p>该馆周末不对外开放。</p>"},
        limit=8,
    )

    assert found.verdict is Verdict.TYPO


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"kicker": ""}, {"kicker": "校长辞职"}),
        ({"summary": "馆长致辞"}, {"summary": ""}),
        ({"body": "<p>同学们</p><p></p>"}, {"body": "<p>同学们</p><p>停课</p>"}),
    ],
)
def test_text_where_there_was_none_is_no_typo(old, new):
    there, back = (
        typo_limit.judge(CONTENT | old, CONTENT | new, limit=8),
        typo_limit.judge(CONTENT | new, CONTENT | old, limit=8),
    )

    assert (there.verdict, back.verdict) == (Verdict.EMPTY, Verdict.EMPTY)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("图书馆开放", "图书馆开门", Verdict.TYPO),
        ("图书馆开放", "体育馆关门", Verdict.PART),
        ("图书馆周末对同学们开放", "图书馆周末对校友开放", Verdict.PART),
        ("图书馆周末起对全校同学门开放", "图书馆周末起对全校同学们开放", Verdict.TYPO),
    ],
)
def test_typo_is_a_small_part_of_its_field(old, new, verdict):
    found = typo_limit.judge(CONTENT | {"headline": old}, CONTENT | {"headline": new}, limit=8)

    assert found.verdict is verdict


@pytest.mark.parametrize(("old", "new"), [("一但下雪", "一旦下雪"), ("5名同学门", "5名同学们")])
def test_word_beside_a_number_may_be_mended(old, new):
    assert typo_limit.judge(CONTENT | {"summary": old}, CONTENT | {"summary": new}, limit=8) == (
        typo_limit.Finding(Verdict.TYPO, 2, ({"field": "summary", "old": old, "new": new},))
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("记者李明远报道", "记者李明元报道"),
        ("记者李明元报道", "记者李明远报道"),
        ("记者李明远报道", "记者李明远远报道"),
        ("摄影王青在场", "摄影汪青在场"),
    ],
)
def test_name_of_somebody_credited_is_no_typo(old, new):
    found = typo_limit.judge(CONTENT | {"summary": old}, CONTENT | {"summary": new}, limit=8)

    assert found.verdict is Verdict.NAME


@given(st.text("甲1<>&;/ap. \n", max_size=40), st.text("甲1<>&;/ap. \n", max_size=40))
def test_judging_is_symmetric_whatever_the_body(old, new):
    there = typo_limit.judge(CONTENT | {"body": old}, CONTENT | {"body": new}, limit=8)
    back = typo_limit.judge(CONTENT | {"body": new}, CONTENT | {"body": old}, limit=8)

    assert (there.verdict, there.characters) == (back.verdict, back.characters)
