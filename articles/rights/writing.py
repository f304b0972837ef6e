"""Why somebody may not write: change, hand in, take back, join or comment on an article."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Membership, ReviewDecision, ReviewRound, Unit, User
from articles.models.articles import Importance
from articles.models.policies import Rulebook
from articles.rights.seats import seats_of

# Where a unit may change its article.
AT_THE_UNIT = (Article.Status.DRAFT, Article.Status.RETURNED, Article.Status.REJECTED)
# Who proof-reads changes articles, but writes none.
WRITING = ("articles.add_article", "articles.change_article")
# The desk's to set: no form of a unit has them.
OF_THE_DESK = ("slug", "displayed_at")
# From what the fewest look at to what the most do.
WEIGHTS = tuple(Importance.values)


def may_write_for(user: User, unit: Unit, at: datetime) -> bool:
    """Tell whether a user may begin articles of a unit."""
    if not user.has_perm("articles.add_article"):
        return False
    members = Membership.objects.active(timezone.localdate(at)).filter(user=user, unit=unit)
    return user.has_perm("articles.view_every_unit") or members.exists()


def change(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.change_article"):
        return _("You may read this article, but not change it.")
    if article.status == Article.Status.JOINED:
        return _("This article was joined into another one. That one is worked on now.")
    final = final_rejection(article)
    if final is not None:
        return final
    if user.has_perm("articles.view_every_unit"):
        if user.has_perm("articles.add_article") or _is_with_the_desk(article, at):
            return None
        return _("You proof-read what is in review, approved or scheduled.")
    if article.status in AT_THE_UNIT:
        # Whoever decided on it, or lends a seat there, reads it; only members of the unit write.
        members = Membership.objects.active(timezone.localdate(at)).filter(user=user)
        if not members.filter(unit=article.unit_id).exists():
            return _("This article is with its unit. You may read it, but not change it.")
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


def submit(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.submit_article"):
        return _("You may not submit articles for review.")
    final = final_rejection(article)
    if final is not None:
        return final
    if article.status not in (Article.Status.DRAFT, Article.Status.RETURNED):
        return _("Only a draft or a returned article can be submitted for review.")
    return change(user, article, at)


def shorten_review(
    user: User, article: Article, was: tuple[int, str], now: tuple[int, str]
) -> str | None:
    """Say why a user may not file an article where fewer decide on it, by section and importance.

    Once it was submitted, that is the desk's.
    """
    if was == now or user.has_perm("articles.view_every_unit") or not article.rounds.exists():
        return None
    if WEIGHTS.index(now[1]) < WEIGHTS.index(was[1]):
        return _("This article has been submitted. Its importance is the desk's to lower.")
    rulebook = Rulebook()
    before, after = (rulebook.choose(*filing).policy for filing in (was, now))
    if before is not None and after is not None and after.stages.count() < before.stages.count():
        return _(
            "This article has been submitted. Only the desk moves it to a section where fewer "
            "stages decide."
        )
    return None


def take_back(user: User, article: Article, at: datetime) -> str | None:
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


def join(user: User, article: Article, at: datetime) -> str | None:
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
    return change(user, article, at)


def part(user: User, article: Article, at: datetime) -> str | None:
    if article.status != Article.Status.JOINED:
        return _("This article was not joined into another one.")
    if not user.has_perms(("articles.view_every_unit", *WRITING)):
        return _("Only the desk parts articles again.")
    return None


def translate(user: User, article: Article, at: datetime) -> str | None:
    if user.has_perm("articles.change_article") and not user.has_perms(WRITING):
        return _("You proof-read articles, and tie none to their translations.")
    return change(user, article, at)


def comment(user: User, article: Article, at: datetime) -> str | None:
    if not user.has_perm("articles.add_comment"):
        return _("You may read this article, but not comment on it.")
    return None


def final_rejection(article: Article) -> str | None:
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


def is_approved(article: Article, at: datetime) -> bool:
    if article.status == Article.Status.PUBLISHED:
        return article.editions.planned(at).exists()
    return article.status == Article.Status.APPROVED


def _is_with_the_desk(article: Article, at: datetime) -> bool:
    """Tell whether an article is on its way to the readers: handed in, and not out yet."""
    return article.status == Article.Status.IN_REVIEW or is_approved(article, at)
