"""Saved pages of the two common campus systems, and pages that attack their reader."""

from datetime import datetime

import pytest

from articles.importing import sites
from articles.importing.records import OldArticle, OldFile
from articles.text.encoding import UnreadablePage
from tests.patience import patience

VSB = """<html><head><title>夜间开放-某某大学</title></head><body>
<div>当前位置： <a href="../index.htm">首页</a> &gt;&gt; <a href="../1001.htm">综合新闻</a>
 &gt;&gt; 正文</div>
<form name="_newscontent_fromname"><h1>夜间开放</h1>
<div>时间：2024-03-05 10:20&nbsp;&nbsp;作者：李明远&nbsp;&nbsp;来源：图书馆&nbsp;&nbsp;点击：[<span
 id="dynclicks_wbnews_1_2">1,234</span>]<script>_showDynClicks("wbnews", 1, 2)</script></div>
<div id="vsb_content_2"><div class="v_news_content"><p>正文一。</p>
<p><img src="/__local/A/1.jpg" class="img_vsb_content"></p></div></div>
<ul><li>附件【<a href="/system/_content/download.jsp?owner=12&amp;wbfileid=9">时间表.pdf</a>】
 已下载<span>5</span>次</li></ul>
</form><p>上一条：<a href="1233.htm">别的</a></p></body></html>"""
WEBPLUS = """<html><body><div class="article"><h1 class="arti_title">讲座预告</h1>
<p class="arti_metas"><span class="arti_publisher">发布者：王芳</span>
<span class="arti_update">发布时间：2024-03-06</span>
<span class="arti_views">浏览次数：<span class="WP_VisitCount">321</span></span></p>
<div class="entry"><div class="read"><div class='wp_articlecontent'><p>文字。</p>
<p><a href="/_upload/article/files/a/b.pdf">附件一.pdf</a></p>
<div class="wp_pdf_player" pdfsrc="/_upload/article/files/a/c.pdf" id="通知.pdf"></div>
</div></div></div></div></body></html>"""  # fmt: skip


def test_a_page_of_vsb_is_read():
    article = sites.read(VSB.encode(), address="http://old.example/info/1001/1234.htm")

    assert article is not None
    body = article.body
    assert article == OldArticle(
        address="http://old.example/info/1001/1234.htm",
        title="夜间开放",
        body=body,
        credit_line="（文字：李明远）",
        section="综合新闻",
        source="图书馆",
        published_at=datetime.fromisoformat("2024-03-05T10:20"),
        views=1234,
        attachments=(OldFile("/system/_content/download.jsp?owner=12&wbfileid=9", "时间表.pdf"),),
    )
    assert "正文一。" in body
    assert "/__local/A/1.jpg" in body
    assert "上一条" not in body
    assert "时间：" not in body


def test_a_page_of_webplus_is_read():
    article = sites.read(WEBPLUS.encode("gb18030"), address="/2024/0306/c1a2/page.htm")

    assert article is not None
    assert article == OldArticle(
        address="/2024/0306/c1a2/page.htm",
        title="讲座预告",
        body=article.body,
        credit_line="（文字：王芳）",
        published_at=datetime.fromisoformat("2024-03-06"),
        views=321,
        attachments=(
            OldFile("/_upload/article/files/a/b.pdf", "附件一.pdf"),
            OldFile("/_upload/article/files/a/c.pdf", "通知.pdf"),
        ),
    )
    assert "文字。" in article.body


def test_what_a_page_says_to_machines_comes_first():
    head = (
        '<meta name="ArticleTitle" content="全名"><meta name="PubDate" content="2023-01-02 08:00">'
        '<meta name="ColumnName" content="通知"><meta name="ContentSource" content="教务处">'
    )

    article = sites.read(VSB.replace("</head>", f"{head}</head>").encode(), address="a")

    assert article is not None
    assert (article.title, article.section, article.source) == ("全名", "通知", "教务处")
    assert article.published_at == datetime.fromisoformat("2023-01-02T08:00")


