from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.log import signing_in
from articles.models import LogEntry
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery"


def written() -> list[tuple[str, str, str]]:
    entries = LogEntry.objects.order_by("pk")
    return list(entries.values_list("action", "actor_name", "subject"))


def sign_in(client, username: str, password: str):
    return client.post("/admin/login/", {"username": username, "password": password})


@pytest.fixture
def editor():
    return make_user("desk editor", name="王敏", is_staff=True, password=SECRET)


def test_coming_and_going_is_written_down(client, editor):
    sign_in(client, editor.username, SECRET)
    client.post("/admin/logout/")

    assert written() == [("signed_in", "王敏", ""), ("signed_out", "王敏", "")]
    assert list(LogEntry.objects.values_list("actor", flat=True)) == [editor.pk, editor.pk]


def test_failure_with_a_known_name_names_the_account(client, editor):
    sign_in(client, editor.username, "wrong")

    assert written() == [("sign_in_failed", "王敏", "")]
    assert LogEntry.objects.get().actor == editor


def test_failure_with_an_unknown_name_keeps_nothing_that_was_typed(client, editor):
    sign_in(client, "my-password-by-mistake", "wrong")

    entry = LogEntry.objects.get()
    assert (entry.action, entry.actor, entry.actor_name, entry.subject, entry.detail) == (
        "sign_in_failed", None, "", "", "",
    )  # fmt: skip


def test_account_that_is_closed_fails_to_sign_in(client):
    account = make_user(name="离职", is_staff=True, password=SECRET, is_active=False)

    sign_in(client, account.username, SECRET)

    assert written() == [("sign_in_failed", "离职", "")]


def test_thousand_failures_do_not_fill_the_log(client, editor, monkeypatch):
    monkeypatch.setattr(signing_in, "FAILURES_A_MINUTE", 2)
    for name in (editor.username, "nobody"):
        for _ in range(4):
            sign_in(client, name, "wrong")
    in_a_while = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(signing_in.clock, "here", lambda: in_a_while)
    sign_in(client, "nobody", "wrong")

    assert [name for _action, name, _subject in written()] == ["王敏", "王敏", "", "", ""]


def test_signing_out_twice_is_written_once(client, editor):
    client.force_login(editor)
    client.post("/admin/logout/")
    client.post("/admin/logout/")

    assert [action for action, *_ in written()] == ["signed_in", "signed_out"]


def test_nothing_of_a_password_is_in_the_log(client, editor):
    sign_in(client, editor.username, SECRET)
    new = "battery horse correct"
    client.post(
        "/admin/password_change/",
        {"old_password": SECRET, "new_password1": new, "new_password2": new},
    )

    editor.refresh_from_db()
    assert editor.check_password(new)
    assert written() == [
        ("signed_in", "王敏", ""),
        ("password_changed", "王敏", f"王敏 ({editor.username})"),
    ]
    everything = str(list(LogEntry.objects.values()))
    assert [word for word in (SECRET, new, editor.password) if word in everything] == []


def test_password_that_was_refused_was_not_changed(client, editor):
    client.force_login(editor)

    client.post("/admin/password_change/", {"old_password": "wrong"})

    assert [action for action, *_ in written()] == ["signed_in"]


def test_everybody_sees_their_own_sign_ins(client, editor):
    sign_in(client, editor.username, "wrong")
    sign_in(Client(), make_user(name="别人", password=SECRET).username, "wrong")
    client.force_login(editor)

    page = client.get("/admin/sign-ins/")

    assert [entry.action for entry in page.context["entries"]] == ["signed_in", "sign_in_failed"]
    assert "failed to sign in" in page.content.decode()
    assert "别人" not in page.content.decode()
