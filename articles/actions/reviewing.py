"""Submitting an article and deciding on it, stage by stage.

Every decision names the version that its reviewer saw and binds to that version's hash.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import checking, log
from articles.actions import steps
from articles.models import (
    Article,
    LogEntry,
    Origin,
    Readmission,
    ReviewDecision,
    ReviewPolicy,
    ReviewRound,
    ReviewSeat,
    ReviewStage,
    Role,
    User,
    VerdictReason,
    Version,
)
from articles.models.articles import CREATORS
from articles.models.policies import Rulebook
from articles.rights import seats, waiting
from articles.rights.permissions import NotAllowed, Verb
from articles.text import richtext

NO_POLICY = gettext_lazy(
    "No review policy fits this article. Please ask an administrator to set one."
)


class NotReady(NotAllowed):
    """The article lacks something that a review needs. `missing` lists it for the user."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(" ".join(missing))


class VersionMoved(NotAllowed):
    """The article changed after the reviewer had opened it, so nothing was decided."""


@transaction.atomic
def submit(article: Article, *, user: User, at: datetime) -> ReviewRound:
    """Hand an article to the first stage of the policy that its section and weight ask for."""
    article = steps.begin(article, user=user, verb=Verb.SUBMIT, at=at)
    version = article.versions.get(number=article.version_number)
    missing = lacks(article) + checking.refusals(article, version.snapshot, at)
    if missing:
        raise NotReady(missing)
    review = begin_round(
        article,
        version=version,
        submitter=user,
        at=at,
    )
    steps.move(article, Article.Status.IN_REVIEW)
    log.write(article, LogEntry.Action.SUBMITTED, actor=user, at=at, detail=review.stage_name())
    return review


@transaction.atomic
def claim(article: Article, *, reviewer: User, at: datetime) -> ReviewRound:
    """Put one's name on an article that waits, so that colleagues leave it alone."""
    review = _open_review(article, reviewer, Verb.CLAIM, at)
    review.claimed_by = reviewer
    review.save(update_fields=["claimed_by"])
    log.write(
        review.article, LogEntry.Action.CLAIMED, actor=reviewer, at=at, detail=review.stage_name()
    )
    return review


@transaction.atomic
def release(
    article: Article, *, user: User, seen_holder: int | None, at: datetime, note: str = ""
) -> ReviewRound:
    """Take a name off an article that waits (放回): any colleague of the stage may claim it again.

    `seen_holder` is who had it when the user looked.
    """
    review = _open_review(article, user, Verb.RELEASE, at)
    _refuse_another_holder(review, seen_holder)
    detail = _("“%(stage)s”, claimed by %(name)s") % {
        "stage": review.stage_name(),
        "name": review.claimed_by,
    }
    detail = "\n".join(filter(None, (detail, note.strip())))
    review.claimed_by = None
    review.save(update_fields=["claimed_by"])
    log.write(review.article, LogEntry.Action.RELEASED, actor=user, at=at, detail=detail)
    return review


@transaction.atomic
def hand_over(
    article: Article,
    *,
    reviewer: User,
    to: User,
    seen_holder: int | None,
    at: datetime,
    note: str = "",
) -> ReviewRound:
    """Give an article that waits to a colleague who may decide at this stage (转交).

    `seen_holder` is who had it when the reviewer looked: what somebody gave away meanwhile is
    not taken from whoever got it.
    """
    review = _open_review(article, reviewer, Verb.HAND_OVER, at)
    if to == review.claimed_by:
        raise NotAllowed(_("%(name)s has this article already.") % {"name": to})
    _refuse_another_holder(review, seen_holder)
    if to not in seats.deciders([review], at)[review.pk]:
        raise NotAllowed(_("%(name)s may not decide at this stage.") % {"name": to})
    _give(review, to)
    detail = _("“%(stage)s” to %(name)s") % {"stage": review.stage_name(), "name": to}
    detail = "\n".join(filter(None, (detail, note.strip())))
    log.write(review.article, LogEntry.Action.HANDED_OVER, actor=reviewer, at=at, detail=detail)
    return review


