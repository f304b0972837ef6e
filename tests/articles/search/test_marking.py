"""What a query found, in the texts that readers see."""

import pytest

from articles import search
from articles.search import Piece
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def test_mark_divides_a_text_without_losing_any():
    assert search.mark("用ＡＩ讀圖書館的書", "图书 ai") == [
        Piece("用", is_hit=False),
        Piece("ＡＩ", is_hit=True),
        Piece("讀", is_hit=False),
        Piece("圖書", is_hit=True),
        Piece("館的書", is_hit=False),
    ]


@pytest.mark.parametrize("query", ["", "篮球", '"'])
def test_mark_leaves_a_text_whole_without_a_hit(query):
    assert search.mark("<b>图书馆", query) == [Piece("<b>图书馆", is_hit=False)]


def test_mark_never_tries_words_in_more_than_one_way():
    # Tried in every way, this takes longer than anybody lives.
    text = "_ " * 200 + "y"

    assert search.mark(text, '"' + "_ " * 40 + 'x"') == [Piece(text, is_hit=False)]


def test_excerpts_stand_around_the_first_hit(django_assert_num_queries):
    far = make_edition("一", body=f"<p>{'前' * 200}图书馆{'后' * 200}</p>")
    none = make_edition("图书馆", body="<p>短文。</p>")

    with django_assert_num_queries(1):
        shown = search.excerpts([far, none], "图书馆", length=12)

    assert shown == {
        far.pk: [
            Piece("…", is_hit=False),
            Piece("前前前", is_hit=False),
            Piece("图书馆", is_hit=True),
            Piece("后" * 6, is_hit=False),
            Piece("…", is_hit=False),
        ],
        none.pk: [Piece("短文。", is_hit=False)],
    }


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("记者 王 伟 摄", "王伟", ["王 伟"]),
        ("记者王伟摄", "王 伟", ["王伟"]),
        ("computers compute", '"compute"', ["compute"]),
        ("computers compute", "compute", ["compute", "compute"]),
        ("参加，Campus", "“参加 campus”", ["参加，Campus"]),
        ("图书馆的书", "书 图书馆", ["图书馆", "书"]),
    ],
)
def test_mark_finds_what_the_search_finds(text, query, hits):
    assert [piece.text for piece in search.mark(text, query) if piece.is_hit] == hits
