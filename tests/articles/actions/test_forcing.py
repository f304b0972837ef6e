"""Publishing past review: who may, what stays on record, and who answers it."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import close_old_connections

from articles.actions import forcing, publishing, reviewing
from articles.models import (
    Article,
    Edition,
    ForcedAnswer,
    ForcedPublication,
    LogEntry,
    ReviewRound,
    Role,
)
from articles.rights.permissions import NotAllowed, Verb, can, refusal
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

REASON = "停水通知，来不及审核"
LATER = NOON + timedelta(hours=1)


def force(article: Article, user=None, *, at=NOON) -> ForcedPublication:
    article.refresh_from_db()
    user = user or factories.make_user("chief editor", name="许知行")
    forced = forcing.force_publish(
        article, user=user, seen_version=article.version_number, reason=REASON, at=at
    )
    article.refresh_from_db()
    return forced


def status(article: Article) -> str:
    return Article.objects.get(pk=article.pk).status


def test_force_publish_leaves_evidence_of_who_why_and_what():
    article = factories.submit(factories.make_article("停水通知"))
    unit = factories.make_unit("党委宣传部")
    chief = factories.make_user("chief editor", name="许知行", unit=unit)

    forced = force(article, chief)

    edition = article.editions.live(NOON).get()
    version = article.versions.get()
    assert status(article) == "published"
    assert (edition.headline, edition.version) == ("停水通知", version)
    assert (forced.article, forced.edition, forced.version) == (article, edition, version)
    assert (forced.sha256, forced.reason) == (version.sha256, REASON)
    assert (forced.forced_by_name, forced.forced_by_unit) == ("许知行", "党委宣传部")
    assert forced.confirm_by == NOON + timedelta(hours=24)
    assert [stage["name"] for stage in forced.skipped] == ["初审", "终审"]
    assert article.rounds.get().outcome == ReviewRound.Outcome.FORCED
    entry = article.log_entries.first()
    assert (entry.action, entry.detail) == (LogEntry.Action.FORCED, forced.reason)


def test_force_publish_skips_only_what_had_not_decided():
    article = factories.submit(factories.make_article())
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
    )

    forced = force(article)

    assert [stage["name"] for stage in forced.skipped] == ["终审"]


def test_force_publish_a_draft_notes_the_whole_review_as_passed_over():
    article = factories.make_article()

    forced = force(article)

    review = article.rounds.get()
    assert (review.outcome, review.submitted_by) == ("forced", forced.forced_by)
    assert [stage["name"] for stage in forced.skipped] == ["初审", "终审"]


def test_force_publish_after_approval_skips_nothing():
    article = factories.approve(factories.make_article())

    forced = force(article)

    assert forced.skipped == []
    assert article.rounds.get().outcome == ReviewRound.Outcome.APPROVED


def test_force_publish_of_ones_own_article():
    chief = factories.make_user("chief editor")
    article = factories.make_article(author=chief)

    assert force(article, chief).forced_by == chief


def test_force_publish_keeps_the_working_copy_as_a_version_first():
    article = factories.make_article()
    Article.objects.filter(pk=article.pk).update(kicker="刚改的眉题")

    forced = force(article)

    assert (forced.version.number, forced.edition.kicker) == (2, "刚改的眉题")


def test_force_publish_ends_the_edition_before():
    first = factories.make_edition("旧标题")
    article = first.article
    article.refresh_from_db()
    factories.change(article, by=factories.make_user("desk editor"), at=LATER, headline="新标题")

    forced = force(article, at=LATER)

    assert [e.headline for e in article.editions.live(LATER)] == ["新标题"]
    assert forced.edition.first_published_at == NOON


@pytest.mark.parametrize(
    ("group", "reason", "seen", "sentence"),
    [
        ("desk editor", "急", 1, "You may not publish articles past review"),
        ("head", "急", 1, "You may not publish articles past review"),
        ("chief editor", " ", 1, "why it cannot wait"),
        ("chief editor", "急", 2, "Please look again"),
    ],
)
def test_force_publish_is_refused(group, reason, seen, sentence):
    article = factories.make_article()

    with pytest.raises(NotAllowed, match=sentence):
        forcing.force_publish(
            article, user=factories.make_user(group), seen_version=seen, reason=reason, at=NOON
        )

    assert list(Edition.objects.all()) == list(ForcedPublication.objects.all()) == []
    assert status(article) == "draft"


def test_force_publish_without_text_is_refused():
    article = factories.make_article(body="")

    with pytest.raises(reviewing.NotReady, match="There is no text yet"):
        force(article)


def test_force_publish_what_is_out_or_turned_down_is_refused():
    published = factories.make_edition().article
    rejected = factories.submit(factories.make_article())
    reviewing.reject(
        rejected, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON, remark="x"
    )
    rejected.refresh_from_db()
    published.refresh_from_db()
    chief = factories.make_user("chief editor")

    sentence = "Only a draft, a returned article or one in review can be published by force."
    assert refusal(chief, Verb.FORCE, published, NOON) == sentence
    assert refusal(chief, Verb.FORCE, rejected, NOON) == sentence


def test_confirm_by_another_person():
    article = factories.make_article()
    forced = force(article)
    head = factories.make_user("head", name="贺兰舟")

    forcing.confirm(article, user=head, seen_edition=1, at=LATER, remark="情况属实")

    answer = ForcedAnswer.objects.get()
    assert (answer.forced, answer.verdict) == (forced, "confirmed")
    assert (answer.answered_by_name, answer.remark) == ("贺兰舟", "情况属实")
    assert list(ForcedPublication.objects.waiting()) == []
    assert list(ForcedPublication.objects.confirmed()) == [forced]
    assert article.log_entries.first().action == LogEntry.Action.FORCE_CONFIRMED


def hands_in_it(article: Article, tie: str):
    """Make a head who had a hand in an article in some way."""
    head = factories.make_user("head", "desk editor", "chief editor")
    match tie:
        case "forced":
            force(article, head)
        case "saved":
            factories.change(article, by=head, at=NOON, headline="改过")
            force(article)
        case "submitted":
            reviewing.submit(article, user=head, at=NOON)
            force(article)
        case "credited":
            person = factories.make_person("贺兰舟", user=head)
            article.credits.create(role=Role.PHOTOGRAPHER, person=person, position=5)
            force(article)
        case "created":
            article.created_by = head
            article.save()
            force(article)
    return head


@pytest.mark.parametrize(
    ("tie", "sentence"),
    [
        ("forced", "You published this by force, so somebody else must confirm it."),
        ("saved", "You wrote this article, so somebody else must confirm it."),
        ("created", "You wrote this article, so somebody else must confirm it."),
        ("submitted", "You submitted this article, so somebody else must confirm it."),
        ("credited", "You are credited on this article, so somebody else must confirm it."),
    ],
)
def test_answers_of_whoever_had_a_hand_in_it_are_refused(tie, sentence):
    article = factories.make_article()
    head = hands_in_it(article, tie)
    article.refresh_from_db()

    assert refusal(head, Verb.CONFIRM, article, NOON) == sentence
    assert refusal(head, Verb.OBJECT, article, NOON) == sentence
    assert can(factories.make_user("head"), Verb.CONFIRM, article, NOON)


def test_confirm_needs_its_own_permission():
    article = factories.make_article()
    force(article)

    other = factories.make_user("chief editor")

    assert refusal(other, Verb.CONFIRM, article, NOON) == (
        "You may not confirm what was published past review."
    )


def test_second_answer_is_refused():
    article = factories.make_article()
    force(article)
    forcing.confirm(article, user=factories.make_user("head"), seen_edition=1, at=LATER)

    with pytest.raises(NotAllowed, match="waits for an answer"):
        forcing.object_to(
            article, user=factories.make_user("head"), seen_edition=1, remark="不妥", at=LATER
        )

    assert ForcedAnswer.objects.get().verdict == "confirmed"


def test_answer_to_an_edition_that_was_not_shown_is_refused():
    article = factories.make_article()
    force(article)

    with pytest.raises(NotAllowed, match="Please look again"):
        forcing.confirm(article, user=factories.make_user("head"), seen_edition=2, at=LATER)


def test_objection_without_the_right_to_withdraw_stays_marked():
    article = factories.make_article()
    forced = force(article)

    forcing.object_to(
        article, user=factories.make_user("head"), seen_edition=1, remark="数字未核实", at=LATER
    )

    assert list(ForcedPublication.objects.objected()) == [forced]
    assert status(article) == "published"


def test_objection_with_the_right_to_withdraw_withdraws():
    article = factories.make_article()
    force(article)
    head = factories.make_user("head", "chief editor")

    forcing.object_to(article, user=head, seen_edition=1, remark="数字未核实", at=LATER)

    assert status(article) == "withdrawn"
    assert article.withdrawals.get().reason == "数字未核实"
    assert list(article.editions.live(LATER)) == []


def test_objection_does_not_withdraw_what_has_been_reviewed_since():
    article = factories.make_article()
    force(article)
    factories.change(article, by=factories.make_user("desk editor"), at=LATER, headline="审过的")
    reviewing.submit(article, user=factories.make_user("desk editor"), at=LATER)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(article, reviewer=factories.make_user(group), seen_version=2, at=LATER)
    publishing.publish(article, user=factories.make_user("desk editor"), at=LATER)

    head = factories.make_user("head", "chief editor")
    forcing.object_to(article, user=head, seen_edition=1, remark="数字未核实", at=LATER)

    assert status(article) == "published"
    assert [e.headline for e in article.editions.live(LATER)] == ["审过的"]


def test_objection_needs_a_reason():
    article = factories.make_article()
    force(article)

    with pytest.raises(NotAllowed, match="what speaks against it"):
        forcing.object_to(
            article, user=factories.make_user("head"), seen_edition=1, remark=" ", at=LATER
        )

    assert list(ForcedAnswer.objects.all()) == []


def test_restore_of_what_somebody_objected_to_is_refused():
    article = factories.make_article()
    force(article)
    head = factories.make_user("head", "chief editor")
    forcing.object_to(article, user=head, seen_edition=1, remark="数字未核实", at=LATER)

    with pytest.raises(NotAllowed, match="submit it for review"):
        publishing.restore(
            article, user=factories.make_user("chief editor"), reason="已核实", at=LATER
        )

    assert list(article.editions.live(LATER)) == []


def test_restore_looks_past_a_plan_taken_back_at_what_somebody_objected_to():
    article = factories.make_article()
    force(article)
    forcing.object_to(
        article, user=factories.make_user("head"), seen_edition=1, remark="数字未核实", at=LATER
    )
    article.refresh_from_db()
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")
    article = factories.change(article, by=desk, at=LATER, headline="核实过")
    reviewing.submit(article, user=desk, at=LATER)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(article, reviewer=factories.make_user(group), seen_version=2, at=LATER)
    tomorrow = LATER + timedelta(days=1)
    publishing.publish(article, user=chief, at=LATER, live_from=tomorrow)
    publishing.withdraw(article, user=chief, reason="再核实", at=LATER)

    with pytest.raises(NotAllowed, match="submit it for review"):
        publishing.restore(article, user=chief, reason="已核实", at=LATER)

    assert list(article.editions.live(tomorrow)) == []


def test_unconfirmed_is_overdue_from_its_deadline_on(settings):
    settings.FORCED_CONFIRMATION_HOURS = 2
    article = factories.make_article()
    forced = force(article)
    deadline = NOON + timedelta(hours=2)

    assert list(ForcedPublication.objects.overdue(deadline - timedelta(seconds=1))) == []
    assert list(ForcedPublication.objects.overdue(deadline)) == [forced]
    forcing.confirm(article, user=factories.make_user("head"), seen_edition=1, at=deadline)
    assert list(ForcedPublication.objects.overdue(deadline)) == []


def test_editing_a_forced_text_still_bars_from_its_final_approval():
    article = factories.make_article()
    editor = factories.make_user("chief editor")
    factories.change(article, by=editor, at=NOON, headline="改过")
    force(article)
    other = factories.make_user("desk editor")
    factories.change(article, by=other, at=LATER, headline="再改")
    reviewing.submit(article, user=other, at=LATER)
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=3, at=LATER
    )
    article.refresh_from_db()

    assert not can(editor, Verb.APPROVE, article, LATER)
    assert can(factories.make_user("chief editor"), Verb.APPROVE, article, LATER)


def reminders() -> list[tuple[object, ...]]:
    rows = LogEntry.objects.filter(action="force_overdue").order_by("pk")
    return list(rows.values_list("article", "at", "actor", "actor_name", "detail"))


def test_missing_answer_is_logged_once_for_each_publication():
    articles = [factories.submit(factories.make_article()) for _number in range(2)]
    late = [force(article) for article in articles]
    due = late[0].confirm_by

    before = forcing.remind_overdue(at=due - timedelta(seconds=1))
    first = forcing.remind_overdue(at=due)
    again = forcing.remind_overdue(at=due + timedelta(days=9))

    assert (before, again) == ([], [])
    assert sorted(first, key=lambda forced: forced.pk) == late
    assert sorted(reminders()) == [
        (article.pk, due, None, "calendar", f"许知行: {REASON}") for article in articles
    ]


def test_answered_publication_is_not_overdue():
    article = factories.submit(factories.make_article())
    due = force(article).confirm_by
    head = factories.make_user("head")
    forcing.confirm(article, user=head, seen_edition=1, at=LATER)

    assert forcing.remind_overdue(at=due) == []
    assert reminders() == []


@pytest.mark.django_db(transaction=True)
def test_several_workers_remind_once():
    for _number in range(3):
        force(factories.submit(factories.make_article()))
    together, found = threading.Barrier(3), []

    def work():
        together.wait()
        found.extend(forcing.remind_overdue(at=NOON + timedelta(days=2)))
        close_old_connections()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(found) == len(reminders()) == 3


def test_command_says_what_nobody_confirmed():
    force(factories.submit(factories.make_article("停水通知")), at=NOON - timedelta(days=900))
    first, second = StringIO(), StringIO()

    call_command("escalate_overdue", stdout=first)
    call_command("escalate_overdue", stdout=second)

    assert first.getvalue() == (
        "“停水通知” was published by force, and nobody confirmed it in time.\n"
    )
    assert second.getvalue() == "Nothing to escalate.\n"
