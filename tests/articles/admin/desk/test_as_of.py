"""The whole site at a moment: what was live, for whoever may see it."""

from datetime import timedelta

import pytest
from django.utils.http import urlencode

from articles.public.lists.listing import PAGE_SIZE
from tests.factories import NOON, make_edition, make_section, make_unit

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def look(browser, at=NOON + HOUR, **asked):
    query = urlencode({"at": at.isoformat(), **asked})
    return browser.get(f"/admin/articles/edition/as-of/?{query}")


def headlines(page):
    return [edition.headline for edition in page.context["page"].editions]


def test_site_as_of_a_moment_is_what_was_live_newest_first(sign_in, unit):
    browser, _user = sign_in("desk editor")
    make_edition("早", unit=unit, at=NOON)
    make_edition("晚", unit=unit, at=NOON + HOUR)
    make_edition("过期", unit=unit, at=NOON)
    tick = timedelta(microseconds=1)

    found = [headlines(look(browser, NOON + offset)) for offset in (-tick, HOUR - tick, HOUR)]

    assert found == [[], ["过期", "早"], ["晚", "过期", "早"]]


def test_site_is_filtered_by_section_and_searched_by_headline(sign_in, unit):
    browser, _user = sign_in("desk editor")
    section = make_section("学术")
    make_edition("学术报告", unit=unit, section=section)
    make_edition("校园报告", unit=unit)
    make_edition("学术讲座", unit=unit, section=section)

    assert headlines(look(browser, section=section.pk)) == ["学术讲座", "学术报告"]
    assert headlines(look(browser, section=section.pk, q="报告")) == ["学术报告"]
    assert headlines(look(browser, q="没有")) == []


def test_units_find_their_own_articles_only(client, sign_in, unit):
    make_edition("本单位", unit=unit)
    make_edition("别的单位", unit=make_unit())
    member, _user = sign_in("correspondent", unit=unit)

    assert headlines(look(member)) == ["本单位"]
    assert look(client).status_code == 302


def test_site_is_paged_with_fixed_queries(sign_in, unit, django_assert_num_queries):
    browser, _user = sign_in("desk editor")
    make_edition("稿0", unit=unit)
    look(browser)
    with django_assert_num_queries(8):
        look(browser)
    for number in range(1, PAGE_SIZE + 2):
        make_edition(f"稿{number}", unit=unit, at=NOON + timedelta(seconds=number))
    with django_assert_num_queries(8):
        first = look(browser)

    second = look(browser, before=str(first.context["page"].older))

    assert len(headlines(first)) == PAGE_SIZE
    assert headlines(second) == ["稿1", "稿0"]
