"""Who may do what to an article, and why not.

Two questions, asked on every path: `Article.objects.visible_to(user, at)` for what somebody
may see, and `refusal(user, verb, article, at)` for what they may do. A refusal is a sentence
for the user; actions raise it as `NotAllowed`, pages print it beside the missing button.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import ties, typos
from articles.models import (
    Article,
    ForcedPublication,
    Membership,
    Placement,
    ReviewDecision,
    ReviewRound,
    ReviewStage,
    Unit,
    User,
)
from articles.models.articles import CREATORS
from articles.models.reviews import ReviewRoundQuerySet, Tie
from articles.seats import MAY_REVIEW, deciders, seats_of
from articles.ties import Ties

# Where a unit may change its article.
AT_THE_UNIT = (Article.Status.DRAFT, Article.Status.RETURNED, Article.Status.REJECTED)


# Who proof-reads changes articles, but writes none.
WRITING = ("articles.add_article", "articles.change_article")
# The desk's to set: no form of a unit has them.
OF_THE_DESK = ("slug", "displayed_at")


class Verb(StrEnum):
    CHANGE = "change"
    SUBMIT = "submit"
    CLAIM = "claim"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    TAKE_BACK = "take_back"
    READMIT = "readmit"
    HAND_OVER = "hand_over"
    APPOINT = "appoint"
    PROOFREAD = "proofread"
    MEND = "mend"
    PUBLISH = "publish"
    RESCHEDULE = "reschedule"
    FORCE = "force"
    CONFIRM = "confirm"
    OBJECT = "object"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    COMMENT = "comment"
    EMBARGO = "embargo"
    LIFT_EMBARGO = "lift_embargo"
    PIN = "pin"
    UNPIN = "unpin"
    JOIN = "join"
    PART = "part"


FORCED_FROM = (
    Article.Status.DRAFT,
    Article.Status.RETURNED,
    Article.Status.IN_REVIEW,
    Article.Status.APPROVED,
)


class NotAllowed(Exception):
    """The action is not this user's, or not possible now. The text is for the user."""


def can(user: User, verb: Verb, article: Article, at: datetime) -> bool:
    return refusal(user, verb, article, at) is None


def require(user: User, verb: Verb, article: Article, at: datetime) -> None:
    """Raise `NotAllowed` with the reason unless the user may."""
    reason = refusal(user, verb, article, at)
    if reason is not None:
        raise NotAllowed(reason)


def refusal(  # noqa: C901, PLR0912 (one branch for each verb)
    user: User, verb: Verb, article: Article, at: datetime
) -> str | None:
    """Say why a user may not do something to an article now; None if they may."""
    if not Article.objects.visible_to(user, at).filter(pk=article.pk).exists():
        return _("There is no such article.")
    match verb:
        case Verb.CHANGE:
            return _change_refusal(user, article, at)
        case Verb.SUBMIT:
            return _submit_refusal(user, article, at)
        case Verb.CLAIM | Verb.APPROVE | Verb.RETURN | Verb.REJECT:
            return _decision_refusal(user, verb, article, at)
        case Verb.HAND_OVER:
            return _hand_over_refusal(user, article, at)
        case Verb.APPOINT:
            return _appoint_refusal(user, article, at)
        case Verb.PROOFREAD:
            return _proofread_refusal(user, article)
        case Verb.MEND:
            return _mend_refusal(user, article, at)
        case Verb.PUBLISH | Verb.FORCE | Verb.CONFIRM | Verb.OBJECT:
            return _publication_refusal(user, verb, article)
        case Verb.TAKE_BACK:
            return _take_back_refusal(user, article, at)
        case Verb.READMIT:
            return _readmit_refusal(user, article, at)
        case Verb.RESCHEDULE:
            return _reschedule_refusal(user, article, at)
        case Verb.CORRECT:
            return _correct_refusal(user, article, at)
        case Verb.WITHDRAW:
            return _withdraw_refusal(user, article, at)
        case Verb.RESTORE:
            return _restore_refusal(user, article)
        case Verb.JOIN:
            return _join_refusal(user, article, at)
        case Verb.PART:
            return _part_refusal(user, article)
        case Verb.EMBARGO | Verb.LIFT_EMBARGO | Verb.PIN | Verb.UNPIN:
            ask = _embargo_refusal if "embargo" in verb else _pin_refusal
            return ask(user, verb, article, at)
        case Verb.COMMENT:
            return _comment_refusal(user)


def may_write_for(user: User, unit: Unit, at: datetime) -> bool:
    """Tell whether a user may begin articles of a unit."""
    if not user.has_perm("articles.add_article"):
        return False
    members = Membership.objects.active(timezone.localdate(at)).filter(user=user, unit=unit)
    return user.has_perm("articles.view_every_unit") or members.exists()


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
            represented = _free_holder(held[review.pk], review, theirs)
            if represented is None:
                continue
        escalated = seats.are_escalated(review, review.article)
        found.append(Chance(review, represented, escalated))
    return found


