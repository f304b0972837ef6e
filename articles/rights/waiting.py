"""What waits for somebody: rounds that they may decide on or sign now, found for lists."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Deputy, ReviewRound, ReviewStage, User
from articles.models.reviews import ReviewRoundQuerySet, Tie
from articles.rights.seats import MAY_REVIEW, Seats, seats_of
from articles.rights.ties import Ties, free_holder


def waiting_for(user: User, at: datetime) -> ReviewRoundQuerySet:
    """Give the rounds that a user may decide on now. Four queries, and that of the rounds.

    From the chair of somebody whom they stand in for, only where that one could decide, too.
    """
    if not user.is_active or not user.has_perm(MAY_REVIEW):
        return ReviewRound.objects.none()
    seats = seats_of(user, at)
    waiting = _seen(user, at)
    if seats.lent or seats.is_everywhere:
        held = waiting.filter(_held(seats, at))
    else:
        # As most people: without a second look at the same rounds.
        held = waiting.at_chair(seats.own, at)
    return held.free_for(user)


def _held(seats: Seats, at: datetime) -> Q:
    waiting = ReviewRound.objects.waiting().order_by()
    held = Q(pk__in=waiting.at_chair(seats.own, at).values("pk"))
    if seats.is_everywhere:
        held |= ~Q(current_decider=ReviewStage.Decider.UNIT_REVIEWERS)
    for chair in seats.lent:
        theirs = waiting.at_chair(chair, at).free_for(chair.holder)
        held |= Q(pk__in=theirs.values("pk"))
    return held


def _seen(user: User, at: datetime) -> ReviewRoundQuerySet:
    """Give what waits of the articles that a user may see; for the desk none is looked up."""
    waiting = ReviewRound.objects.waiting()
    if user.has_perm("articles.view_every_unit"):
        return waiting
    return waiting.filter(article__in=Article.objects.keys_visible_to(user, at))


def waiting_for_proof(user: User, at: datetime) -> ReviewRoundQuerySet:
    """Give the rounds that wait for a proof-reader's signature and may have this user's."""
    if not user.is_active or not user.has_perm("articles.proofread_article"):
        return ReviewRound.objects.none()
    return _seen(user, at).waiting_for_proofreader().not_own_work_of(user)


class Chance(NamedTuple):
    """A round on which a user may decide now, and by which way."""

    review: ReviewRound
    on_behalf_of: User | None
    is_escalated: bool


def chances(user: User, rounds: Iterable[Any], at: datetime) -> list[Chance]:
    """Choose from rounds `with_ties_to` a user those that the user may decide on now."""
    if not user.has_perm(MAY_REVIEW):
        return []
    seats = seats_of(user, at)
    free = [review for review in rounds if review.tie == Tie.NONE]
    held = {review.pk: seats.holders(review, review.article) for review in free}
    mine = [review for review in free if held[review.pk]]
    lent = [review for review in mine if user not in held[review.pk]]
    theirs = Ties(lent) if lent else None
    found = []
    for review in mine:
        represented = None
        if theirs is not None and user not in held[review.pk]:
            represented = free_holder(held[review.pk], review, theirs)
            if represented is None:
                continue
        escalated = seats.are_escalated(review, review.article)
        found.append(Chance(review, represented, escalated))
    return found


def represented_by(user: User, review: ReviewRound, at: datetime) -> User | None:
    """Say for whom a user decides on a round now; None where they decide for themself."""
    if not Deputy.objects.active(timezone.localdate(at)).filter(deputy=user).exists():
        return None
    holders = seats_of(user, at).holders(review, review.article)
    if not holders or user in holders:
        return None
    return free_holder(holders, review)
