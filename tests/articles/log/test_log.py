import pytest
from django.contrib.auth.models import Group

from articles import log
from articles.models import EvidenceIsPermanent, LogEntry
from tests.factories import NOON, make_article, make_unit, make_user

pytestmark = pytest.mark.django_db
Action = LogEntry.Action


def said(entry: LogEntry) -> dict[str, object]:
    """Give what an entry says, without its own number."""
    return {
        name: getattr(entry, name)
        for name in (
            "action", "actor", "actor_name", "article", "version_number",
            "subject_type", "subject_id", "subject", "detail", "at",
        )
    }  # fmt: skip


def test_entry_of_an_article_keeps_names_as_text():
    article, editor = make_article("新馆开放"), make_user(name="王敏")

    entry = log.write(article, Action.CHANGED, actor=editor, at=NOON, detail="改错字")

    assert said(entry) == {
        "action": "changed", "actor": editor, "actor_name": "王敏",
        "article": article, "version_number": 1,
        "subject_type": "", "subject_id": None, "subject": "新馆开放",
        "detail": "改错字", "at": NOON,
    }  # fmt: skip


def test_entry_of_an_account_names_its_login_since_names_are_not_unique():
    admin, account = make_user(name="管理员"), make_user(name="王敏")

    entry = log.note(Action.RIGHTS_CHANGED, actor=admin, at=NOON, about=account)

    assert said(entry) == {
        "action": "rights_changed", "actor": admin, "actor_name": "管理员",
        "article": None, "version_number": None,
        "subject_type": "articles.user", "subject_id": account.pk,
        "subject": f"王敏 ({account.username})", "detail": "", "at": NOON,
    }  # fmt: skip
    assert entry.about() == f"用户 王敏 ({account.username})"


def test_entry_of_a_thing_without_a_row_has_a_text():
    entry = log.note(Action.EXPORTED, actor=make_user(), at=NOON, about="units-2026-10.csv")

    assert (entry.subject_type, entry.subject_id) == ("", None)
    assert entry.about() == "units-2026-10.csv"


def test_what_nobody_did_was_done_by_the_calendar():
    entry = log.note(Action.FROZEN, actor=None, at=NOON, about="2026-W47")

    assert (entry.actor, entry.actor_name) == (None, "calendar")


def test_subject_that_is_gone_is_still_named():
    group = Group.objects.create(name="实习生")
    entry = log.note(Action.DELETED, actor=make_user(), at=NOON, about=group)
    group.delete()

    assert LogEntry.objects.get(pk=entry.pk).about() == "组 实习生"


def test_subject_of_a_kind_that_is_gone_is_still_named():
    entry = LogEntry(subject_type="blog.post", subject="旧文")

    assert entry.about() == "blog.post 旧文"


def test_names_longer_than_their_column_are_cut():
    entry = log.note(Action.ADDED, actor=make_user(), at=NOON, about=make_unit("院" * 100))

    assert entry.subject == "院" * 100
    assert log.note(Action.EXPORTED, actor=None, at=NOON, about="长" * 300).subject == "长" * 200


def test_entry_is_neither_changed_nor_deleted():
    entry = log.note(Action.ADDED, actor=None, at=NOON, about="x")
    entry.detail = "y"

    for attempt in (
        entry.save,
        entry.delete,
        LogEntry.objects.all().delete,
        lambda: LogEntry.objects.update(detail="y"),
        lambda: LogEntry.objects.bulk_update([entry], ["detail"]),
    ):
        with pytest.raises(EvidenceIsPermanent):
            attempt()
    assert LogEntry.objects.get().detail == ""
