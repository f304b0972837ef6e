from datetime import timedelta

import pytest

from articles.actions import publishing, reviewing, writing
from articles.models import Article, Edition, LogEntry, ReviewRound, User, Withdrawal
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def live(article: Article, at) -> str | None:
    edition = article.editions.live(at).first()
    return edition and edition.headline


def changed_and_approved(article: Article, headline: str, at) -> Article:
    editor = factories.make_user("desk editor")
    article = factories.change(article, by=editor, at=at, headline=headline)
    reviewing.submit(article, user=editor, at=at)
    for group in ("desk editor", "chief editor"):
        reviewer = factories.make_user(group)
        reviewing.approve(article, reviewer=reviewer, seen_version=article.version_number, at=at)
    article.refresh_from_db()
    return article


def test_publish_makes_an_edition_of_the_approved_version():
    article = factories.approve(factories.make_article("图书馆夜间开放", tags=("图书馆",)))
    chief = factories.make_user("chief editor")

    edition = publishing.publish(article, user=chief, at=NOON)

    article.refresh_from_db()
    assert article.status == Article.Status.PUBLISHED
    assert edition.version.number == article.version_number
    assert edition.headline == "图书馆夜间开放"
    assert edition.body == "<p>正文第一段。</p>\n<p>正文第二段。</p>"
    assert edition.slug == "tu-shu-guan-ye-jian-kai-fang"
    assert edition.first_published_at == edition.displayed_at == edition.live_from == NOON
    assert [(row.name, row.confirmed) for row in edition.units.all()] == [
        (article.unit.name, True)
    ]
    reviewer = article.rounds.get().decisions.last().reviewer_name
    assert [(row.role, row.name) for row in edition.credits.all()] == [
        ("author", "李明远"),
        ("reviewer", reviewer),
    ]
    assert [row.name for row in edition.tags.all()] == ["图书馆"]


def test_publish_without_approval_is_refused():
    article = factories.submit(factories.make_article())

    with pytest.raises(NotAllowed, match="Only an approved article"):
        publishing.publish(article, user=factories.make_user("chief editor"), at=NOON)

    assert list(Edition.objects.all()) == []


def test_publish_a_text_that_nobody_approved_is_refused():
    article = factories.approve(factories.make_article())
    Article.objects.filter(pk=article.pk).update(version_number=article.version_number + 1)
    article.refresh_from_db()
    latest = article.versions.get()
    latest.pk, latest.number, latest.sha256 = None, article.version_number, "0" * 64
    latest._state.adding = True
    latest.save()

    with pytest.raises(NotAllowed, match="not the text that was approved"):
        publishing.publish(article, user=factories.make_user("chief editor"), at=NOON)


def test_publish_in_the_past_is_refused():
    article = factories.approve(factories.make_article())
    chief = factories.make_user("chief editor")

    with pytest.raises(NotAllowed, match="lies in the past"):
        publishing.publish(article, user=chief, at=NOON, live_from=NOON - HOUR)


def test_scheduled_article_goes_out_by_itself():
    article = factories.make_article("定时")

    factories.publish(article, at=NOON, live_from=NOON + HOUR, expires_at=NOON + 3 * HOUR)

    moments = [NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]
    assert [live(article, at) for at in moments] == [None, "定时", "定时", None]


def test_change_to_a_live_article_waits_for_its_review():
    article = factories.make_article("旧")
    factories.publish(article)
    editor = factories.make_user("desk editor")

    article = factories.change(article, by=editor, at=NOON + HOUR, headline="新")

    assert article.status == Article.Status.DRAFT
    assert live(article, NOON + HOUR) == "旧"


def test_publishing_again_ends_the_edition_before():
    article = factories.make_article("旧")
    first = factories.publish(article)
    article = changed_and_approved(article, "新", NOON + HOUR)

    second = publishing.publish(
        article, user=factories.make_user("chief editor"), at=NOON + 2 * HOUR
    )

    first.refresh_from_db()
    assert first.live_until == second.live_from == NOON + 2 * HOUR
    assert second.first_published_at == NOON
    assert [live(article, NOON + HOUR), live(article, NOON + 2 * HOUR)] == ["旧", "新"]


