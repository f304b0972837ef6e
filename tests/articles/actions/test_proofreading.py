"""Signing as a proof-reader: who may, on what, and what a stage makes of it."""

from datetime import timedelta

import pytest

from articles import permissions
from articles.actions import proofreading, reviewing
from articles.models import (
    Article,
    Credit,
    EvidenceIsPermanent,
    Membership,
    ProofSignature,
    ReviewRound,
    ReviewStage,
)
from articles.permissions import NotAllowed, Verb, can, refusal
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def final_stage_wants_a_proofreader(db: None) -> None:
    ReviewStage.objects.filter(name="终审").update(wants_proofreader=True)


def at_final_stage(**fields) -> Article:
    article = factories.submit(factories.make_article(**fields))
    number = article.version_number
    desk = factories.make_user("desk editor")
    reviewing.approve(article, reviewer=desk, seen_version=number, at=NOON)
    article.refresh_from_db()
    return article


def approve(article: Article, chief, version: int = 1):
    return reviewing.approve(article, reviewer=chief, seen_version=version, at=LATER)


def sign(article: Article, reader, version: int = 1, remark: str = "") -> ProofSignature:
    return proofreading.sign(
        article, proofreader=reader, seen_version=version, at=LATER, remark=remark
    )


def test_stage_is_approved_only_once_a_proofreader_has_signed():
    article = at_final_stage()
    chief = factories.make_user("chief editor")
    reader = factories.make_user("proof-reader", name="校对员")

    with pytest.raises(NotAllowed, match="A proof-reader has to sign this version first"):
        approve(article, chief)
    signature = sign(article, reader, remark="通读")
    approve(article, chief)

    article.refresh_from_db()
    version = article.versions.get()
    entry = article.log_entries.get(action="proofread")
    assert (signature.version, signature.sha256) == (version, version.sha256)
    assert (signature.proofreader_name, entry.detail) == ("校对员", "通读")
    assert article.status == Article.Status.APPROVED
    with pytest.raises(EvidenceIsPermanent):
        signature.save()


def test_stage_without_the_signature_may_still_return_the_article():
    article = at_final_stage()
    chief = factories.make_user("chief editor")

    assert can(chief, Verb.RETURN, article, LATER)


def test_change_after_the_signature_asks_for_another():
    article = at_final_stage()
    chief, reader = factories.make_user("chief editor"), factories.make_user("proof-reader")
    sign(article, reader)

    article = factories.change(article, by=reader, at=LATER, headline="校对时改了一字")

    assert "has to sign" in str(refusal(chief, Verb.APPROVE, article, LATER))
    sign(article, reader, version=2)
    assert can(chief, Verb.APPROVE, article, LATER)


def test_sign_for_a_version_that_was_not_seen_is_refused():
    article = at_final_stage()
    factories.change(article, by=factories.make_user("desk editor"), at=LATER, headline="改")

    with pytest.raises(reviewing.VersionMoved):
        sign(article, factories.make_user("proof-reader"), version=1)


def test_sign_twice_is_refused_and_a_colleague_may_sign_as_well():
    article = at_final_stage()
    one, other = factories.make_user("proof-reader"), factories.make_user("proof-reader")
    sign(article, one)

    assert refusal(one, Verb.PROOFREAD, article, LATER) == "You have signed this version."
    assert can(other, Verb.PROOFREAD, article, LATER)


def test_whoever_signed_does_not_approve_the_stage():
    article = at_final_stage()
    both = factories.make_user("chief editor", "proof-reader")
    sign(article, both)

    assert "You signed this version" in str(refusal(both, Verb.APPROVE, article, LATER))
    sign(article, factories.make_user("proof-reader"))
    assert can(both, Verb.APPROVE, article, LATER)


