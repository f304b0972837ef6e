"""What the site says of itself is read for every page, and asked for once in a while."""

from datetime import date

import pytest
from django.utils import translation

from articles import addresses, site
from articles.models import SiteSettings
from tests.factories import make_person, set_site

pytestmark = pytest.mark.django_db


def test_settings_are_asked_for_once_in_a_while(settings, django_assert_num_queries):
    set_site(name="青禾新闻")
    with django_assert_num_queries(3):
        first = site.current()
    with django_assert_num_queries(0):
        again = site.current()
    settings.SITE_CACHE_SECONDS = 0
    set_site(name="青禾日报")
    with django_assert_num_queries(6):
        later = [site.current() for _time in range(2)]

    assert [found.settings.name for found in (first, again, *later)] == [
        "青禾新闻",
        "青禾新闻",
        "青禾日报",
        "青禾日报",
    ]


def test_what_was_dropped_while_it_was_read_is_not_kept():
    before = site.Site(SiteSettings(name="以前"))
    turn = site.kept.turn
    set_site(name="现在")

    site.kept.keep(before, turn)

    assert site.current().settings.name == "现在"


def test_hold_goes_on_with_what_is_known(django_assert_num_queries):
    set_site(name="青禾新闻")
    site.current()
    site.forget()

    with django_assert_num_queries(0):
        site.hold()
        held = site.current().settings.name

    assert held == "青禾新闻"


def test_new_site_is_called_as_the_server_says(settings):
    row = SiteSettings.objects.get()

    assert (row.name, row.name_en) == (settings.SITE_NAME, settings.SITE_NAME_EN)
    assert (row.boards_are_public, row.students_have_pages, row.colours()) == (True, True, "")


def test_mourning_lasts_from_its_first_day_through_its_last():
    row = SiteSettings.objects.get()
    row.memorials.create(first_day=date(2026, 12, 13), last_day=date(2026, 12, 13))
    row.memorials.create(first_day=date(2027, 4, 3), last_day=date(2027, 4, 5))
    site.forget()
    days = [date(2026, 12, day) for day in (12, 13, 14)]
    days += [date(2027, 4, day) for day in (2, 3, 4, 5, 6)]

    grey = [site.current().is_in_mourning(day) for day in days]

    assert grey == [False, True, False, False, True, True, True, False]


def test_people_with_pages_are_all_or_all_but_students():
    teacher, student = make_person("李明远"), make_person("周小雨", is_student=True)
    everybody = set(site.people_with_pages())
    set_site(students_have_pages=False)

    assert everybody == {teacher, student}
    assert set(site.people_with_pages()) == {teacher}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({}, ""),
        ({"accent": "#8a1f2d", "accent_in_dark": "#ff9d9a"}, "8a1f2d-ff9d9a"),
        ({"accent_in_dark": "#ff9d9a"}, "b3261e-ff9d9a"),
    ],
)
def test_colours_are_named_where_the_house_has_others(said, address):
    assert SiteSettings(**said).colours() == address


def test_mails_sheets_and_packages_have_the_name_in_their_reader_s_language():
    set_site(name="青禾日报", name_en="Qinghe Daily")
    names = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names.append(addresses.site_name())

    assert names == ["青禾日报", "Qinghe Daily"]
