"""Saved pages as campuses really print them: each a little different from what the layout says."""

from datetime import datetime

import pytest

from articles.importing import sites
from articles.importing.records import OldFile

VSB = '<div id="vsb_content"><div class="v_news_content"><p>正文。</p></div></div>'
WEBPLUS = '<div class="wp_articlecontent"><p>正文。</p></div>'
DAY = datetime.fromisoformat("2024-03-05")


def read(page, encoding="utf-8"):
    article = sites.read(page.encode(encoding), address="http://old.example/info/1001/1.htm")
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("line", "views", "source", "printed"),
    [
        ("时间：2024-03-05 文：李明远 图：王芳", None, "", "（文字：李明远 摄影：王芳）"),
        ("发布者：张三 发布时间：2024-03-05 浏览次数：<i>10</i>", 10, "", "（文字：张三）"),
        ("[时间]2024-03-05 [来源]校报 [作者]张三 [点击数]35", 35, "校报", "（文字：张三）"),
        ("发布时间：２０２４-０３-０５　来源：图书馆　浏览：1.2万", 12000, "图书馆", ""),
        ("作者：张三来源：校报发布时间：2024-03-05点击数：35", 35, "校报", "（文字：张三）"),
        ("Date: 2024-03-05 Source: Lab Views: 35 Author: Ann", 35, "Lab", "（文字：Ann）"),
        ("2024年3月5日 点击：[<script>_showDynClicks(1)</script>] 次", None, "", ""),
        ("责任编辑：周静 日期：2024/3/5 浏览：1,234次", 1234, "", "（编辑：周静）"),
    ],
)  # fmt: skip
def test_the_line_below_a_title_is_read_however_it_is_printed(line, views, source, printed):
    article = read(f"<h1>题</h1><div>{line}</div>{VSB}")

    assert (article.published_at, article.views, article.source, article.credit_line) == (
        DAY, views, source, printed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("picture", "there"),
    [
        ('src="/images/spacer.gif" original-src="/_upload/1.jpg"', "/_upload/1.jpg"),
        ('src="data:image/gif;base64,R0lGOD" data-src="/1.jpg"', "/1.jpg"),
        ('data-original="/1.jpg"', "/1.jpg"),
        ('src="/images/loading.gif" orisrc="/__local/1.jpg" vurl="/x"', "/__local/1.jpg"),
        ('src="/small.jpg" data-original="/large.jpg"', "/small.jpg"),
        ('src="/images/loading.gif"', "/images/loading.gif"),
    ],
)
def test_pictures_that_scripts_bring_are_found(picture, there):
    body = read(f"<h1>题</h1><div id=vsb_content><p><img {picture}></p></div>").body

    assert f'src="{there}"' in body


def test_gb18030_is_read_where_the_page_says_gb2312():
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'

    assert read(f"{head}<h1>喆教授与䶮老师</h1>{VSB}", "gb18030").title == "喆教授与䶮老师"


@pytest.mark.parametrize(
    "around", ["<div id=vsb_content_{0}>{1}</div>", "<div class=wp_articlecontent>{1}</div>"]
)
def test_a_page_of_two_texts_gives_both_once(around):
    texts = "".join(
        around.format(number, f"<p>{words}</p>")
        for number, words in enumerate(("第一段。", "第二段。", "第二段。"))
    )

    article = read(f"<h1>题</h1>{texts}")

    assert [article.body.count(words) for words in ("第一段。", "第二段。")] == [1, 1]
    assert article.remarks == ("This page has several texts; they were put one after the other.",)


def test_texts_within_texts_are_one():
    nested = f"<div id=vsb_content_9>{VSB}</div>"

    article = read(f"<h1>题</h1>{nested}")

    assert (article.body.count("正文。"), article.remarks) == (1, ())


def test_a_page_laid_out_in_tables_is_read():
    article = read(
        "<table><tr><td><table><tr><td class=titlestyle10>校运会</td></tr><tr><td><span>2024-03-05"
        "</span> 阅读次数: 12</td></tr><tr><td><div id=vsb_content><table><tr><td>格内。</td></tr>"
        "</table></div></td></tr></table></td></tr></table>"
    )

    assert (article.title, article.published_at, article.views) == ("校运会", DAY, 12)
    assert "格内。" in article.body


@pytest.mark.parametrize(
    "paging",
    [
        "<div id=vsb_content><p>文。</p><div class=pageStyle><a href=2>下一页</a></div></div>",
        f'{WEBPLUS}<div class="wp_paging"><a href="page2.htm"> 下一页 </a></div>',
    ],
)
def test_a_text_in_several_pages_says_so(paging):
    article = read(f"<h1>长文</h1>{paging}")

    assert "下一页" not in article.body
    assert article.remarks == ("This text goes on on another page, which is imported by itself.",)


def test_what_a_template_prints_below_a_text_is_left_out():
    article = read(
        "<h1>题</h1><div id=vsb_content><p>正文，见上一条。</p><p>上一条：<a href=1>别的</a></p>"
        "<p>下一篇：<a href=3.htm>另的</a></p><p>【<a href='javascript:x()'>关闭</a>】</p></div>"
    )

    words = ("见上一条", "别的", "另的", "关闭")
    assert [word in article.body for word in words] == [True, False, False, False]


def test_a_document_that_fills_the_place_of_a_text_comes_along():
    article = read(
        '<h1>题</h1><div id=vsb_content><script>showVsbpdfIframe("/__local/1.pdf","100%")'
        "</script></div>"
    )

    assert article.attachments == (OldFile("/__local/1.pdf"),)