def test_scheduled_change_leaves_the_live_page_alone_when_it_lapses():
    article = factories.make_article("旧")
    first = factories.publish(article)
    article = changed_and_approved(article, "新", NOON + HOUR)
    publishing.publish(
        article,
        user=factories.make_user("chief editor"),
        at=NOON + HOUR,
        live_from=NOON + 5 * HOUR,
    )
    article.refresh_from_db()

    article = factories.change(
        article, by=factories.make_user("desk editor"), at=NOON + 2 * HOUR, headline="又新"
    )

    first.refresh_from_db()
    assert article.status == Article.Status.IN_REVIEW
    assert first.live_until is None
    assert live(article, NOON + 6 * HOUR) == "旧"
    review = article.rounds.get(outcome=ReviewRound.Outcome.OPEN)
    assert review.is_last_stage


def test_correction_shows_since_the_edition_that_carries_it():
    article = factories.make_article("旧")
    factories.publish(article)
    editor = factories.make_user("desk editor")
    writing.correct(article, editor=editor, text="五个应为七个。", at=NOON + HOUR)
    article.refresh_from_db()
    assert article.editions.live(NOON + HOUR).get().furniture["corrections"] == []
    reviewing.submit(article, user=editor, at=NOON + HOUR)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(
            article,
            reviewer=factories.make_user(group),
            seen_version=article.version_number,
            at=NOON + HOUR,
        )

    chief = factories.make_user("chief editor")
    edition = publishing.publish(article, user=chief, at=NOON + 2 * HOUR)

    shown = edition.furniture["corrections"]
    assert [(row["text"], row["at"]) for row in shown] == [
        ("五个应为七个。", (NOON + 2 * HOUR).isoformat())
    ]


def test_withdraw_ends_the_edition_and_restore_brings_it_back():
    article = factories.make_article("撤")
    factories.publish(article)
    chief = factories.make_user("chief editor")

    publishing.withdraw(article, user=chief, reason="事实有误", at=NOON + HOUR)
    article.refresh_from_db()
    withdrawn = article.status
    restored = publishing.restore(article, user=chief, reason="已核实", at=NOON + 2 * HOUR)

    article.refresh_from_db()
    assert (withdrawn, article.status) == (Article.Status.WITHDRAWN, Article.Status.PUBLISHED)
    assert restored.first_published_at == NOON
    assert [live(article, NOON + n * HOUR) for n in range(3)] == ["撤", None, "撤"]
    assert article.withdrawals.get().lifted_at == NOON + 2 * HOUR


def withdrawn_and_planned() -> tuple[Edition, User]:
    """Withdraw an article at one; at two plan another text of it for five."""
    factories.publish(factories.make_article("撤"))
    article, chief = Article.objects.get(), factories.make_user("chief editor")
    publishing.withdraw(article, user=chief, reason="事实有误", at=NOON + HOUR)
    article = changed_and_approved(Article.objects.get(), "改", NOON + 2 * HOUR)
    planned = publishing.publish(
        article, user=chief, at=NOON + 2 * HOUR, live_from=NOON + 5 * HOUR
    )
    return planned, chief


def standing(hours=(0, 1, 4, 5)) -> list[bool]:
    return [Withdrawal.objects.standing(NOON + hour * HOUR).exists() for hour in hours]


def test_planned_edition_lifts_a_withdrawal_as_it_begins():
    planned, chief = withdrawn_and_planned()
    first = standing()
    publishing.reschedule(
        planned.article, user=chief, live_from=NOON + 4 * HOUR, seen_edition=planned.pk,
        at=NOON + 3 * HOUR,
    )  # fmt: skip

    assert first == [False, True, True, False]
    assert standing() == [False, True, False, False]


def test_withdrawal_stands_again_once_the_plan_is_dropped():
    planned, chief = withdrawn_and_planned()

    publishing.unschedule(planned.article, user=chief, seen_edition=planned.pk, at=NOON + 3 * HOUR)

    assert standing() == [False, True, True, True]
    assert Withdrawal.objects.get().lifted_by is None


def test_withdrawal_of_what_came_back_follows_the_one_before():
    _planned, chief = withdrawn_and_planned()
    article = Article.objects.get()

    publishing.withdraw(article, user=chief, reason="仍有误", at=NOON + 6 * HOUR)

    assert standing((4, 5, 6)) == [True, False, True]
    assert Withdrawal.objects.count() == 2


