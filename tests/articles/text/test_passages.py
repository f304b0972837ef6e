"""A body as passages: the words that readers read, and their marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import passages, richtext
from articles.text.differences import Mark, Passage


@pytest.mark.parametrize(
    ("html", "read"),
    [
        (
            "<h2>要闻</h2><p>\u3000\u3000学校<strong>隆重</strong>举行</p>",
            [Passage("要闻", "h2"), Passage("学校隆重举行", "p", (Mark("strong", "", 2, 4),))],
        ),
        (
            '<p>见<a href="/a/">通<strong>知</strong></a></p>',
            [
                Passage(
                    "见通知",
                    "p",
                    (Mark("a", "/a/", 1, 2), Mark("a", "/a/", 2, 3), Mark("strong", "", 2, 3)),
                )
            ],
        ),
        ("<p>甲<br>乙</p>", [Passage("甲\n乙", "p")]),
        (
            "<ul><li>甲<ol><li>乙</li></ol></li></ul><blockquote><p>丙</p></blockquote><hr>",
            [
                Passage("甲", "ul"),
                Passage("乙", "ol"),
                Passage("丙", "quote"),
                Passage("", "rule"),
            ],
        ),
        (
            (
                "<table><caption>表</caption><tbody><tr><th scope=row>甲</th>"
                '<td colspan="2">乙<em>丙</em></td></tr></tbody></table>'
            ),
            [
                Passage("表", "caption"),
                Passage(
                    "甲\t乙丙",
                    "row",
                    (
                        Mark("th", "", 0, 1),
                        Mark("scope", "row", 0, 1),
                        Mark("colspan", "2", 2, 3),
                        Mark("colspan", "2", 3, 4),
                        Mark("em", "", 3, 4),
                    ),
                ),
            ],
        ),
        (
            (
                '<figure class="side"><img data-file="7" alt="字"><img data-file="8">'
                "<figcaption>图注</figcaption></figure>"
            ),
            [
                Passage(
                    "图注",
                    "figure",
                    things=("7", "8"),
                    facts=(("size", "side"), ("alt 7", "字")),
                )
            ],
        ),
        ("<p>\u200b</p>", []),
        ("", []),
    ],
)
def test_read_gives_words_and_marks(html, read):
    assert passages.read(html) == read


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<h2>", "</h2>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<hr>"),
        *("<strong>", "</strong>", '<a href="/x/">', "</a>", "<blockquote>", "</blockquote>"),
        *("甲", "乙 ", "word", "\u3000", "&lt;"),
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_read_gives_the_plain_text(html):
    html = richtext.clean(html)

    lines = "\n".join(passage.text for passage in passages.read(html) if passage.text)

    said = [line.strip() for line in lines.split("\n") if line.strip()]
    assert said == richtext.plain_text(html).split("\n") or (said, html) == ([], html)