@transaction.atomic
def appoint(article: Article, *, user: User, to: User, at: datetime, note: str = "") -> ReviewSeat:
    """Name somebody who decides at this stage, where nobody else can.

    Whoever has the right to review may be named, except those tied to the article.
    """
    review = _open_review(article, user, Verb.APPOINT, at)
    if to not in seats.appointable(review):
        raise NotAllowed(
            _("%(name)s may not be appointed: no right to review, or tied to the article.")
            % {"name": to}
        )
    seat = review.seats.create(
        stage=review.stage, user=to, name=str(to), appointed_by=user, appointed_at=at
    )
    _give(review, to)
    detail = _("“%(stage)s” to %(name)s") % {"stage": review.stage_name(), "name": to}
    detail = "\n".join(filter(None, (detail, note.strip())))
    log.write(review.article, LogEntry.Action.APPOINTED, actor=user, at=at, detail=detail)
    return seat


@transaction.atomic
def escalate(review: ReviewRound, *, at: datetime) -> bool:
    """Mark an overdue stage as escalated, once, and log it; say whether this call did.

    The group above decides from the deadline on, marked or not: the mark is for the record.
    """
    # Whoever comes second waits here, and finds the mark or the decision of the first.
    article = Article.objects.select_for_update().get(pk=review.article_id)
    review = article.rounds.get(pk=review.pk)
    group = review.current_stage.get("escalates_to")
    waits = article.status == Article.Status.IN_REVIEW and review.is_overdue(at)
    if not waits or not group or review.escalated_at is not None:
        return False
    review.escalated_at = at
    review.save(update_fields=["escalated_at"])
    log.write(article, LogEntry.Action.ESCALATED, actor=None, at=at, detail=review.stage_name())
    return True


def escalate_overdue(*, at: datetime) -> list[ReviewRound]:
    """Escalate all that is due, each by itself; several workers may call it at once."""
    late = ReviewRound.objects.waiting().filter(due_at__lte=at, escalated_at=None)
    return [review for review in late.select_related("article") if escalate(review, at=at)]


@transaction.atomic
def approve(
    article: Article, *, reviewer: User, seen_version: int, at: datetime, remark: str = ""
) -> ReviewDecision:
    """Pass an article on to the next stage, or clear it for publication at the last one.

    A decision of the desk confirms the contributing units that the version names.
    """
    review = _open_review(article, reviewer, Verb.APPROVE, at)
    article = review.article
    decision = _decide(
        review, ReviewDecision.Verdict.APPROVE, reviewer, seen_version, at=at, remark=remark
    )
    if review.current_stage["decider"] != ReviewStage.Decider.UNIT_REVIEWERS:
        article.units.filter(confirmed_at=None).update(confirmed_by=reviewer, confirmed_at=at)
    log.write(article, LogEntry.Action.APPROVED, actor=reviewer, at=at, detail=decision.stage_name)
    if review.wants_proofreader():
        _refuse_creators_among_proofreaders(review, decision.version)
    if review.is_last_stage:
        _refuse_creators_among_deciders(review, decision.version)
        review.outcome = ReviewRound.Outcome.APPROVED
        review.stage_since, review.claimed_by = at, None
        steps.move(article, Article.Status.APPROVED)
    else:
        steps.hand_to(review, review.stage + 1, at)
    review.save(update_fields=steps.STAGE_FIELDS)
    return decision


@transaction.atomic
def return_for_changes(
    article: Article,
    *,
    reviewer: User,
    seen_version: int,
    at: datetime,
    remark: str = "",
    reasons: Iterable[VerdictReason] = (),
) -> ReviewDecision:
    """Give an article back to its unit (退改), with reasons or a remark that say why."""
    return _close(
        article,
        Verb.RETURN,
        ReviewDecision.Verdict.RETURN,
        Article.Status.RETURNED,
        reviewer=reviewer,
        seen_version=seen_version,
        remark=remark,
        reasons=tuple(reasons),
        at=at,
    )


@transaction.atomic
def reject(
    article: Article,
    *,
    reviewer: User,
    seen_version: int,
    at: datetime,
    remark: str = "",
    reasons: Iterable[VerdictReason] = (),
    not_again: bool = False,
) -> ReviewDecision:
    """Turn an article down (退稿), with reasons or a remark that say why.

    With `not_again` nobody may change or submit it any more, until `readmit`.
    """
    return _close(
        article,
        Verb.REJECT,
        ReviewDecision.Verdict.REJECT,
        Article.Status.REJECTED,
        reviewer=reviewer,
        seen_version=seen_version,
        remark=remark,
        reasons=tuple(reasons),
        not_again=not_again,
        at=at,
    )


