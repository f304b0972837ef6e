"""What the pages over many articles share: which rows, how many of them, and what they show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.admin.article.deciding import progress
from articles.admin.base import DeskRequest, is_desk, visible_keys
from articles.models import Article, ArticlePhoto, Edition, ReviewDecision, ReviewRound, User
from articles.rights.waiting import Chance

# Nobody reads on; what is beyond is counted up to here and found in the list.
SHOWN = 20
COUNTED = 500


class Few(NamedTuple):
    """The first rows of many, and how many there are: `total`, or more if `is_more`."""

    rows: list[Any]
    total: int
    is_more: bool

    @property
    def are_all(self) -> bool:
        return len(self.rows) == self.total


def few(queryset: QuerySet[Any], shown: int = SHOWN) -> Few:
    """Read the first rows. Counts only when there are others, and never far."""
    rows = list(queryset[: shown + 1])
    if len(rows) <= shown:
        return Few(rows, len(rows), is_more=False)
    total = count(queryset)
    return Few(rows[:shown], min(total, COUNTED), is_more=total > COUNTED)


def count(queryset: QuerySet[Any]) -> int:
    """Count rows, but no further than one beyond what we would say."""
    return queryset.order_by().values("pk")[: COUNTED + 1].count()


@dataclass(frozen=True)
class Day:
    """A day of the site, as the half-open time that it takes."""

    begins: datetime
    ends: datetime


def today(at: datetime) -> Day:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return Day(midnight, midnight + timedelta(days=1))


def of_seen(request: DeskRequest) -> Q:
    """Tell what belongs to articles that the user may see. For the desk no row is looked up."""
    return Q() if is_desk(request) else Q(article__in=visible_keys(request))


def is_mine(user: User) -> Q:
    """Tell the articles that a user wrote or submitted, from two indexes."""
    wrote = Article.objects.filter(created_by=user).order_by().values("pk")
    submitted = ReviewRound.objects.filter(submitted_by=user).order_by().values("article")
    return Q(pk__in=wrote.union(submitted))


def photo_count(article: str) -> Coalesce:
    photos = ArticlePhoto.objects.filter(article=OuterRef(article)).order_by()
    counted = photos.values("article").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Underway:
    """An article in review: where it stands, who has it, until when."""

    article: Article
    review: ReviewRound
    steps: list[progress.Step]
    holder: str
    is_late: bool
    photos: int
    on_behalf_of: User | None = None
    is_escalated: bool = False


def rounds(request: DeskRequest) -> Any:
    """Give the rounds that wait for anybody, of articles that the user may see."""
    return with_all_that_rows_show(ReviewRound.objects.waiting().filter(of_seen(request)))


def with_all_that_rows_show(reviews: Any) -> Any:
    """Load what a row of a review prints in the same query and two more."""
    return (
        reviews.select_related("article__unit", "article__section", "claimed_by")
        .prefetch_related("decisions", "signatures")
        .annotate(photo_count=photo_count("article"))
        .order_by("due_at", "pk")
    )


def underway(review: Any, at: datetime, chance: Chance | None = None) -> Underway:
    return Underway(
        article=review.article,
        review=review,
        steps=progress.steps(review.article, review, None, at)[1:],
        holder=progress.holder(review),
        is_late=review.is_overdue(at),
        photos=review.photo_count,
        on_behalf_of=chance.on_behalf_of if chance else None,
        is_escalated=chance.is_escalated if chance else False,
    )


def with_last_decision(articles: Any) -> Any:
    """Say of each article what was last decided on it."""
    last = ReviewDecision.objects.filter(round__article=OuterRef("pk")).order_by(
        "-decided_at", "-pk"
    )
    return articles.annotate(
        remark=Subquery(last.values("remark")[:1]),
        reasons=Subquery(last.values("reasons")[:1]),
        decided_by=Subquery(last.values("reviewer_name")[:1]),
        decided_at_stage=Subquery(last.values("stage_name")[:1]),
        decided_at=Subquery(last.values("decided_at")[:1]),
        is_final=Exists(ReviewDecision.objects.final().filter(round__article=OuterRef("pk"))),
    )


def editions(request: DeskRequest) -> Any:
    """Give the editions that were not taken back, of articles that the user may see."""
    return not_taken_back(Edition.objects.for_lists()).filter(of_seen(request))


def not_taken_back(editions: Any) -> Any:
    return editions.filter(Q(live_until=None) | Q(live_until__gt=F("live_from")))


def going_out(request: DeskRequest, begins: datetime, ends: datetime) -> Any:
    return (
        editions(request).filter(live_from__gte=begins, live_from__lt=ends).order_by("live_from")
    )


def expiring(request: DeskRequest, begins: datetime, ends: datetime) -> Any:
    """Give what ends by itself in a time; what was replaced or withdrawn does not."""
    return (
        editions(request)
        .filter(live_until=F("expires_at"), live_until__gte=begins, live_until__lt=ends)
        .order_by("live_until")
    )
