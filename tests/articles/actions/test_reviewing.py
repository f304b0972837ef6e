from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from articles.actions import deputies, publishing, reviewing, writing
from articles.models import (
    Article,
    Credit,
    EvidenceIsPermanent,
    Importance,
    LogEntry,
    Membership,
    Origin,
    PolicyRule,
    ReviewDecision,
    ReviewPolicy,
    ReviewRound,
    VerdictReason,
    Version,
    WorkingHours,
)
from articles.rights.permissions import NotAllowed, Verb, can, refusal
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def open_review(article: Article) -> ReviewRound:
    return article.rounds.get(outcome=ReviewRound.Outcome.OPEN)


def test_submit_hands_the_article_to_the_first_stage():
    article = factories.make_article()

    review = reviewing.submit(article, user=article.created_by, at=NOON)

    article.refresh_from_db()
    assert article.status == Article.Status.IN_REVIEW
    assert review.current_stage["name"] == "初审"
    assert review.version.number == article.version_number


def test_submit_without_text_and_author_names_both():
    unit = factories.make_unit()
    author = factories.make_user("correspondent", unit=unit)
    article = Article(headline="空", unit=unit, section=factories.make_section())
    writing.create(article, author=author, at=NOON)
    writing.finish_change(article, author=author, at=NOON)

    with pytest.raises(reviewing.NotReady) as refused:
        reviewing.submit(article, user=author, at=NOON)

    assert refused.value.missing == [
        "There is no text yet.",
        "No author or photographer is credited yet.",
    ]


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, []),
        ({"summary": ""}, ["There is no text yet."]),
        (
            {"source_url": ""},
            ["There is no text yet.", "No author or photographer is credited yet."],
        ),
        (
            {"origin": Origin.REPRINT},
            ["There is no text yet.", "No author or photographer is credited yet."],
        ),
    ],
)
def test_submit_wants_of_media_coverage_an_excerpt_alone(said, missing):
    coverage = {
        "origin": Origin.MEDIA,
        "source": "江城晚报",
        "source_url": "https://paper.example.com/a",
        "summary": "一个整版。",
    }
    article = factories.make_article(body="", **{**coverage, **said})
    article.credits.all().delete()

    assert reviewing.lacks(article) == missing


def test_two_stages_lead_to_approval_and_confirm_the_unit():
    article = factories.submit(factories.make_article())
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")

    reviewing.approve(article, reviewer=desk, seen_version=1, at=NOON + HOUR)
    reviewing.approve(article, reviewer=chief, seen_version=1, at=NOON + 2 * HOUR, remark="好")

    article.refresh_from_db()
    decisions = ReviewDecision.objects.values_list("stage_name", "reviewer", "remark")
    assert article.status == Article.Status.APPROVED
    assert list(decisions) == [("初审", desk.pk, ""), ("终审", chief.pk, "好")]
    assert article.units.get().confirmed_by == desk


def test_approve_a_version_that_has_moved_on_is_refused():
    article = factories.submit(factories.make_article())
    factories.change(article, by=factories.make_user("desk editor"), at=NOON, headline="改")

    with pytest.raises(reviewing.VersionMoved, match="Please look again"):
        reviewing.approve(
            article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
        )

    assert list(ReviewDecision.objects.all()) == []


def test_return_needs_a_remark_and_gives_the_article_back():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")

    with pytest.raises(NotAllowed, match="Please say why"):
        reviewing.return_for_changes(article, reviewer=desk, seen_version=1, at=NOON, remark=" ")
    reviewing.return_for_changes(article, reviewer=desk, seen_version=1, at=NOON, remark="缺时间")

    article.refresh_from_db()
    assert article.status == Article.Status.RETURNED
    assert can(article.created_by, Verb.CHANGE, article, NOON)
    assert reviewing.submit(article, user=article.created_by, at=NOON).number == 2


def test_return_with_reasons_keeps_their_words():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")
    reason = VerdictReason.objects.get(text="署名有误")

    reviewing.return_for_changes(
        article, reviewer=desk, seen_version=1, at=NOON, reasons=[reason], remark="见末行"
    )
    reason.text = "署名不对"
    reason.save()

    decision = ReviewDecision.objects.get()
    logged = article.log_entries.get(action=LogEntry.Action.RETURNED)
    assert decision.reasons == [{"text": "署名有误", "text_en": "Credits are wrong"}]
    with translation.override("en"):
        assert decision.reasons_in_words() == ["Credits are wrong"]
    assert (decision.remark, logged.detail) == ("见末行", "署名有误；见末行")


