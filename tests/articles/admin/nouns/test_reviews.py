"""The editor of policies, the table of rules, and deputies at the desk."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import deputies
from articles.models import Deputy, Importance, PolicyRule, ReviewPolicy
from tests.articles.admin.conftest import form_data
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db


def address(policy):
    return f"/admin/articles/reviewpolicy/{policy.pk}/change/"


@pytest.fixture
def policy(db):
    return ReviewPolicy.objects.get()


def test_stage_is_given_to_a_person_and_a_group_above(sign_in, policy):
    browser, _user = sign_in("administrator")
    named = make_user("unit reviewer", name="沈老师")
    chief = Group.objects.get(name="chief editor")

    data = form_data(browser.get(address(policy)))
    data |= {
        "stages-0-decider": "people",
        "stages-0-group": "",
        "stages-0-people": [named.pk],
        "stages-0-escalates_to": chief.pk,
        "stages-1-people": [],
    }
    answer = browser.post(address(policy), data)
    text = browser.get(address(policy)).content.decode()

    assert answer.status_code == 302
    assert (
        "An article passes “初审” by 沈老师 within 8 working hours, after that also by chief "
        "editors → “终审” by chief editors within 8 working hours." in text
    )
    assert "“终审”: nobody can decide there now." in text


def test_list_says_under_which_policies_articles_get_stuck(sign_in, policy):
    browser, _user = sign_in("administrator")
    make_user("desk editor")
    chief = make_user("chief editor")
    address = "/admin/articles/reviewpolicy/"

    well = browser.get(address).content.decode()
    chief.is_active = False
    chief.save()
    stuck = browser.get(address).content.decode()

    assert ("nobody can decide there now" in well, 'class="warnings"' in well) == (False, False)
    assert "<li>“终审”: nobody can decide there now.</li>" in stuck


def test_list_asks_as_much_for_many_policies(sign_in, policy):
    browser, _user = sign_in("administrator")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/admin/articles/reviewpolicy/")
        return len(queries)

    asked()
    one = asked()
    for number in range(4):
        ReviewPolicy.objects.create(name=f"流程{number}").stages.create(
            position=1, name="终审", decider="group", group=Group.objects.get(name="head")
        )

    assert asked() <= one


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"decider": "people", "group": ""}, "Name at least one person who decides."),
        ({"decider": "group", "group": ""}, "Choose the group that decides."),
        ({"decider": "unit"}, "Here no group decides."),
        ({"people": "somebody"}, "Here no named people decide."),
        ({"decider": "people", "group": "", "people": "reader"}, "may not decide in reviews."),
        ({"escalates_to": "same"}, "This group decides here anyway."),
        ({"deadline_hours": "0"}, "1"),
    ],
)
def test_stage_that_cannot_be_is_refused_with_a_reason(sign_in, policy, given, problem):
    browser, _user = sign_in("administrator")
    known = {
        "somebody": [make_user("unit reviewer").pk],
        "reader": [make_user("head").pk],
        "same": Group.objects.get(name="desk editor").pk,
    }

    data = form_data(browser.get(address(policy))) | {
        "stages-0-people": [],
        "stages-1-people": [],
    }
    data |= {f"stages-0-{name}": known.get(value, value) for name, value in given.items()}
    answer = browser.post(address(policy), data)

    assert answer.status_code == 200
    assert problem in answer.content.decode()


def test_table_says_which_policy_applies_and_from_where(sign_in, policy):
    browser, _user = sign_in("head")
    own, plain = make_section("要闻"), make_section("通知")
    strict, guarded = (ReviewPolicy.objects.create(name=name) for name in ("三审", "四审"))
    PolicyRule.objects.create(section=own, policy=strict)
    PolicyRule.objects.create(importance=Importance.SENSITIVE, policy=guarded)

    page = browser.get("/admin/articles/policyrule/table/")

    assert [
        (section, [(cell.policy, str(cell.source)) for cell in cells])
        for section, cells in page.context["rows"]
    ] == [
        (own, [(strict, "own"), (strict, "ordinary"), (guarded, "all")]),
        (plain, [(policy, "default"), (policy, "default"), (guarded, "all")]),
    ]


def test_table_asks_as_much_for_five_sections_as_for_one(sign_in):
    browser, _user = sign_in("head")
    asked = []
    for number in (1, 4):
        for _more in range(number):
            make_section()
        browser.get("/admin/articles/policyrule/table/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/admin/articles/policyrule/table/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_reviewer_names_and_ends_a_deputy(sign_in):
    browser, chief = sign_in("chief editor")
    desk = make_user("desk editor")
    today = timezone.localdate()
    days = {"valid_from": today, "valid_until": today + timedelta(days=3)}

    page = browser.get("/admin/articles/deputy/add/").content.decode()
    browser.post("/admin/articles/deputy/add/", {"deputy": desk.pk, **days})
    row = Deputy.objects.get()
    began = list(Deputy.objects.active(today))
    browser.post(
        "/admin/articles/deputy/", {"action": "end_selected", "_selected_action": [row.pk]}
    )

    assert 'name="represented"' not in page
    assert (row.represented, row.deputy, row.named_by, began) == (chief, desk, chief, [row])
    assert list(Deputy.objects.active(today)) == []


def test_deputy_that_cannot_be_says_why_in_the_form(sign_in):
    browser, _keeper = sign_in("administrator")
    chief, desk = make_user("chief editor"), make_user("desk editor")
    today = timezone.localdate()

    answer = browser.post(
        "/admin/articles/deputy/add/",
        {
            "represented": chief.pk,
            "deputy": desk.pk,
            "valid_from": today,
            "valid_until": today,
        },
    )

    assert "It would end before it begins." in answer.content.decode()
    assert not Deputy.objects.exists()


def test_reviewer_sees_only_deputies_that_concern_them(sign_in):
    browser, desk = sign_in("desk editor")
    first, second = make_user("chief editor"), make_user("chief editor")
    today = timezone.localdate()
    for represented, deputy in ((first, desk), (second, first)):
        deputies.name(
            represented,
            deputy=deputy,
            valid_from=today,
            valid_until=today + timedelta(days=1),
            user=represented,
            at=timezone.now(),
        )

    shown = browser.get("/admin/articles/deputy/").context["cl"].queryset

    assert list(shown) == [Deputy.objects.get(deputy=desk)]