@pytest.mark.parametrize("tie", ["author", "submitter", "credited"])
def test_sign_of_the_own_work_is_refused(tie):
    unit = factories.make_unit()
    reader = factories.make_user("correspondent", "proof-reader", unit=unit)
    article = factories.make_article(unit=unit, author=reader if tie == "author" else None)
    if tie == "credited":
        person = factories.make_person(user=reader)
        Credit.objects.create(article=article, role="photographer", person=person)
    submitter = reader if tie == "submitter" else article.created_by
    reviewing.submit(article, user=submitter, at=NOON)
    article.refresh_from_db()

    expected = {
        "author": "You wrote",
        "submitter": "You submitted",
        "credited": "You are credited",
    }
    assert expected[tie] in str(refusal(reader, Verb.PROOFREAD, article, LATER))
    with pytest.raises(NotAllowed):
        sign(article, reader)


def test_signature_of_somebody_who_is_credited_by_now_does_not_count():
    article = factories.make_article()
    person = factories.make_person("后来的账号")
    Credit.objects.create(article=article, role="author", person=person)
    factories.change(article, by=article.created_by, at=NOON, headline="两人合写")
    article.refresh_from_db()
    factories.submit(article)
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=2, at=NOON
    )
    reader, chief = factories.make_user("proof-reader"), factories.make_user("chief editor")
    sign(article, reader, version=2)

    person.user = reader
    person.save()

    with pytest.raises(NotAllowed, match="somebody else must sign"):
        approve(article, chief, version=2)
    assert article.rounds.get().decisions.count() == 1


def test_sign_without_a_stage_that_asks_for_it_is_refused():
    ReviewStage.objects.update(wants_proofreader=False)
    article = at_final_stage()
    reader = factories.make_user("proof-reader")

    assert "No stage from here on" in str(refusal(reader, Verb.PROOFREAD, article, LATER))


def test_round_keeps_what_its_stages_asked_for():
    article = at_final_stage()
    ReviewStage.objects.update(wants_proofreader=False)

    chief = factories.make_user("chief editor")

    assert "has to sign" in str(refusal(chief, Verb.APPROVE, article, LATER))


def test_round_from_before_proofreaders_asks_for_none():
    article = at_final_stage()
    review = article.rounds.get()
    for stage in review.stages:
        del stage["wants_proofreader"]
    review.save()

    assert can(factories.make_user("chief editor"), Verb.APPROVE, article, LATER)


def test_proofreader_sees_every_unit_comments_and_publishes_nothing():
    reader = factories.make_user("proof-reader")
    draft, article = factories.make_article(), at_final_stage()
    approved = factories.make_article()
    ReviewStage.objects.update(wants_proofreader=False)
    factories.approve(approved)

    allowed = {
        name: {verb for verb in Verb if can(reader, verb, one, LATER)}
        for name, one in {"draft": draft, "review": article, "approved": approved}.items()
    }

    assert allowed == {
        "draft": {Verb.COMMENT},
        "review": {Verb.COMMENT, Verb.CHANGE, Verb.PROOFREAD},
        "approved": {Verb.COMMENT, Verb.CHANGE},
    }


def test_waiting_for_proof_keeps_what_the_reader_may_sign_now():
    unit = factories.make_unit()
    reader = factories.make_user("proof-reader")
    waits, signed, at_first = at_final_stage(), at_final_stage(), factories.make_article()
    factories.submit(at_first)
    sign(signed, factories.make_user("proof-reader"))
    own = at_final_stage(unit=unit)
    Membership.objects.create(
        user=reader, unit=unit, role=Membership.Role.CORRESPONDENT, valid_from=NOON.date()
    )
    Credit.objects.create(article=own, role="author", person=factories.make_person(user=reader))

    def waiting(user):
        rounds = ReviewRound.objects.waiting().with_ties_to(user)
        rounds = rounds.select_related("article", "version").prefetch_related("signatures")
        return [review.article for review in permissions.waiting_for_proof(user, rounds)]

    assert waiting(reader) == [waits]
    assert waiting(factories.make_user("desk editor")) == []