def test_reject_for_a_reason_that_wants_a_remark_needs_one():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")
    other = VerdictReason.objects.filter(text="其他")

    with pytest.raises(NotAllowed, match="Please say why"):
        reviewing.reject(article, reviewer=desk, seen_version=1, at=NOON, reasons=other)

    assert list(ReviewDecision.objects.all()) == []


def test_reasons_are_counted_by_unit_and_month():
    desk, unit = factories.make_user("desk editor"), factories.make_unit()
    reasons = VerdictReason.objects.filter(text__in=["署名有误", "超过时效"])
    for at in (NOON, NOON + HOUR, NOON + timedelta(days=30)):
        article = factories.submit(factories.make_article(unit=unit, at=at), at=at)
        reviewing.return_for_changes(
            article, reviewer=desk, seen_version=1, at=at, reasons=reasons
        )
    article = factories.submit(factories.make_article(unit=unit))
    reviewing.return_for_changes(article, reviewer=desk, seen_version=1, at=NOON, remark="无")

    counted = ReviewDecision.objects.count_reasons(NOON, NOON + timedelta(days=20))

    assert counted == {(unit.pk, "2026-11", "署名有误"): 2, (unit.pk, "2026-11", "超过时效"): 2}


def test_reject_ends_the_review():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")

    reviewing.reject(article, reviewer=desk, seen_version=1, at=NOON, remark="不宜刊发")

    article.refresh_from_db()
    assert article.status == Article.Status.REJECTED
    assert "Only a draft" in str(refusal(article.created_by, Verb.SUBMIT, article, NOON))


def reject_for_good(article: Article) -> Article:
    desk = factories.make_user("desk editor", name="陈晓")
    reviewing.reject(
        article, reviewer=desk, seen_version=1, at=NOON, remark="不宜刊发。", not_again=True
    )
    article.refresh_from_db()
    return article


def test_reject_leaves_the_way_for_a_revision():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")
    reviewing.reject(article, reviewer=desk, seen_version=1, at=NOON, remark="角度不对")

    article = factories.change(article, by=article.created_by, at=NOON, headline="换个角度")

    assert article.status == Article.Status.DRAFT
    assert reviewing.submit(article, user=article.created_by, at=NOON).number == 2


def test_reject_for_good_keeps_the_article_away_from_everybody():
    article = reject_for_good(factories.submit(factories.make_article()))

    reason = (
        "陈晓 rejected this article for good on 2026年11月20日: 不宜刊发. "
        "Whoever decides at “终审” may allow it again."
    )
    chief = factories.make_user("chief editor", is_superuser=True)
    for user in (article.created_by, factories.make_user("desk editor"), chief):
        assert refusal(user, Verb.CHANGE, article, NOON) == reason
        assert refusal(user, Verb.SUBMIT, article, NOON) == reason
        with pytest.raises(NotAllowed, match="for good"):
            factories.change(article, by=user, at=NOON, headline="再来")
    article.refresh_from_db()
    assert (article.status, article.version_number) == (Article.Status.REJECTED, 1)


def test_readmit_is_the_last_stages_and_says_why():
    article = reject_for_good(factories.submit(factories.make_article()))
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")

    with pytest.raises(NotAllowed, match="“终审” is not yours"):
        reviewing.readmit(article, user=desk, at=NOON, reason="有新进展")
    with pytest.raises(NotAllowed, match="Please say why"):
        reviewing.readmit(article, user=chief, at=NOON, reason=" ")
    readmission = reviewing.readmit(article, user=chief, at=NOON, reason="有新进展")

    entry = article.log_entries.latest("pk")
    assert (entry.action, entry.actor, entry.detail) == ("readmitted", chief, "有新进展")
    assert can(article.created_by, Verb.CHANGE, article, NOON)
    assert "not been rejected" in str(refusal(chief, Verb.READMIT, article, NOON))
    with pytest.raises(EvidenceIsPermanent):
        readmission.delete()


def test_readmit_of_the_own_article_is_refused():
    chief = factories.make_user("correspondent", "chief editor")
    article = factories.make_article(author=chief)
    reject_for_good(factories.submit(article))

    assert "You wrote" in str(refusal(chief, Verb.READMIT, article, NOON))


