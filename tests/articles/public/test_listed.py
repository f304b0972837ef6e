"""Rows of lists: the same articles in the same order as models say, and cards that are true."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from articles.actions import publishing
from articles.models import Edition
from articles.public.lists import cards, listed
from tests.factories import make_edition, make_section, make_unit, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_newest_of_sections_are_those_of_a_query():
    now = timezone.now()
    sections = [make_section(), make_section(), make_section("空")]
    moments = (now - HOUR, now - 2 * HOUR, now - 2 * HOUR, now - 2 * HOUR, now - 3 * HOUR)
    made = [make_edition(section=s, at=at) for at in moments for s in sections[:2]]
    withdrawn, besides = made[2], made[4]
    publishing.withdraw(
        withdrawn.article, user=make_user("chief editor"), reason="误", at=now - HOUR / 2
    )

    found = listed.newest_of([s.pk for s in sections], 3, now, besides=[besides.article_id])

    live = Edition.objects.live(now).exclude(pk=besides.pk).newest_first()
    assert {section: [place[:2] for place in there] for section, there in found.items()} == {
        section.pk: list(live.filter(section=section).values_list("pk", "article_id")[:3])
        for section in sections
    }
    assert [len(found[section.pk]) for section in sections] == [3, 3, 0]


def test_home_page_leaves_out_what_is_withdrawn_while_it_is_laid_out(client, monkeypatch):
    now = timezone.now()
    section = make_section()
    stays, goes = (make_edition(section=section, at=now - hours * HOUR) for hours in (2, 1))
    ask = listed.places

    def withdrawn_first(numbers, at):
        if goes.pk in numbers:
            publishing.withdraw(
                goes.article, user=make_user("chief editor"), reason="误", at=at - HOUR / 2
            )
        return ask(numbers, at)

    monkeypatch.setattr(listed, "places", withdrawn_first)

    front = client.get("/").context["front"]

    assert [edition.pk for edition in front.top] == [stays.pk]


def test_kept_card_is_used_only_while_all_that_it_is_made_of_is_the_same():
    now = timezone.now()
    section = make_section("要闻", name_en="News")
    unit = make_unit("图书馆", name_en="Library")
    edition = make_edition("标题甲", section=section, unit=unit, at=now - HOUR)

    def card() -> str:
        (row,) = listed.editions([edition.pk], now)
        return cards.card(row, "h2", section=True)

    before, again = card(), card()
    with translation.override("en"):
        english = card()
    section.name = "校园"
    section.save()
    after = card()

    assert again is before
    assert [name in before for name in ("要闻", "图书馆", "标题甲")] == [True] * 3
    assert [name in english for name in ("News", "Library", "/en/articles/")] == [True] * 3
    assert after == before.replace("要闻", "校园")
