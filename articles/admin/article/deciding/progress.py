"""Where an article is: what is done, who has it now, what is ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.actions import reviewing
from articles.models import Article, Edition, ReviewDecision, ReviewRound
from articles.rights.permissions import NotAllowed
from articles.rights.roles import decider, role_name

BACK_AT_THE_UNIT = (Article.Status.DRAFT, Article.Status.RETURNED, Article.Status.REJECTED)


@dataclass(frozen=True)
class Step:
    name: str
    state: Literal["done", "here", "ahead", "skipped"]
    who: str = ""


def holder(review: ReviewRound) -> str:
    """Say who has an article in review now: a colleague by name, or who may take it."""
    if review.claimed_by:
        return str(review.claimed_by)
    return decider(review, review.current_stage)


def steps(
    article: Article, review: ReviewRound | None, edition: Edition | None, at: datetime
) -> list[Step]:
    """Lay out the way of an article. `review` is its latest round, `edition` its latest."""
    if article.status == Article.Status.JOINED:
        return [Step(article.get_status_display(), "here")]
    if article.status in BACK_AT_THE_UNIT or review is None:
        begun = Step(article.get_status_display(), "here", str(article.created_by))
        stages = [Step(name, "ahead") for name in _names_of_stages(article, review)]
        return [begun, *stages, Step(_("publication"), "ahead")]
    submitted = Step(_("submitted"), "done", review.submitter_name)
    return [submitted, *_stages(review), _publication(article, edition, at)]


def _names_of_stages(article: Article, review: ReviewRound | None) -> list[str]:
    if review is not None:
        return [review.stage_name(index) for index in range(len(review.stages))]
    try:
        return [str(stage) for stage in reviewing.policy_for(article).stages.all()]
    except NotAllowed:
        return []


def _stages(review: ReviewRound) -> list[Step]:
    approvals = {
        decision.stage: decision.reviewer_name
        for decision in review.decisions.all()
        if decision.verdict == ReviewDecision.Verdict.APPROVE
    }
    is_open = review.outcome == ReviewRound.Outcome.OPEN
    is_forced = review.outcome == ReviewRound.Outcome.FORCED
    made = []
    for index in range(len(review.stages)):
        name = review.stage_name(index)
        is_next = is_open and index == review.stage
        if review.wants_proofreader(index):
            made.append(
                _proof(review, is_next=is_next, is_over=not is_open or index < review.stage)
            )
        if is_next and review.waits_for_proofreader():
            made.append(Step(name, "ahead"))
        elif is_next:
            made.append(Step(name, "here", holder(review)))
        elif is_open and index > review.stage:
            made.append(Step(name, "ahead"))
        elif is_forced and index >= review.stage:
            made.append(Step(name, "skipped", _("skipped")))
        else:
            made.append(Step(name, "done", approvals.get(index, "")))
    return made


def _proof(review: ReviewRound, *, is_next: bool, is_over: bool) -> Step:
    """Say who has signed the text that a stage decides on, or decided on."""
    name = _("proof-reading")
    signature = review.signature() or (is_over and review.signatures.all().last())
    if signature:
        return Step(name, "done", signature.proofreader_name)
    if is_over:
        return Step(name, "done")
    return Step(name, "here" if is_next else "ahead", role_name("proof-reader") if is_next else "")


def _publication(article: Article, edition: Edition | None, at: datetime) -> Step:
    match article.status:
        case Article.Status.APPROVED:
            return Step(_("publication"), "here", _("ready to publish"))
        case Article.Status.PUBLISHED if edition and edition.live_from > at:
            return Step(_("scheduled"), "here", moment_text(edition.live_from))
        case Article.Status.PUBLISHED:
            return Step(_("published"), "done", str(edition.made_by) if edition else "")
        case Article.Status.WITHDRAWN:
            return Step(_("withdrawn"), "here")
    return Step(_("publication"), "ahead")


def moment_text(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def latest_round(article: Article) -> ReviewRound | None:
    rounds = article.rounds.select_related("claimed_by", "version").prefetch_related(
        "decisions", "signatures"
    )
    review = rounds.order_by("-number").first()
    if review is not None:
        review.article = article
    return review


def waiting_round(article: Article) -> ReviewRound | None:
    """Give the round that waits for a decision, with all that says who may decide."""
    waiting = ReviewRound.objects.waiting().filter(article=article)
    return waiting.select_related("article", "version", "claimed_by").first()


def latest_edition(article: Article) -> Edition | None:
    return article.editions.select_related("made_by").order_by("-number").first()


def first_stage(article: Article) -> str:
    """Name the stage that an article would be handed to; empty if no policy fits."""
    names: Sequence[Any] = _names_of_stages(article, None)
    return names[0] if names else ""