def test_withdraw_takes_a_planned_edition_along():
    factories.publish(factories.make_article("先"))
    article = changed_and_approved(Article.objects.get(), "后", NOON + HOUR)
    chief = factories.make_user("chief editor")
    publishing.publish(article, user=chief, at=NOON + HOUR, live_from=NOON + 5 * HOUR)

    publishing.withdraw(article, user=chief, reason="活动取消", at=NOON + 2 * HOUR)

    hours = (1, 3, 6)
    assert [live(article, NOON + hour * HOUR) for hour in hours] == ["先", None, None]


def test_withdraw_of_what_no_reader_has_seen_is_refused():
    planned = scheduled()
    chief = factories.make_user("chief editor")

    with pytest.raises(NotAllowed, match="Take it off the schedule instead"):
        publishing.withdraw(planned.article, user=chief, reason="改天", at=NOON)

    assert live(planned.article, NOON + 2 * HOUR) == "定时稿"
    assert not planned.article.withdrawals.exists()


def test_unschedule_keeps_the_approval_and_can_be_published_again():
    planned = scheduled()
    article, editor = planned.article, factories.make_user("desk editor")

    publishing.unschedule(article, user=editor, seen_edition=planned.pk, at=NOON, reason="改天")

    article.refresh_from_db()
    assert article.status == Article.Status.APPROVED
    assert live(article, NOON + 2 * HOUR) is None
    review = article.rounds.get()
    assert (review.outcome, review.decisions.count()) == (ReviewRound.Outcome.APPROVED, 2)
    entry = article.log_entries.first()
    assert (entry.action, entry.actor) == (LogEntry.Action.LAPSED, editor)
    assert entry.detail == f"{(NOON + HOUR).isoformat(timespec='minutes')}\n改天"
    again = publishing.publish(article, user=editor, at=NOON + HOUR)
    assert again.version == planned.version


def test_unschedule_of_a_change_leaves_readers_the_text_before():
    factories.publish(factories.make_article("先"))
    article = changed_and_approved(Article.objects.get(), "后", NOON + HOUR)
    chief = factories.make_user("chief editor")
    planned = publishing.publish(article, user=chief, at=NOON + HOUR, live_from=NOON + 3 * HOUR)

    publishing.unschedule(article, user=chief, seen_edition=planned.pk, at=NOON + 2 * HOUR)

    assert [live(article, NOON + hours * HOUR) for hours in (1, 4, 9)] == ["先", "先", "先"]
    article.refresh_from_db()
    assert article.status == Article.Status.APPROVED


def test_unschedule_once_readers_see_it_is_refused():
    planned = scheduled()
    chief = factories.make_user("chief editor")

    with pytest.raises(NotAllowed, match="It can only be withdrawn"):
        publishing.unschedule(planned.article, user=chief, seen_edition=planned.pk, at=NOON + HOUR)

    assert live(planned.article, NOON + 2 * HOUR) == "定时稿"


def test_what_was_approved_is_all_that_goes_out_after_unschedule():
    planned = scheduled()
    article, editor = planned.article, factories.make_user("desk editor")
    publishing.unschedule(article, user=editor, seen_edition=planned.pk, at=NOON)
    article.refresh_from_db()
    changed = factories.change(article, by=editor, at=NOON, headline="又改")

    with pytest.raises(NotAllowed, match="Only an approved article"):
        publishing.publish(changed, user=editor, at=NOON + HOUR)


def test_withdraw_by_a_desk_editor_is_refused():
    article = factories.make_article()
    factories.publish(article)
    editor = factories.make_user("desk editor")

    with pytest.raises(NotAllowed, match="may not withdraw"):
        publishing.withdraw(article, user=editor, reason="?", at=NOON + HOUR)

    assert live(article, NOON + HOUR) == article.headline


def test_every_step_is_logged():
    article = factories.make_article()
    factories.publish(article)
    chief = factories.make_user("chief editor")
    publishing.withdraw(article, user=chief, reason="事实有误", at=NOON + HOUR)

    entries = LogEntry.objects.filter(article=article).order_by("pk")

    assert [entry.action for entry in entries] == [
        "created", "submitted", "approved", "approved", "published", "withdrawn"
    ]  # fmt: skip


def scheduled(**times) -> Edition:
    """Put an article on the schedule for an hour after noon."""
    article = factories.approve(factories.make_article("定时稿", tags=("校庆",)))
    chief = factories.make_user("chief editor")
    return publishing.publish(article, user=chief, at=NOON, live_from=NOON + HOUR, **times)