def test_a_template_of_its_own_is_read_by_the_words_of_its_line():
    page = """<body><div class="tit"><h2>运动会</h2></div><div><i>发布日期：2024年4月1日</i>
    <i>浏览量：88次</i> <span>摄影：赵岚</span> <span>编辑：周静</span></div>
    <div class="con"><div id="vsb_content"><p>开幕。</p></div></div></body>"""

    article = sites.read(page.encode(), address="a")

    assert article is not None
    assert (article.title, article.published_at, article.views, article.credit_line) == (
        "运动会",
        datetime.fromisoformat("2024-04-01"),
        88,
        "（摄影：赵岚 编辑：周静）",
    )


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("<b>05</b><i>2024-03</i>", "2024-03-05"),
        ("<b>5</b> / <i>2024.03</i>", "2024-03-05"),
        ("<i>2024-03</i><b>05</b>", "2024-03-05"),
        ("<i>2024年3月</i><b>5日</b>", "2024-03-05"),
        ("<b>03-05</b><i>2024</i>", "2024-03-05"),
        ("<i>2024</i><b>03/05</b>", "2024-03-05"),
        ("<em>2024</em>年<em>3</em>月<em>5</em>日", "2024-03-05"),
        ("发布时间：<i>2024-03</i><b>05</b><u>10:20</u>", "2024-03-05T10:20"),
        ("<b>12</b>位老师<i>2024-03-05</i>", "2024-03-05"),
        ("<b>45</b><i>2024-03</i>", None),
        ("<b>2024-03</b><i>10:20</i>", None),
    ],
)
def test_a_day_that_is_printed_in_two_pieces_is_put_together(printed, day):
    page = f"""<body><h1>运动会</h1><div class="date">{printed}</div>
    <div class="con"><div id="vsb_content"><p>开幕。</p></div></div></body>"""

    article = sites.read(page.encode(), address="a")

    assert article is not None
    assert article.published_at == (day and datetime.fromisoformat(day))


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("作者：文/张三 图/李四", "（文/张三 图/李四）"),
        ("作者：张三/文 李四/图 编辑：赵岚", "（张三/文 李四/图 编辑：赵岚）"),
        ("文/张三 图/李四", "（文/张三 图/李四）"),
        ("2024-03-05 文字/张三 摄影/李四 浏览：8", "（文字/张三 摄影/李四）"),
        ("作者：文/张三 图/李四 2024-03-05", "（文/张三 图/李四）"),
        ("作者：张三 来源：图书馆", "（文字：张三）"),
    ],
)
def test_an_author_field_that_says_who_did_what_is_a_credit_line(line, credits):
    page = f"""<body><h1>运动会</h1><div>{line}</div>
    <div class="con"><div id="vsb_content"><p>开幕。</p></div></div></body>"""

    article = sites.read(page.encode(), address="a")

    assert article is not None
    assert article.credit_line == credits


def test_accounts_that_put_pages_in_are_no_authors():
    article = sites.read(VSB.replace("李明远", "系统管理员").encode(), address="a")

    assert article is not None
    assert article.credit_line == ""


def test_a_page_in_no_layout_is_taken_whole_and_a_list_of_links_is_not():
    page = "<title>旧闻</title><body><h1>大标题</h1><p>正文</p></body>"
    links = "<body><h1>新闻</h1>" + "<a href='1.htm'>一条很长的新闻标题</a>" * 9

    article = sites.read(page.encode(), address="a")

    assert article is not None
    assert (article.title, "大标题" in article.body, "正文" in article.body) == (
        "大标题", False, True,
    )  # fmt: skip
    assert article.remarks == ("This page is in no layout that is known: all of it was taken.",)
    assert sites.read(links.encode(), address="b") is None


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_a_page_is_read_by_its_own_word_for_its_charset(charset):
    page = f"<meta charset={charset}><h1>题</h1><p>国标正文</p>"
    encoding = "utf-8" if charset == "utf-8" else "gb18030"

    article = sites.read(page.encode(encoding), address="a")

    assert article is not None
    assert "国标正文" in article.body


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 50_000 + "deep",
        "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">attributes</p>",
        "<p>x</p>" * 70_000,
    ],
)
def test_a_page_that_would_take_its_reader_for_ever_is_refused(content):
    with pytest.raises(UnreadablePage, match="more markup than an article needs"):
        sites.read(f"<h1>T</h1>{content}".encode(), address="a")


@pytest.mark.parametrize("content", ["<p>a</p>" + "<!--" * 20_000, "<p>a</p>" + "<" * 300_000])
def test_floods_are_read_all_the_same(content):
    article = sites.read(f"<h1>T</h1>{content}".encode(), address="a")

    assert article is not None
    assert article.title == "T"


@pytest.mark.parametrize(
    "around",
    [
        "<p>当前位置</p>" * 2000 + "<a></a>" * 2000,
        "<div>词 " * 240 + "<p>词</p>" * 50_000,
    ],
)
def test_what_stands_around_a_text_is_not_read_again_and_again(around):
    page = f"<h1>T</h1>{around}<div id=vsb_content><p>正文</p></div>"

    with patience():
        article = sites.read(page.encode(), address="a")

    assert article is not None
    assert article.title == "T"


def test_the_line_of_a_page_is_the_nearest_to_its_text(monkeypatch):
    asked = []
    plain = sites._plain
    monkeypatch.setattr(sites, "_plain", lambda element: asked.append(element) or plain(element))
    words = "<p>很长的导航</p>" * 3000
    page = f"{words}<div><h1>T</h1><i>2024-04-01</i><div id=vsb_content><p>文</p></div></div>"

    near = sites.read(page.encode(), address="a")
    far = sites.read(f"2024-04-01{page.replace('<i>2024-04-01</i>', '')}".encode(), address="a")

    assert near is not None
    assert near.published_at == datetime.fromisoformat("2024-04-01")
    assert far is not None
    assert far.published_at is None
    assert len(asked) < 1000


def test_a_way_of_many_steps_is_read_as_far_as_ways_go(monkeypatch):
    asked = []
    plain = sites._plain
    monkeypatch.setattr(sites, "_plain", lambda element: asked.append(element) or plain(element))
    page = "<h1>T</h1><p>当前位置</p>" * 50 + "<a></a>" * 1000 + "<div id=vsb_content>文</div>"

    sites.read(page.encode(), address="a")

    links = sum(element.tag == "a" for element in asked)
    assert links <= 4 * sites.MAX_WAYS * sites.MAX_LINKS + sites.LONGEST_LINE
