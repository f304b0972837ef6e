"""My desk: what waits for me, what came back, what goes out. A fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from articles import permissions
from articles.admin.article import progress
from articles.admin.base import DeskRequest, is_desk, moment, visible_articles, visible_entries
from articles.alarms import Alarm, alarms
from articles.errands import name_of
from articles.models import (
    Article,
    Edition,
    Errand,
    ForcedPublication,
    LogEntry,
    ReviewDecision,
    ReviewRound,
    TypoFix,
    User,
)
from articles.models.reasons import in_words

ROWS = 20


@dataclass(frozen=True)
class Waiting:
    article: Article
    review: ReviewRound
    steps: list[progress.Step]
    is_late: bool
    photos: int


@dataclass(frozen=True)
class Desk:
    waiting: list[Waiting]
    proofs: list[Waiting]
    came_back: list[Article]
    drafts: list[Article]
    out: list[Waiting]
    ready: list[Article]
    forced: list[ForcedPublication]
    today: list[Edition]
    week: dict[str, int]
    log: list[LogEntry]
    alarms: list[Alarm]
    failed: list[tuple[str, Errand]]
    fixes: list[TypoFix]


def my_desk(request: DeskRequest) -> Desk:
    user, at = request.user, moment(request)
    articles = visible_articles(request).select_related("unit", "section", "created_by")
    open_rounds = list(
        ReviewRound.objects.waiting()
        .filter(article__in=articles.order_by().values("pk"))
        .with_ties_to(user)
        .select_related("article__unit", "article__section", "version", "claimed_by")
        .prefetch_related("decisions", "signatures")
        .annotate(photos=Count("article__photos", distinct=True))
    )
    mine = articles.filter(Q(created_by=user) | Q(rounds__submitted_by=user)).distinct()
    back = _with_last_decision(
        mine.filter(status__in=(Article.Status.RETURNED, Article.Status.REJECTED))
    )
    may_publish = user.has_perm("articles.publish_article")
    approved = articles.filter(status=Article.Status.APPROVED)
    return Desk(
        waiting=_rows(permissions.waiting_for(user, open_rounds, at), at),
        proofs=_rows(permissions.waiting_for_proof(user, open_rounds), at),
        came_back=_with_reasons(back[:ROWS]),
        drafts=list(articles.filter(status=Article.Status.DRAFT, created_by=user)[:ROWS]),
        out=_rows((r for r in open_rounds if _is_out(r, user)), at)[:ROWS],
        ready=list(_with_last_decision(approved)[:ROWS]) if may_publish else [],
        forced=_forced(articles, user, at),
        today=_today(articles, at),
        week=_week(articles, open_rounds, user, at),
        log=_log(request),
        **_wrong(request, at),
        fixes=_fixes(request),
    )


def _wrong(request: DeskRequest, at: datetime) -> dict[str, list[Any]]:
    """Give what went wrong beside the pages, to those who can do something about it."""
    if not request.user.has_perm("articles.change_errand"):
        return {"alarms": [], "failed": []}
    failed = Errand.objects.given_up().select_related("article").order_by("-given_up_at")
    return {
        "alarms": alarms(at),
        "failed": [(name_of(errand), errand) for errand in failed[:ROWS]],
    }


def _is_out(review: ReviewRound, user: User) -> bool:
    return user.pk in {review.article.created_by_id, review.submitted_by_id}


def _rows(rounds: Iterable[Any], at: datetime) -> list[Waiting]:
    return [
        Waiting(
            article=review.article,
            review=review,
            steps=progress.steps(review.article, review, None, at)[1:],
            is_late=review.is_overdue(at),
            photos=review.photos,
        )
        for review in rounds
    ]


def _with_last_decision(articles: Any) -> Any:
    last = ReviewDecision.objects.filter(round__article=OuterRef("pk")).order_by(
        "-decided_at", "-pk"
    )
    return articles.annotate(
        reasons=Subquery(last.values("reasons")[:1]),
        remark=Subquery(last.values("remark")[:1]),
        decided_by=Subquery(last.values("reviewer_name")[:1]),
        decided_at_stage=Subquery(last.values("stage_name")[:1]),
        decided_at=Subquery(last.values("decided_at")[:1]),
        is_final=Exists(ReviewDecision.objects.final().filter(round__article=OuterRef("pk"))),
    )


def _with_reasons(came_back: Iterable[Any]) -> list[Any]:
    """Put the reasons that were ticked into the reader's language."""
    articles = list(came_back)
    for article in articles:
        article.reasons = in_words(article.reasons or ())
    return articles


def _forced(articles: Any, user: User, at: datetime) -> list[ForcedPublication]:
    """Give what was published by force and is this user's to answer, the oldest first."""
    waiting = ForcedPublication.objects.waiting().with_ties_to(user)
    rows = (
        waiting.filter(article__in=articles.order_by().values("pk"))
        .select_related("article", "edition", "version")
        .order_by("forced_at", "pk")
    )
    mine = permissions.may_answer(user, rows)[:ROWS]
    for row in mine:
        row.__dict__["is_late"] = row.is_overdue(at)
    return mine


def _today(articles: Any, at: datetime) -> list[Edition]:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return list(
        Edition.objects.for_lists()
        .filter(
            Q(live_until=None) | Q(live_until__gt=F("live_from")),
            live_from__gte=midnight,
            live_from__lt=midnight + timedelta(days=1),
            article__in=articles.order_by().values("pk"),
        )
        .order_by("live_from")[:ROWS]
    )


def _week(
    articles: Any, open_rounds: Sequence[ReviewRound], user: User, at: datetime
) -> dict[str, int]:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=midnight.weekday())
    published = Edition.objects.filter(
        article__in=articles.order_by().values("pk"),
        first_published_at__gte=monday,
        first_published_at__lte=at,
    ).aggregate(
        articles=Count("article", distinct=True),
        units=Count("units__unit", distinct=True, filter=Q(units__confirmed=True)),
    )
    decided = ReviewDecision.objects.filter(reviewer=user, decided_at__gte=midnight).count()
    late = sum(review.is_overdue(at) for review in open_rounds)
    return published | {"decided_today": decided, "late": late, "in_review": len(open_rounds)}


def _log(request: DeskRequest) -> list[LogEntry]:
    """Give what happened last to articles; sign-ins and rights are the log's own page."""
    entries = visible_entries(request).filter(article__isnull=False)
    return list(entries.select_related("article").order_by("-at", "-pk")[:8])


def _fixes(request: DeskRequest) -> list[TypoFix]:
    """Show the desk what was changed after its approval this week."""
    if not is_desk(request) or not request.user.has_perm("articles.view_typofix"):
        return []
    week = moment(request) - timedelta(days=7)
    fixes = TypoFix.objects.filter(made_at__gte=week).select_related("round__article")
    return list(fixes.order_by("-made_at", "-pk")[:8])