def represented_by(user: User, review: ReviewRound, at: datetime) -> User | None:
    """Say for whom a user decides on a round now; None where they decide for themself."""
    holders = seats_of(user, at).holders(review, review.article)
    if not holders or user in holders:
        return None
    return _free_holder(holders, review)


def may_name_deputy_for(user: User, represented: User) -> bool:
    """Tell whether a user may say who stands in for somebody: for themself, or as their task."""
    return user == represented or user.has_perm("articles.add_deputy")


def _free_holder(
    holders: list[User], review: ReviewRound, theirs: Ties | None = None
) -> User | None:
    """Give the first of those represented who could decide themself: a chair is no better."""
    known = theirs or Ties([review])
    for holder in holders:
        if known.of(holder.pk, review) == Tie.NONE:
            return holder
    return None


def _mend_refusal(user: User, article: Article, at: datetime) -> str | None:
    """Say why a small change of this user's does not keep the approval."""
    if not user.has_perm("articles.proofread_article"):
        return _("You may not mend an approved text as a proof-reader.")
    if typos.limit() == 0:
        return _("On this site every change after the approval is reviewed again.")
    rounds = article.rounds.order_by("-number").with_ties_to(user)
    review = rounds.select_related("article").first()
    approval = review.final_approval() if review else None
    if review is None or approval is None or not _is_approved(article, at):
        return _("Only what is approved and not out yet can be mended.")
    if approval.reviewer_id == user.pk:
        return _("You gave the final approval, so another proof-reader must mend the text.")
    return ties.own_work(review.tie) or _change_refusal(user, article, at)


def waiting_for(user: User, at: datetime) -> ReviewRoundQuerySet:
    """Give the rounds that a user may decide on now. Four queries, and that of the rounds.

    From the chair of somebody whom they stand in for, only where that one could decide, too.
    """
    if not user.is_active or not user.has_perm(MAY_REVIEW):
        return ReviewRound.objects.none()
    seats = seats_of(user, at)
    waiting = ReviewRound.objects.waiting()
    held = Q(pk__in=waiting.order_by().at_chair(seats.own, at).values("pk"))
    if seats.is_everywhere:
        held |= ~Q(current_decider=ReviewStage.Decider.UNIT_REVIEWERS)
    for chair in seats.lent:
        theirs = waiting.order_by().at_chair(chair, at).free_for(chair.holder)
        held |= Q(pk__in=theirs.values("pk"))
    visible = Article.objects.visible_to(user, at).order_by().values("pk")
    return waiting.filter(held, article__in=visible).free_for(user)


def waiting_for_proof(user: User, at: datetime) -> ReviewRoundQuerySet:
    """Give the rounds that wait for a proof-reader's signature and may have this user's."""
    if not user.is_active or not user.has_perm("articles.proofread_article"):
        return ReviewRound.objects.none()
    return (
        ReviewRound.objects.waiting()
        .filter(article__in=Article.objects.visible_to(user, at).order_by().values("pk"))
        .waiting_for_proofreader()
        .not_own_work_of(user)
    )


def _final_rejection(article: Article) -> str | None:
    """Say who decided that an article may not come again, when and why."""
    decision = (
        ReviewDecision.objects.final()
        .filter(round__article=article)
        .select_related("round")
        .first()
    )
    if decision is None:
        return None
    return _(
        "%(name)s rejected this article for good on %(day)s: %(why)s. "
        "Whoever decides at “%(stage)s” may allow it again."
    ) % {
        "name": decision.reviewer_name,
        "day": date_format(timezone.localdate(decision.decided_at)),
        "why": decision.why().rstrip(".。"),
        "stage": decision.round.stage_name(-1),
    }


def _change_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.change_article"):
        return _("You may read this article, but not change it.")
    if article.status == Article.Status.JOINED:
        return _("This article was joined into another one. That one is worked on now.")
    final = _final_rejection(article)
    if final is not None:
        return final
    if user.has_perm("articles.view_every_unit"):
        if user.has_perm("articles.add_article") or _is_with_the_desk(article, at):
            return None
        return _("You proof-read what is in review, approved or scheduled.")
    if article.status in AT_THE_UNIT:
        # A change to a live article is the desk's: the unit handed it over.
        if article.editions.exists():
            return _("This article has been published. Please ask the desk for changes.")
        return None
    review = article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).first()
    if review and seats_of(user, at).include(review, article):
        return None
    return _("This article is with %(holder)s. Please ask them for changes.") % {
        "holder": review.stage_name() if review else _("the desk")
    }