def test_reject_for_good_outlives_withdrawal_and_restoring():
    article = factories.make_article()
    factories.publish(article)
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")
    factories.change(article, by=desk, at=NOON, headline="改")
    reviewing.submit(article, user=desk, at=NOON)
    reviewing.reject(
        article,
        reviewer=factories.make_user("desk editor"),
        seen_version=2,
        at=NOON,
        remark="不改",
        not_again=True,
    )
    later = NOON + HOUR
    publishing.withdraw(article, user=chief, reason="核实", at=later)
    publishing.restore(article, user=chief, reason="已核实", at=later)
    article.refresh_from_db()

    assert article.status == Article.Status.DRAFT
    assert "for good" in str(refusal(desk, Verb.CHANGE, article, later))
    assert can(chief, Verb.READMIT, article, later)


def test_take_back_makes_a_draft_and_clears_the_claim():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")
    reviewing.claim(article, reviewer=desk, at=NOON)

    review = reviewing.take_back(article, user=article.created_by, at=NOON, reason="补图")

    article.refresh_from_db()
    entry = article.log_entries.latest("pk")
    assert (review.outcome, review.claimed_by) == (ReviewRound.Outcome.TAKEN_BACK, None)
    assert (entry.action, entry.detail) == ("taken_back", "补图")
    assert article.status == Article.Status.DRAFT
    assert reviewing.submit(article, user=article.created_by, at=NOON).number == 2


def test_take_back_by_the_desk_or_of_a_draft_is_refused():
    article = factories.make_article()
    author, desk = article.created_by, factories.make_user("desk editor")

    assert "not in review" in str(refusal(author, Verb.TAKE_BACK, article, NOON))
    factories.submit(article)

    assert "only their unit takes it back" in str(refusal(desk, Verb.TAKE_BACK, article, NOON))
    with pytest.raises(NotAllowed, match="only their unit"):
        reviewing.take_back(article, user=desk, at=NOON)


def test_take_back_after_the_last_stage_has_approved_is_refused():
    article = factories.approve(factories.make_article())
    desk = factories.make_user("desk editor")
    assert "not in review" in str(refusal(article.created_by, Verb.TAKE_BACK, article, NOON))

    factories.change(article, by=desk, at=NOON, headline="批准后又改")
    article.refresh_from_db()

    assert article.status == Article.Status.IN_REVIEW
    assert "“终审” has approved" in str(refusal(article.created_by, Verb.TAKE_BACK, article, NOON))


@pytest.mark.parametrize("role", ["author", "photographer"])
def test_approve_by_somebody_credited_is_refused(role):
    article = factories.make_article()
    desk = factories.make_user("desk editor")
    person = factories.make_person(user=desk)
    Credit.objects.create(article=article, role=role, person=person)
    factories.submit(article)

    with pytest.raises(NotAllowed, match="credited"):
        reviewing.approve(article, reviewer=desk, seen_version=article.version_number, at=NOON)


def test_approve_after_taking_off_the_own_credit_is_refused():
    article = factories.make_article()
    desk = factories.make_user("desk editor")
    credit = Credit.objects.create(
        article=article, role="author", person=factories.make_person(user=desk)
    )
    factories.change(article, by=article.created_by, at=NOON, headline="两人合写")
    article.refresh_from_db()
    factories.submit(article)

    credit.delete()
    article = factories.change(article, by=desk, at=NOON, headline="改")

    assert "credited" in str(refusal(desk, Verb.APPROVE, article, NOON))


def test_final_approval_is_refused_while_a_deputy_decided_for_somebody_credited_now():
    desk = factories.make_user("desk editor", name="陈晓")
    deputy = factories.make_user("chief editor")
    day = NOON.date()
    deputies.name(
        desk,
        deputy=deputy,
        valid_from=day,
        valid_until=day + timedelta(days=2),
        user=desk,
        at=NOON,
    )
    article = factories.submit(factories.make_article())
    decision = reviewing.approve(article, reviewer=deputy, seen_version=1, at=NOON)
    article.refresh_from_db()
    Credit.objects.create(article=article, role="author", person=factories.make_person(user=desk))
    other = factories.make_user("desk editor")
    article = factories.change(article, by=other, at=NOON, headline="两人合写")

    with pytest.raises(NotAllowed, match="陈晓 is credited on this article and decided"):
        reviewing.approve(
            article, reviewer=factories.make_user("chief editor"), seen_version=2, at=NOON
        )

    article.refresh_from_db()
    assert (decision.on_behalf_of, article.status) == (desk, "in_review")