@transaction.atomic
def take_back(article: Article, *, user: User, at: datetime, reason: str = "") -> ReviewRound:
    """Take what was submitted out of review (撤回): it is a draft of the unit again."""
    article = steps.begin(article, user=user, verb=Verb.TAKE_BACK, at=at)
    review = article.rounds.get(outcome=ReviewRound.Outcome.OPEN)
    review.outcome = ReviewRound.Outcome.TAKEN_BACK
    review.claimed_by = None
    review.save(update_fields=["outcome", "claimed_by"])
    steps.move(article, Article.Status.DRAFT)
    detail = reason.strip() or review.stage_name()
    log.write(article, LogEntry.Action.TAKEN_BACK, actor=user, at=at, detail=detail)
    return review


@transaction.atomic
def readmit(article: Article, *, user: User, at: datetime, reason: str) -> Readmission:
    """Let an article that was rejected for good be revised again (恢复受理)."""
    article = steps.begin(article, user=user, verb=Verb.READMIT, at=at)
    if not reason.strip():
        raise NotAllowed(_("Please say why it may come again."))
    readmission = Readmission.objects.create(
        decision=ReviewDecision.objects.final().get(round__article=article),
        reason=reason.strip(),
        readmitted_by=user,
        readmitted_by_name=str(user),
        readmitted_at=at,
    )
    log.write(article, LogEntry.Action.READMITTED, actor=user, at=at, detail=readmission.reason)
    return readmission


@transaction.atomic
def begin_again(article: Article, *, actor: User, at: datetime) -> bool:
    """Start the review anew if the last save asks for another policy; say whether it did.

    Whoever moves an article to a section with more stages, or says that it is sensitive, does
    not take it past them. A policy that is edited meanwhile changes nothing here.
    """
    before = article.versions.get(number=article.version_number - 1).snapshot
    if (before["section"], before["importance"]) == (article.section_id, article.importance):
        return False
    last = article.rounds.order_by("-number").select_related("version", "submitted_by")[0]
    if policy_for(article).name == last.policy_name:
        return False
    last.outcome = ReviewRound.Outcome.RESTARTED
    last.claimed_by = None
    last.save(update_fields=["outcome", "claimed_by"])
    review = begin_round(article, version=last.version, submitter=last.submitted_by, at=at)
    steps.move(article, Article.Status.IN_REVIEW)
    log.write(article, LogEntry.Action.REOPENED, actor=actor, at=at, detail=review.stage_name())
    return True


def policy_for(article: Article) -> ReviewPolicy:
    """Choose by section and importance; a rule for the section beats one for all."""
    policy = Rulebook().choose(article.section_id, article.importance).policy
    if policy is None:
        raise NotAllowed(NO_POLICY)
    return policy


def freeze(policy: ReviewPolicy) -> list[dict[str, Any]]:
    """Give the stages of a policy as a round keeps them."""
    return [stage.frozen() for stage in policy.stages.in_full()]


def lacks(article: Article) -> list[str]:
    """List what an article needs before somebody can review it, as sentences."""
    problems = []
    # Whoever is led on to a medium reads the text there, and sees there who wrote it.
    leads_on = article.origin == Origin.MEDIA and bool(article.source and article.source_url)
    text = richtext.plain_text(article.body) or (article.summary if leads_on else "")
    if not text.strip() and not article.photos.exists():
        problems.append(_("There is no text yet."))
    creators = article.credits.filter(role__in=(Role.AUTHOR, Role.PHOTOGRAPHER))
    if not leads_on and not creators.exists():
        problems.append(_("No author or photographer is credited yet."))
    return problems


def begin_round(
    article: Article, *, version: Version, submitter: User, at: datetime
) -> ReviewRound:
    """Freeze the stages that an article is to pass now."""
    policy = policy_for(article)
    stages = freeze(policy)
    if not stages:
        raise NotAllowed(NO_POLICY)
    review = ReviewRound(
        article=article,
        number=article.rounds.count() + 1,
        version=version,
        policy_name=policy.name,
        stages=stages,
        submitted_by=submitter,
        submitter_name=str(submitter),
        submitted_at=at,
    )
    steps.hand_to(review, 0, at)
    review.save()
    ReviewSeat.objects.bulk_create(
        ReviewSeat(round=review, stage=number, user_id=person["id"], name=person["name"])
        for number, stage in enumerate(review.stages)
        for person in stage["people"]
    )
    return review


def _creators(version: Version) -> set[int]:
    credits = version.snapshot["credits"]
    return {row["person"] for row in credits if row["role"] in CREATORS} - {None}


