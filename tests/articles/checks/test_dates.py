from datetime import date

import pytest

from articles.checks.dates import nearest
from articles.checks.rules import Rule
from tests.articles.checks.manuscripts import body, find, hits

RIGHT = """
11月24日上午（周二）
周二（11月24日）
每周三，11月24日起
2026-11-24 星期二
11月24日（二）
十一月二十四日 星期二
农历11月24日（周三）
農曆二月三十日
11月21日（周六）、22日（周日）
去年11月24日（周一）
Tue, Nov. 24
November 24, 2026 (Tuesday)
Tuesday, November 24, Wednesday, November 25
""".split("\n")[1:-1]
WRONG = """
11月24日下午（周三）
11月24日14:30—16:00，周三
周三（11月24日）
11月24日（第13周周三）
2026.11.24（星期三）
11.24（周三）
11月24日（三）
11 月 24 日（周 三）
11月24日（週三）
二〇二六年十一月二十四日（禮拜三）
Wed, Nov 24
24 November 2026 (Wednesday)
Wednesday the 24th of November
""".split("\n")[1:-1]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("11月24日（星期三）上午", "2026年11月24日 is a 星期二."),
        ("11月24日（星期二）上午", None),
        ("１１月２４日，周三", "2026年11月24日 is a 星期二."),
        ("2025年11月24日(周一)", None),
        ("2025年11月24日星期二", "2025年11月24日 is a 星期一."),
        ("11月24日（周一至周五）", None),
        ("11月24日周天", "2026年11月24日 is a 星期二."),
        ("2月30日", "There is no such day."),
        ("2月29日", None),
        ("2026年2月29日", "There is no such day."),
        ("Wednesday, 24 November 2026", "2026年11月24日 is a 星期二."),
        ("Tuesday, November 24", None),
        ("版本3.11月24日", None),
        *((text, None) for text in RIGHT),
        *((text, "2026年11月24日 is a 星期二.") for text in WRONG),
        ("11月21日（周六）、22日（周一）", "2026年11月22日 is a 星期日."),
        ("去年11月24日（周二）", "2025年11月24日 is a 星期一."),
        ("每年11月24日（周五）", None),
        ("二月三十日", "There is no such day."),
    ],
)
def test_weekday_has_to_match_its_date(text, what):
    assert [one.what for one in find("weekday", body=body(text))] == ([what] if what else [])


def test_weekday_is_that_of_the_nearest_year():
    """Around New Year a date without a year belongs to the year that is nearest."""
    new_year = date(2027, 1, 4)
    text = body("12月28日（星期一）")  # in 2026

    assert find("weekday", day=new_year, event_date=None, body=text) == []
    assert nearest(12, 28, new_year) == date(2026, 12, 28)
    assert nearest(2, 29, date(2026, 11, 24)) is None


def test_weekday_is_computed_with_the_year_of_the_event():
    text = body("11月24日（星期一）")

    assert find("weekday", event_date="2025-11-24", body=text) == []
    assert len(find("weekday", event_date="2026-11-24", body=text)) == 1


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("3月5日举行", True),
        ("11月5日举行", False),
        ("2025年3月5日至4月2日", False),
        ("去年3月5日", False),
        ("今年3月5日", False),
        ("每年3月5日", False),
        ("每年的3月5日", False),
    ],
)
def test_year_is_asked_for_where_the_date_is_far_away(text, is_found):
    assert hits(find("year", body=body(text))) == ([("body", 1, "3月5日")] if is_found else [])


def test_year_is_asked_for_right_after_new_year():
    assert len(find("year", day=date(2027, 1, 4), body=body("12月28日举行"))) == 1


def test_year_is_asked_for_from_the_months_that_are_set():
    assert find("year", rule=Rule("year", limit=9), body=body("3月5日举行")) == []


@pytest.mark.parametrize(
    ("event", "is_found"),
    [("2026-10-25", False), ("2026-10-24", True), ("2026-12-24", False), (None, False)],
)
def test_event_is_no_news_after_a_time(event, is_found):
    assert len(find("age", event_date=event)) == is_found
