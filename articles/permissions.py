"""Who may do what to an article, and why not.

Two questions, asked on every path: `Article.objects.visible_to(user, at)` for what somebody
may see, and `refusal(user, verb, article, at)` for what they may do. A refusal is a sentence
for the user; actions raise it as `NotAllowed`, pages print it beside the missing button.
"""

from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Membership, ReviewRound, ReviewStage, Role, Unit, User

CREATORS = (Role.AUTHOR, Role.PHOTOGRAPHER, Role.VIDEOGRAPHER)


class Verb(StrEnum):
    CHANGE = "change"
    SUBMIT = "submit"
    CLAIM = "claim"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    COMMENT = "comment"


class NotAllowed(Exception):
    """The action is not this user's, or not possible now. The text is for the user."""


def can(user: User, verb: Verb, article: Article, at: datetime) -> bool:
    return refusal(user, verb, article, at) is None


def require(user: User, verb: Verb, article: Article, at: datetime) -> None:
    """Raise `NotAllowed` with the reason unless the user may."""
    reason = refusal(user, verb, article, at)
    if reason is not None:
        raise NotAllowed(reason)


def refusal(user: User, verb: Verb, article: Article, at: datetime) -> str | None:
    """Say why a user may not do something to an article now; None if they may."""
    if not Article.objects.visible_to(user, at).filter(pk=article.pk).exists():
        return _("There is no such article.")
    match verb:
        case Verb.CHANGE:
            return _change_refusal(user, article, at)
        case Verb.SUBMIT:
            return _submit_refusal(user, article, at)
        case Verb.CLAIM | Verb.APPROVE | Verb.RETURN | Verb.REJECT:
            return _decision_refusal(user, article, at)
        case Verb.PUBLISH:
            return _publish_refusal(user, article)
        case Verb.CORRECT:
            return _correct_refusal(user, article, at)
        case Verb.WITHDRAW:
            return _withdraw_refusal(user, article, at)
        case Verb.RESTORE:
            return _restore_refusal(user, article)
        case Verb.COMMENT:
            if not user.has_perm("articles.add_comment"):
                return _("You may read this article, but not comment on it.")
            return None


def may_write_for(user: User, unit: Unit, at: datetime) -> bool:
    """Tell whether a user may begin articles of a unit."""
    if not user.has_perm("articles.add_article"):
        return False
    members = Membership.objects.active(timezone.localdate(at)).filter(user=user, unit=unit)
    return user.has_perm("articles.view_every_unit") or members.exists()


def is_reviewer_of(user: User, unit_id: int, at: datetime) -> bool:
    return (
        Membership.objects.active(timezone.localdate(at))
        .filter(user=user, unit=unit_id, role=Membership.Role.REVIEWER)
        .exists()
    )


def sits_at(user: User, review: ReviewRound, article: Article, at: datetime) -> bool:
    """Tell whether a user belongs to those who decide at the current stage."""
    stage = review.current_stage
    if stage["decider"] == ReviewStage.Decider.UNIT_REVIEWERS:
        return is_reviewer_of(user, article.unit_id, at)
    return user.is_superuser or user.groups.filter(name=stage["group"]).exists()


def writers_of(review: ReviewRound) -> set[int]:
    """Give the users who wrote what was submitted, by id.

    Those are whoever began the article and whoever saved a version since the review before
    this one ended. Editors who touched it while reviewing are not among them.
    """
    article = review.article
    before = article.rounds.filter(number__lt=review.number)
    reviewed = (
        before.order_by("-number", "-decisions__version__number")
        .values_list("decisions__version__number", flat=True)
        .first()
        or 0
    )
    saved = article.versions.filter(number__gt=reviewed, number__lte=review.version.number)
    return {article.created_by_id, *saved.values_list("author_id", flat=True)}


def _change_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.change_article"):
        return _("You may read this article, but not change it.")
    if user.has_perm("articles.view_every_unit"):
        return None
    if article.status in (Article.Status.DRAFT, Article.Status.RETURNED):
        # A change to a live article is the desk's: the unit handed it over.
        if article.editions.exists():
            return _("This article has been published. Please ask the desk for changes.")
        return None
    review = article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).first()
    if review and sits_at(user, review, article, at):
        return None
    return _("This article is with %(holder)s. Please ask them for changes.") % {
        "holder": review.stage_name() if review else _("the desk")
    }


def _submit_refusal(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.submit_article"):
        return _("You may not submit articles for review.")
    if article.status not in (Article.Status.DRAFT, Article.Status.RETURNED):
        return _("Only a draft or a returned article can be submitted for review.")
    return _change_refusal(user, article, at)


def _decision_refusal(user: User, article: Article, at: datetime) -> str | None:
    review = article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).first()
    if article.status != Article.Status.IN_REVIEW or review is None:
        return _("This article is not waiting for a review.")
    if not user.has_perm("articles.review_article"):
        return _("You may not decide in reviews.")
    if not sits_at(user, review, article, at):
        return _("“%(stage)s” is not yours to decide.") % {"stage": review.stage_name()}
    if user.pk in writers_of(review):
        return _("You wrote this article, so somebody else must review it.")
    if user.pk == review.submitted_by_id:
        return _("You submitted this article, so somebody else must review it.")
    if article.credits.filter(role__in=CREATORS, person__user=user).exists():
        return _("You are credited on this article, so somebody else must review it.")
    if review.decisions.filter(reviewer=user).exclude(stage=review.stage).exists():
        return _("You decided at an earlier stage, so somebody else must decide at this one.")
    edited = article.versions.filter(author=user, number__gt=review.version.number)
    if review.is_last_stage and edited.exists():
        return _("You edited this text, so somebody else must give the final approval.")
    return None


def _publish_refusal(user: User, article: Article) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("You may not publish articles.")
    if article.status != Article.Status.APPROVED:
        return _("Only an approved article can be published.")
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


def _restore_refusal(user: User, article: Article) -> str | None:
    if not user.has_perm("articles.withdraw_article"):
        return _("You may not restore articles.")
    if article.status != Article.Status.WITHDRAWN:
        return _("This article is not withdrawn.")
    return None
