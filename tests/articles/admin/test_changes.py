"""Every change of every list at the desk is in our log, in words: what it was and what it is."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.auth.models import Group, Permission

from articles.models import LogEntry, Membership, ReviewPolicy, Section, User
from tests.articles.admin.conftest import form_data
from tests.factories import make_group, make_section, make_unit, make_user

pytestmark = pytest.mark.django_db
NO_MEMBERS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def admin(sign_in):
    browser, _user = sign_in("administrator", name="管理员")
    return browser


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", name="超级", password="x"))
    return client


@pytest.fixture(autouse=True)
def _one_log():
    yield
    assert not AdminLogEntry.objects.exists()


def written() -> list[tuple[str, str, str, str]]:
    """Give what is in the log beside sign-ins."""
    entries = LogEntry.objects.filter(article=None).exclude(action="signed_in").order_by("pk")
    return [(entry.actor_name, entry.action, entry.subject, entry.detail) for entry in entries]


def save(browser, row, **changes):
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
    answer = browser.post(address, form_data(browser.get(address), **changes))
    assert answer.status_code == 302


def test_section_added_edited_and_deleted(admin):
    admin.post(
        "/admin/articles/section/add/",
        {"name": "要闻", "slug": "news", "kind": "news", "position": "1", "weight": "1"},
    )
    section = Section.objects.get(slug="news")
    save(admin, section, name="头条", in_navigation="on")
    save(admin, section)
    admin.post(f"/admin/articles/section/{section.pk}/delete/", {"post": "yes"})

    assert [row[:3] for row in written()] == [
        ("管理员", "added", "要闻"),
        ("管理员", "edited", "头条"),
        ("管理员", "deleted", "头条"),
    ]
    details = [row[3].splitlines() for row in written()]
    assert "名称: 要闻" in details[0]
    assert "名称: 要闻 → 头条" in details[1]
    assert "名称: 头条" in details[2]


def test_name_of_a_unit_is_told_with_the_unit(admin):
    unit = make_unit("仪器学院", group=make_group())

    address = f"/admin/articles/unit/{unit.pk}/change/"
    data = form_data(admin.get(address))
    data |= {
        "names-TOTAL_FORMS": "2",
        "names-0-valid_until": "2026-11-01",
        "names-1-unit": str(unit.pk),
        "names-1-name": "仪器院",
        "names-1-kind": "alias",
    }
    assert admin.post(address, data).status_code == 302

    assert written() == [
        (
            "管理员",
            "edited",
            "仪器学院",
            (
                "unit name “仪器院” added\n"
                "unit name “仪器学院” changed: Valid until: – → 2026-11-01"
            ),
        )
    ]


def test_stage_of_a_policy_is_told_with_the_policy(admin):
    policy = ReviewPolicy.objects.get()

    save(admin, policy, **{"stages-0-name": "责编初审"})

    assert written() == [
        (
            "管理员",
            "edited",
            "两级审核",
            "review stage “责编初审” changed: 名称: 初审 → 责编初审",
        )
    ]


def test_rights_of_an_account_are_told_before_and_after(admin):
    account = make_user("correspondent", name="王敏")
    groups = Group.objects.filter(name__in=("correspondent", "desk editor"))

    admin.post(
        f"/admin/articles/user/{account.pk}/change/",
        {
            "username": account.username,
            "name": "王敏敏",
            "is_staff": "on",
            "groups": [group.pk for group in groups],
            **NO_MEMBERS,
        },
    )

    subject = f"王敏敏 ({account.username})"
    assert written() == [
        (
            "管理员",
            "rights_changed",
            subject,
            "工作人员状态: no → yes\n组: correspondents → correspondents、desk editors",
        ),
        ("管理员", "deactivated", subject, "有效: yes → no"),
        ("管理员", "account_changed", subject, "Name: 王敏 → 王敏敏"),
    ]


def test_account_made_without_a_word_of_its_password(admin):
    words = "correct horse battery"
    admin.post(
        "/admin/articles/user/add/",
        {
            "username": "new",
            "name": "新同事",
            "usable_password": "true",
            "password1": words,
            "password2": words,
        },
    )

    (entry,) = written()
    assert entry[:3] == ("管理员", "account_made", "新同事 (new)")
    assert "新同事" in entry[3]
    assert words not in entry[3]
    assert "assword" not in entry[3]


def test_password_set_for_somebody_is_told_without_it(admin):
    account, words = make_user(name="王敏"), "correct horse battery"

    admin.post(
        f"/admin/articles/user/{account.pk}/password/",
        {"usable_password": "true", "password1": words, "password2": words},
    )

    assert written() == [("管理员", "password_changed", f"王敏 ({account.username})", "")]


def test_membership_made_changed_and_ended(admin, unit):
    account = make_user(name="王敏")
    admin.post(
        "/admin/articles/membership/add/",
        {
            "user": account.pk,
            "unit": unit.pk,
            "role": "reviewer",
            "valid_from": "2026-01-01",
        },
    )
    membership = Membership.objects.get()
    save(admin, membership, role="correspondent")
    save(admin, membership, valid_until="2026-12-31")
    admin.post(f"/admin/articles/membership/{membership.pk}/delete/", {"post": "yes"})

    assert [(row[1], row[3].splitlines()[-1]) for row in written()] == [
        ("membership_made", "Valid from: 2026-01-01"),
        ("membership_changed", "Role: unit reviewer → correspondent"),
        ("membership_ended", "Valid until: – → 2026-12-31"),
        ("membership_ended", "valid until: 2026-12-31"),
    ]


def test_membership_on_the_page_of_an_account_is_told_as_one(admin, unit):
    account = make_user(name="王敏")
    admin.post(
        f"/admin/articles/user/{account.pk}/change/",
        {
            "username": account.username,
            "name": "王敏",
            "is_active": "on",
            "memberships-TOTAL_FORMS": "1",
            "memberships-INITIAL_FORMS": "0",
            "memberships-0-unit": unit.pk,
            "memberships-0-role": "reviewer",
            "memberships-0-valid_from": "2026-01-01",
        },
    )

    (entry,) = written()
    assert entry[:3] == ("管理员", "membership_made", "王敏 · 仪器学院 · unit reviewer")
    assert "valid from: 2026-01-01" in entry[3]


def test_permissions_of_a_group_are_told_by_what_came_and_went(root):
    group = Group.objects.get(name="correspondent")
    gone = group.permissions.get(codename="add_photo")
    came = Permission.objects.get(codename="publish_article")
    kept = group.permissions.exclude(pk=gone.pk).values_list("pk", flat=True)

    root.post(
        f"/admin/auth/group/{group.pk}/change/",
        {"name": "correspondent", "permissions": [*kept, came.pk]},
    )

    (entry,) = written()
    assert entry[:3] == ("超级", "rights_changed", "correspondent")
    assert "+ Can publish an approved article、− Can add: photos" in entry[3]


def test_several_rows_deleted_at_once_are_told_each(admin):
    sections = [make_section(name) for name in ("甲", "乙")]

    admin.post(
        "/admin/articles/section/",
        {
            "action": "delete_selected",
            "_selected_action": [section.pk for section in sections],
            "post": "yes",
        },
    )

    assert sorted(row[1:3] for row in written()) == [("deleted", "乙"), ("deleted", "甲")]


def test_history_of_a_row_is_for_whoever_sees_the_log(admin, sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    section = make_section("旧名")
    save(admin, section, name="新名")
    address = f"/admin/articles/section/{section.pk}/history/"

    seen, not_seen = admin.get(address), browser.get(address)

    assert "名称: 旧名 → 新名" in seen.content.decode()
    assert "旧名" not in not_seen.content.decode()
    assert "Heads and administrators see who changed this." in not_seen.content.decode()


def test_long_text_is_told_in_short(admin, unit):
    save(admin, unit, description="长" * 500)

    assert written()[0][3] == f"Description: – → {'长' * 79}…"


def test_row_that_was_not_changed_is_not_in_the_log(admin, unit):
    membership = Membership.objects.create(
        user=make_user(), unit=unit, role="reviewer", valid_from=date(2026, 1, 1)
    )

    save(admin, membership)

    assert written() == []