def test_reschedule_moves_the_same_version_to_another_time():
    planned = scheduled(expires_at=NOON + 90 * HOUR)
    article, editor = planned.article, factories.make_user("desk editor")

    moved = publishing.reschedule(
        article, user=editor, live_from=NOON + 25 * HOUR, seen_edition=planned.pk, at=NOON
    )

    article.refresh_from_db()
    assert article.status == Article.Status.PUBLISHED
    assert (moved.version, moved.number) == (planned.version, 2)
    assert moved.live_from == moved.first_published_at == moved.displayed_at == NOON + 25 * HOUR
    assert (moved.live_until, moved.expires_at) == (NOON + 90 * HOUR, NOON + 90 * HOUR)
    assert [(row.name, row.confirmed) for row in moved.units.all()] == [
        (row.name, row.confirmed) for row in planned.units.all()
    ]
    hours = (HOUR, 2 * HOUR, 25 * HOUR)
    assert [live(article, NOON + hour) for hour in hours] == [None, None, "定时稿"]
    entry = article.log_entries.first()
    assert (entry.action, entry.actor) == (LogEntry.Action.SCHEDULED, editor)
    assert " → " in entry.detail


def test_reschedule_of_a_change_leaves_readers_the_text_before():
    first = factories.publish(factories.make_article("先"))
    article = changed_and_approved(Article.objects.get(), "后", NOON + HOUR)
    chief = factories.make_user("chief editor")
    planned = publishing.publish(article, user=chief, at=NOON + HOUR, live_from=NOON + 3 * HOUR)

    moved = publishing.reschedule(
        article, user=chief, live_from=NOON + 6 * HOUR, seen_edition=planned.pk, at=NOON + HOUR
    )

    assert [live(article, NOON + hours * HOUR) for hours in (2, 4, 7)] == ["先", "先", "后"]
    assert moved.first_published_at == first.first_published_at == NOON


def test_reschedule_into_the_past_or_past_the_end_is_refused():
    planned = scheduled(expires_at=NOON + 5 * HOUR)
    chief = factories.make_user("chief editor")

    for moved_to, reason in ((-HOUR, "in the past"), (0 * HOUR, "in the past"), (5 * HOUR, "end")):
        with pytest.raises(NotAllowed, match=reason):
            publishing.reschedule(
                planned.article,
                user=chief,
                live_from=NOON + moved_to,
                seen_edition=planned.pk,
                at=NOON,
            )

    assert live(planned.article, NOON + 2 * HOUR) == "定时稿"
    assert planned.article.editions.count() == 1


def test_reschedule_what_readers_see_is_refused():
    planned = scheduled()

    with pytest.raises(NotAllowed, match="Readers see this article already"):
        publishing.reschedule(
            planned.article,
            user=factories.make_user("chief editor"),
            live_from=NOON + 9 * HOUR,
            seen_edition=planned.pk,
            at=NOON + HOUR,
        )


def test_reschedule_what_was_moved_meanwhile_is_refused():
    planned = scheduled()
    chief, editor = factories.make_user("chief editor"), factories.make_user("desk editor")
    publishing.reschedule(
        planned.article, user=chief, live_from=NOON + 2 * HOUR, seen_edition=planned.pk, at=NOON
    )

    with pytest.raises(NotAllowed, match="moved this article meanwhile"):
        publishing.reschedule(
            planned.article,
            user=editor,
            live_from=NOON + 3 * HOUR,
            seen_edition=planned.pk,
            at=NOON,
        )


def test_reschedule_after_the_approval_lapsed_is_refused():
    planned = scheduled()
    editor = factories.make_user("desk editor")
    factories.change(planned.article, by=editor, at=NOON, headline="又改")

    with pytest.raises(NotAllowed, match="not on the schedule any more"):
        publishing.reschedule(
            planned.article,
            user=editor,
            live_from=NOON + 2 * HOUR,
            seen_edition=planned.pk,
            at=NOON,
        )


def test_reschedule_without_the_right_to_publish_is_refused():
    planned = scheduled()
    author = planned.article.created_by

    with pytest.raises(NotAllowed, match="may not publish"):
        publishing.reschedule(
            planned.article,
            user=author,
            live_from=NOON + 2 * HOUR,
            seen_edition=planned.pk,
            at=NOON,
        )