def test_approve_by_the_editor_credited_is_allowed():
    article = factories.make_article()
    desk = factories.make_user("desk editor")
    Credit.objects.create(article=article, role="editor", person=factories.make_person(user=desk))

    factories.submit(article)

    assert refusal(desk, Verb.APPROVE, article, NOON) is None


def test_author_and_superuser_alike_do_not_review_their_own_work():
    chief = factories.make_user("desk editor", "chief editor", is_superuser=True)
    article = factories.submit(factories.make_article(author=chief))

    assert "You wrote" in str(refusal(chief, Verb.APPROVE, article, NOON))


def test_nobody_decides_at_two_stages():
    both = factories.make_user("desk editor", "chief editor")
    article = factories.submit(factories.make_article())
    reviewing.approve(article, reviewer=both, seen_version=1, at=NOON)
    article.refresh_from_db()

    assert "earlier stage" in str(refusal(both, Verb.APPROVE, article, NOON))


def test_final_reviewer_who_edited_the_text_is_refused():
    chief = factories.make_user("chief editor")
    article = factories.submit(factories.make_article())
    article = factories.change(article, by=chief, at=NOON, headline="改过的标题")
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=2, at=NOON
    )
    article.refresh_from_db()

    assert "You edited this text" in str(refusal(chief, Verb.APPROVE, article, NOON))
    assert can(factories.make_user("chief editor"), Verb.APPROVE, article, NOON)


def test_change_after_approval_reopens_the_last_stage():
    article = factories.approve(factories.make_article())
    editor = factories.make_user("desk editor")

    article = factories.change(article, by=editor, at=NOON + HOUR, headline="改")

    assert article.status == Article.Status.IN_REVIEW
    assert open_review(article).current_stage["name"] == "终审"


def test_same_text_again_keeps_version_and_approval():
    article = factories.approve(factories.make_article())
    editor = factories.make_user("desk editor")

    article = factories.change(article, by=editor, at=NOON + HOUR, headline=article.headline)

    assert article.status == Article.Status.APPROVED
    assert article.version_number == 1


def test_stage_of_the_own_unit_is_decided_by_its_reviewers():
    policy = ReviewPolicy.objects.create(name="单位一级审核")
    policy.stages.create(position=1, name="单位审核", decider="unit")
    section = factories.make_section()
    PolicyRule.objects.create(section=section, policy=policy)
    unit, other = factories.make_unit(), factories.make_unit()
    article = factories.submit(factories.make_article(unit=unit, section=section))
    own = factories.make_user("unit reviewer", unit=unit)
    stranger = factories.make_user("unit reviewer", unit=other)
    left = factories.make_user("unit reviewer", unit=unit)
    Membership.objects.filter(user=left).update(valid_until=date(2026, 11, 20))

    refusals = [refusal(user, Verb.APPROVE, article, NOON) for user in (own, stranger, left)]

    assert refusals == [None, "There is no such article.", "There is no such article."]


def test_policy_edited_later_leaves_a_review_under_way():
    article = factories.submit(factories.make_article())

    ReviewPolicy.objects.get().stages.filter(position=2).delete()

    assert [stage["name"] for stage in open_review(article).stages] == ["初审", "终审"]


def test_important_article_passes_its_own_policy():
    strict = ReviewPolicy.objects.create(name="三审")
    PolicyRule.objects.create(section=None, importance=Importance.SENSITIVE, policy=strict)
    ordinary = factories.make_article()
    sensitive = factories.make_article(importance=Importance.SENSITIVE)

    chosen = [reviewing.policy_for(article).name for article in (ordinary, sensitive)]

    assert chosen == ["两级审核", "三审"]


