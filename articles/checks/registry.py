"""All checks in one table, in the order in which they are shown and set."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.checks import dates, furniture, links, media, personal, repeats, words
from articles.checks.findings import Finding, Level
from articles.checks.manuscripts import Manuscript
from articles.checks.rules import Known, Rule

type Run = Callable[[Manuscript, Rule, Known], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A check, and how a new site has it set. `limit_is` and `lines_are` say what may be set."""

    code: str
    name: Any
    run: Run
    level: Level = Level.ADVISORY
    limit: int = 0
    limit_is: Any = ""
    lines_are: Any = ""

    @property
    def rule(self) -> Rule:
        return Rule(self.code, self.level, self.limit)


CHECKS = {
    check.code: check
    for check in (
        Check(
            "headline", _("headline too long"), furniture.check_headline,
            limit=30, limit_is=_("Characters that fit; letters and digits count half."),
        ),
        Check("caption", _("photo without a caption"), furniture.check_captions),
        Check("alt", _("photo without a text for the blind"), furniture.check_alts),
        Check("photographer", _("photo without a photographer"), furniture.check_photographers),
        Check("unit", _("contributing unit missing"), furniture.check_units),
        Check("reviewer", _("reviewer missing"), furniture.check_reviewers, Level.OFF),
        Check("weekday", _("weekday that does not match its date"), dates.check_weekdays),
        Check(
            "year", _("year missing"), dates.check_years,
            limit=6, limit_is=_("Months from the publication within which no year is needed."),
        ),
        Check(
            "age", _("event too long ago"), dates.check_age,
            limit=30, limit_is=_("Days after which an event is no news."),
        ),
        Check("words", _("word of the list"), words.check, Level.BLOCKING),
        Check("identity", _("identity card number"), personal.check, Level.BLOCKING),
        Check("mobile", _("mobile number"), personal.check),
        Check("card", _("bank card number"), personal.check, Level.BLOCKING),
        Check(
            "student", _("student number"), personal.check,
            lines_are=_(
                "One pattern a line: # is a digit, @ a letter, all else itself, as in 20########."
            ),
        ),
        Check("unread", _("attachment that is not read"), personal.check_unread),
        Check("link", _("link that leads nowhere"), links.check),
        Check(
            "host", _("link to a site that is not registered"), links.check_hosts,
            lines_are=_(
                "One name of a site a line; what ends with it is allowed, too. "
                "None: every site is."
            ),
        ),
        Check(
            "repeat", _("paragraph that stands twice"), repeats.check,
            limit=15, limit_is=_("Characters from which a paragraph is compared."),
        ),
        Check(
            "media", _("media coverage without its medium"), media.check,
            limit=400, limit_is=_("Characters that may be quoted of what a medium wrote."),
        ),
    )
}  # fmt: skip


def run(manuscript: Manuscript, rules: Mapping[str, Rule], known: Known) -> list[Finding]:
    """Ask every check that is not off, the weightiest findings first."""
    found = [
        finding
        for code, check in CHECKS.items()
        if (rule := rules.get(code, check.rule)).level != Level.OFF
        for finding in check.run(manuscript, rule, known)
    ]
    return sorted(_once(found), key=lambda finding: not finding.is_blocking)


def _once(found: list[Finding]) -> list[Finding]:
    """Leave out what was found twice at one place."""
    seen = {(finding.key, finding.place, finding.excerpt): finding for finding in reversed(found)}
    return list(seen.values())[::-1]