def _refuse_creators_among_proofreaders(review: ReviewRound, version: Version) -> None:
    """Hold that a proof-reader's signature is not that of somebody credited by now."""
    signed = review.signatures.filter(version=version)
    if not signed.exclude(proofreader__person__in=_creators(version)).exists():
        raise NotAllowed(
            _("The proof-reader is credited on this article, so somebody else must sign.")
        )


def _refuse_creators_among_deciders(review: ReviewRound, version: Version) -> None:
    """Hold that nobody decided, or had a deputy decide, on what they are now credited for."""
    creators = User.objects.filter(person__in=_creators(version))
    decision = review.decisions.filter(
        Q(reviewer__in=creators) | Q(on_behalf_of__in=creators)
    ).first()
    if decision is not None:
        is_theirs = creators.filter(pk=decision.reviewer_id).exists()
        name = decision.reviewer_name if is_theirs else decision.on_behalf_of_name
        raise NotAllowed(
            _(
                "%(name)s is credited on this article and decided at “%(stage)s”. "
                "Please return it, so that somebody else decides there."
            )
            % {"name": name, "stage": decision.stage_name}
        )


def _refuse_another_holder(review: ReviewRound, seen_holder: int | None) -> None:
    if seen_holder != review.claimed_by_id:
        raise NotAllowed(
            _("This article changed hands after you had opened it. Please look again.")
        )


def _give(review: ReviewRound, to: User) -> None:
    review.claimed_by = to
    review.save(update_fields=["claimed_by"])


def _open_review(article: Article, reviewer: User, verb: Verb, at: datetime) -> ReviewRound:
    article = steps.begin(article, user=reviewer, verb=verb, at=at)
    review = article.rounds.get(outcome=ReviewRound.Outcome.OPEN)
    review.article = article
    return review


def refuse_unseen(article: Article, seen_version: int) -> Version:
    """Give the current version, refusing whoever saw another one."""
    version = article.versions.get(number=article.version_number)
    if version.number != seen_version:
        raise VersionMoved(
            _("%(name)s changed this article after you had opened it. Please look again.")
            % {"name": version.author_name}
        )
    return version


def _decide(
    review: ReviewRound,
    verdict: ReviewDecision.Verdict,
    reviewer: User,
    seen_version: int,
    *,
    at: datetime,
    remark: str,
    reasons: Iterable[VerdictReason] = (),
    not_again: bool = False,
) -> ReviewDecision:
    version = refuse_unseen(review.article, seen_version)
    represented = waiting.represented_by(reviewer, review, at)
    return review.decisions.create(
        version=version,
        sha256=version.sha256,
        stage=review.stage,
        stage_name=review.current_stage["name"],
        verdict=verdict,
        reasons=[reason.kept() for reason in reasons],
        remark=remark.strip(),
        not_again=not_again,
        reviewer=reviewer,
        reviewer_name=str(reviewer),
        reviewer_unit=steps.unit_name_of(reviewer, at),
        on_behalf_of=represented,
        on_behalf_of_name=str(represented or ""),
        decided_at=at,
    )


def _close(
    article: Article,
    verb: Verb,
    verdict: ReviewDecision.Verdict,
    status: Article.Status,
    *,
    reviewer: User,
    seen_version: int,
    remark: str,
    reasons: tuple[VerdictReason, ...],
    at: datetime,
    not_again: bool = False,
) -> ReviewDecision:
    if not remark.strip() and (not reasons or any(reason.wants_remark for reason in reasons)):
        raise NotAllowed(_("Please say why, so that the unit knows what to do."))
    review = _open_review(article, reviewer, verb, at)
    decision = _decide(
        review,
        verdict,
        reviewer,
        seen_version,
        at=at,
        remark=remark,
        reasons=reasons,
        not_again=not_again,
    )
    review.outcome = (
        ReviewRound.Outcome.RETURNED
        if verdict == ReviewDecision.Verdict.RETURN
        else ReviewRound.Outcome.REJECTED
    )
    review.claimed_by = None
    review.save(update_fields=["outcome", "claimed_by"])
    steps.move(review.article, status)
    action = (
        LogEntry.Action.RETURNED
        if verdict == ReviewDecision.Verdict.RETURN
        else LogEntry.Action.REJECTED
    )
    words = [*(reason.text for reason in reasons), decision.remark]
    if not_again:
        words.append(_("not again"))
    detail = "；".join(filter(None, words))
    log.write(review.article, action, actor=reviewer, at=at, detail=detail)
    return decision