def test_move_to_a_section_with_more_stages_begins_the_review_again():
    strict = ReviewPolicy.objects.create(name="一级把关")
    strict.stages.create(position=1, name="主编审核", group=Group.objects.get(name="chief editor"))
    heavy = factories.make_section()
    PolicyRule.objects.create(section=heavy, policy=strict)
    article = factories.submit(factories.make_article())
    light = article.section
    editor = factories.make_user("desk editor")

    article = factories.change(article, by=editor, at=NOON, section=heavy)
    there = open_review(article)
    article = factories.change(article, by=editor, at=NOON, section=light)
    back = open_review(article)

    assert [stage["name"] for stage in there.stages] == ["主编审核"]
    assert [stage["name"] for stage in back.stages] == ["初审", "终审"]
    assert (back.number, back.submitted_by) == (3, article.created_by)
    assert article.status == Article.Status.IN_REVIEW


def test_more_weight_after_approval_begins_the_review_again():
    strict = ReviewPolicy.objects.create(name="三审")
    strict.stages.create(position=1, name="单位审核", decider="unit")
    PolicyRule.objects.create(section=None, importance=Importance.SENSITIVE, policy=strict)
    article = factories.approve(factories.make_article())

    article = factories.change(
        article,
        by=factories.make_user("desk editor"),
        at=NOON + HOUR,
        importance=Importance.SENSITIVE,
    )

    assert article.status == Article.Status.IN_REVIEW
    assert open_review(article).policy_name == "三审"


def test_final_approval_of_a_text_from_an_earlier_review_is_not_its_writers():
    chief, other = factories.make_user("chief editor"), factories.make_user("chief editor")
    article = factories.submit(factories.make_article())
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
    )
    article = factories.change(article, by=chief, at=NOON, headline="主编改写")
    reviewing.return_for_changes(article, reviewer=other, seen_version=2, at=NOON, remark="核实")
    article.refresh_from_db()
    reviewing.submit(article, user=article.created_by, at=NOON + HOUR)
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=2, at=NOON + HOUR
    )
    article.refresh_from_db()

    assert "You edited this text" in str(refusal(chief, Verb.APPROVE, article, NOON + HOUR))
    assert can(other, Verb.APPROVE, article, NOON + HOUR)


def test_final_approval_is_refused_when_an_earlier_decider_is_now_credited():
    article = factories.submit(factories.make_article())
    desk, chief = (
        factories.make_user("desk editor", name="陈晓"),
        factories.make_user("chief editor"),
    )
    reviewing.approve(article, reviewer=desk, seen_version=1, at=NOON)
    person = factories.make_person(user=desk)
    Credit.objects.create(article=article, role="author", person=person)
    article = factories.change(article, by=desk, at=NOON, headline="改")

    with pytest.raises(NotAllowed, match="陈晓 is credited"):
        reviewing.approve(article, reviewer=chief, seen_version=2, at=NOON + HOUR)

    article.refresh_from_db()
    assert article.status == Article.Status.IN_REVIEW
    assert article.rounds.get().decisions.count() == 1


def test_claimed_review_names_who_has_it():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")

    reviewing.claim(article, reviewer=desk, at=NOON)

    assert open_review(article).claimed_by == desk


@pytest.mark.parametrize("how", ["save", "delete", "update", "bulk delete"])
def test_evidence_cannot_be_changed(how):
    article = factories.make_article()
    version = article.versions.get()

    with pytest.raises(EvidenceIsPermanent):
        {
            "save": version.save,
            "delete": version.delete,
            "update": lambda: Version.objects.update(reason="x"),
            "bulk delete": Version.objects.all().delete,
        }[how]()

    assert Version.objects.get().reason == ""


def test_deadline_is_stored_when_a_stage_begins():
    # Noon of a Friday; four hours of the afternoon, then Monday from eight to twelve.
    article = factories.submit(factories.make_article())
    first = open_review(article).due_at
    monday = NOON + timedelta(days=3)

    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON + 2 * HOUR
    )
    second = open_review(article).due_at
    reviewing.approve(
        article, reviewer=factories.make_user("chief editor"), seen_version=1, at=monday
    )
    article.refresh_from_db()
    factories.change(article, by=factories.make_user("desk editor"), at=monday, headline="改")

    assert (first, second) == (monday, monday + 2 * HOUR)
    assert open_review(article).due_at == monday + timedelta(days=1)


def test_submit_without_working_hours_says_what_is_missing():
    article = factories.make_article()
    WorkingHours.objects.all().delete()

    with pytest.raises(NotAllowed, match="The calendar has no working hours"):
        reviewing.submit(article, user=article.created_by, at=NOON)

    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT
