"""What somebody reads before deciding: the text, what changed in it, what others said of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import rendering
from articles.admin.article.deciding import comments, since
from articles.admin.article.deciding.comments import Thread
from articles.admin.article.deciding.since import Since
from articles.admin.article.record import comparing
from articles.admin.base import DeskRequest
from articles.admin.library.cropping import at_the_desk
from articles.models import Article, Edition, ReviewDecision, ReviewRound, Version
from articles.snapshots import Snapshot


@dataclass(frozen=True)
class Word:
    """What somebody decided or signed, and why: of this review, or what ended the one before."""

    stage: str
    name: str
    deed: str
    at: datetime
    version: int
    reasons: list[str]
    remark: str


def words(article: Article, review: ReviewRound | None) -> list[Word]:
    """Give what an article was returned for, and what was said of it since, the earliest first.

    Two queries.
    """
    if review is None:
        return []
    numbers = [review.number - 1, review.number]
    decisions = ReviewDecision.objects.filter(
        round__article=article, round__number__in=numbers
    ).select_related("round", "version")
    said = [
        _of_decision(decision)
        for decision in decisions.defer("version__snapshot")
        if decision.round.number == review.number
        or decision.verdict != ReviewDecision.Verdict.APPROVE
    ]
    signed = [
        Word(
            _("proof-reading"),
            signature.proofreader_name,
            _("signed"),
            signature.signed_at,
            signature.version_number,
            [],
            signature.remark,
        )
        for signature in review.signatures.all()
    ]
    return sorted([*said, *signed], key=lambda word: word.at)


def _of_decision(decision: ReviewDecision) -> Word:
    return Word(
        decision.stage_title(),
        decision.reviewer_name,
        decision.get_verdict_display(),
        decision.decided_at,
        decision.version.number,
        decision.reasons_in_words(),
        decision.remark,
    )


def open_threads(article: Article) -> list[Thread]:
    return [thread for thread in comments.threads(article) if thread.root.settled_at is None]


def whole_text(content: Snapshot) -> dict[str, Any]:
    """Give a version as it would be printed."""
    return {
        "content": content,
        "whole_text": mark_safe(at_the_desk(rendering.body(content))),  # noqa: S308 cleaned there
        "credit_line": rendering.credit_line(content),
    }


def went_out(edition: Edition) -> dict[str, Any]:
    """Give what readers got."""
    return {
        "content": edition,
        "whole_text": mark_safe(at_the_desk(edition.body)),  # noqa: S308 cleaned when it was made
        "credit_line": edition.credit_line,
    }


def before_deciding(
    request: DeskRequest,
    article: Article,
    review: ReviewRound | None,
    version: Version,
    moved: Since | None,
) -> dict[str, Any]:
    """Give what a reviewer reads. `moved` is what changed while they had the article open."""
    found = since.changes(article, review, request.user) if review else []
    return {
        **whole_text(version.snapshot),
        **changed([moved, *found] if moved else found),
        "words": words(article, review),
        "open_threads": open_threads(article),
    }


def changed(changes: list[Since]) -> dict[str, Any]:
    """Give what changed, in words, and the first that has something to show in full."""
    widest = next((change for change in changes if change.differences), None)
    return {
        "changes": changes,
        "widest": widest,
        "differences": widest
        and comparing.only_changes(comparing.with_thumbnails(list(widest.differences))),
    }
