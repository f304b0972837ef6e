"""The one way around review (强制发布), and what another person says to it afterwards.

Whoever forces gives a reason and leaves evidence; somebody else confirms or objects.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.actions import (
    publishing,
    reviewing,
    steps,
    writing,
)
from articles.models import (
    Article,
    ForcedAnswer,
    ForcedPublication,
    LogEntry,
    ReviewRound,
    User,
    Version,
)
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb


@transaction.atomic
def force_publish(
    article: Article, *, user: User, seen_version: int, reason: str, at: datetime
) -> ForcedPublication:
    """Put an article before the readers at once, whatever its review has said so far.

    The working copy is kept as a version first, and the edition is made of that. Units that no
    editor has confirmed do not count by it.
    """
    article = steps.begin(article, user=user, verb=Verb.FORCE, at=at)
    if not reason.strip():
        raise NotAllowed(_("Please say why it cannot wait for review."))
    reviewing.refuse_unseen(article, seen_version)
    missing = reviewing.lacks(article)
    if missing:
        raise reviewing.NotReady(missing)
    version = writing.finish_change(article, author=user, at=at)
    review = _pass_over(article, version, user=user, at=at)
    publishing.take_off_schedule(article, actor=user, at=at)
    edition = publishing.make_edition(
        article,
        version,
        publishing.units_of(article.units.exclude(confirmed_at=None)),
        user=user,
        at=at,
        start=at,
        expires_at=None,
    )
    steps.move(article, Article.Status.PUBLISHED)
    forced = ForcedPublication.objects.create(
        article=article,
        edition=edition,
        version=version,
        sha256=version.sha256,
        round=review,
        reason=reason.strip(),
        forced_by=user,
        forced_by_name=str(user),
        forced_by_unit=steps.unit_name_of(user, at),
        forced_at=at,
        confirm_by=at + timedelta(hours=settings.FORCED_CONFIRMATION_HOURS),
    )
    log.write(article, LogEntry.Action.FORCED, actor=user, at=at, detail=forced.reason)
    return forced


@transaction.atomic
def confirm(
    article: Article, *, user: User, seen_edition: int, at: datetime, remark: str = ""
) -> ForcedAnswer:
    """Stand by what a colleague published by force."""
    article = steps.begin(article, user=user, verb=Verb.CONFIRM, at=at)
    return _answer(
        article, ForcedAnswer.Verdict.CONFIRMED, seen_edition, user=user, remark=remark, at=at
    )


@transaction.atomic
def object_to(
    article: Article, *, user: User, seen_edition: int, remark: str, at: datetime
) -> ForcedAnswer:
    """Say that it should not have gone out.

    It is withdrawn at once if readers still see that text and the user may withdraw; else it
    stands as objected to until somebody who may does so.
    """
    article = steps.begin(article, user=user, verb=Verb.OBJECT, at=at)
    if not remark.strip():
        raise NotAllowed(_("Please say what speaks against it."))
    answer = _answer(
        article, ForcedAnswer.Verdict.OBJECTED, seen_edition, user=user, remark=remark, at=at
    )
    is_seen = article.editions.live(at).filter(version=answer.forced.version_id).exists()
    if is_seen and permissions.can(user, Verb.WITHDRAW, article, at):
        publishing.withdraw(article, user=user, reason=answer.remark, at=at)
    return answer


@transaction.atomic
def remind(forced: ForcedPublication, *, at: datetime) -> bool:
    """Log that an answer is overdue, once; say whether this call did. The log tells the heads."""
    # Whoever comes second waits here, and finds the entry or the answer of the first.
    article = Article.objects.select_for_update().get(pk=forced.article_id)
    late = article.forced.overdue(at).without_reminder().filter(pk=forced.pk).first()
    if late is None:
        return False
    detail = f"{late.forced_by_name}: {late.reason}"
    log.write(article, LogEntry.Action.FORCE_OVERDUE, actor=None, at=at, detail=detail, about=late)
    return True


def remind_overdue(*, at: datetime) -> list[ForcedPublication]:
    """Remind of all that is due, each by itself; several workers may call it at once."""
    late = ForcedPublication.objects.overdue(at).without_reminder().select_related("edition")
    return [forced for forced in late if remind(forced, at=at)]


def waiting(article: Article) -> ForcedPublication | None:
    """Give the forced publication of an article that waits longest for an answer."""
    found = article.forced.waiting().select_related("edition", "version", "round")
    return found.order_by("forced_at", "pk").first()


def passed_over(article: Article) -> ReviewRound:
    """Say which passage a forced publication would cut short; nothing is stored."""
    review = article.rounds.order_by("-number").first()
    if review is not None and article.status in (
        Article.Status.IN_REVIEW,
        Article.Status.APPROVED,
    ):
        return review
    policy = reviewing.policy_for(article)
    return ReviewRound(article=article, policy_name=policy.name, stages=reviewing.freeze(policy))


def _pass_over(article: Article, version: Version, *, user: User, at: datetime) -> ReviewRound:
    """End the passage of an article, or note the whole of it as passed over.

    A review that has approved already keeps its outcome: nothing of it is skipped.
    """
    if article.status == Article.Status.APPROVED:
        return article.rounds.order_by("-number")[0]
    review = article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).first()
    if review is None:
        review = reviewing.begin_round(article, version=version, submitter=user, at=at)
    review.outcome = ReviewRound.Outcome.FORCED
    review.claimed_by = None
    review.save(update_fields=["outcome", "claimed_by"])
    return review


def _answer(
    article: Article,
    verdict: ForcedAnswer.Verdict,
    seen_edition: int,
    *,
    user: User,
    remark: str,
    at: datetime,
) -> ForcedAnswer:
    forced = waiting(article)
    # The one that the user saw may have been answered by somebody else meanwhile.
    if forced is None or forced.edition.number != seen_edition:
        raise NotAllowed(_("Somebody answered this meanwhile. Please look again."))
    answer = ForcedAnswer.objects.create(
        forced=forced,
        verdict=verdict,
        remark=remark.strip(),
        answered_by=user,
        answered_by_name=str(user),
        answered_by_unit=steps.unit_name_of(user, at),
        answered_at=at,
    )
    action = (
        LogEntry.Action.FORCE_CONFIRMED
        if verdict == ForcedAnswer.Verdict.CONFIRMED
        else LogEntry.Action.FORCE_OBJECTED
    )
    log.write(article, action, actor=user, at=at, detail=answer.remark)
    return answer
