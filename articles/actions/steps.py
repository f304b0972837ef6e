"""How every action on an article begins and ends."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Membership, ReviewRound, User
from articles.models.working_hours import deadline
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb
from articles.worktime import NoWorkingTime


def begin(article: Article, *, user: User, verb: Verb, at: datetime) -> Article:
    """Lock an article and ask whether the user may; raises `NotAllowed` with the reason.

    Whoever comes second waits here, and is asked about the article as the first one left it,
    with the rights that they have by then.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    permissions.require(as_of_now(user), verb, article, at)
    if article.editions.filter(made_at__gt=at).exists():
        raise NotAllowed(
            _("Somebody published or scheduled this article meanwhile. Please look again.")
        )
    return article


def as_of_now(user: User) -> User:
    """Read an account anew, and keep it from being deleted until the action is over."""
    account = User.objects.select_for_update(no_key=True).filter(pk=user.pk, is_active=True)
    found = account.first()
    if found is None:
        raise NotAllowed(_("Your account has been closed."))
    return found


def move(article: Article, status: Article.Status) -> None:
    article.status = status
    article.save(update_fields=["status"])


# What `hand_to` sets, for `update_fields`.
STAGE_FIELDS = ("outcome", "stage", "stage_since", "due_at", "escalated_at", "claimed_by")


def hand_to(review: ReviewRound, stage: int, at: datetime) -> None:
    """Let a stage of a round begin: it is open, nobody has it yet, and its hours run."""
    review.outcome = ReviewRound.Outcome.OPEN
    review.stage, review.stage_since = stage, at
    review.claimed_by = review.escalated_at = None
    try:
        review.due_at = deadline(at, review.current_stage["deadline_hours"])
    except NoWorkingTime:
        raise NotAllowed(
            _(
                "The calendar has no working hours, so no deadline can be set. "
                "Please ask an administrator to enter them."
            )
        ) from None


def unit_name_of(user: User, at: datetime) -> str:
    """Name the unit that a user belongs to at a moment, for the record; empty if there is none."""
    members = Membership.objects.active(timezone.localdate(at)).filter(user=user)
    membership = members.select_related("unit").first()
    person = getattr(user, "person", None)
    unit = membership.unit if membership else person and person.home_unit
    return unit.name if unit else ""
