"""Warnings about policies under which articles would get stuck."""

import pytest
from django.contrib.auth.models import Group

from articles.models import ReviewPolicy, WorkingHours
from articles.rights import policy_warnings
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(db):
    return ReviewPolicy.objects.get()


def found(policy):
    return policy_warnings.warnings(policy, policy_warnings.staff_now(NOON))


def make_stage(policy, position, name, decider, **fields):
    policy.stages.filter(position=position).delete()
    return policy.stages.create(position=position, name=name, decider=decider, **fields)


def test_policy_with_people_at_every_stage_has_no_warnings(policy):
    factories.make_user("desk editor")
    factories.make_user("chief editor")

    assert found(policy) == []


def test_stage_without_anybody_is_named(policy):
    factories.make_user("desk editor")
    factories.make_user("chief editor", is_active=False)

    assert found(policy) == ["“终审”: nobody can decide there now."]


def test_units_without_a_reviewer_are_listed(policy):
    with_one, without = factories.make_unit("图书馆"), factories.make_unit("校医院")
    factories.make_unit("无人投稿的单位")
    factories.make_user("unit reviewer", unit=with_one)
    factories.make_user("correspondent", unit=without)
    factories.make_user("chief editor")
    make_stage(policy, 1, "单位审核", "unit")

    assert found(policy) == ["“单位审核”: no reviewer in 校医院."]


def test_named_person_without_the_right_is_named(policy):
    factories.make_user("chief editor")
    named = factories.make_user("head", name="主任")
    make_stage(policy, 1, "把关", "people").people.set([named])

    assert found(policy) == [
        "“把关”: 主任 may not decide in reviews.",
        "“把关”: nobody can decide there now.",
    ]


def test_only_one_person_for_two_stages_is_said(policy):
    factories.make_user("desk editor", "chief editor", name="许老师")

    assert found(policy) == [
        (
            "“初审”、“终审” have only 许老师 between them. Nobody decides at two stages, so no "
            "article can pass."
        )
    ]


def test_two_people_for_three_stages_is_said(policy):
    for name in ("许老师", "闻老师"):
        factories.make_user("desk editor", "chief editor", name=name)
    make_stage(policy, 3, "再审", "group", group=Group.objects.get(name="chief editor"))

    assert found(policy) == [
        (
            "“初审”、“终审”、“再审” have only 许老师、闻老师 between them. Nobody decides at two "
            "stages, so no article can pass."
        )
    ]


def test_escalation_to_nobody_and_a_calendar_without_hours_are_said(policy):
    factories.make_user("desk editor")
    factories.make_user("chief editor")
    policy.stages.filter(position=1).update(escalates_to=Group.objects.get(name="head"))
    WorkingHours.objects.all().delete()

    assert found(policy) == [
        "The calendar has no working hours, so no deadline would ever end.",
        "“初审” escalates to a group in which nobody may decide in reviews.",
    ]
