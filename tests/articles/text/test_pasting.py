import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import pasting, richtext
from articles.text.pasting import Picture, read, read_text
from tests.articles.text.test_richtext import PIECES, visible

WORD_ITEM = (
    "<p class=MsoListParagraph style='margin-left:21pt;mso-list:l0 level{level} lfo1'>"
    "<![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>{marker}"
    "<span style='font:7pt \"Times New Roman\"'>&nbsp;&nbsp;</span></span><![endif]>"
    "<span>{words}<o:p></o:p></span></p>"
)


def word_list(*items):
    return "\n".join(
        WORD_ITEM.format(level=level, marker=marker, words=words) for level, marker, words in items
    )


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        ("<p>　　校园</p><p>\u2003\u2003秋色　</p>", "<p>校园</p>\n<p>秋色</p>"),
        ("<p><b>　　导语</b>正文</p>", "<p><strong>导语</strong>正文</p>"),
        ("<p>一</p><p>　</p><p>&nbsp;<o:p></o:p></p><p><br></p>", "<p>一</p>"),
        ("<p>一<br><br>二</p>", "<p>一</p>\n<p>二</p>"),
        ("<p>　　一。<br>　　二。</p>", "<p>一。</p>\n<p>二。</p>"),
        ("<p>床前明月光<br>疑是地上霜</p>", "<p>床前明月光<br>疑是地上霜</p>"),
        ("<p><b>一<br><br>二</b></p>", "<p><strong>一</strong></p>\n<p><strong>二</strong></p>"),
        ("<span style='font-weight:700'>粗</span><span style='font-style:italic'>斜</span>",
         "<p><strong>粗</strong><em>斜</em></p>"),
        ("x<span style='vertical-align:super'>2</span>", "<p>x<sup>2</sup></p>"),
        ("<table><tr><td><p>框</p><p>里</p></td></tr></table>", "<p>框</p>\n<p>里</p>"),
        ("<table><tr><td>　甲</td><td colspan=2><o:p>&nbsp;</o:p></td></tr></table>",
         '<table><tbody><tr><td>甲</td><td colspan="2"></td></tr></tbody></table>'),
        ("<table><tr><th scope=Row>　甲</th><td scope=row>乙</td></tr></table>",
         '<table><tbody><tr><th scope="row">甲</th><td>乙</td></tr></tbody></table>'),
        ("<blockquote><p>　　引</p></blockquote><hr>",
         "<blockquote><p>引</p></blockquote>\n<hr>"),
        ("<h1>　标题</h1><h4>小题</h4>", "<h2>标题</h2>\n<h3>小题</h3>"),
        ("<h2><p>　标题</p></h2>", "<h2>标题</h2>"),
        ("<p><b>20</b><b>31<i>年</i></b><i>秋</i></p>",
         "<p><strong>2031<em>年</em></strong><em>秋</em></p>"),
        ("<b style='font-weight:normal'>一</b><i style='font-style:normal'>二</i>", "<p>一二</p>"),
        ("<ul><li>一</li><ul><li>二</li></ul></ul>",
         "<ul><li>一<ul><li>二</li></ul></li></ul>"),
        ("<table><tr><td>一<td>二<tr style='display:none'><td><td></table>",
         "<table><tbody><tr><td>一</td><td>二</td></tr></tbody></table>"),
        ("<a href='/news/'><div>题</div><p>文</p></a>",
         ('<p><a href="/news/" rel="noopener">题</a></p>\n'
         '<p><a href="/news/" rel="noopener">文</a></p>')),
        ("<table><tfoot><tr><td>共<td>2</tfoot><tr><td>一<td>二</table>",
         ("<table><tbody><tr><td>一</td><td>二</td></tr>"
         "<tr><td>共</td><td>2</td></tr></tbody></table>")),
    ],
)  # fmt: skip
def test_read_leaves_to_the_style_sheet_what_is_its_matter(copied, kept):
    assert read(copied) == pasting.Pasted(kept)


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        (word_list((1, "1．", "甲"), (1, "2．", "乙")), "<ol><li>甲</li><li>乙</li></ol>"),
        (word_list((1, "3.", "丙"), (1, "4.", "丁")),
         '<ol start="3"><li>丙</li><li>丁</li></ol>'),
        (word_list((1, "•", "甲"), (2, "o", "乙"), (1, "•", "丙")),
         "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>"),
        (word_list((1, "\uf06c", "甲")), "<ul><li>甲</li></ul>"),
        ("<p>1．甲</p><p>2．乙</p>", "<ol><li>甲</li><li>乙</li></ol>"),
        ("<p>1、甲</p><p>2、乙</p><p>完</p>", "<ol><li>甲</li><li>乙</li></ol>\n<p>完</p>"),
        ("<p>• 甲</p><p>·乙</p>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<p>- a</p><p>- b</p>", "<ul><li>a</li><li>b</li></ul>"),
        # Not everything that begins so is a list
        ("<p>1．甲</p><p>正文</p>", "<p>1．甲</p>\n<p>正文</p>"),
        ("<p>1.5万人</p><p>2.5万人</p>", "<p>1.5万人</p>\n<p>2.5万人</p>"),
        ("<p>——一</p><p>——二</p>", "<p>——一</p>\n<p>——二</p>"),
        ("<p>2026．甲</p><p>2027．乙</p>", "<p>2026．甲</p>\n<p>2027．乙</p>"),
    ],
)  # fmt: skip
def test_read_makes_lists_of_paragraphs_that_look_like_one(copied, kept):
    assert read(copied).html == kept


