"""Where people decide: by name, as deputies, when a stage is overdue; and where nobody can."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group

from articles.actions import deputies, reviewing
from articles.models import (
    Article,
    Credit,
    Membership,
    PolicyRule,
    ReviewDecision,
    ReviewPolicy,
    ReviewRound,
)
from articles.rights import seats
from articles.rights.permissions import NotAllowed, Verb, can, refusal
from articles.rights.waiting import waiting_for
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)


def make_policy(section, *stages):
    """Let a section pass stages, each given by its decider: unit, a group's name, or people."""
    policy = ReviewPolicy.objects.create(name=f"审核{section.pk}")
    for position, stage in enumerate(stages, 1):
        row = policy.stages.create(
            position=position,
            name=f"第{position}审",
            decider=stage if stage == "unit" else "group" if isinstance(stage, str) else "people",
            group=Group.objects.get(name=stage)
            if isinstance(stage, str) and stage != "unit"
            else None,
        )
        if not isinstance(stage, str):
            row.people.set(stage)
    PolicyRule.objects.create(section=section, policy=policy)
    return policy


def submitted(*stages, **fields) -> Article:
    section = factories.make_section()
    make_policy(section, *stages)
    return factories.submit(factories.make_article(section=section, **fields))


def may(*users, article, at=NOON):
    article.refresh_from_db()
    return [can(user, Verb.APPROVE, article, at) for user in users]


def waiting(user, at=NOON):
    return [review.article for review in waiting_for(user, at).select_related("article")]


def who_decides(article, at=NOON):
    rounds = ReviewRound.objects.select_related("article", "version")
    review = rounds.filter(article=article).latest("number")
    return seats.deciders([review], at)[review.pk]


def stand_in(represented, deputy, *, valid_from=TODAY, valid_until=TOMORROW):
    return deputies.name(
        represented,
        deputy=deputy,
        valid_from=valid_from,
        valid_until=valid_until,
        user=represented,
        at=NOON,
    )


def test_named_people_decide_and_nobody_else():
    named = factories.make_user("unit reviewer")
    other = factories.make_user("unit reviewer")
    desk = factories.make_user("desk editor")

    article = submitted([named])

    assert may(named, other, desk, article=article) == [True, False, False]
    assert (waiting(named), waiting(other)) == ([article], [])
    assert who_decides(article) == [named]
    assert article.rounds.get().current_stage["people"] == [{"id": named.pk, "name": named.name}]


def test_named_people_stay_when_the_policy_is_edited():
    named, later = factories.make_user("unit reviewer"), factories.make_user("unit reviewer")
    article = submitted([named])

    ReviewPolicy.objects.get(rules__section=article.section).stages.get().people.set([later])

    assert may(named, later, article=article) == [True, False]


def seen_by(user, at=NOON) -> list[Article]:
    seen = list(Article.objects.visible_to(user, at).order_by("pk"))
    keys = Article.objects.filter(pk__in=Article.objects.keys_visible_to(user, at))
    assert list(keys.order_by("pk")) == seen
    return seen


def test_named_person_reads_on_what_they_decided_on():
    named, stranger = factories.make_user("unit reviewer"), factories.make_user("unit reviewer")
    article = submitted([named], "desk editor")
    factories.make_article()

    before = seen_by(named)
    reviewing.return_for_changes(article, reviewer=named, seen_version=1, at=NOON, remark="改")

    assert (before, seen_by(named), seen_by(stranger)) == ([article], [article], [])


def test_named_person_does_not_write_what_went_back_to_its_unit():
    unit = factories.make_unit()
    named = factories.make_user("unit reviewer", unit=factories.make_unit())
    writer = factories.make_user("correspondent", unit=unit)
    article = submitted([named], unit=unit, author=writer)

    at_work = can(named, Verb.CHANGE, article, NOON)
    reviewing.return_for_changes(article, reviewer=named, seen_version=1, at=NOON, remark="改")
    article.refresh_from_db()

    assert at_work
    for verb in (Verb.CHANGE, Verb.SUBMIT):
        assert refusal(named, verb, article, NOON) == (
            "This article is with its unit. You may read it, but not change it."
        )
        assert can(writer, verb, article, NOON)


