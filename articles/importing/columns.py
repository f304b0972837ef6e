"""Rows of a table or of JSON as articles: what their columns are called, and what they mean."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.importing import credited
from articles.importing.records import OldArticle, OldFile, read_moment, read_number
from articles.text.encoding import UnreadablePage
from articles.text.tags import split_tags

# What tables call a column, in either language. The first name is the one we write ourselves.
NAMES = {
    "address": ("address", "url", "link", "网址", "地址", "链接", "原网址"),
    "title": ("title", "headline", "标题", "题目"),
    "kicker": ("kicker", "引题", "肩题"),
    "subhead": ("subhead", "deck", "subtitle", "副标题", "副题"),
    "summary": ("summary", "abstract", "摘要", "导语"),
    "body": ("body", "content", "text", "html", "正文", "内容"),
    "credit_line": ("credit_line", "credits", "署名"),
    "author": ("author", "作者", "供稿人", "撰稿", "文字"),
    "photographer": ("photographer", "摄影", "摄影者"),
    "editor": ("editor", "编辑", "责任编辑"),
    "reviewer": ("reviewer", "审核", "审核人"),
    "unit": ("unit", "department", "单位", "部门", "供稿单位"),
    "section": ("section", "column", "category", "栏目", "分类"),
    "source": ("source", "来源"),
    "source_url": ("source_url", "来源网址", "来源链接", "原文网址", "原文链接"),
    "origin": ("origin", "稿件来源类型", "稿源"),
    "published_at": ("published_at", "published", "date", "发布时间", "发布日期", "日期", "时间"),
    "event_date": ("event_date", "事件日期", "活动日期"),
    "tags": ("tags", "keywords", "标签", "关键词"),
    "views": ("views", "hits", "点击量", "浏览量", "阅读量", "点击数", "浏览次数", "点击次数"),
    "pictures": ("pictures", "photos", "图片", "图片文件"),
    "attachments": ("attachments", "files", "附件"),
}
COLUMNS = {name: column for column, names in NAMES.items() for name in names}


def column_of(head: str) -> str:
    """Say which column a head means; nothing if it is none of ours."""
    return COLUMNS.get(head.strip().strip("\ufeff").casefold().replace(" ", "_"), "")


def as_article(values: Mapping[str, Any], remarks: tuple[str, ...] = ()) -> OldArticle:
    """Make an article of the values of a row. Raises `UnreadablePage`."""
    texts = {name: _text(name, value) for name, value in values.items() if name in NAMES}
    title = texts.get("title", "")
    if not title:
        raise UnreadablePage(_("It has no title."))
    moment = read_moment(texts.get("event_date", ""))
    return OldArticle(
        address="".join(texts.get("address", "").split()),
        title=title,
        body=texts.get("body", ""),
        credit_line=texts.get("credit_line", "") or credited.line(texts),
        published_at=read_moment(texts.get("published_at", "")),
        event_date=moment.date() if moment else None,
        tags=tuple(split_tags(texts.get("tags", ""))),
        views=read_number(texts.get("views", "")),
        pictures=tuple(_files(values.get("pictures", ""))),
        attachments=tuple(_files(values.get("attachments", ""))),
        remarks=remarks,
        kicker=texts.get("kicker", ""),
        subhead=texts.get("subhead", ""),
        summary=texts.get("summary", ""),
        unit=texts.get("unit", ""),
        section=texts.get("section", ""),
        source=texts.get("source", ""),
        source_url="".join(texts.get("source_url", "").split()),
        origin=texts.get("origin", ""),
    )


def _text(name: str, value: Any) -> str:
    if name in {"pictures", "attachments"}:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "、".join(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise UnreadablePage(_("“%(name)s” is no text.") % {"name": name})
    text = "" if value is None else str(value)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnreadablePage(_("“%(name)s” holds characters that no text has.") % {"name": name})
    return text.strip()


def _files(value: Any) -> Iterable[OldFile]:
    """Read files as `photo.jpg|its caption; other.jpg`, or as JSON has them."""
    if isinstance(value, str):
        for part in filter(None, (part.strip() for part in value.replace("\n", ";").split(";"))):
            address, _bar, words = part.partition("|")
            yield OldFile(address.strip(), words.strip())
        return
    for part in value if isinstance(value, list) else ():
        if isinstance(part, str):
            yield OldFile(part)
        elif isinstance(part, dict) and isinstance(part.get("file"), str):
            words = part.get("caption") or part.get("title") or ""
            yield OldFile(part["file"], words if isinstance(words, str) else "")
