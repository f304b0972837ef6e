"""Who is told of what: exactly the people concerned, and only as long as they may know."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from articles import outbox
from articles.actions import (
    forcing,
    notices,
    publishing,
    reviewing,
    writing,
)
from articles.errands import running
from articles.models import (
    Article,
    Errand,
    Mailing,
    Membership,
    Notice,
    NoticeKind,
    ReviewPolicy,
)
from articles.models.notices import TOLD
from tests import factories
from tests.factories import NOON, ZONE

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def work(at: datetime = NOON + HOUR) -> None:
    """Do what a worker does, until nothing is left."""
    while running.run_due(at, worker="test"):
        pass


def told() -> set[tuple[str, str]]:
    """Give what anybody has been told since it was asked last, by name."""
    rows = set(Notice.objects.values_list("user__name", "kind"))
    Notice.objects.all().delete()
    return rows


@pytest.fixture
def people():
    unit = factories.make_unit()
    writer = factories.make_user("correspondent", name="作者", unit=unit, email="a@x.example")
    photographer = factories.make_user("correspondent", name="摄影", unit=unit)
    factories.make_user("correspondent", name="同事", unit=unit)
    factories.make_user("correspondent", name="外人", unit=factories.make_unit())
    return {
        "writer": writer,
        "photographer": photographer,
        "editor": factories.make_user("desk editor", name="编辑", email="e@x.example"),
        "editor 2": factories.make_user("desk editor", name="编辑二"),
        "chief": factories.make_user("chief editor", name="主编"),
        "chief 2": factories.make_user("chief editor", name="主编二"),
    }


@pytest.fixture
def article(people) -> Article:
    article = factories.make_article(
        "走访座谈", author=people["writer"], unit=people["writer"].memberships.get().unit
    )
    person = factories.make_person("摄影", user=people["photographer"])
    article.credits.create(role="photographer", person=person, position=1)
    writing.finish_change(article, author=people["writer"], at=NOON)
    article.refresh_from_db()
    work()
    assert told() == set()
    return article


def approve(article, user):
    reviewing.approve(article, reviewer=user, seen_version=article.version_number, at=NOON)


WRITERS = ("作者", "摄影")


def of(kind: NoticeKind, *names: str) -> set[tuple[str, str]]:
    return {(name, kind) for name in names}


def test_each_step_tells_whom_it_concerns_and_nobody_else(article, people):
    factories.submit(article)
    work()
    assert told() == of(NoticeKind.WAITING, "编辑", "编辑二")

    approve(article, people["editor"])
    work()
    assert told() == of(NoticeKind.WAITING, "主编", "主编二") | of(NoticeKind.PROGRESS, *WRITERS)

    approve(article, people["chief"])
    work()
    # Who approved needs not be told; every other colleague who may publish is.
    assert told() == of(NoticeKind.READY, "编辑", "编辑二", "主编二") | of(
        NoticeKind.PROGRESS, *WRITERS
    )

    publishing.publish(article, user=people["editor"], at=NOON)
    work()
    assert told() == of(NoticeKind.PUBLISHED, *WRITERS)

    publishing.withdraw(article, user=people["chief"], reason="核实", at=NOON + HOUR)
    work()
    assert told() == of(NoticeKind.PUBLISHED, *WRITERS)


@pytest.mark.parametrize("decide", [reviewing.return_for_changes, reviewing.reject])
def test_what_comes_back_is_told_to_its_writers_with_the_reason(article, people, decide):
    factories.submit(article)
    work()
    told()

    decide(
        article,
        reviewer=people["editor"],
        seen_version=article.version_number,
        at=NOON,
        remark="请核实时间",
    )
    work()

    texts = {notice.text.split(" · ")[-1] for notice in Notice.objects.all()}
    assert texts == {"请核实时间"}
    assert told() == of(NoticeKind.RETURNED, *WRITERS)


def test_what_is_told_twice_comes_once(article, people):
    factories.submit(article)
    entry = article.log_entries.first()

    notices.tell(entry, NOON)
    work()

    assert Notice.objects.filter(user=people["editor"]).count() == 1


def test_who_has_lost_the_right_before_the_telling_is_not_told(article, people):
    factories.submit(article)
    people["editor"].groups.clear()
    people["editor 2"].is_active = False
    people["editor 2"].save()

    work()

    assert told() == set()


def test_member_whose_time_is_over_hears_no_more(article, people):
    factories.submit(article)
    Membership.objects.filter(user=people["writer"]).update(valid_until=date(2026, 1, 1))
    work()
    told()

    approve(article, people["editor"])
    work()

    assert ("作者", NoticeKind.PROGRESS) not in told()


def test_waiting_is_mailed_at_once_with_an_address_that_opens_it(article, people):
    factories.submit(article)

    work()

    notice = Notice.objects.get(user=people["editor"])
    (sent,) = mail.outbox
    assert sent.to == ["e@x.example"]
    assert "走访座谈" in sent.subject
    assert f"http://testserver/admin/desk/notices/{notice.pk}/" in sent.body
    assert notice.mailed_at == NOON + HOUR


def test_who_has_been_overtaken_or_has_left_gets_no_mail(article, people):
    factories.submit(article)
    running.run_due(NOON, worker="test", limit=1)  # told, not yet mailed
    assert Errand.objects.filter(kind="mail notice", done_at=None).count() == 2

    approve(article, people["editor 2"])
    Errand.objects.filter(kind="tell", done_at=None).delete()
    work()

    assert mail.outbox == []


def test_headline_with_a_line_break_makes_no_header(article, people):
    Article.objects.filter(pk=article.pk).update(headline="走访\nBcc: all@x.example")
    factories.submit(article)

    work()

    (sent,) = mail.outbox
    assert "\n" not in sent.subject
    assert sent.recipients() == ["e@x.example"]


def test_kind_that_is_switched_off_is_not_told(article, people):
    for shown, mailing in ((False, Mailing.NEVER), (True, Mailing.NEVER)):
        notices.set_up(people["editor"], kind=NoticeKind.WAITING, shown=shown, mailing=mailing)
    notices.set_up(people["editor 2"], kind=NoticeKind.WAITING, shown=False, mailing=Mailing.NEVER)
    factories.submit(article)

    work()

    assert mail.outbox == []
    assert told() == of(NoticeKind.WAITING, "编辑")


def test_mail_only_leaves_nothing_to_read_at_the_desk(article, people):
    notices.set_up(people["editor"], kind=NoticeKind.WAITING, shown=False, mailing=Mailing.AT_ONCE)
    factories.submit(article)

    work()

    assert len(mail.outbox) == 1
    assert list(Notice.objects.filter(user=people["editor"]).shown()) == []


def test_failing_mail_is_tried_again_and_given_up_for_somebody_to_see(article, people, settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        }
    }
    factories.submit(article)

    for number in range(8):
        work(NOON + timedelta(days=number))

    errand = Errand.objects.get(
        kind="mail notice", payload__notice=Notice.objects.get(user=people["editor"]).pk
    )
    assert errand.given_up_at is not None
    assert "Connection refused" in errand.last_error


EIGHT = datetime(2026, 11, 21, 8, tzinfo=ZONE)


@pytest.fixture
def published(article, people) -> Article:
    factories.publish(article)
    work()
    mail.outbox.clear()
    return article


def test_daily_mail_comes_once_at_eight_and_names_what_is_unread(published, people):
    notices.put_digests(at=EIGHT - timedelta(microseconds=1))
    work(EIGHT)
    assert mail.outbox == []

    for _worker in range(2):
        notices.put_digests(at=EIGHT)
        work(EIGHT)

    to_writer = [sent for sent in mail.outbox if sent.to == ["a@x.example"]]
    assert len(to_writer) == 1
    assert to_writer[0].body.count("走访座谈") == 1


def test_daily_mail_leaves_out_what_was_read(published, people):
    notices.read(people["writer"], at=NOON)

    notices.put_digests(at=EIGHT)
    work(EIGHT)

    assert [sent for sent in mail.outbox if sent.to == ["a@x.example"]] == []


@pytest.mark.parametrize("mailing", [Mailing.AT_ONCE, Mailing.DAILY])
def test_reason_noted_for_the_desk_is_mailed_to_the_desk_alone(article, people, mailing):
    writer, editor, chief = (people[name] for name in ("writer", "editor", "chief"))
    person = factories.make_person("编辑", user=editor)
    article.credits.create(role="author", person=person, position=2)
    writing.finish_change(article, author=writer, at=NOON)
    for user in (writer, editor):
        notices.set_up(user, kind=NoticeKind.PUBLISHED, shown=True, mailing=mailing)
    factories.publish(article)
    publishing.withdraw(article, user=chief, reason="撤稿内情", at=NOON + HOUR)
    publishing.restore(article, user=chief, reason="恢复内情", at=NOON + 2 * HOUR)

    work(NOON + 3 * HOUR)
    notices.put_digests(at=EIGHT)
    work(EIGHT)

    said = {
        user.name: "".join(sent.body for sent in mail.outbox if sent.to == [user.email])
        for user in (writer, editor)
    }
    words = ("主编 withdrawn", "主编 restored", "撤稿内情", "恢复内情")
    assert {name: [word in text for word in words] for name, text in said.items()} == {
        "作者": [True, True, False, False],
        "编辑": [True, True, True, True],
    }


def test_what_happened_days_ago_is_no_news(article, people):
    factories.submit(article)

    work(NOON + timedelta(days=4))

    assert told() == set()


def test_forced_publication_is_told_to_whoever_may_confirm_it(article, people):
    factories.make_user("head", name="主任")

    forcing.force_publish(article, user=people["chief"], seen_version=2, reason="突发", at=NOON)
    work()

    assert told() == of(NoticeKind.FORCED, "主任") | of(NoticeKind.PUBLISHED, *WRITERS)


def test_missing_confirmation_is_told_once_to_whoever_may_still_give_it(article, people):
    heads = {name: factories.make_user("head", name=name) for name in ("主任", "离任", "署名")}
    article.credits.create(person=factories.make_person(user=heads["署名"]), position=2)
    forced = forcing.force_publish(
        article, user=people["chief"], seen_version=2, reason="突发", at=NOON
    )
    work()
    told()
    heads["离任"].groups.clear()

    for minutes in (-1, 0, 1, 2):
        at = forced.confirm_by + timedelta(minutes=minutes)
        forcing.remind_overdue(at=at)
        work(at)

    rows = Notice.objects.values_list("user__name", "kind", "created_at")
    assert list(rows) == [("主任", NoticeKind.FORCED, forced.confirm_by)]


def test_alarm_is_mailed_once_a_day_to_whoever_can_mend_it(people):
    outbox.put("nobody knows this", "key", due_at=NOON)
    for number in range(8):
        work(NOON + timedelta(days=number))
    later = NOON + timedelta(days=8)
    work(later)
    mail.outbox.clear()

    for _worker in range(2):
        notices.put_alarm_mails(at=later)
        work(later)

    assert {address for sent in mail.outbox for address in sent.to} == {"e@x.example"}
    assert len(mail.outbox) == 1
    assert "was given up" in mail.outbox[0].body
    notices.put_alarm_mails(at=later + timedelta(days=1))
    work(later + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_without_an_alarm_nobody_is_mailed(people):
    notices.put_alarm_mails(at=NOON)
    work()

    assert mail.outbox == []


def test_what_is_handed_over_or_escalated_is_told_to_whom_it_goes(article, people):
    stage = ReviewPolicy.objects.get().stages.get(position=1)
    stage.escalates_to = Group.objects.get(name="chief editor")
    stage.save()
    reviewing.submit(article, user=people["writer"], at=NOON)
    work()
    told()

    reviewing.hand_over(
        article, reviewer=people["editor"], to=people["editor 2"], seen_holder=None, at=NOON
    )
    work()
    handed = told()
    due = article.rounds.get().due_at
    reviewing.escalate_overdue(at=due)
    work(due + HOUR)

    assert handed == of(NoticeKind.WAITING, "编辑二")
    assert told() == of(NoticeKind.WAITING, "编辑", "编辑二", "主编", "主编二")


def test_claim_that_is_given_back_is_told_to_whoever_may_take_it(article, people):
    reviewing.submit(article, user=people["writer"], at=NOON)
    reviewing.claim(article, reviewer=people["editor"], at=NOON)
    work()
    told()

    reviewing.release(article, user=people["editor"], seen_holder=people["editor"].pk, at=NOON)
    work()
    back = told()
    reviewing.claim(article, reviewer=people["editor"], at=NOON)
    reviewing.release(article, user=people["editor"], seen_holder=people["editor"].pk, at=NOON)
    reviewing.claim(article, reviewer=people["editor 2"], at=NOON)
    work()

    assert back == of(NoticeKind.WAITING, "编辑二")
    assert told() == set()


def test_plan_that_is_dropped_is_told_to_writers_and_whoever_planned_it(article, people):
    factories.submit(article)
    approve(article, people["editor"])
    approve(article, people["chief"])
    planned = publishing.publish(
        article, user=people["editor"], at=NOON, live_from=NOON + 5 * HOUR
    )
    work()
    told()

    moved = publishing.reschedule(
        article, user=people["editor"], live_from=NOON + 6 * HOUR, seen_edition=planned.pk, at=NOON
    )
    work()
    after_move = told()
    publishing.unschedule(article, user=people["chief"], seen_edition=moved.pk, at=NOON)
    work()

    # Moved, it is told once, as a plan.
    assert after_move == of(NoticeKind.PUBLISHED, *WRITERS)
    assert told() == of(NoticeKind.PUBLISHED, *WRITERS, "编辑")


def texts(name: str) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(user__name=name).order_by("pk")]


def test_late_worker_tells_whoever_has_it_now_once_and_names_their_stage(article, people):
    factories.submit(article)
    approve(article, people["editor"])

    work()

    assert texts("编辑二") == []
    assert texts("主编") == ["编辑 approved · waits at “终审”"]


def test_what_asks_twice_or_was_decided_is_no_more_to_read(article, people):
    factories.submit(article)
    work()
    due = article.rounds.get().due_at
    notices.tell_of_deadlines(at=due)
    work(due)

    to_read = Notice.objects.filter(user=people["editor"]).to_read()
    before = list(to_read.values_list("kind", flat=True))
    approve(article, people["editor 2"])

    assert before == [NoticeKind.OVERDUE]
    assert not to_read.exists()
    assert Notice.objects.filter(user=people["editor"]).read_or_overtaken().count() == 2


def deadlines(at: datetime) -> set[tuple[str, str]]:
    for _worker in range(2):
        notices.tell_of_deadlines(at=at)
        work(at)
    return told()


def test_deadline_is_told_once_before_and_once_after_to_whoever_may_decide(article, people):
    factories.submit(article)
    work()
    told()
    due = article.rounds.get().due_at

    assert deadlines(due - notices.SOON - timedelta(seconds=1)) == set()
    assert deadlines(due - notices.SOON) == of(NoticeKind.DUE_SOON, "编辑", "编辑二")
    assert deadlines(due - HOUR) == set()
    assert deadlines(due) == of(NoticeKind.OVERDUE, "编辑", "编辑二")
    assert deadlines(due + HOUR) == set()


def test_deadline_of_the_next_stage_is_told_again_and_says_when(article, people):
    factories.submit(article)
    approve(article, people["editor"])
    due = article.rounds.get().due_at
    work()
    Notice.objects.all().delete()

    notices.tell_of_deadlines(at=due)
    work(due)

    assert Notice.objects.values_list("user__name", flat=True).distinct().count() == 2
    assert [text.split(" since ")[0] for text in texts("主编")] == ["“终审” is overdue"]


def test_deadline_of_what_has_been_decided_or_ended_long_ago_is_told_to_nobody(article, people):
    factories.submit(article)
    work()
    told()
    due = article.rounds.get().due_at
    notices.tell_of_deadlines(at=due)
    approve(article, people["editor"])
    work()
    told()

    work(due)
    long_after = article.rounds.get().due_at + timedelta(days=4)

    assert told() == set()
    assert deadlines(long_after) == set()


def test_deadline_is_mailed_as_its_reader_wishes(article, people):
    notices.set_up(people["editor"], kind=NoticeKind.OVERDUE, shown=False, mailing=Mailing.NEVER)
    people["editor 2"].email = "e2@x.example"
    people["editor 2"].save()
    factories.submit(article)
    work()
    mail.outbox.clear()
    due = article.rounds.get().due_at

    notices.tell_of_deadlines(at=due)
    work(due)

    (sent,) = mail.outbox
    assert sent.to == ["e2@x.example"]
    assert "is overdue" in sent.body
    assert not Notice.objects.filter(user=people["editor"], kind=NoticeKind.OVERDUE).exists()


def test_whatever_is_told_has_somebody_whom_it_concerns():
    assert set(notices.TELLS) == TOLD