def test_named_people_readmit_what_one_of_them_rejected_for_good():
    named, other = factories.make_user("unit reviewer"), factories.make_user("unit reviewer")
    stranger = factories.make_user("unit reviewer")
    article = submitted([named, other])
    reviewing.reject(
        article, reviewer=named, seen_version=1, at=NOON, remark="不宜", not_again=True
    )
    article.refresh_from_db()

    assert [can(user, Verb.READMIT, article, NOON) for user in (named, other, stranger)] == [
        True,
        True,
        False,
    ]
    reviewing.readmit(article, user=named, at=NOON, reason="有新进展")


def test_appointed_person_readmits_what_they_rejected_for_good():
    head, appointed = factories.make_user("head"), factories.make_user("unit reviewer")
    article = submitted("chief editor")
    reviewing.appoint(article, user=head, to=appointed, at=NOON)
    reviewing.reject(
        article, reviewer=appointed, seen_version=1, at=NOON, remark="不宜", not_again=True
    )

    reviewing.readmit(article, user=appointed, at=NOON, reason="有新进展")


def test_seat_at_an_earlier_review_shows_nothing_of_a_later_one():
    seated, decider = factories.make_user("unit reviewer"), factories.make_user("unit reviewer")
    article = submitted([seated, decider])
    reviewing.return_for_changes(article, reviewer=decider, seen_version=1, at=NOON, remark="改")
    article.refresh_from_db()
    after_return = seen_by(seated)
    ReviewPolicy.objects.get(rules__section=article.section).stages.get().people.set([decider])
    reviewing.submit(article, user=article.created_by, at=NOON)

    assert (after_return, seen_by(seated), seen_by(decider)) == ([article], [], [article])


def test_whoever_was_represented_and_whoever_stood_in_read_on():
    chief, deputy = factories.make_user("unit reviewer"), factories.make_user("unit reviewer")
    bystander = factories.make_user("unit reviewer")
    article = submitted([chief], "desk editor")
    stand_in(chief, deputy)
    reviewing.approve(article, reviewer=deputy, seen_version=1, at=NOON)
    later = NOON + timedelta(days=30)

    assert [seen_by(user, later) for user in (chief, deputy, bystander)] == [
        [article],
        [article],
        [],
    ]


def test_whoever_decided_sees_nothing_once_the_account_is_closed():
    named = factories.make_user("unit reviewer")
    article = submitted([named])
    reviewing.approve(article, reviewer=named, seen_version=1, at=NOON)
    before = seen_by(named)
    named.is_active = False

    assert (before, seen_by(named)) == ([article], [])


def test_decision_of_named_people_confirms_the_units():
    named = factories.make_user("unit reviewer")
    article = submitted([named])

    reviewing.approve(article, reviewer=named, seen_version=1, at=NOON)

    assert article.units.get().confirmed_by == named


def test_deputy_decides_on_behalf_and_only_on_the_days():
    chief, deputy = (
        factories.make_user("chief editor", name="闻老师"),
        factories.make_user("desk editor"),
    )
    article = submitted("chief editor")

    stand_in(chief, deputy)
    allowed = [may(deputy, article=article, at=NOON + timedelta(days=days)) for days in (-1, 0, 1)]
    reviewing.approve(article, reviewer=deputy, seen_version=1, at=NOON)

    decision = ReviewDecision.objects.get()
    assert allowed == [[False], [True], [False]]
    assert (decision.reviewer, decision.on_behalf_of) == (deputy, chief)
    assert decision.on_behalf_of_name == "闻老师"


@pytest.mark.parametrize("kind", ["unit", "group", "people"])
def test_deputy_holds_every_kind_of_seat(kind):
    unit = factories.make_unit()
    absent = factories.make_user("unit reviewer", "chief editor", unit=unit)
    deputy = factories.make_user("unit reviewer", unit=factories.make_unit())
    if kind == "group":
        deputy = factories.make_user("desk editor")
    stage = {"unit": "unit", "group": "chief editor", "people": [absent]}[kind]
    article = submitted(stage, unit=unit)
    before = may(deputy, article=article), waiting(deputy)

    stand_in(absent, deputy)

    assert before == ([False], [])
    assert may(deputy, article=article) == [True]
    assert waiting(deputy) == [article]
    assert set(who_decides(article)) == {absent, deputy}


