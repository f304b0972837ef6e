"""What other media wrote about the institution: whose it is, where it is, how much stands here."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.findings import Finding, Place
from articles.checks.manuscripts import Manuscript
from articles.checks.rules import Known, Rule

MEDIA = "media"


def check(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    if manuscript.origin != MEDIA:
        return
    if not manuscript.source:
        yield _finding(
            rule,
            "source",
            _("This is media coverage, and no medium is named."),
            _("Name the medium as the source."),
        )
    if not manuscript.source_url:
        yield _finding(
            rule,
            "source_url",
            _("This is media coverage, and leads to no page of the medium."),
            _("Give the address at which the medium has it, if there is one."),
        )
    length = sum(len(passage.text) for passage in manuscript.paragraphs)
    if manuscript.source_url and length > rule.limit:
        yield _finding(
            rule,
            "body",
            _("%(number)d characters stand here of what a medium wrote.") % {"number": length},
            _("Quote what matters and let readers follow the link, or ask the medium for leave."),
        )


def _finding(rule: Rule, field: str, what: str, mend: str) -> Finding:
    return Finding(rule.check, what, mend, Place(field), field, rule.level)
