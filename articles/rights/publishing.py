"""Why somebody may not decide what readers see, and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article, ForcedPublication, Placement, User
from articles.models.articles import CREATORS
from articles.rights.writing import change, final_rejection

FORCED_FROM = (
    Article.Status.DRAFT,
    Article.Status.RETURNED,
    Article.Status.IN_REVIEW,
    Article.Status.APPROVED,
)


def publish(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("You may not publish articles.")
    if article.status != Article.Status.APPROVED:
        return _("Only an approved article can be published.")
    return None


def reschedule(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("You may not publish articles.")
    if not article.editions.planned(at).exists():
        if article.editions.live(at).exists():
            return _("Readers see this article already, so its time cannot be moved.")
        return _not_planned()
    return None


def unschedule(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _("You may not publish articles.")
    if not article.editions.planned(at).exists():
        if article.editions.live(at).exists():
            return _("Readers see this article already. It can only be withdrawn.")
        return _not_planned()
    return None


def correct(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.add_correction"):
        return _("You may not write corrections.")
    if not article.editions.live(at).exists():
        return _("Only an article that readers see can be corrected.")
    return change(user, article, at)


def withdraw(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.withdraw_article"):
        return _("You may not withdraw articles.")
    if not article.editions.not_over(at).exists():
        return _("Readers do not see this article, so there is nothing to withdraw.")
    if not article.editions.went_out(at).exists():
        return _("No reader has seen this article yet. Take it off the schedule instead.")
    return None


def restore(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.withdraw_article"):
        return _("You may not restore articles.")
    if article.status != Article.Status.WITHDRAWN:
        return _("This article is not withdrawn.")
    last = article.editions.last_seen(at)
    objected = article.forced.objected().filter(version=last.version_id if last else None)
    if objected.exists():
        return _(
            "Somebody objected to this text, which went out past review. Please change it and "
            "submit it for review."
        )
    return None


def embargo(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _not_theirs()
    if article.status in (Article.Status.REJECTED, Article.Status.JOINED):
        return _("Nobody is going to publish this article.")
    if article.editions.live(at).exists():
        return _("Readers see this article already.")
    return None


def lift_embargo(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.publish_article"):
        return _not_theirs()
    return None if article.is_embargoed(at) else _("This article is under no embargo.")


def _not_planned() -> str:
    return _("This article is not on the schedule any more.")


def _not_theirs() -> str:
    return _("An embargo is the desk's to set and to lift.")


def pin(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.add_placement"):
        return _("You may not pin articles.")
    if not article.editions.not_over(at).exists():
        return _("Only an article that readers see, or will see, can be pinned.")
    return None


def unpin(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.add_placement"):
        return _("You may not pin articles.")
    pins = article.placements.live(at).filter(topic=None, slot=Placement.Slot.HEADS)
    return None if pins.exists() else _("This article is not pinned.")


def force(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.force_publish_article"):
        return _("You may not publish articles past review.")
    final = final_rejection(article)
    if final is not None:
        return final
    if article.status not in FORCED_FROM:
        return _("Only a draft, a returned article or one in review can be published by force.")
    return None


def answer(user: User, article: Article, at: datetime) -> str | None:
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
