import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import richtext
from tests.patience import patience

PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<em>", "</em>", "<br>", "<hr>"),
        *("<ul>", "</ul>", "<ol start=3>", "</ol>", "<li>", "</li>", "<blockquote>", "<h1>"),
        *("</h1>", "<h4>", "<table>", "<tr>", "<td rowspan=2>", "<th>", "</table>", "</td>"),
        *("<a href='/news/'>", "<a href='javascript:x'>", "</a>", "<figure>", "</figure>"),
        *("<img data-file=7 alt='a&quot;b'>", "<img src=x>", "<figcaption>", "</figcaption>"),
        *("<svg>", "<math>", "<style>", "</style>", "<!--", "-->", "<script>", "</script>"),
        *(
            "<caption>",
            "<thead>",
            "<select>",
            "<template>",
            "<pre>",
            "</pre>",
            "<tfoot>",
            "<h2>",
            "</h2>",
            "<dl>",
            "<dt>",
            "<",
        ),
        *(" ", "\n", "校", "园", "　　", "&nbsp;", "&lt;b&gt;", "&amp;amp;"),
        *("a", "\x00", "\u200b", "\ufeff"),
    ]
)


def visible(text):
    return re.sub(r"[\s\u200b\ufeff]", "", text)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>校园</p><p>&nbsp;</p><p><br></p><div></div>", "<p>校园</p>"),
        ("<h1>一</h1><h4>二</h4>", "<h2>一</h2>\n<h3>二</h3>"),
        ("<b>粗</b><i>斜</i>", "<p><strong>粗</strong><em>斜</em></p>"),
        ("<div>一<p>二</p>三</div>", "<p>一</p>\n<p>二</p>\n<p>三</p>"),
        ("<b><p>一</p><p>二</p></b>", "<p>一</p>\n<p>二</p>"),
        ("<p>第一\n行，\n  第二 行</p>", "<p>第一行， 第二 行</p>"),
        ("<ul><li><p>一</p></li><li></li></ul>", "<ul><li>一</li></ul>"),
        ("<ol start='4'><li>四</li></ol>", '<ol start="4"><li>四</li></ol>'),
        ("<ul><li>一</li><ul><li>二</li></ul></ul>", "<ul><li>一<ul><li>二</li></ul></li></ul>"),
        ("<ul><ul><li>二</li></ul></ul>", "<ul><li><ul><li>二</li></ul></li></ul>"),
        ("<p>H<sub>2</sub>O<!--x--></p>", "<p>H<sub>2</sub>O</p>"),
        ("<p style='color:red' class='a' id='b'>一</p>", "<p>一</p>"),
        ("<h2><p>题</p></h2><h3><div>一</div><div>二</div></h3>",
         "<h2>题</h2>\n<p>一</p>\n<p>二</p>"),
        ("<pre>一\n  二\n</pre><p>三\n四</p>", "<p>一<br> 二</p>\n<p>三四</p>"),
        ("<table><tfoot><tr><td>共</td></tr></tfoot><tr><td>一</td></tr></table>",
         "<table><tbody><tr><td>一</td></tr><tr><td>共</td></tr></tbody></table>"),
        ("一<script>x()</script><svg><text>二</text></svg><math>三</math>", "<p>一</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_clean_keeps_text_and_structure(pasted, kept):
    assert richtext.clean(pasted) == kept


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ('<a href="/news/">x</a>', '<p><a href="/news/" rel="noopener">x</a></p>'),
        (
            '<a href="https://example.org/?a=1&b=2" target="_blank" rel="opener">x</a>',
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener">x</a></p>',
        ),
        (
            "<a href='/news/'><h3>题</h3><div>文</div><img data-file=7></a>",
            (
                '<h3><a href="/news/" rel="noopener">题</a></h3>\n'
                '<p><a href="/news/" rel="noopener">文</a></p>\n'
                '<figure><img data-file="7"></figure>'
            ),
        ),
        ("<a href='mailto:a@b.cn'>x</a>", '<p><a href="mailto:a@b.cn" rel="noopener">x</a></p>'),
        ("<a href='tel:+86'>x</a>", '<p><a href="tel:+86" rel="noopener">x</a></p>'),
        *(
            (f'<a href="{address}">x</a>', "<p>x</p>")
            for address in (
                *("//example.org/", "/\\example.org", "news/", "#note", "?a=b", ""),
                *("javascript:alert(1)", "JaVa\tScript:alert(1)", "data:text/html,x", "ftp://x"),
            )
        ),
    ],
)
def test_clean_keeps_links_that_say_where_they_go(link, kept):
    assert richtext.clean(link) == kept


@pytest.mark.parametrize(
    ("picture", "kept"),
    [
        (
            '<figure><img data-file="7" src="/media/7.jpg" alt="图" onerror="x"> </figure>',
            '<figure><img data-file="7" src="/media/7.jpg" alt="图"></figure>',
        ),
        (
            '<figure><img data-file="7"><figcaption>校<b>园</b></figcaption></figure>',
            '<figure><img data-file="7"><figcaption>校<strong>园</strong></figcaption></figure>',
        ),
        (
            '<p>前<img data-file="7">后</p>',
            '<p>前</p>\n<figure><img data-file="7"></figure>\n<p>后</p>',
        ),
        ('<img data-file="7" src="//example.org/a">', '<figure><img data-file="7"></figure>'),
        *(
            (f'<img data-file="7" src="{address}">', '<figure><img data-file="7"></figure>')
            for address in (
                *("/seen.gif?a=1&p=x", "/media/7.jpg?a=1", "/media/../seen.gif", "/media/"),
                *("/media/%2e%2e/seen.gif", "/media/..\\seen.gif", "/admin/logout/"),
            )
        ),
        ('<img data-file="7; drop" src="/media/7.jpg">', ""),
        ('<img src="https://example.org/spy.gif">', ""),
        ("<figure><img src='/a.jpg'><figcaption>图说</figcaption></figure>", "<p>图说</p>"),
    ],
)
def test_clean_keeps_only_our_own_pictures(picture, kept):
    assert richtext.clean(picture) == kept


def test_clean_keeps_a_table_and_drops_what_is_around_it():
    table = (
        "<table border=1><caption>人口</caption><thead><tr><th colspan=2 style='x'>城市</th></tr>"
        "</thead><tr><td><p>北京</p></td><td><p>一</p><p>二</p></td></tr></table>"
    )

    assert richtext.clean(table) == (
        '<table><caption>人口</caption><thead><tr><th colspan="2">城市</th></tr></thead>'
        "<tbody><tr><td>北京</td><td><p>一</p><p>二</p></td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        *((f'scope="{scope}"', f' scope="{scope}"') for scope in sorted(richtext.SCOPES)),
        ("SCOPE=' Row '", ' scope="row"'),
        ("scope=auto", ""),
        ('scope="row onclick"', ""),
        ("colspan=2 scope=colgroup", ' colspan="2" scope="colgroup"'),
    ],
)
def test_clean_keeps_what_a_heading_cell_heads(said, kept):
    table = "<table><tbody><tr><th{}>院系</th><td>一</td></tr></tbody></table>"

    assert richtext.clean(table.format(f" {said}")) == table.format(kept)
    assert richtext.clean(table.format("").replace("<td>", "<td scope=row>")) == table.format("")


@given(st.lists(PIECES, max_size=40).map("".join))
def test_clean_again_changes_nothing(html):
    once = richtext.clean(html)

    assert richtext.clean(once) == once


@given(st.lists(PIECES, max_size=40).map("".join))
def test_clean_loses_none_of_the_words_that_plain_text_reads(html):
    assert visible(richtext.plain_text(richtext.clean(html))) == visible(richtext.plain_text(html))


@pytest.mark.parametrize(
    "html",
    [
        "x" * (richtext.MAX_CHARACTERS + 1),
        "<p>x" * (richtext.MAX_TAGS + 1),
        "<div>" * 20_000 + "x",
        "<div>" * (richtext.MAX_DEPTH + 1) + "x",
        "x<hr>" * (richtext.MAX_TAGS // 2 + 1),  # as many again come out
        "&" * (richtext.MAX_CHARACTERS // 2),
        '<a href="/">x</a>' * (richtext.MAX_CHARACTERS // 30),
    ],
)
def test_clean_refuses_what_takes_too_long(html):
    with pytest.raises(richtext.TooMuchMarkup):
        richtext.clean(html)


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<b id={n}>" for n in range(2_000)) + "</p><p>x" * 9_000,
        "<p>" + "".join(f"<font a={n}>" for n in range(2_000)) + "</p><p>x" * 9_000,
        "<b<b<b" * 30_000,
        "<b " * 19_000 + "&nbsp;" * 20_000,
        "<!--" * 40_000,
        "&nbsp; <br>" * 18_000 + "x",
        "<p>a" + "<br> " * 19_000 + "b</p>",
        ("<div>" * (richtext.MAX_DEPTH - 10) + "</div>" * (richtext.MAX_DEPTH - 10)) * 400,
    ],
)
def test_clean_answers_hostile_markup_soon(html):
    with patience(), suppress(richtext.TooMuchMarkup):
        richtext.clean(html)


def test_clean_can_clean_again_what_just_fits():
    most = richtext.MAX_CHARACTERS - len("<p></p>")

    cleaned = richtext.clean("校" * most)

    assert (len(cleaned), richtext.clean(cleaned)) == (richtext.MAX_CHARACTERS, cleaned)


def test_clean_trims_breaks_at_both_ends():
    assert richtext.clean("<p> <br> <br>校<br> <br>园 <br><br> </p>") == "<p>校<br> <br>园</p>"


def test_paragraphs_are_the_blocks_without_typed_indents():
    html = "<p>　　第一段。</p><h2>小标题</h2><p>&nbsp; 第二<br>　　段。</p><ul><li>条</li></ul>"

    assert richtext.paragraphs(html) == [
        "<p>第一段。</p>",
        "<h2>小标题</h2>",
        "<p>第二<br>　　段。</p>",
        "<ul><li>条</li></ul>",
    ]


def test_plain_text_has_a_line_per_block():
    html = "<p>　　一<b>二</b><br>三 &lt; 四</p><table><tr><td>五</td><td>六</td></tr></table>"

    assert richtext.plain_text(html) == "一二\n三 < 四\n五\n六"


def test_plain_text_reads_what_publication_has_made_of_a_long_text():
    html = richtext.clean("<p>校</p>" * 9_990) + "<figure><img></figure>" * 9_990

    assert richtext.plain_text(html).count("校") == 9_990


def test_from_plain_text_makes_paragraphs_of_lines():
    text = "　　第一段 <b>。\r\n\r\n　　第二段 & 完。\n"

    assert richtext.from_plain_text(text) == "<p>第一段 &lt;b&gt;。</p>\n<p>第二段 &amp; 完。</p>"
