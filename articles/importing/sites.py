"""Saved pages of old sites: articles in the layouts of the two systems that most campuses had.

VSB keeps its text in `#vsb_content` (any number behind it) or `.v_news_content`, WebPlus in
`.wp_articlecontent`. The line below the title says when, who, from where and how often it was
opened. Templates differ from campus to campus, so that line is read by its words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from lxml import etree, html

from articles.importing import credited
from articles.importing.records import OldArticle, OldFile, read_moment
from articles.text.encoding import UnreadablePage, decode

MAX_TAGS = 60_000
MAX_DEPTH = 250
MAX_ATTRIBUTES = 200
IS_MARKUP = re.compile(rb"<(?:html|body|div|p|h[1-6]|meta|table)[\s>]", re.IGNORECASE)
# A download may have been saved under the name of the page that gave it.
OTHERS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8", b"\x89PNG", b"GIF8")
OPEN = re.compile(rb"<[A-Za-z][^<>]*")
CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*(utf-?8|gb\w+|big5)""", re.IGNORECASE
)

BODIES = (
    "//div[contains(concat(' ', @class, ' '), ' wp_articlecontent ')]",
    "//div[starts-with(@id, 'vsb_content')]",
    "//div[contains(concat(' ', @class, ' '), ' v_news_content ')]",
)
TITLES = (
    "//*[contains(concat(' ', @class, ' '), ' arti_title ')]",
    "//form[@name='_newscontent_fromname']//h1",
    "//form[@name='_newscontent_fromname']//h2",
    "//form[@name='_newscontent_fromname']//h3",
    "//form[@name='_newscontent_fromname']//*[contains(@class, 'title')]",
    "//*[starts-with(@class, 'titlestyle')]",
    "//h1",
    "//h2",
)
METAS = ("//*[contains(concat(' ', @class, ' '), ' arti_metas ')]",)
# How far the line below a title is looked for, and the way above it.
MAX_STEPS = 12
LONGEST_LINE = 2000
MAX_WAYS = 5
MAX_LINKS = 50
SEEN = ".//text()[not(ancestor::script or ancestor::style)]"
# What pages say of themselves to machines, as public bodies are asked to.
NAMED = {
    "title": ("ArticleTitle",),
    "time": ("PubDate",),
    "source": ("ContentSource",),
    "author": ("Author",),
    "section": ("ColumnName",),
}
END = r"(?=\s*(?:[|｜\[【]|\s\S{1,6}\s*[:：]|\s[12]\d{3}\s?[-/.年]|$))"
LABEL = (
    r"(?:(?:发布|发表|更新|添加|上传)?(?:时间|日期)|(?:稿件|文章|信息)?来源|供稿单位|供稿部门|作者|发布者|发布人"
    r"|供稿人?|撰稿|通讯员|摄影|责任编辑|责编|编辑|审核人?|审稿|终审|(?:点击|浏览|阅读|访问)(?:次数|量|数|率)?)"
)
# Some templates print [来源]图书馆, others leave no blank before a label.
BRACKETED = re.compile(rf"[\[【]\s*({LABEL})\s*[\]】]\s*[:：]?")
LABELLED = re.compile(rf"{LABEL}\s*[:：]")
PARTS = {
    "time": re.compile(
        r"(?:(?:发布|发表|更新|添加|上传)?(?:时间|日期))\s*[:：]\s*"
        r"([12]\d{3}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)"
    ),
    "views": re.compile(
        r"(?:(?:点击|浏览|阅读|访问)(?:次数|量|数|率)?|Views|Hits)\s*[:：]?\s*[\[【]?\s*"
        r"([\d,]{1,12}(?:\.\d+)?\s*万?)"
    ),
    "source": re.compile(
        rf"(?:(?:稿件|文章|信息)?(?:来源|供稿单位|供稿部门)|Source)\s*[:：]\s*(\S.{{0,60}}?){END}"
    ),
    "author": re.compile(
        r"(?:(?:作者|发布者|发布人|供稿人?|文字?|撰稿|通讯员|Author)\s*[:：]\s*"
        # It may say itself who did what.
        rf"|(?<!\S)(?=(?:文字?|图文|文图)\s*/))(\S.{{0,60}}?){END}"
    ),
    "photographer": re.compile(rf"(?:摄影|图片?)\s*[:：]\s*(\S.{{0,40}}?){END}"),
    "editor": re.compile(rf"(?:责任编辑|责编|编辑)\s*[:：]\s*(\S.{{0,40}}?){END}"),
    "reviewer": re.compile(rf"(?:审核人?|审稿|终审)\s*[:：]\s*(\S.{{0,40}}?){END}"),
}
TIME = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
BARE_DAY = re.compile(
    rf"([12]\d{{3}}\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}(?:\s?日)?{TIME})"
)
# Some templates print the day large, beside or below its month and year, or the year below both.
YEAR, MONTH, DAY = (
    r"(?P<y>(?:19|20)\d{2})",
    "(?P<m>0?[1-9]|1[0-2])",
    r"(?P<d>0[1-9]|[12]\d|3[01]|[1-9])",
)
SPLIT_DAYS = tuple(
    re.compile(rf"(?<![\d:/.-]){pattern}(?![\d:/-])(?P<time>{TIME})")
    for pattern in (
        rf"{YEAR}\s?[-/.年]\s?{MONTH}\s?月?\s+[-/]?\s?{DAY}(?:\s?日)?",
        rf"{DAY}(?:\s?日)?\s+[-/]?\s?{YEAR}\s?[-/.年]\s?{MONTH}\s?月?",
        rf"{MONTH}\s?[-/.月]\s?{DAY}(?:\s?日)?\s+[-/]?\s?{YEAR}\s?年?",
        rf"{YEAR}\s?年?\s+[-/]?\s?{MONTH}\s?[-/.月]\s?{DAY}(?:\s?日)?",
    )
)
# Accounts that put pages in, no people who wrote them.
NOBODY = re.compile(r"admin\w*|系统管理员|管理员|匿名|佚名|未知|本站|无")
DOWNLOADS = re.compile(
    r"/system/_content/download\.jsp|DownloadAttachUrl|/_upload/article/files/"
    r"|\.(?:pdf|docx?|xlsx?|pptx?|wps|od[tsp])(?:$|[?#])",
    re.IGNORECASE,
)
# Shown in place of a picture until a script brings it.
WAITING = re.compile(
    r"data:|(?:.*/)?(?:spacer|loading|blank|lazy|placeholder|gr[ae]y|transparent|pixel)[\w-]*\.\w+$",
    re.IGNORECASE,
)
BROUGHT = ("original-src", "data-src", "data-original", "data-lazy-src", "orisrc", "vurl")
PAGING = ("pageStyle", "wp_paging")
# What templates print below a text, where it got into the text.
BELOW = re.compile(
    r"[【\[]?\s*(?:上一[条篇]|下一[条篇])\s*[:：].{0,200}|[【\[]?\s*(?:关闭(?:窗口|本页)?|打印(?:本页)?)\s*[】\]]?"
)
# A document that fills the place of the text.
SHOWN_DOCUMENT = re.compile(r"""showVsbpdfIframe\(\s*["']([^"']{1,500})["']""")


