"""The list of words goes out and comes in as a table."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from articles.models import ListedWord, LogEntry

pytestmark = pytest.mark.django_db

IMPORT = "/admin/articles/listedword/import/"
EXPORT = "/admin/articles/listedword/export/csv/"
HEAD = "word,kind,severity,suggestion,note\n"


def table(text):
    return {"table": SimpleUploadedFile("words.csv", text.encode())}


def listed():
    rows = ListedWord.objects.order_by("pk")
    return [(row.text, row.is_allowed, row.severity, row.suggestion) for row in rows]


def test_table_is_taken_in_and_logged_once(sign_in):
    chief, user = sign_in("chief editor")
    ListedWord.objects.create(text="残废", suggestion="残疾")
    ListedWord.objects.create(text="聋子")
    ListedWord.objects.create(text="哑巴")
    rows = "残 廢,word,blocking,残疾人,\n聋子\n国王八世,allowed,,,\n"

    answer = chief.post(IMPORT, table(HEAD + rows), follow=True)

    assert "1 added, 1 changed, 1 were there already." in answer.content.decode()
    assert listed() == [
        ("残 廢", False, "blocking", "残疾人"),
        ("聋子", False, "advisory", ""),
        ("哑巴", False, "advisory", ""),
        ("国王八世", True, "advisory", ""),
    ]
    entry = LogEntry.objects.get(action=LogEntry.Action.EDITED)
    assert (entry.actor, entry.detail) == (user, "1 added, 1 changed, from a table")


def test_table_with_a_fault_changes_nothing_and_says_the_line(sign_in):
    chief, _user = sign_in("chief editor")

    answer = chief.post(IMPORT, table(HEAD + "甲\n乙,x\n"))

    assert answer.status_code == 422
    assert "Line 3: “x” is none of" in answer.content.decode()
    assert listed() == []


def test_import_without_a_file_asks_for_one(sign_in):
    chief, _user = sign_in("chief editor")

    assert list(chief.post(IMPORT).context["form"].errors) == ["table"]


def test_words_are_exported_by_whoever_sees_them_and_it_is_logged(sign_in):
    desk, user = sign_in("desk editor")
    ListedWord.objects.create(text="残废", severity="blocking")

    answer = desk.post(EXPORT)

    changed = localtime(ListedWord.objects.get().changed_at).isoformat(timespec="seconds")
    assert b"".join(answer).decode() == (
        f"\ufeffword,kind,severity,suggestion,note,changed\r\n残废,word,blocking,,,{changed}\r\n"
    )
    assert LogEntry.objects.get(action=LogEntry.Action.EXPORTED).actor == user


def test_exported_words_can_be_imported_again(sign_in):
    chief, _user = sign_in("chief editor")
    ListedWord.objects.create(text="=1+1", severity="blocking", note="-")
    exported = b"".join(chief.post(EXPORT)).decode()

    answer = chief.post(IMPORT, table(exported), follow=True)

    assert "0 added, 0 changed, 1 were there already." in answer.content.decode()


def test_units_neither_import_nor_export(sign_in, client):
    unit, _user = sign_in("correspondent")
    desk, _user = sign_in("desk editor")

    assert unit.post(IMPORT, table(HEAD + "甲\n")).status_code == 403
    assert unit.post(EXPORT).status_code == 403
    assert desk.post(IMPORT, table(HEAD + "甲\n")).status_code == 403
    assert desk.get(EXPORT).status_code == 405
    assert client.post(EXPORT).status_code == 302
    assert listed() == []
