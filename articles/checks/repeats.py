"""Paragraphs that stand twice in a text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.findings import Excerpt, Finding
from articles.checks.manuscripts import Manuscript
from articles.checks.rules import Known, Rule
from articles.text.hanzi import match_key

SHOWN = 40


def check(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find paragraphs of at least `limit` characters that came before, blind to blanks."""
    first: dict[str, int] = {}
    for passage in manuscript.paragraphs:
        key = match_key(passage.text)
        if len(key) < max(rule.limit, 1):
            continue
        before = first.setdefault(key, passage.place.number)
        if before != passage.place.number:
            yield Finding(
                rule.check,
                _("This stands in paragraph %(number)d already.") % {"number": before},
                _("Take one of them out."),
                passage.place,
                f"{key}\0{passage.place.number - before}",
                rule.level,
                Excerpt("", passage.text[:SHOWN], "…" if len(passage.text) > SHOWN else ""),
            )