def _is_with_the_desk(article: Article, at: datetime) -> bool:
    """Tell whether an article is on its way to the readers: handed in, and not out yet."""
    return article.status == Article.Status.IN_REVIEW or _is_approved(article, at)


def _is_approved(article: Article, at: datetime) -> bool:
    if article.status == Article.Status.PUBLISHED:
        return article.editions.planned(at).exists()
    return article.status == Article.Status.APPROVED


def _submit_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.submit_article"):
        return _("You may not submit articles for review.")
    final = _final_rejection(article)
    if final is not None:
        return final
    if article.status not in (Article.Status.DRAFT, Article.Status.RETURNED):
        return _("Only a draft or a returned article can be submitted for review.")
    return _change_refusal(user, article, at)


def _decision_refusal(user: User, verb: Verb, article: Article, at: datetime) -> str | None:
    rounds = ReviewRound.objects.waiting().filter(article=article).with_ties_to(user)
    review = rounds.select_related("article").first()
    if review is None:
        return _("This article is not waiting for a review.")
    if not user.has_perm(MAY_REVIEW):
        return _("You may not decide in reviews.")
    holders = seats_of(user, at).holders(review, article)
    if not holders:
        return _("“%(stage)s” is not yours to decide.") % {"stage": review.stage_name()}
    tie = ties.sentence(review.tie)
    if tie is None and user not in holders and _free_holder(holders, review) is None:
        tie = _(
            "%(name)s, for whom you would decide, worked on this article or decided on it "
            "already, so somebody else must review it."
        ) % {"name": holders[0]}
    if tie is None and verb == Verb.APPROVE and review.wants_proofreader():
        return _unsigned(user, review)
    return tie


def _hand_over_refusal(user: User, article: Article, at: datetime) -> str | None:
    review = _waiting_round(article)
    if review is None:
        return _("This article is not waiting for a review.")
    if not user.has_perm("articles.hand_over_article"):
        reason = _decision_refusal(user, Verb.CLAIM, article, at)
        if reason is not None:
            return reason
        if review.claimed_by not in (None, user):
            return _("%(name)s has claimed this article. Only they or a head hand it over.") % {
                "name": review.claimed_by
            }
    others = set(deciders([review], at)[review.pk]) - {review.claimed_by or user}
    if not others:
        return _("Nobody else may decide at this stage now.")
    return None


def _appoint_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.hand_over_article"):
        return _("You may not appoint reviewers.")
    review = _waiting_round(article)
    if review is None:
        return _("This article is not waiting for a review.")
    if deciders([review], at)[review.pk]:
        return _("Somebody may decide on this article. Hand it over to them instead.")
    return None


def _waiting_round(article: Article) -> ReviewRound | None:
    waiting = ReviewRound.objects.waiting().filter(article=article)
    return waiting.select_related("article", "version", "claimed_by").first()


def _unsigned(user: User, review: ReviewRound) -> str | None:
    """Say what keeps a stage from being approved that asks for a proof-reader's signature."""
    signed = review.signatures.filter(version_number=review.article.version_number)
    if not signed.exists():
        return _("A proof-reader has to sign this version first.")
    if not signed.exclude(proofreader=user).exists():
        return _("You signed this version as proof-reader, so somebody else must approve it.")
    return None


def _proofread_refusal(user: User, article: Article) -> str | None:
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


def _take_back_refusal(user: User, article: Article, at: datetime) -> str | None:
    review = ReviewRound.objects.waiting().filter(article=article).first()
    if review is None:
        return _("This article is not in review.")
    if not user.has_perm("articles.submit_article"):
        return _("You may not submit articles for review.")
    members = Membership.objects.active(timezone.localdate(at)).filter(user=user)
    if user.pk != review.submitted_by_id and not members.filter(unit=article.unit_id).exists():
        return _("%(name)s submitted this article, so only their unit takes it back.") % {
            "name": review.submitter_name
        }
    if review.has_final_approval():
        return _("“%(stage)s” has approved this article. Please ask them to return it.") % {
            "stage": review.stage_name(-1)
        }
    return None


def _readmit_refusal(user: User, article: Article, at: datetime) -> str | None:
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
    if not seats_of(user, at).include(review, article):
        return _("“%(stage)s” is not yours to decide.") % {"stage": review.stage_name()}
    return ties.own_work(review.tie)


def _publication_refusal(user: User, verb: Verb, article: Article) -> str | None:
    if verb == Verb.PUBLISH:
        return _publish_refusal(user, article)
    if verb == Verb.FORCE:
        return _force_refusal(user, article)
    return _answer_refusal(user, article)


def _publish_refusal(user: User, article: Article) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("You may not publish articles.")
    if article.status != Article.Status.APPROVED:
        return _("Only an approved article can be published.")
    return None


