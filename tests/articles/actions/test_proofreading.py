"""Signing as a proof-reader: who may, on what, and what a stage makes of it."""

from datetime import timedelta

import pytest

from articles.actions import proofreading, publishing, reviewing
from articles.models import (
    Article,
    Credit,
    EvidenceIsPermanent,
    Membership,
    ProofSignature,
    ReviewStage,
    TypoFix,
)
from articles.rights.permissions import NotAllowed, Verb, can, refusal
from articles.rights.waiting import waiting_for_proof
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
        "approved": {Verb.COMMENT, Verb.CHANGE, Verb.MEND},
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
        return [review.article for review in waiting_for_proof(user, NOON)]

    assert waiting(reader) == [waits]
    assert waiting(factories.make_user("desk editor")) == []


# Mending under the approval


def mend(article: Article, reader, at=LATER, **changes) -> Article:
    return factories.change(article, by=reader, at=at, **changes)


@pytest.fixture
def approved(final_stage_wants_a_proofreader: None) -> Article:
    ReviewStage.objects.update(wants_proofreader=False)
    return factories.approve(factories.make_article("同学门来到图书馆"))


def test_typo_fix_keeps_the_approval_and_goes_live(approved):
    reader = factories.make_user("proof-reader", name="校对员")
    before = approved.versions.get()

    article = mend(approved, reader, headline="同学们来到图书馆")

    fix, after = TypoFix.objects.get(), article.versions.get(number=2)
    entry = article.log_entries.latest("pk")
    assert article.status == Article.Status.APPROVED
    assert (fix.approved, fix.approved_sha256) == (before, before.sha256)
    assert (fix.version, fix.sha256, fix.characters, fix.limit) == (after, after.sha256, 2, 8)
    assert (fix.made_by, fix.made_by_name) == (reader, "校对员")
    assert fix.changes == [
        {"field": "headline", "old": "同学门来到图书馆", "new": "同学们来到图书馆"}
    ]
    assert (entry.action, entry.detail) == (
        "typo_fixed",
        "2 characters differ from the approved text.",
    )
    chief = factories.make_user("chief editor")
    edition = publishing.publish(article, user=chief, at=LATER)
    assert (edition.headline, edition.version) == ("同学们来到图书馆", after)
    with pytest.raises(EvidenceIsPermanent):
        fix.delete()


@pytest.mark.usefixtures("approved")
def test_many_small_fixes_do_not_add_up_past_the_limit():
    reader = factories.make_user("proof-reader")
    rest = "，听取关于古籍保护与修复的专题讲座，并参观了展览"
    article = factories.approve(factories.make_article(f"同学门来到图书馆{rest}"))
    article = mend(article, reader, headline=f"同学们来到图书馆{rest}")
    article = mend(article, reader, headline=f"同学们走进图书馆{rest}")
    assert [fix.characters for fix in TypoFix.objects.all()] == [2, 6]

    article = mend(article, reader, headline=f"同学们走进体育馆{rest}")

    entry = article.log_entries.get(action="reopened")
    assert article.status == Article.Status.IN_REVIEW
    assert entry.detail == "终审. 10 characters differ; up to 8 are a typo."
    assert TypoFix.objects.count() == 2


def test_change_back_to_what_was_approved_is_covered(approved):
    reader = factories.make_user("proof-reader")
    article = mend(approved, reader, headline="同学们来到图书馆")

    article = mend(article, reader, headline="同学门来到图书馆")

    assert article.status == Article.Status.APPROVED
    publishing.publish(article, user=factories.make_user("chief editor"), at=LATER)


def test_same_again_keeps_the_approval_whoever_saves(approved):
    for group in ("proof-reader", "desk editor"):
        article = mend(approved, factories.make_user(group))
        assert (article.status, article.version_number) == (Article.Status.APPROVED, 1)
    assert list(TypoFix.objects.all()) == []


def test_editor_who_is_no_proofreader_has_no_lane(approved):
    article = mend(approved, factories.make_user("desk editor"), headline="同学们来到图书馆")

    entry = article.log_entries.get(action="reopened")
    assert (article.status, entry.detail) == (Article.Status.IN_REVIEW, "终审")


