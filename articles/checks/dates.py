"""Dates: weekdays that do not fit, years that are missing, events that are long past."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.checks.findings import Finding, Place, excerpt
from articles.checks.manuscripts import Manuscript, Passage
from articles.checks.rules import Known, Rule

CHINESE = re.compile(
    r"(?:(?P<year>[0-9]{4})\s?年(?:的|度)?\s?)?"
    r"(?<![0-9.])(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?[日号]"
    r"(?:\s?[（(，,、]?\s?(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])(?!\s?[至到—~-]))?"
)
MONTHS = (
    "january february march april may june july august september october november december"
).split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"\b(?:,? (?P<year>[0-9]{4})\b)?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(DAYS)})"
ENGLISH = (
    re.compile(rf"\b{_WEEKDAY},? {_MONTH} {_DAY}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY},? {_DAY} {_MONTH}{_YEAR}", re.IGNORECASE),
)
# What stands before a date and says the year in words.
YEAR_IN_WORDS = re.compile(r"(?:今|去|明|前|后|同|当|次|该|每|历|本|来|近)年[^，。；]{0,4}$")
YEAR = re.compile(r"[0-9]{4}\s?年|[12][0-9]{3}[-/.][0-9]")
WEEKDAYS = "一二三四五六日"
# Full-width digits, each in its place.
NARROW = {ord("０") + n: ord("0") + n for n in range(10)}


@dataclass(frozen=True)
class Named:
    """A date as it stands in a text; the year is what was written, if it was."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None


def named(text: str) -> Iterator[Named]:
    text = text.translate(NARROW)
    for found in CHINESE.finditer(text):
        weekday = found["weekday"]
        number = WEEKDAYS.index("日" if weekday == "天" else weekday) if weekday else None
        month = int(found["month"])
        yield Named(*found.span(), _year(found), month, int(found["day"]), number)
    for pattern in ENGLISH:
        for found in pattern.finditer(text):
            month = MONTHS.index(found["month"].lower()) + 1
            number = DAYS.index(found["weekday"].lower())
            yield Named(*found.span(), _year(found), month, int(found["day"]), number)


def _year(found: "re.Match[str]") -> int | None:
    return int(found["year"]) if found["year"] else None


def nearest(month: int, day: int, to: date) -> date | None:
    """Give the date of the year in which it is nearest; None if there is no such day."""
    days = [
        made for year in (to.year - 1, to.year, to.year + 1) if (made := _day(year, month, day))
    ]
    return min(days, key=lambda made: abs(made - to), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_weekdays(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    to = manuscript.event_date or manuscript.day
    for passage in manuscript.passages:
        for found in named(passage.text):
            meant = (
                _day(found.year, found.month, found.day)
                if found.year
                else nearest(found.month, found.day, to)
            )
            if meant is None and found.year is None and (found.month, found.day) == (2, 29):
                continue
            if meant is None:
                what = _("There is no such day.")
                mend = _("Look up the date.")
            elif found.weekday is not None and meant.weekday() != found.weekday:
                what = _("%(date)s is a %(weekday)s.") % {
                    "date": date_format(meant),
                    "weekday": date_format(meant, "l"),
                }
                mend = _("Look up which of both is right, the date or the weekday.")
            else:
                continue
            yield _finding(rule, passage, found, meant.year if meant else None, what, mend)


def check_years(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find dates without a year that readers would take for this year's, and are far away."""
    for passage in manuscript.passages:
        years = [match.start() for match in YEAR.finditer(passage.text)]
        for found in named(passage.text):
            if found.year or (years and years[0] < found.start):
                continue
            if YEAR_IN_WORDS.search(passage.text[max(0, found.start - 8) : found.start]):
                continue
            meant = _day(manuscript.day.year, found.month, found.day)
            if meant and abs((meant - manuscript.day).days) > rule.limit * 30.5:
                what = _("Without a year, readers take this for %(date)s.") % {
                    "date": date_format(meant)
                }
                yield _finding(rule, passage, found, meant.year, what, _("Write the year."))


def check_age(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    event = manuscript.event_date
    if event is None:
        return
    days = (manuscript.day - event).days
    if days > rule.limit:
        yield Finding(
            rule.check,
            _("The event was %(days)d days ago; news is up to %(limit)d days old.")
            % {"days": days, "limit": rule.limit},
            _("Check the event date, or say why it is news still."),
            Place("event_date"),
            event.isoformat(),
            level=rule.level,
        )


def _finding(
    rule: Rule, passage: Passage, found: Named, year: int | None, what: str, mend: str
) -> Finding:
    written = passage.text[found.start : found.end]
    where = excerpt(passage.text, found.start, found.end)
    return Finding(rule.check, what, mend, passage.place, f"{written}\0{what}", rule.level, where)