def test_own_seat_comes_before_a_lent_one():
    absent, deputy = factories.make_user("desk editor"), factories.make_user("desk editor")
    article = submitted("desk editor")
    stand_in(absent, deputy)

    reviewing.approve(article, reviewer=deputy, seen_version=1, at=NOON)

    assert ReviewDecision.objects.get().on_behalf_of is None


def test_deputy_is_bound_by_the_own_ties_and_those_of_the_represented():
    writer = factories.make_user("chief editor", name="陈晓")
    deputy = factories.make_user("desk editor")
    article = submitted("chief editor", author=writer)
    own = submitted("chief editor", author=deputy)
    other = submitted("chief editor")

    stand_in(writer, deputy)

    reasons = [refusal(deputy, Verb.APPROVE, row, NOON) for row in (article, own, other)]
    assert reasons == [
        (
            "陈晓, for whom you would decide, worked on this article or decided on it already, "
            "so somebody else must review it."
        ),
        "You wrote this article, so somebody else must review it.",
        None,
    ]
    assert waiting(deputy) == [other]


def test_nobody_decides_twice_by_a_deputy():
    both = factories.make_user("desk editor", "chief editor")
    deputy = factories.make_user("unit reviewer", "desk editor")
    article = submitted([both], "chief editor")
    stand_in(both, deputy)

    reviewing.approve(article, reviewer=deputy, seen_version=1, at=NOON)
    article.refresh_from_db()

    assert "You decided at an earlier stage" in str(refusal(both, Verb.APPROVE, article, NOON))
    assert "You decided at an earlier stage" in str(refusal(deputy, Verb.APPROVE, article, NOON))


def test_deputy_of_a_units_reviewer_reads_its_drafts_and_writes_none():
    unit = factories.make_unit()
    absent = factories.make_user("unit reviewer", unit=unit)
    deputy = factories.make_user("unit reviewer", unit=factories.make_unit())
    article = factories.make_article(unit=unit)
    stand_in(absent, deputy)

    tried = (Verb.CHANGE, Verb.SUBMIT)
    assert seen_by(deputy) == [article]
    assert [can(absent, verb, article, NOON) for verb in tried] == [True, True]
    assert [can(deputy, verb, article, NOON) for verb in tried] == [False, False]


@pytest.mark.parametrize("again", ["returned", "moved", "taken back"])
def test_who_wrote_before_the_first_review_has_written_it_in_every_later_one(again):
    wrote, other = factories.make_user("desk editor"), factories.make_user("desk editor")
    section, elsewhere = factories.make_section(), factories.make_section()
    make_policy(section, "desk editor", "chief editor")
    make_policy(elsewhere, "desk editor", "chief editor")
    article = factories.make_article(section=section)
    article = factories.change(article, by=wrote, at=NOON, body="<p>合写的稿件。</p>")
    article = factories.submit(article)
    in_the_first = may(wrote, other, article=article), who_decides(article)

    if again == "returned":
        reviewing.return_for_changes(
            article,
            reviewer=factories.make_user("desk editor"),
            seen_version=2,
            at=NOON,
            remark="改",
        )
        factories.submit(article)
    elif again == "moved":
        first = factories.make_user("desk editor")
        reviewing.approve(article, reviewer=first, seen_version=2, at=NOON)
        chief = factories.make_user("chief editor")
        article = factories.change(article, by=chief, at=NOON, section=elsewhere)
    else:
        reviewing.take_back(article, user=article.created_by, at=NOON)
        factories.submit(article)

    review = article.rounds.latest("number")
    assert (review.number, review.stage) == (2, 0)
    assert in_the_first == ([False, True], [other])
    assert may(wrote, other, article=article) == [False, True]
    assert (waiting(wrote), waiting(other)) == ([], [article])
    decide = who_decides(article)
    assert (wrote in decide, other in decide) == (False, True)


def test_who_mended_the_text_in_an_earlier_review_has_not_written_it():
    mended = factories.make_user("desk editor")
    article = submitted("desk editor", "chief editor")
    article = factories.change(article, by=mended, at=NOON, headline="审稿时改过")
    reviewing.return_for_changes(
        article, reviewer=factories.make_user("desk editor"), seen_version=2, at=NOON, remark="改"
    )
    factories.submit(article)

    assert may(mended, article=article) == [True]
    assert mended in who_decides(article)