def read(content: bytes, *, address: str) -> OldArticle | None:
    """Read a saved page; None for a list of links. Raises `UnreadablePage`."""
    if not IS_MARKUP.search(content) or content.startswith(OTHERS):
        return None
    page = _tree(content)
    bodies = _bodies(page)
    if not bodies:
        return _plain_page(page, address)
    said = _said(page, bodies[0])
    title = _title(page, bodies, said)
    if not title:
        raise UnreadablePage(_("It has no title."))
    attachments = tuple(_attachments(page))
    moment, remarks = _moment(said)
    remarks += _of_several(page, bodies)
    return OldArticle(
        address=address,
        title=title,
        kicker=_beside(page, "yinti"),
        subhead=_beside(page, "fubiaoti") or _beside(page, "arti_ftitle"),
        body="\n".join(map(_markup, bodies)),
        credit_line=credited.line(said),
        section=said.get("section", "") or _section(page),
        source=said.get("source", ""),
        published_at=moment,
        views=_number(said.get("views", "")),
        attachments=attachments,
        remarks=remarks,
    )


def _plain_page(page: Any, address: str) -> OldArticle | None:
    """Take a page in neither layout whole, unless it is mostly links to others."""
    body = page.find("body")
    words = _plain(body) if body is not None else ""
    if not words or sum(len(_plain(link)) for link in body.iter("a")) * 2 > len(words):
        return None
    heading = next(body.iter("h1", "h2"), None)
    title = _plain(heading) if heading is not None else ""
    if heading is not None and title:
        heading.drop_tree()
    name = PurePosixPath(urlsplit(address).path).stem
    return OldArticle(
        address=address,
        title=title or " ".join((page.findtext(".//title") or "").split()) or name,
        body=_markup(body),
        remarks=(_("This page is in no layout that is known: all of it was taken."),),
    )


def _tree(content: bytes) -> Any:
    tags = OPEN.findall(content)
    if len(tags) > MAX_TAGS or any(tag.count(b"=") > MAX_ATTRIBUTES for tag in tags):
        raise UnreadablePage(_("This page has more markup than an article needs."))
    text = _text(content)
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        page = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadablePage(_("This page cannot be read.")) from problem
    depth = 0
    for event, _element in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise UnreadablePage(_("This page has more markup than an article needs."))
    return page


def _text(content: bytes) -> str:
    """Read a page by its own word for its charset, else by its bytes."""
    said = CHARSET.search(content[:4096])
    names = {"utf8": "utf-8", "utf-8": "utf-8", "big5": "big5"}
    if said:
        try:
            text = content.decode(names.get(said[1].decode().lower(), "gb18030"))
        except UnicodeDecodeError:
            pass
        else:
            return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    return decode(content)


def _found(page: Any, paths: Iterable[str]) -> Iterator[Any]:
    for path in paths:
        yield from page.xpath(path)


def _bodies(page: Any) -> list[Any]:
    """Give the texts of a page in one layout, each once: some have one for phones beside it."""
    for path in BODIES:
        found = page.xpath(path)
        known = set(found)
        outer = [one for one in found if known.isdisjoint(one.iterancestors())][:MAX_STEPS]
        if outer:
            return list({_plain(one): one for one in reversed(outer)}.values())[::-1]
    return []


def _of_several(page: Any, bodies: list[Any]) -> tuple[str, ...]:
    """Say where a page has several texts, or a text several pages."""
    remarks = []
    if len(bodies) > 1:
        remarks.append(_("This page has several texts; they were put one after the other."))
    if page.xpath("//a[normalize-space()='下一页']"):
        remarks.append(_("This text goes on on another page, which is imported by itself."))
    return tuple(remarks)


def _number(words: str) -> int | None:
    """Read a count, also in units of ten thousand."""
    plain = words.replace(",", "").strip()
    if plain.endswith("万"):
        return round(float(plain.removesuffix("万")) * 10_000)
    return int(plain) if plain.isdecimal() else None


def _plain(element: Any) -> str:
    """Give the words of an element as they are seen, without scripts."""
    return " ".join(" ".join(element.xpath(SEEN)).split())


def _said(page: Any, body: Any) -> dict[str, str]:
    """Gather what the page says about its article: in its head, and around its text."""
    said: dict[str, str] = {}
    metas = {one.get("name", "").lower(): one.get("content", "") for one in page.iter("meta")}
    for part, names in NAMED.items():
        for name in names:
            if value := " ".join((metas.get(name.lower()) or "").split()):
                said[part] = value
    line = unicodedata.normalize("NFKC", _line(page, body))
    line = LABELLED.sub(r" \g<0>", BRACKETED.sub(r" \1:", line))
    for part, pattern in PARTS.items():
        if part in said and part != "views":
            continue
        if (found := pattern.search(line)) and not NOBODY.fullmatch(found[1].strip()):
            said[part] = found[1].strip()
    if "time" not in said and (day := _day(line)):
        said["time"] = day
    return said


def _day(line: str) -> str:
    """Find a day in a line, also one that is put together from two elements; else nothing."""
    if found := BARE_DAY.search(line):
        return found[1]
    for pattern in SPLIT_DAYS:
        if found := pattern.search(line):
            return f"{found['y']}-{found['m']}-{found['d']}{found['time']}"
    return ""


def _line(page: Any, body: Any) -> str:
    """Give the words below the title: who, when, from where and how often it was opened."""
    own = next(_found(page, METAS), None)
    if own is not None:
        return _plain(own)
    inner, words = body, ""
    for around in islice(body.iterancestors(), MAX_STEPS):
        words = " ".join(f"{_before(inner)} {words}".split())[-LONGEST_LINE:]
        if _day(words) or len(words) == LONGEST_LINE:
            break
        inner = around
    return words


def _before(inner: Any) -> str:
    """Give the words that stand before an element, in the one that holds it, from its end on."""
    pieces: list[str] = []
    length = 0
    for beside in inner.itersiblings(preceding=True):
        pieces += (beside.tail or "", _plain(beside))
        length += sum(map(len, pieces[-2:]))
        if length > LONGEST_LINE:
            break
    else:
        pieces.append(inner.getparent().text or "")
    return " ".join(reversed(pieces))


def _title(page: Any, bodies: list[Any], said: dict[str, str]) -> str:
    if said.get("title"):
        return said["title"]
    inside = {element for body in bodies for element in body.iter()}
    for element in _found(page, TITLES):
        if element not in inside and (title := _plain(element)):
            return title
    named = page.findtext(".//title") or ""
    return re.split(r"\s*[-_—|]{1,2}\s*(?=[^-_—|]*$)", " ".join(named.split()))[0]


def _beside(page: Any, name: str) -> str:
    found = page.xpath("//*[contains(concat(' ', @class, ' '), $name)]", name=f" {name} ")
    return _plain(found[0]) if found else ""


def _moment(said: dict[str, str]) -> tuple[datetime | None, tuple[str, ...]]:
    try:
        return read_moment(said.get("time", "")), ()
    except UnreadablePage as problem:
        return None, (str(problem),)


def _section(page: Any) -> str:
    """Read the last step of the way that a page prints above its article."""
    ways = page.xpath("//text()[contains(., '当前位置') or contains(., '您的位置')]")
    for text in ways[:MAX_WAYS]:
        around = text.getparent()
        for _step in range(4):
            steps = [_plain(link) for link in islice(around.iter("a"), MAX_LINKS)]
            steps = [step for step in steps if step and step not in {"首页", "正文"}]
            if steps:
                return steps[-1]
            if around.getparent() is None:
                break
            around = around.getparent()
    return ""


def _attachments(page: Any) -> Iterator[OldFile]:
    seen = set()
    for link in page.iter("a"):
        address = (link.get("href") or "").strip()
        if DOWNLOADS.search(address) and address not in seen:
            seen.add(address)
            yield OldFile(address, _plain(link) or link.get("title") or "")
    for player in page.xpath("//*[@pdfsrc]"):
        address = player.get("pdfsrc").strip()
        if address not in seen:
            seen.add(address)
            yield OldFile(address, player.get("id") or player.get("sudyfile-attr") or "")
    for script in page.iter("script"):
        for found in SHOWN_DOCUMENT.finditer(script.text or ""):
            if found[1] not in seen:
                seen.add(found[1])
                yield OldFile(found[1])


def _markup(body: Any) -> str:
    """Give the text's own markup, without what the page hangs on it."""
    for link in list(body.iter("a")):
        if DOWNLOADS.search(link.get("href") or ""):
            # It goes along as a document; its address would lead nowhere.
            link.attrib.pop("href")
    for block in list(body.iter("p", "div", "li")):
        classes = (block.get("class") or "").split()
        if block is not body and (
            not {*classes}.isdisjoint(PAGING)
            or (_is_innermost(block) and BELOW.fullmatch(_plain(block)))
        ):
            block.drop_tree()
    for picture in body.iter("img"):
        brought = next(filter(None, map(picture.get, BROUGHT)), None)
        if brought and WAITING.match(picture.get("src") or "data:"):
            picture.set("src", brought)
    return etree.tostring(body, encoding="unicode", method="html", with_tail=False)


def _is_innermost(block: Any) -> bool:
    return all(inner is block for inner in block.iter("p", "div", "li"))
