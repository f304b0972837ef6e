"""Whom a credit line may mean."""

import pytest

from articles import linking
from articles.actions import crediting
from articles.credits import ParsedCredit, Role
from articles.linking import Certainty
from tests.factories import NOON, make_person, make_unit, make_user

pytestmark = pytest.mark.django_db


def proposed(name=None, unit=None):
    return linking.Names().propose([ParsedCredit(Role.AUTHOR, name, unit)])[0]


def test_propose_says_how_sure_it_is():
    law, physics = make_unit("法学院"), make_unit("物理学院")
    lawyer = make_person("林晓", home_unit=law)
    make_person("林晓", home_unit=physics)
    single = make_person("周远")

    found = [
        proposed("林晓", "法學院"),
        proposed("周远", "法学院"),
        proposed("林晓"),
        proposed("孟溪", "法学院"),
        proposed(None, "法学院"),
    ]

    assert [(p.certainty, p.person) for p in found] == [
        (Certainty.AT_HOME, lawyer),
        (Certainty.KNOWN, single),
        (Certainty.SEVERAL, None),
        (Certainty.UNKNOWN, None),
        (Certainty.NOBODY, None),
    ]
    assert [(p.unit, p.unit_certainty) for p in found[:3]] == [
        (law, Certainty.KNOWN),
        (law, Certainty.KNOWN),
        (None, Certainty.NOBODY),
    ]
    assert [p.is_settled() for p in found] == [True, True, False, False, True]


def test_propose_doubts_whoever_is_known_to_be_elsewhere():
    make_unit("法学院")
    elsewhere = make_person("林晓", home_unit=make_unit("物理学院"))

    found = proposed("林晓", "法学院")

    assert (found.certainty, found.person, found.people) == (
        Certainty.SEVERAL,
        None,
        (elsewhere,),
    )


def test_propose_names_those_of_the_stated_unit_first():
    law, physics = make_unit("法学院"), make_unit("物理学院")
    physicist, lawyer = make_person("林晓", home_unit=physics), make_person("林晓", home_unit=law)

    assert proposed("林晓", "法学院").people == (lawyer, physicist)


def test_propose_finds_what_was_taught():
    editor, person, unit = make_user("desk editor"), make_person("林晓"), make_unit("法学院")
    crediting.teach_person(person, "小林", user=editor, at=NOON)
    crediting.teach_unit(unit, "法院系", user=editor, at=NOON)

    found = proposed("小林", "法院系")

    assert (found.person, found.unit) == (person, unit)


@pytest.mark.parametrize("number", [1, 5])
def test_propose_asks_as_often_for_many_as_for_one(django_assert_num_queries, number):
    unit = make_unit("法学院")
    people = [make_person(f"林晓{n}", home_unit=unit) for n in "一二三四五"[:number]]
    stated = [ParsedCredit(Role.AUTHOR, person.name, "法学院") for person in people]

    with django_assert_num_queries(3):
        found = [(p.person, p.person.home_unit, p.unit) for p in linking.Names().propose(stated)]

    assert found == [(person, unit, unit) for person in people]
