"""A news page as somebody copied it from a browser, told apart into its parts.

First the section's label, then the headline, perhaps with a kicker before or a subhead
after it, then paragraphs; the credit line ends the last one. What the page prints around an
article (date and clicks, share buttons, boards) is left out and reported.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles import credits
from articles.text import hanzi
from articles.text.encoding import UnreadablePage, decode

# What an article holds.
MAX_HEADING = 120
MAX_KICKER = 60

LINE_END = re.compile(r"\r\n?|\n")
INDENT = re.compile(r"\u3000|[ \t\xa0]{2}")
DATE = r"[12]\d{3}\s*[-年/.]\s*\d{1,2}(?:\s*[-月/.]\s*\d{1,2})?\s*[日月]?"
# About the article, not of it: 发布时间：2026-11-02 浏览：120
ABOUT = re.compile(
    rf"{DATE}(?:\s+\d\d:\d\d(?::\d\d)?)?"
    r"|(?:(?:发布|发表|更新)?(?:时间|日期)|(?:浏览|点击|阅读)(?:次数|量|数)?|来源|作者|字号)\s*:.*"
)
# Of the page around it.
AROUND = re.compile(
    r"[-—–\s]*分享(?:到|至)?[-—–\s:]*"
    r"|.{0,20}(?:点击|阅读|浏览|用稿|发稿)(?:量|数)?(?:排名|排行榜?)"
    rf"|\({DATE}\)"
    r"|(?:上一篇|下一篇|相关(?:新闻|阅读))\s*:?.*"
)
CREDIT_LABEL = (
    r"(?:供稿|撰稿|来稿|作者|文字?|图片?|摄影|编辑|责编|责任编辑|审核|记者|通讯员)(?:人|单位)?"
)
LOOKS_LIKE_CREDITS = re.compile(rf"(?:^|[(【\[])\s*{CREDIT_LABEL}(?:[\s/、]+{CREDIT_LABEL})*\s*:")
LONGEST_CREDIT_LINE = 400


class Remark(NamedTuple):
    """What an editor should look at, with the line of the file."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(message)s") % self._asdict()


@dataclass(frozen=True)
class PastedPage:
    section_label: str
    kicker: str
    headline: str
    subhead: str
    paragraphs: tuple[str, ...]
    section_label_at: int = 0
    credit_line: str = ""
    credit_line_at: int = 0
    warnings: tuple[Remark, ...] = ()


class _Line(NamedTuple):
    number: int
    text: str
    indented: bool

    def is_text(self) -> bool:
        return self.indented or "。" in self.text or self.text.endswith(".")


@dataclass
class _Parts:
    headings: list[_Line] = field(default_factory=list)
    text: list[_Line] = field(default_factory=list)
    left_out: list[_Line] = field(default_factory=list)


def read_page(content: bytes) -> PastedPage:
    """Read a page, changing no character of it. Raises `UnreadablePage`."""
    parts = _sort(_lines(decode(content)))
    label, kicker, headline, subhead = _headings(parts)
    if not parts.text:
        raise UnreadablePage(_("There is no text below the headline."), headline.number)
    paragraphs, credit_line, credit_line_at = _split_off_credits(parts.text)
    return PastedPage(
        section_label=label,
        kicker=kicker,
        headline=headline.text,
        subhead=subhead,
        paragraphs=tuple(paragraphs),
        section_label_at=parts.headings[0].number if label else 0,
        credit_line=credit_line,
        credit_line_at=credit_line_at,
        warnings=tuple(_remarks(parts, credit_line)),
    )


def _lines(text: str) -> list[_Line]:
    return [
        _Line(number, line.strip(), bool(INDENT.match(line)))
        for number, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), 1)
        if line.strip()
    ]


def _plain(text: str) -> str:
    """Give what the patterns above are compared with: simplified, narrow, without pinyin."""
    return hanzi.simplified(unicodedata.normalize("NFKC", hanzi.without_pinyin(text)))


def _sort(lines: list[_Line]) -> _Parts:
    parts = _Parts()
    for place, line in enumerate(lines):
        plain = _plain(line.text[:MAX_HEADING])
        if AROUND.fullmatch(plain):
            parts.left_out.append(line)
            if parts.text:
                # Nothing of the article follows its share buttons and boards.
                parts.left_out += lines[place + 1 :]
                break
        elif not parts.text and ABOUT.fullmatch(plain):
            parts.left_out.append(line)
        elif parts.text or line.is_text() or len(parts.headings) == 3:
            parts.text.append(line)
        else:
            parts.headings.append(line)
    return parts


def _headings(parts: _Parts) -> tuple[str, str, _Line, str]:
    """Tell section label, kicker, headline and subhead apart."""
    headings = parts.headings
    if not headings:
        first = (parts.text or parts.left_out)[0]
        raise UnreadablePage(_("There is no headline above the text."), first.number)
    label, kicker, subhead = headings[0].text, "", ""
    match headings:
        case [headline]:
            label = ""
        case [_label, headline]:
            pass
        case [_label, headline, third] if third.text.startswith(("—", "-")):
            subhead = third.text
        case [_label, above, headline, *_more]:
            kicker = _fitting(above, MAX_KICKER).text
    return label, kicker, _fitting(headline, MAX_HEADING), subhead[:MAX_HEADING]


def _fitting(line: _Line, limit: int) -> _Line:
    if len(line.text) > limit:
        raise UnreadablePage(
            _("This heading is longer than %(limit)d characters.") % {"limit": limit},
            line.number,
        )
    return line


def _split_off_credits(lines: list[_Line]) -> tuple[list[str], str, int]:
    last = lines[-1]
    # Credits may fill several lines of their own, but never more than a few.
    near = lines[-6:]
    tail = credits.find_credit_line("\n".join(line.text for line in near))
    if tail is None:
        end = _plain(last.text[-LONGEST_CREDIT_LINE:])
        if LOOKS_LIKE_CREDITS.search(end) and (end[-1] in ")】]" or len(end) < 60):
            raise UnreadablePage(
                _("This credit line names nobody: %(line)s") % {"line": last.text[-60:]},
                last.number,
            )
        return [line.text for line in lines], "", 0
    kept = tail.body.split("\n") if tail.body else []
    whole = bool(kept) and kept[-1] == near[len(kept) - 1].text
    at = near[len(kept)] if whole or not kept else near[len(kept) - 1]
    return [*(line.text for line in lines[:-6]), *kept], tail.credit_line, at.number


def _remarks(parts: _Parts, credit_line: str) -> list[Remark]:
    remarks = []
    for line in sorted(parts.headings + parts.text):
        pinyin = [
            line.text[m.start() - 1 : m.end()] for m in hanzi.STRAY_PINYIN.finditer(line.text)
        ]
        if pinyin:
            examples = "、".join(dict.fromkeys(pinyin[:3]))
            message = _("Stray pinyin was kept, such as %(examples)s.") % {"examples": examples}
            remarks.append(Remark(line.number, message))
        lost = [m[0] for m in hanzi.LOST_CHARACTERS.finditer(line.text)]
        if lost:
            examples = "、".join(dict.fromkeys(lost[:5]))
            message = _("Characters seem to be lost: %(examples)s.") % {"examples": examples}
            remarks.append(Remark(line.number, message))
    remarks += [
        Remark(line.number, _("Left out: %(text)s") % {"text": line.text[:40]})
        for line in parts.left_out
    ]
    if not credit_line:
        remarks.append(Remark(parts.text[-1].number, _("There is no credit line.")))
    return sorted(remarks)
