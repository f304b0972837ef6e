"""What saving a change costs: said beside the button that saves, and again once it is saved."""

from typing import Any

from django.utils.translation import gettext as _

from articles.admin.article.deciding import progress
from articles.admin.base import DeskRequest, moment, refusal
from articles.models import Article, LogEntry, ReviewRound
from articles.models.reviews import Tie
from articles.rights import seats, ties
from articles.rights.permissions import Verb
from articles.text import typo_limit

# The button that saves although the last stage is asked again.
ANYWAY = "reopens"


class WouldReopen(Exception):
    """A proof-reader's save goes beyond what the approval covers. Nothing is saved yet."""


def before(request: DeskRequest, article: Article, review: ReviewRound | None) -> str:
    """Say what a change would cost, to whoever may make it; empty if nothing."""
    if review is None or refusal(request, Verb.CHANGE, article) is not None:
        return ""
    if article.status == Article.Status.IN_REVIEW:
        return _of_final_approval(request, article, review)
    if not review.final_approval():
        return ""
    last = {"stage": review.stage_name(-1)}
    if refusal(request, Verb.MEND, article) is None:
        return _(
            "Up to %(limit)d characters you may mend here, and the approval stands. "
            "Numbers, names and all else ask “%(stage)s” again."
        ) % {"limit": typo_limit.limit(), **last}
    if article.editions.planned(moment(request)).exists():
        return (
            _("A change takes it off the schedule and asks “%(stage)s” to approve again.") % last
        )
    if article.status == Article.Status.APPROVED:
        return _("A change asks “%(stage)s” to approve again.") % last
    return ""


def _of_final_approval(request: DeskRequest, article: Article, review: ReviewRound) -> str:
    """Say that whoever could give the final approval could not after a change of their own."""
    if not request.user.has_perm(seats.MAY_REVIEW):
        return ""
    # Only asked, never saved: whose the last stage is.
    last = (
        ReviewRound.objects.waiting()
        .filter(article=article)
        .select_related("article", "version")[0]
    )
    last.stage = len(last.stages) - 1
    if not seats.seats_of(request.user, moment(request)).include(last, article):
        return ""
    if ties.Ties([last]).of(request.user.pk, last) != Tie.NONE:
        return ""
    return _(
        "If you save a change of your own, you cannot give the final approval (“%(stage)s”): "
        "somebody else has to. To have it changed, comment or return it."
    ) % {"stage": review.stage_name(-1)}


def refuse_to_reopen(request: DeskRequest, article: Article, *, may_mend: bool) -> None:
    """Stop a save, before it is final, that a proof-reader did not know to cost the approval."""
    if not may_mend or ANYWAY in request.POST:
        return
    entry = _reopened(request, article)
    if entry is not None:
        raise WouldReopen(
            _(
                "Nothing is saved yet: with these changes the article has to be approved again "
                "at %(where)s"
            )
            % {"where": entry.detail}
        )


def after(request: DeskRequest, article: Article) -> str:
    """Say what became of a save, and of the approval that there was."""
    number = {"number": article.version_number}
    entry = _written(request, article, LogEntry.Action.TYPO_FIXED)
    if entry is not None:
        return _("Saved as version %(number)d. The approval stands: %(why)s") % {
            **number,
            "why": entry.detail,
        }
    entry = _reopened(request, article)
    if entry is not None:
        said = _("Saved as version %(number)d. It has to be approved again at %(where)s") % {
            **number,
            "where": entry.detail,
        }
        return f"{said.rstrip('.。')}. {_who_goes_on(request, article)}"
    return _("Saved as version %(number)d.") % number


def lost(request: DeskRequest, article: Article) -> str:
    """Say that the user cannot give the final approval any more, and who can; empty if not so."""
    if not request.user.has_perm(seats.MAY_REVIEW):
        return ""
    waiting = ReviewRound.objects.waiting().filter(article=article).with_ties_to(request.user)
    review = waiting.first()
    if review is None or review.tie != Tie.EDITED:
        return ""
    return f"{ties.sentence(review.tie)} {_who_goes_on(request, article)}"


def _who_goes_on(request: DeskRequest, article: Article) -> str:
    review = progress.waiting_round(article)
    if review is None:
        return ""
    able = seats.deciders([review], moment(request))[review.pk]
    stage = {"stage": review.stage_name()}
    if not able:
        return (
            _(
                "Nobody can decide at “%(stage)s” now. A head or an administrator can appoint "
                "somebody."
            )
            % stage
        )
    return _("At “%(stage)s” now: %(names)s.") % {**stage, "names": "、".join(map(str, able))}


def _reopened(request: DeskRequest, article: Article) -> Any:
    return _written(request, article, LogEntry.Action.REOPENED)


def _written(request: DeskRequest, article: Article, action: LogEntry.Action) -> Any:
    """Give what this save wrote into the log."""
    return article.log_entries.filter(
        at=moment(request), version_number=article.version_number, action=action
    ).first()
