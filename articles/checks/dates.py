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

WEEKDAYS = "一二三四五六日"
NUMERALS = "〇一二三四五六七八九"
_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_WEEK = r"(?:星期|礼拜|周)\s?(?P<weekday>[一二三四五六日天])"
_AT = (
    r"(?:\s?(?:上午|下午|早上|早晨|中午|凌晨|傍晚|晚上|晚间|晚))?"
    r"(?:\s?[0-9]{1,2}[:：][0-9]{2}(?:\s?[-—–~至]\s?[0-9]{1,2}[:：][0-9]{2})?)?"
)
_BEHIND = (
    rf"{_AT}\s?[（(，,、]?\s?(?:第(?:{_NUMBER})(?:教学)?周[，, ]?)?{_WEEK}(?!\s?[至到—~-])"
    rf"|\s?[（(](?P<alone>[{WEEKDAYS}])[）)]"
)
CHINESE = re.compile(
    rf"(?:(?P<year>[0-9]{{4}}|[○零{NUMERALS}]{{4}})\s?年(?:的|度)?\s?)?"
    rf"(?<![0-9.一二三四五六七八九十])(?P<month>{_NUMBER})\s?月\s?(?P<day>{_NUMBER})\s?[日号]"
    rf"(?:{_BEHIND})?"
)
# The days after it: 11月28日（周六）、29日（周日）.
NEXT_DAY = re.compile(rf"[）)]?\s?[、至到—~-]\s?(?P<day>{_NUMBER})[日号](?:{_BEHIND})?")
# 周二（11月24日）, but neither 每周二 nor the last day of several.
WEEKDAY_FIRST = re.compile(
    rf"(?<![每至到—~、和及或与-]){_WEEK}\s?[（(，,]\s?(?=[0-9一二三四五六七八九十])"
)
# With digits alone, only a weekday shows that it is a date.
IN_DIGITS = re.compile(
    r"(?<![0-9.])(?:(?P<year>[12][0-9]{3})[-/.])?(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
    rf"(?![0-9.])(?:{_BEHIND})"
)
MOON = re.compile(r"(?:农历|阴历|旧历)[^，。；]{0,6}$")
MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _english(names: list[str], short: str) -> str:
    """Match the names, written with a capital at least, and what is short for them."""
    return "|".join(f"{name[0]}(?i:{name[1:]})" for name in names) + f"|{short}"


_MONTH = rf"(?P<month>{_english(MONTHS, '(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[.]?')})"
_DAY = r"(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?"
_YEAR = r"\b(?:,? (?P<year>[0-9]{4})\b)?"
_WEEKDAY = rf"(?P<weekday>{_english(DAYS, '(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)[.]?')})"
_DATES = (rf"{_MONTH} {_DAY}{_YEAR}", rf"{_DAY} {_MONTH}{_YEAR}")
ENGLISH = (
    *(re.compile(rf"\b{_WEEKDAY},? \(?{day}") for day in _DATES),
    # “Monday, May 4, Tuesday, May 5”: a weekday before a date is that one's.
    *(re.compile(rf"\b{day},? \(?{_WEEKDAY}(?!,? [A-Z0-9])(?![a-z])") for day in _DATES),
)
# What stands before a date and says the year in words.
YEAR_IN_WORDS = re.compile(r"(?P<word>今|去|明|前|后|同|当|次|该|每|历|本|来|近)年[^，。；]{0,4}$")
YEARS_AWAY = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1, "来": 1, "后": 2}
YEAR = re.compile(r"[0-9]{4}\s?年|[12][0-9]{3}[-/.][0-9]")
# Digits in full width and words in traditional script, each in its place.
NARROW = {ord("０") + n: ord("0") + n for n in range(10)} | str.maketrans(
    "週禮號農曆陰", "周礼号农历阴"
)


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
    before = {found.end(): found for found in WEEKDAY_FIRST.finditer(text)}
    for found in CHINESE.finditer(text):
        if MOON.search(text[max(0, found.start() - 8) : found.start()]):
            continue
        year, month = _year(found), _number(found["month"])
        day_before = before.get(found.start())
        start = day_before.start() if day_before else found.start()
        weekday = _weekday(found) if day_before is None else _weekday(day_before)
        yield Named(start, found.end(), year, month, _number(found["day"]), weekday)
        end = found.end()
        while more := NEXT_DAY.match(text, end):
            end = more.end()
            yield Named(*more.span(), year, month, _number(more["day"]), _weekday(more))
    for found in IN_DIGITS.finditer(text):
        month, day = _number(found["month"]), _number(found["day"])
        yield Named(*found.span(), _year(found), month, day, _weekday(found))
    for pattern in ENGLISH:
        for found in pattern.finditer(text):
            month = _place(found["month"], MONTHS)
            weekday = _place(found["weekday"], DAYS)
            yield Named(*found.span(), _year(found), month + 1, int(found["day"]), weekday)


def _place(word: str, names: list[str]) -> int:
    return [name[:3] for name in names].index(word[:3].capitalize())


def _number(word: str) -> int:
    """Read 24 and 二十四."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    tens_and_ones = (tens or "一") if ten else "〇", ones or "〇"
    value = [max(NUMERALS.find(part), 0) for part in tens_and_ones]
    return value[0] * 10 + value[1]


def _year(found: "re.Match[str]") -> int | None:
    year = found["year"]
    if year is None or year.isdecimal():
        return int(year) if year else None
    return int("".join(str(max(NUMERALS.find(digit), 0)) for digit in year))


def _weekday(found: "re.Match[str]") -> int | None:
    said = found.groupdict()
    weekday = said.get("weekday") or said.get("alone")
    return WEEKDAYS.index("日" if weekday == "天" else weekday) if weekday else None


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
            year = found.year
            if word := YEAR_IN_WORDS.search(passage.text[max(0, found.start - 8) : found.start]):
                if year is None and word["word"] not in YEARS_AWAY:
                    continue
                year = year or manuscript.day.year + YEARS_AWAY[word["word"]]
            meant = (
                _day(year, found.month, found.day) if year else nearest(found.month, found.day, to)
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