def _force_refusal(user: User, article: Article) -> str | None:
    if not user.has_perm("articles.force_publish_article"):
        return _("You may not publish articles past review.")
    final = _final_rejection(article)
    if final is not None:
        return final
    if article.status not in FORCED_FROM:
        return _("Only a draft, a returned article or one in review can be published by force.")
    return None


def _answer_refusal(user: User, article: Article) -> str | None:
    """Say why a user may not answer the forced publication that waits longest for it."""
    if not user.has_perm("articles.confirm_forced_publication"):
        return _("You may not confirm what was published past review.")
    waiting = article.forced.waiting().with_ties_to(user).select_related("article", "version")
    forced = waiting.order_by("forced_at", "pk").first()
    if forced is None:
        return _("No forced publication of this article waits for an answer.")
    return _tie_to_forced(user, forced)


def may_answer(user: User, forced: Iterable[ForcedPublication]) -> list[ForcedPublication]:
    """Choose from forced publications `with_ties_to` a user those that they may answer."""
    if not user.has_perm("articles.confirm_forced_publication"):
        return []
    return [row for row in forced if _tie_to_forced(user, row) is None]


def _tie_to_forced(user: User, forced: Any) -> str | None:
    """Say what keeps a user from answering what was read `with_ties_to` them."""
    if user.pk == forced.forced_by_id:
        return _("You published this by force, so somebody else must confirm it.")
    if user.pk == forced.article.created_by_id or forced.has_written:
        return _("You wrote this article, so somebody else must confirm it.")
    if forced.has_submitted:
        return _("You submitted this article, so somebody else must confirm it.")
    person = getattr(user, "person", None)
    if person is not None and any(
        row["person"] == person.pk and row["role"] in CREATORS
        for row in forced.version.snapshot["credits"]
    ):
        return _("You are credited on this article, so somebody else must confirm it.")
    return None


def _reschedule_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("You may not publish articles.")
    if not article.editions.planned(at).exists():
        if article.editions.live(at).exists():
            return _("Readers see this article already, so its time cannot be moved.")
        return _("This article is not on the schedule any more.")
    return None


def _correct_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.add_correction"):
        return _("You may not write corrections.")
    if not article.editions.live(at).exists():
        return _("Only an article that readers see can be corrected.")
    return _change_refusal(user, article, at)


def _withdraw_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.withdraw_article"):
        return _("You may not withdraw articles.")
    if not article.editions.not_over(at).exists():
        return _("Readers do not see this article, so there is nothing to withdraw.")
    return None


def _comment_refusal(user: User) -> str | None:
    if not user.has_perm("articles.add_comment"):
        return _("You may read this article, but not comment on it.")
    return None


def _embargo_refusal(user: User, verb: Verb, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("An embargo is the desk's to set and to lift.")
    if verb == Verb.LIFT_EMBARGO:
        return None if article.is_embargoed(at) else _("This article is under no embargo.")
    if article.status in (Article.Status.REJECTED, Article.Status.JOINED):
        return _("Nobody is going to publish this article.")
    if article.editions.live(at).exists():
        return _("Readers see this article already.")
    return None


def _pin_refusal(user: User, verb: Verb, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.add_placement"):
        return _("You may not pin articles.")
    if verb == Verb.UNPIN:
        pins = article.placements.live(at).filter(slot=Placement.Slot.HEADS)
        return None if pins.exists() else _("This article is not pinned.")
    if not article.editions.not_over(at).exists():
        return _("Only an article that readers see, or will see, can be pinned.")
    return None


def _restore_refusal(user: User, article: Article) -> str | None:
    if not user.has_perm("articles.withdraw_article"):
        return _("You may not restore articles.")
    if article.status != Article.Status.WITHDRAWN:
        return _("This article is not withdrawn.")
    last = article.editions.order_by("-number").first()
    objected = article.forced.objected().filter(version=last.version_id if last else None)
    if objected.exists():
        return _(
            "Somebody objected to this text, which went out past review. Please change it and "
            "submit it for review."
        )
    return None


def _join_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perms(("articles.view_every_unit", *WRITING)):
        return _("Only the desk joins articles of several units.")
    if article.status == Article.Status.JOINED:
        return _("This article was joined into another one already.")
    if article.status == Article.Status.REJECTED:
        return _("This article was rejected. It would have to be revised first.")
    if article.editions.exists():
        return _("This article has been published. Join the other one into it.")
    if article.joined_articles.exists():
        return _("Another article was joined into this one. Join them the other way round.")
    return _change_refusal(user, article, at)


def _part_refusal(user: User, article: Article) -> str | None:
    if article.status != Article.Status.JOINED:
        return _("This article was not joined into another one.")
    if not user.has_perms(("articles.view_every_unit", *WRITING)):
        return _("Only the desk parts articles again.")
    return None
