"""Related articles: found by themselves, and never one that readers cannot open."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from articles import related
from articles.actions import publishing
from articles.models import Edition, EditionRelation
from tests.articles.public.helpers import text
from tests.factories import NOON, make_article, make_edition, make_user, publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOON + 30 * DAY


def shown(edition: Edition, at: datetime = LATER) -> list[str]:
    """Give the related headlines that a reader finds on a page."""
    with time_machine.travel(at, tick=False):
        page = text(Client().get(edition.get_absolute_url()))
    section = re.search(r'<nav class="related".*?</nav>', page, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]*)</a>", section[0]) if section else []


def library(number: int, headline: str, **fields) -> Edition:
    fields.setdefault("tags", ("图书馆",))
    return make_edition(headline, at=NOON + number * DAY, **fields)


def test_articles_of_a_tag_lead_to_each_other():
    first = library(0, "图书馆开放夜间阅览室")
    library(1, "新食堂开业", tags=("后勤",))
    second = library(2, "夜间阅览室首月接待两万人次")

    assert shown(second) == ["图书馆开放夜间阅览室"]
    assert shown(first) == ["夜间阅览室首月接待两万人次"]


@pytest.mark.parametrize("way", ["withdrawn", "expired", "not yet"])
def test_article_that_readers_cannot_open_is_never_named(way):
    first = library(0, "图书馆开放夜间阅览室")
    end = NOON + 20 * DAY
    article = make_article("夜间阅览室首月", tags=("图书馆",), at=NOON)
    begins = {"live_from": end} if way == "not yet" else {}
    ends = {"expires_at": end} if way == "expired" else {}
    second = publish(article, at=NOON + DAY, **begins, **ends)
    if way == "withdrawn":
        chief = make_user("chief editor")
        publishing.withdraw(article, user=chief, reason="核实", at=end)
    before, since = end - timedelta(microseconds=1), end

    named = [shown(first, at) for at in (before, since)]

    expected = [["夜间阅览室首月"], []]
    assert named == (expected[::-1] if way == "not yet" else expected)
    assert shown(second, since if way == "not yet" else before) == ["图书馆开放夜间阅览室"]


def test_article_whose_other_is_withdrawn_names_it_no_more():
    first = library(0, "图书馆开放夜间阅览室")
    second = library(1, "夜间阅览室首月")
    before = shown(second)

    publishing.withdraw(
        first.article, user=make_user("chief editor"), reason="核实", at=LATER - DAY
    )

    assert (before, shown(second)) == (["图书馆开放夜间阅览室"], [])


def test_five_are_shown_the_nearest_and_those_in_the_same_language_first():
    english = library(0, "Library opens at night", language="en")
    for number in range(1, 8):
        library(number, f"图书馆的第{number}件事")
    own = library(9, "图书馆的第一件大事")

    found = shown(own)

    assert len(found) == 5
    assert english.headline not in found
    assert english.headline in shown(library(10, "Library night", language="en"))
    assert own.headline not in found


def test_new_edition_relates_anew_and_never_to_its_own_article():
    first = library(0, "图书馆开放夜间阅览室")
    library(1, "夜间阅览室首月")
    chief = make_user("chief editor")
    publishing.withdraw(first.article, user=chief, reason="核实", at=NOON + 2 * DAY)
    again = publishing.restore(first.article, user=chief, reason="无误", at=NOON + 3 * DAY)

    assert again is not None
    assert shown(again) == ["夜间阅览室首月"]


def test_imported_articles_are_related_by_a_command(capsys):
    first, second = library(0, "图书馆开放夜间阅览室"), library(1, "夜间阅览室首月")
    EditionRelation.objects.all().delete()
    before = shown(second)
    with time_machine.travel(LATER, tick=False):
        call_command("rebuild_related")

    assert capsys.readouterr().out == "2 editions have related articles.\n"
    assert (before, shown(second), shown(first)) == ([], [first.headline], [second.headline])


@pytest.mark.parametrize("others", [2, 6])
def test_publication_asks_as_much_for_many_as_for_few(django_assert_num_queries, others):
    for number in range(others):
        library(number, f"图书馆的第{number}件事")
    own = library(9, "图书馆的大事", tags=("图书馆", "开放"))

    # A transaction, what was kept, two tags, units, one unit, the section, texts, rows.
    with django_assert_num_queries(10):
        related.make(own)
