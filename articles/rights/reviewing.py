"""Why somebody may not decide in a review, or hand a decision on."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, ReviewDecision, ReviewRound, User
from articles.rights import ties
from articles.rights.seats import MAY_REVIEW, deciders, seats_of
from articles.rights.writing import change, is_approved
from articles.text import typo_limit


def decide(user: User, article: Article, at: datetime) -> str | None:
    return _decide(user, article, _waiting_round_of(user, article), at)


def _decide(user: User, article: Article, review: ReviewRound | None, at: datetime) -> str | None:
    if review is None:
        return _own_approval(user, article) or _("This article is not waiting for a review.")
    if not user.has_perm(MAY_REVIEW):
        return _("You may not decide in reviews.")
    holders = seats_of(user, at).holders(review, article)
    if not holders:
        not_theirs = _("“%(stage)s” is not yours to decide.") % {"stage": review.stage_name()}
        return " ".join(filter(None, (_own_approval(user, article), not_theirs)))
    tie = ties.sentence(review.tie)
    if tie is None and user not in holders and ties.free_holder(holders, review) is None:
        tie = _(
            "%(name)s, for whom you would decide, worked on this article or decided on it "
            "already, so somebody else must review it."
        ) % {"name": holders[0]}
    return tie


def claim(user: User, article: Article, at: datetime) -> str | None:
    review = _waiting_round_of(user, article)
    reason = _decide(user, article, review, at)
    if reason is not None or review is None:
        return reason
    if review.claimed_by == user:
        return _("You have claimed this article.")
    return _is_with_another(user, review)


def approve(user: User, article: Article, at: datetime) -> str | None:
    review = _waiting_round_of(user, article)
    reason = _decide(user, article, review, at)
    if reason is None and review is not None and review.wants_proofreader():
        return _unsigned(user, review)
    return reason


def hand_over(user: User, article: Article, at: datetime) -> str | None:
    review = _waiting_round(article)
    if review is None:
        return _("This article is not waiting for a review.")
    if not user.has_perm("articles.hand_over_article"):
        reason = decide(user, article, at)
        if reason is not None:
            return reason
        reason = _is_with_another(user, review)
        if reason is not None:
            return reason
    others = set(deciders([review], at)[review.pk]) - {review.claimed_by or user}
    if not others:
        return _("Nobody else may decide at this stage now.")
    return None


def release(user: User, article: Article, at: datetime) -> str | None:
    review = _waiting_round(article)
    if review is None:
        return _("This article is not waiting for a review.")
    if review.claimed_by is None:
        return _("Nobody has claimed this article.")
    if user == review.claimed_by or user.has_perm("articles.hand_over_article"):
        return None
    return decide(user, article, at) or _is_with_another(user, review)


def appoint(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.hand_over_article"):
        return _("You may not appoint reviewers.")
    review = _waiting_round(article)
    if review is None:
        return _("This article is not waiting for a review.")
    if deciders([review], at)[review.pk]:
        return _("Somebody may decide on this article. Hand it over to them instead.")
    return None


def readmit(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.review_article"):
        return _("You may not decide in reviews.")
    rounds = ReviewRound.objects.filter(
        article=article, decisions__in=ReviewDecision.objects.final()
    )
    review = rounds.with_ties_to(user).select_related("article").first()
    if review is None:
        return _("This article has not been rejected for good.")
    # Only asked, never saved: whose the last stage is.
    review.stage = len(review.stages) - 1
    is_appointed = review.seats.filter(stage=review.stage, user=user).exists()
    if not is_appointed and not seats_of(user, at).include(review, article):
        return _("“%(stage)s” is not yours to decide.") % {"stage": review.stage_name()}
    return ties.own_work(review.tie)


def proofread(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.proofread_article"):
        return _("You may not sign as a proof-reader.")
    rounds = ReviewRound.objects.waiting().filter(article=article).with_ties_to(user)
    review = rounds.select_related("article").first()
    if review is None:
        return _("This article is not waiting for a review.")
    if not any(
        review.wants_proofreader(index) for index in range(review.stage, len(review.stages))
    ):
        return _("No stage from here on asks for a proof-reader.")
    if review.signatures.filter(version_number=article.version_number, proofreader=user).exists():
        return _("You have signed this version.")
    return ties.own_work(review.tie)


def mend(user: User, article: Article, at: datetime) -> str | None:
    """Say why a small change of this user's does not keep the approval."""
    if not user.has_perm("articles.proofread_article"):
        return _("You may not mend an approved text as a proof-reader.")
    if typo_limit.limit() == 0:
        return _("On this site every change after the approval is reviewed again.")
    rounds = article.rounds.order_by("-number").with_ties_to(user)
    review = rounds.select_related("article").first()
    approval = review.final_approval() if review else None
    if review is None or approval is None or not is_approved(article, at):
        return _("Only what is approved and not out yet can be mended.")
    if approval.reviewer_id == user.pk:
        return _("You gave the final approval, so another proof-reader must mend the text.")
    return ties.own_work(review.tie) or change(user, article, at)


def _own_approval(user: User, article: Article) -> str | None:
    """Say that a user approved what they ask about, in another window perhaps."""
    review = article.rounds.order_by("-number").first()
    approved = ReviewDecision.Verdict.APPROVE
    own = review and review.decisions.filter(reviewer=user, verdict=approved).last()
    if not own:
        return None
    return _("You approved version %(number)d at “%(stage)s” on %(time)s.") % {
        "number": own.version.number,
        "stage": own.stage_title(),
        "time": date_format(timezone.localtime(own.decided_at), "SHORT_DATETIME_FORMAT"),
    }


def _waiting_round(article: Article) -> ReviewRound | None:
    waiting = ReviewRound.objects.waiting().filter(article=article)
    return waiting.select_related("article", "version", "claimed_by").first()


def _waiting_round_of(user: User, article: Article) -> ReviewRound | None:
    """Give the round that waits, with what ties a user to it if they could decide at all."""
    waiting = ReviewRound.objects.waiting().filter(article=article)
    if user.has_perm(MAY_REVIEW):
        waiting = waiting.with_ties_to(user)
    return waiting.select_related("article", "claimed_by").first()


def _is_with_another(user: User, review: ReviewRound) -> str | None:
    """Name the colleague who claimed a round, unless they may review nothing any more."""
    holder = review.claimed_by
    if holder in (None, user) or not holder.has_perm(MAY_REVIEW):
        return None
    return _("%(name)s has claimed this article. Only they or a head hand it over.") % {
        "name": holder
    }


def _unsigned(user: User, review: ReviewRound) -> str | None:
    """Say what keeps a stage from being approved that asks for a proof-reader's signature."""
    signed = review.signatures.filter(version_number=review.article.version_number)
    if not signed.exists():
        return _("A proof-reader has to sign this version first.")
    if not signed.exclude(proofreader=user).exists():
        return _("You signed this version as proof-reader, so somebody else must approve it.")
    return None