@pytest.mark.parametrize("lost", ["account", "right", "membership"])
def test_deputy_holds_nothing_that_the_represented_lost(lost):
    unit = factories.make_unit()
    absent = factories.make_user("unit reviewer", unit=unit)
    deputy = factories.make_user("desk editor")
    article = submitted("unit", unit=unit)
    stand_in(absent, deputy)
    before = may(deputy, article=article)

    if lost == "account":
        absent.is_active = False
        absent.save()
    elif lost == "right":
        absent.groups.clear()
    else:
        Membership.objects.filter(user=absent).update(valid_until=TODAY)

    assert (before, may(deputy, article=article)) == ([True], [False])


def test_deputy_of_a_deputy_holds_no_seat():
    chief, first, second = (
        factories.make_user(group) for group in ("chief editor", "desk editor", "desk editor")
    )
    article = submitted("chief editor")
    stand_in(chief, first)
    stand_in(first, second)

    assert may(first, second, article=article) == [True, False]


def test_overdue_stage_is_open_to_the_group_above():
    section = factories.make_section()
    stage = make_policy(section, "desk editor").stages.get()
    stage.escalates_to = Group.objects.get(name="chief editor")
    stage.save()
    article = factories.submit(factories.make_article(section=section))
    chief = factories.make_user("chief editor")
    due = article.rounds.get().due_at

    before, after = due - timedelta(seconds=1), due
    assert [may(chief, article=article, at=at) for at in (before, after)] == [[False], [True]]
    assert [waiting(chief, at) for at in (before, after)] == [[], [article]]
    assert [who_decides(article, at) for at in (before, after)] == [[], [chief]]


def test_group_above_is_bound_by_its_ties():
    section = factories.make_section()
    stage = make_policy(section, "desk editor").stages.get()
    stage.escalates_to = Group.objects.get(name="chief editor")
    stage.save()
    chief = factories.make_user("chief editor")
    article = factories.submit(factories.make_article(section=section, author=chief))

    reason = refusal(chief, Verb.APPROVE, article, article.rounds.get().due_at)

    assert "You wrote this article" in str(reason)


@pytest.mark.parametrize("why", ["left", "account", "tied", "empty"])
def test_review_that_nobody_can_decide_is_found(why):
    unit = factories.make_unit()
    reviewer = factories.make_user("unit reviewer", unit=unit)
    author = reviewer if why == "tied" else None
    article = submitted("chief editor" if why == "empty" else "unit", unit=unit, author=author)
    if why == "left":
        Membership.objects.filter(user=reviewer).update(valid_until=TODAY)
    elif why == "account":
        reviewer.is_active = False
        reviewer.save()
    other = submitted("desk editor")
    desk = factories.make_user("desk editor")

    assert (who_decides(article), who_decides(other)) == ([], [desk])


def test_deciders_are_those_whom_the_action_lets_decide():
    unit = factories.make_unit()
    colleagues = [
        factories.make_user("correspondent", unit=unit),
        factories.make_user("unit reviewer", unit=unit),
        factories.make_user("unit reviewer", unit=factories.make_unit()),
        factories.make_user("desk editor"),
        factories.make_user("desk editor", "chief editor"),
        factories.make_user("chief editor"),
        factories.make_user("head"),
    ]
    credited, edited = factories.make_user("desk editor"), factories.make_user("chief editor")
    stand_in(colleagues[5], colleagues[3])
    stages = (["unit", "desk editor", "chief editor"], ["desk editor"], ["chief editor"])
    articles = []
    for way in stages:
        section = factories.make_section()
        make_policy(section, *way)
        article = factories.make_article(section=section, unit=unit, author=colleagues[0])
        person = factories.make_person() if articles else factories.make_person(user=credited)
        Credit.objects.create(article=article, role="author", person=person)
        articles.append(factories.submit(article))
    factories.change(articles[2], by=edited, at=NOON, headline="改")
    everybody = [*colleagues, credited, edited]

    for article in articles:
        asked = {user for user in everybody if can(user, Verb.APPROVE, article, NOON)}
        assert set(who_decides(article)) == asked
        assert {user for user in everybody if article in waiting(user)} == asked