def test_larger_change_after_a_fix_asks_the_last_stage_and_counts_from_its_new_approval(approved):
    reader = factories.make_user("proof-reader")
    article = mend(approved, reader, headline="同学们来到图书馆")
    article = mend(
        article, factories.make_user("desk editor"), headline="全校同学来到新图书馆参观"
    )
    chief = factories.make_user("chief editor")
    reviewing.approve(article, reviewer=chief, seen_version=3, at=LATER)
    article.refresh_from_db()

    article = mend(article, reader, headline="全校同学来到新图书馆餐观")

    assert article.status == Article.Status.APPROVED
    assert TypoFix.objects.latest("pk").approved.number == 3


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"body": "<p>正文第一段。</p><p>正文第2段。</p>"}, "A number differs"),
        ({"summary": "李明远"}, "The name of somebody credited"),
        ({"body": "<p>正文第一段。正文第二段。</p>"}, "Paragraphs, links or emphasis"),
        ({"source": "校报"}, "More than the text"),
        ({"summary": "新" * 200}, "More than 99 characters differ"),
    ],
)
def test_what_is_no_typo_asks_the_last_stage_and_says_why(approved, changes, why):
    article = mend(approved, factories.make_user("proof-reader"), **changes)

    assert article.status == Article.Status.IN_REVIEW
    assert why in article.log_entries.get(action="reopened").detail
    assert list(TypoFix.objects.all()) == []


def test_limit_of_none_turns_the_lane_off(approved, settings):
    settings.TYPO_LIMIT = 0
    reader = factories.make_user("proof-reader")

    assert "every change" in str(refusal(reader, Verb.MEND, approved, LATER))
    assert mend(approved, reader, headline="同学们来到图书馆").status == "in_review"


def test_last_approver_does_not_mend_what_they_approved():
    ReviewStage.objects.update(wants_proofreader=False)
    both = factories.make_user("chief editor", "proof-reader")
    article = at_final_stage()
    approve(article, both)
    article.refresh_from_db()

    assert "You gave the final approval" in str(refusal(both, Verb.MEND, article, LATER))


def test_author_does_not_mend_the_own_text():
    ReviewStage.objects.update(wants_proofreader=False)
    author = factories.make_user("desk editor", "proof-reader")
    article = factories.approve(factories.make_article("同学门", author=author))

    assert mend(article, author, headline="同学们").status == Article.Status.IN_REVIEW


def test_planned_edition_goes_out_mended_at_its_times(approved):
    start, end = LATER + timedelta(days=1), LATER + timedelta(days=9)
    chief, reader = factories.make_user("chief editor"), factories.make_user("proof-reader")
    publishing.publish(approved, user=chief, at=NOON, live_from=start, expires_at=end)
    approved.refresh_from_db()

    article = mend(approved, reader, headline="同学们来到图书馆")

    old, new = article.editions.order_by("number")
    assert article.status == Article.Status.PUBLISHED
    assert old.live_until == old.live_from
    assert (new.headline, new.live_from, new.live_until) == ("同学们来到图书馆", start, end)
    assert (new.expires_at, new.made_by, new.version.number) == (end, chief, 2)
    assert [row.confirmed for row in new.units.all()] == [row.confirmed for row in old.units.all()]
    last = list(article.log_entries.order_by("pk").values_list("action", "actor"))[-4:]
    actions = ["changed", "typo_fixed", "lapsed", "scheduled"]
    assert last == [(action, reader.pk) for action in actions]


def test_planned_change_of_a_live_article_is_mended_and_the_live_one_ends_in_time(approved):
    chief, reader = factories.make_user("chief editor"), factories.make_user("proof-reader")
    publishing.publish(approved, user=chief, at=NOON)
    article = mend(approved, factories.make_user("desk editor"), headline="同学门来到新馆")
    reviewing.submit(article, user=factories.make_user("desk editor"), at=LATER)
    for group in ("desk editor", "chief editor"):
        one = factories.make_user(group)
        reviewing.approve(article, reviewer=one, seen_version=2, at=LATER)
    start = LATER + timedelta(days=1)
    publishing.publish(article, user=chief, at=LATER, live_from=start)
    article.refresh_from_db()

    article = mend(article, reader, headline="同学们来到新馆")

    live = article.editions.get(number=1)
    assert live.live_until == start
    assert article.editions.live(start).get().headline == "同学们来到新馆"


def test_proofreader_leaves_alone_what_readers_see(approved):
    publishing.publish(approved, user=factories.make_user("chief editor"), at=NOON)
    approved.refresh_from_db()
    reader = factories.make_user("proof-reader")

    with pytest.raises(NotAllowed, match="You proof-read what is in review"):
        mend(approved, reader, headline="同学们来到图书馆")


def test_published_text_without_an_approval_or_a_fix_is_refused(approved):
    other = factories.approve(factories.make_article("另一篇"))
    mend(other, factories.make_user("proof-reader"), headline="另一编")
    reader = factories.make_user("desk editor")
    mend(approved, reader, headline="同学们来到图书馆")
    Article.objects.filter(pk=approved.pk).update(status=Article.Status.APPROVED)

    with pytest.raises(NotAllowed, match="not the text that was approved"):
        publishing.publish(approved, user=factories.make_user("chief editor"), at=LATER)
