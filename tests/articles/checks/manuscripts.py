"""Manuscripts to check: a snapshot with everything in order, and what a test changes in it."""

from datetime import date
from typing import Any

from articles.checks import manuscripts, registry
from articles.checks.findings import Finding
from articles.checks.manuscripts import Manuscript
from articles.checks.rules import Known, Rule

# A Tuesday.
DAY = date(2026, 11, 24)
CREDIT = {"role": "author", "name": "李明远", "unit_name": "仪器学院"}
PHOTO = {"photo": 7, "caption": "会场", "alt": "坐满人的会场", "credit": "王芳"}
CONTENT: dict[str, Any] = {
    "kicker": "",
    "headline": "校领导赴朝阳区走访座谈",
    "subhead": "",
    "summary": "",
    "body": "<p>正文第一段。</p>",
    "language": "zh-hans",
    "origin": "original",
    "source": "",
    "source_url": "",
    "event_date": "2026-11-23",
    "units": [{"name": "仪器学院"}],
    "credits": [CREDIT],
    "photos": [],
    "attachments": [],
}


def manuscript(*, day: date = DAY, **changes: Any) -> Manuscript:
    return manuscripts.read(CONTENT | changes, day=day)


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def find(
    code: str, *, known: Known | None = None, rule: Rule | None = None, **changes: Any
) -> list[Finding]:
    """Ask one check, as a new site has it set, about a manuscript."""
    check = registry.CHECKS[code]
    return list(check.run(manuscript(**changes), rule or check.rule, known or Known()))


def hits(found: list[Finding]) -> list[tuple[str, int, str]]:
    return [(one.place.field, one.place.number, one.excerpt.hit) for one in found]
