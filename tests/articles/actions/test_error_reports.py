"""What readers report: who is told, who settles it, and what is forgotten."""

from datetime import datetime, timedelta

import pytest

from articles.actions import error_reports, notices
from articles.actions.error_reports import ReportMoved
from articles.errands import running
from articles.models import Edition, ErrorReport, LogEntry, Notice, NoticeKind, User
from articles.models.error_reports import State
from articles.rights.permissions import NotAllowed, WrongInput
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def editor() -> User:
    return factories.make_user("desk editor", name="编辑")


@pytest.fixture
def edition(editor) -> Edition:
    return factories.make_edition("图书馆夜间开放")


def report(edition: Edition, *, at: datetime = NOON, **fields) -> ErrorReport:
    number = ErrorReport.objects.count()
    return ErrorReport.objects.create(
        edition=edition, text="应为周四。", key=str(number), sent_at=at, **fields
    )


def tell(at: datetime = NOON + HOUR) -> None:
    """Do what the background does."""
    error_reports.tell(at=at)
    while running.run_due(at, worker="test"):
        pass


def told() -> dict[str, str]:
    rows = Notice.objects.filter(kind=NoticeKind.REPORTED)
    return {notice.user.name: notice.text for notice in rows.select_related("user", "entry")}


def test_report_is_told_once_to_whoever_settles_it_and_to_its_writer(edition):
    factories.make_user("chief editor", name="主编")
    factories.make_user("correspondent", name="外人", unit=factories.make_unit())
    factories.make_user("head", name="主任")
    factories.make_user("correspondent", name="同事", unit=edition.article.unit)
    report(edition)

    tell()
    tell()

    desk = User.objects.filter(groups__name__in=["desk editor", "chief editor"])
    who = {user.name for user in desk} | {edition.article.created_by.name}
    assert who >= {"编辑", "主编"}
    assert told() == dict.fromkeys(who, "a reader reported an error")
    entry = LogEntry.objects.get(action=LogEntry.Action.REPORTED)
    assert (entry.at, entry.actor, entry.actor_name, entry.detail) == (NOON, None, "a reader", "")


def test_report_that_was_settled_meanwhile_is_not_mailed(edition, editor):
    kept = report(edition)
    tell()
    notice = Notice.objects.get(user=editor, kind=NoticeKind.REPORTED)
    before = notices.still_concerns(notice, NOON + HOUR)

    error_reports.settle(kept, State.SPAM, remark="", seen="new", user=editor, at=NOON + HOUR)

    assert before
    assert not notices.still_concerns(notice, NOON + HOUR)


def test_report_is_taken_up_and_settled_with_a_remark_in_the_log(edition, editor):
    kept = report(edition)

    error_reports.take_up(kept, seen="new", user=editor, at=NOON)
    settled = error_reports.settle(
        kept, State.CORRECTED, remark=" 已改。 ", seen="in_hand", user=editor, at=NOON + HOUR
    )

    kept.refresh_from_db()
    assert (kept.state, kept.remark, kept.handled_by) == ("corrected", "已改。", editor)
    assert settled.handled_at == NOON + HOUR
    entries = LogEntry.objects.filter(subject_type="articles.errorreport").order_by("pk")
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("report_taken", "being looked at"),
        ("report_settled", "corrected\n已改。"),
    ]
    assert {entry.article_id for entry in entries} == {edition.article_id}


def test_settled_report_may_be_settled_otherwise_but_not_taken_up(edition, editor):
    kept = report(edition)
    error_reports.settle(kept, State.SPAM, remark="", seen="new", user=editor, at=NOON)

    with pytest.raises(NotAllowed, match="is settled"):
        error_reports.take_up(kept, seen="spam", user=editor, at=NOON)
    error_reports.settle(kept, State.NO_ERROR, remark="无误", seen="spam", user=editor, at=NOON)

    kept.refresh_from_db()
    assert kept.state == State.NO_ERROR


def test_second_of_two_is_told_what_the_first_did(edition, editor):
    kept = report(edition)
    error_reports.settle(kept, State.SPAM, remark="", seen="new", user=editor, at=NOON)

    with pytest.raises(ReportMoved, match="编辑 has done something"):
        error_reports.settle(kept, State.CORRECTED, remark="改", seen="new", user=editor, at=NOON)

    kept.refresh_from_db()
    assert kept.state == State.SPAM


@pytest.mark.parametrize("outcome", [State.CORRECTED, State.NO_ERROR])
def test_settling_wants_a_remark(edition, editor, outcome):
    with pytest.raises(WrongInput, match="write a remark"):
        error_reports.settle(
            report(edition), outcome, remark=" ", seen="new", user=editor, at=NOON
        )


def test_report_is_settled_as_something_that_ends_it(edition, editor):
    with pytest.raises(WrongInput, match="what came of it"):
        error_reports.settle(
            report(edition), State.IN_HAND, remark="x", seen="new", user=editor, at=NOON
        )


@pytest.mark.parametrize("group", ["correspondent", "unit reviewer", "proof-reader", "head"])
def test_others_read_and_do_not_settle(edition, group):
    unit = edition.article.unit
    own = unit if group in ("correspondent", "unit reviewer") else None
    user = factories.make_user(group, unit=own)
    kept = report(edition)

    with pytest.raises(NotAllowed, match="not settle it"):
        error_reports.settle(kept, State.SPAM, remark="", seen="new", user=user, at=NOON)
    with pytest.raises(NotAllowed, match="not settle it"):
        error_reports.take_up(kept, seen="new", user=user, at=NOON)


def test_stranger_knows_of_no_report(edition):
    stranger = factories.make_user("correspondent", unit=factories.make_unit())

    with pytest.raises(NotAllowed, match="no such article"):
        error_reports.settle(
            report(edition), State.SPAM, remark="", seen="new", user=stranger, at=NOON
        )


def test_who_wrote_is_forgotten_in_time_and_what_they_wrote_is_not(settings, edition):
    settings.ERROR_REPORT_CONTACT_DAYS = 30
    for days in (0, 2, 29, 30, 31):
        report(edition, at=NOON - days * DAY, contact=f"{days}", network="n")

    error_reports.forget_senders(at=NOON)

    rows = ErrorReport.objects.order_by("-sent_at").values_list("contact", "network", "text")
    said = "应为周四。"
    assert list(rows) == [
        ("0", "n", said), ("2", "", said), ("29", "", said), ("", "", said), ("", "", said)
    ]  # fmt: skip


def test_spam_goes_whole(settings, edition):
    settings.ERROR_REPORT_CONTACT_DAYS = 30
    for days in (29, 31):
        report(edition, at=NOON - days * DAY, state=State.SPAM)
    report(edition, at=NOON - 31 * DAY, state=State.NO_ERROR)

    error_reports.forget_senders(at=NOON)

    left = ErrorReport.objects.values_list("state", flat=True)
    assert sorted(left) == ["no_error", "spam"]