def test_deciders_ask_as_much_for_five_as_for_one(django_assert_num_queries):
    factories.make_user("desk editor")
    rounds = ReviewRound.objects.select_related("article", "version")
    submitted("desk editor")
    one = list(rounds)
    for _number in range(4):
        submitted([factories.make_user("unit reviewer")])
        stand_in(factories.make_user("chief editor"), factories.make_user("desk editor"))
    five = list(rounds.all())

    with django_assert_num_queries(11):
        seats.deciders(one, NOON)
    with django_assert_num_queries(11):
        seats.deciders(five, NOON)


def test_hand_over_to_a_colleague_who_may_decide():
    desk, other = factories.make_user("desk editor"), factories.make_user("desk editor", name="卢")
    article = submitted("desk editor")

    reviewing.hand_over(article, reviewer=desk, to=other, seen_holder=None, at=NOON, note="我出差")

    entry = article.log_entries.first()
    assert article.rounds.get().claimed_by == other
    assert (entry.action, entry.actor) == ("handed_over", desk)
    assert entry.detail == "“第1审” to 卢\n我出差"


def test_hand_over_to_somebody_tied_or_without_a_seat_is_refused():
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")
    writer = factories.make_user("desk editor", name="卢")
    factories.make_user("desk editor")
    article = submitted("desk editor", author=writer)

    for to in (writer, chief):
        with pytest.raises(NotAllowed, match="may not decide at this stage"):
            reviewing.hand_over(article, reviewer=desk, to=to, seen_holder=None, at=NOON)

    assert article.rounds.get().claimed_by is None


def test_what_somebody_else_claimed_only_a_head_hands_over():
    owner, desk, third = (factories.make_user("desk editor", name=name) for name in "甲乙丙")
    head = factories.make_user("head")
    article = submitted("desk editor")
    reviewing.claim(article, reviewer=owner, at=NOON)

    with pytest.raises(NotAllowed, match="甲 has claimed this article"):
        reviewing.hand_over(article, reviewer=desk, to=third, seen_holder=None, at=NOON)
    reviewing.hand_over(article, reviewer=head, to=third, seen_holder=owner.pk, at=NOON)

    assert article.rounds.get().claimed_by == third


def test_hand_over_without_a_colleague_says_so():
    desk = factories.make_user("desk editor")
    article = submitted("desk editor")

    reason = refusal(desk, Verb.HAND_OVER, article, NOON)

    assert reason == "Nobody else may decide at this stage now."


def test_appoint_where_nobody_can_decide():
    head, desk = factories.make_user("head"), factories.make_user("desk editor", name="卢")
    article = submitted("unit")

    reviewing.appoint(article, user=head, to=desk, at=NOON, note="审核人已离任")
    allowed = may(desk, head, article=article)
    reviewing.approve(article, reviewer=desk, seen_version=1, at=NOON)

    seat = article.rounds.get().seats.get()
    assert allowed == [True, False]
    assert (seat.user, seat.appointed_by, seat.stage) == (desk, head, 0)
    entry = article.log_entries.get(action="appointed")
    assert entry.detail == "“第1审” to 卢\n审核人已离任"


def test_appoint_where_somebody_can_decide_is_refused():
    head, desk = factories.make_user("head"), factories.make_user("desk editor")
    chief = factories.make_user("chief editor")
    article = submitted("desk editor")

    with pytest.raises(NotAllowed, match="Hand it over to them instead"):
        reviewing.appoint(article, user=head, to=chief, at=NOON)

    assert may(desk, article=article) == [True]
    assert list(article.rounds.get().seats.all()) == []


def test_appoint_somebody_tied_or_without_the_right_is_refused():
    head, writer = factories.make_user("head"), factories.make_user("desk editor")
    article = submitted("unit", author=writer)

    for to in (writer, head):
        with pytest.raises(NotAllowed, match="may not be appointed"):
            reviewing.appoint(article, user=head, to=to, at=NOON)


def test_desk_editor_may_not_appoint():
    desk = factories.make_user("desk editor")
    article = submitted("unit")

    assert refusal(desk, Verb.APPOINT, article, NOON) == "You may not appoint reviewers."