def test_read_wechat_knows_its_lazy_pictures_and_its_videos():
    copied = (
        '<section data-tools="135" mp-style-type="3"><p><span leaf="">　　校园</span></p>'
        '<p><img data-src="https://mmbiz.example/640?wx_fmt=jpeg" src="data:image/gif;base64,R0"'
        ' alt="操场"></p><p>▲图为操场</p><iframe class="video_iframe" '
        'data-src="https://v.qq.com/iframe/preview.html?vid=a0123456789"></iframe>'
        "<mp-miniprogram></mp-miniprogram></section>"
    )

    lost, found = read(copied), read(copied, lambda _picture: 7)

    video = (
        '<figure><a href="https://v.qq.com/x/page/a0123456789.html" rel="noopener">'
        "https://v.qq.com/x/page/a0123456789.html</a></figure>"
    )
    assert lost.html == f"<p>校园</p>\n<p>▲图为操场</p>\n{video}"
    assert lost.said() == [
        "1 card was left out",
        "1 picture is missing, please upload it: 操场 · mmbiz.example · 640",
    ]
    assert found.html == (
        '<p>校园</p>\n<figure><img data-file="7" alt="操场"><figcaption>图为操场</figcaption>'
        f"</figure>\n{video}"
    )
    assert found.missing == []


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("图为开幕式现场", True),
        ("图：王明 摄", True),
        ("图1 校门", True),
        ("图片：校园", True),
        ("▲ 操场", True),
        ("图书馆今天开放", False),
        ("图片展在东区举行", False),
        ("图为" + "很" * 150, False),
    ],
)
def test_read_takes_the_line_below_a_picture_for_its_caption(line, is_caption):
    html = read(f"<p><img data-file=7></p><p>{line}</p>").html

    assert ("<figcaption>" in html, "<p>" in html) == (is_caption, not is_caption)


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("<img src='https://a.example/1.jpg?x=1'>", "https://a.example/1.jpg?x=1"),
        ("<img srcset='https://a.example/1.jpg 1x, https://a.example/2.jpg 2x'>",
         "https://a.example/1.jpg"),
        ("<img data-original='//a.example/1.jpg' src='data:image/gif;base64,R0'>",
         "//a.example/1.jpg"),
        ("<img src='file:///C:/Temp/clip_image001.png' v:shapes=x>",
         "file:///C:/Temp/clip_image001.png"),
        ("<v:shape><v:imagedata src='file:///C:/a.emz'/></v:shape>", "file:///C:/a.emz"),
        ("<img src='data:image/png;base64,iVBORw0K'>", "data:image/png;base64,iVBORw0K"),
    ],
)  # fmt: skip
def test_read_lists_a_picture_of_others_as_missing(image, address):
    pasted = read(f"<p>前{image}后</p>")

    assert (pasted.html, pasted.missing) == ("<p>前</p>\n<p>后</p>", [Picture(address)])


def test_read_asks_once_for_a_picture_and_puts_it_where_it_stood():
    asked = []

    def place(picture):
        asked.append(picture.address)
        return 5 if picture.address == "clipboard:0" else None

    html = "<p>一<img src=clipboard:0>二</p><img src=clipboard:0><img src=clipboard:1>"
    pasted = read(html, place)

    figure = '<figure><img data-file="5"></figure>'
    assert pasted.html == f"<p>一</p>\n{figure}\n<p>二</p>\n{figure}"
    assert (asked, pasted.missing) == (["clipboard:0", "clipboard:1"], [Picture("clipboard:1")])


def test_read_ignores_a_picture_that_only_counts():
    assert read("<p>文</p><img src='https://a.example/t' width=1 height=1>").missing == []


def test_read_keeps_figures_of_one_picture_or_several_and_their_size():
    side = (
        '<figure class="side"><img data-file="7" alt="门"><figcaption>校门</figcaption></figure>'
    )
    gallery = (
        '<figure><img data-file="7"><img data-file="8"><figcaption>两张</figcaption></figure>'
    )

    assert read(side + gallery) == pasting.Pasted(f"{side}\n{gallery}")


def test_read_says_what_was_left_out():
    copied = (
        "<p>文<span style='display:none'>藏</span></p><script>x</script><form><input></form>"
        "<video src=x></video><iframe src='https://a.example/'></iframe>"
        "<a href='javascript:1'>点</a><a href='#_Toc1'>目录</a><svg></svg>"
    )

    pasted = read(copied)

    assert pasted.html == "<p>文</p>\n<p>点目录</p>"
    assert pasted.said() == [
        "1 hidden passage was left out",
        "1 frame of another site was left out",
        "1 link without an address that readers can follow was left out",
        "1 script was left out",
        "2 form controls were left out",
        "1 video or sound was left out",
        "1 drawing or formula was left out",
    ]


def test_read_text_knows_paragraphs_lists_and_broken_lines():
    column = "这一行在邮件里被折断了只因为它太长了放不下"

    assert read_text("　　甲。\n\n　　乙。").html == "<p>甲。</p>\n<p>乙。</p>"
    assert read_text("1. 甲\n2. 乙").html == "<ol><li>甲</li><li>乙</li></ol>"
    assert read_text(f"{column}\n{column}\n短尾。").html == f"<p>{column}{column}短尾。</p>"
    assert read_text("<b>&amp;").html == "<p>&lt;b&gt;&amp;amp;</p>"


def test_read_leaves_out_what_colleagues_remarked_and_struck_out():
    copied = (
        "<p>正文<span class=msoDel><del>旧</del></span><span class=MsoCommentReference>"
        "<span style='mso-special-character:comment'><a href='#_msocom_1'>[a1]</a></span>"
        "</span></p>"
        "<div style='mso-element:comment-list'><p class=MsoCommentText>请核实</p></div>"
    )

    pasted = read(copied)

    assert pasted.html == "<p>正文</p>"
    assert +pasted.dropped == {"comments": 1, "deleted": 1}


def test_read_joins_marks_side_by_side_at_every_depth():
    assert read("<p><b><i>甲</i></b><b><i>乙</i></b></p>").html == (
        "<p><strong><em>甲乙</em></strong></p>"
    )
    assert read(f"<p>{'<b>甲</b>' * 5000}</p>").html == f"<p><strong>{'甲' * 5000}</strong></p>"


def test_read_looks_once_for_the_end_of_a_tag():
    assert read("<b " + "font-weight:normal" * 100_000).html == ""


def test_read_refuses_what_takes_too_long():
    with pytest.raises(richtext.TooMuchMarkup):
        read("x" * (pasting.MAX_CHARACTERS + 1))
    with pytest.raises(richtext.TooMuchMarkup):
        read("<p>x" * (richtext.MAX_TAGS + 1))


def test_caption_of_an_empty_table_is_kept():
    table = "<table><caption>年度用稿</caption><tr><td></td></tr></table>"

    assert read(table).html == "<p>年度用稿</p>"


@given(st.lists(PIECES, max_size=40).map("".join))
def test_read_again_changes_nothing(html):
    once = read(html).html

    assert read(once).html == once


@given(st.lists(PIECES, max_size=40).map("".join))
def test_read_keeps_the_words_that_cleaning_keeps(html):
    def words(markup):
        return visible(richtext.plain_text(markup)).replace("·", "")

    assert words(read(html).html) == words(richtext.clean(html))


def test_of_a_text_that_is_too_deep_only_pictures_with_a_place_are_kept():
    images = '<img data-file="7" alt="门"><img data-file="8">'
    text = f"{'<span>' * 305}<p>字</p><figure>{images}<figcaption>图注</figcaption></figure>"

    pasted = read(text, lambda picture: 8 if picture.address == "library:8" else None)

    assert pasted.html == (
        '<p>字</p>\n<figure><img data-file="8"><figcaption>图注</figcaption></figure>'
    )
    assert [picture.address for picture in pasted.missing] == ["library:7"]
    assert "data-file" not in read(text, lambda _picture: None).html
