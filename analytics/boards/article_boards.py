"""Articles by clicks, read from totals and editions; what was frozen, from its statement alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any, Self

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse

from analytics.clicks.counting import RULE
from analytics.models import Board, DailyClicks, ExclusionDay, Statement, WeeklyClicks
from analytics.periods import Period, local_day, site_zone
from articles.models.editions import Edition
from articles.models.sections import Section

PUBLIC_ROWS = 10
DAYS_BESIDE_TODAY = 7


@dataclass(frozen=True, slots=True)
class ArticleRow:
    rank: int
    article: int
    headline: str
    clicks: int
    readers: int
    slug: str = "-"
    language: str = ""

    @property
    def address(self) -> str:
        return reverse("articles:article", args=[self.article, self.slug or "-"])

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Read a row of a statement; an older one may lack what rows have since."""
        return cls(
            said["rank"],
            said["article"],
            said["headline"],
            said["clicks"],
            said["readers"],
            said.get("slug", "-"),
            said.get("language", ""),
        )

    def as_json(self) -> dict[str, Any]:
        names = ("rank", "article", "headline", "clicks", "readers")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class ArticleBoard:
    """Articles by clicks, from `first` until just before `end`."""

    label: str
    first: date
    end: date
    rows: list[ArticleRow]
    statement: Statement | None = None

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def is_final(self) -> bool:
        return self.statement is not None

    def without_withdrawn(self, at: datetime) -> "ArticleBoard":
        """Leave out what the public no longer sees. Ranks stay as they were."""
        live = set(
            Edition.objects.live(at)
            .filter(article_id__in=[row.article for row in self.rows])
            .values_list("article_id", flat=True)
        )
        return replace(self, rows=[row for row in self.rows if row.article in live])

    def first_rows(self, number: int) -> "ArticleBoard":
        return replace(self, rows=self.rows[:number])

    def as_json(self) -> dict[str, Any]:
        return {
            "board": Board.WEEKLY_CLICKS.value,
            "period": self.label,
            "zone": self.statement.zone if self.statement else settings.TIME_ZONE,
            "rule": self.statement.rule["counting"] if self.statement else RULE,
            "frozen_at": frozen_at(self.statement),
            "distinct_articles": len(self.rows),
            "rows": [row.as_json() for row in self.rows],
        }


def frozen_at(statement: Statement | None) -> str | None:
    return statement.frozen_at.astimezone(site_zone()).isoformat() if statement else None


def recent_articles(at: datetime, *, limit: int = PUBLIC_ROWS) -> ArticleBoard:
    """Rank the clicks of the last seven complete local days and today."""
    today = local_day(at, site_zone())
    first, end = today - timedelta(days=DAYS_BESIDE_TODAY), today + timedelta(days=1)
    totals = (
        DailyClicks.objects.filter(day__gte=first, day__lt=end, clicks__gt=0)
        .values("article_id")
        .annotate(total=Sum("clicks"), people=Sum("readers"))
    )
    return ArticleBoard("", first, end, top_articles(totals, at=at, limit=limit))


def weekly_articles(week: Period, *, at: datetime) -> ArticleBoard:
    """Give the whole board of an ISO week, as it was frozen if it was."""
    if statement := Statement.objects.of(Board.WEEKLY_CLICKS, week):
        rows = [ArticleRow.of(said) for said in statement.rows]
        return ArticleBoard(week.label, week.first, week.end, rows, statement)
    totals = (
        WeeklyClicks.objects.filter(week=week.first, clicks__gt=0)
        .values("article_id")
        .annotate(total=F("clicks"), people=F("readers"))
    )
    return ArticleBoard(week.label, week.first, week.end, top_articles(totals, at=at))


def top_articles(
    totals: QuerySet[Any, Any], *, at: datetime, limit: int | None = None
) -> list[ArticleRow]:
    """Rank articles that the public sees, notices apart.

    Order: clicks, readers, earlier first publication, id. The rank is by clicks alone.
    """
    public = Edition.objects.live(at).exclude(section__kind=Section.Kind.NOTICE)
    published = public.filter(article_id=OuterRef("article_id")).values("first_published_at")
    found = list(
        totals.annotate(published=Subquery(published[:1]))
        .filter(published__isnull=False)
        .order_by("-total", "-people", "published", "article_id")[:limit]
    )
    editions = {
        edition.article_id: edition
        for some in batched([row["article_id"] for row in found], 5000)
        for edition in public.filter(article_id__in=some).only(
            "article_id", "headline", "slug", "language"
        )
    }
    # What was taken off between the two questions is not there any more.
    found = [row for row in found if row["article_id"] in editions]
    ranks = competition_ranks([row["total"] for row in found])
    return [
        ArticleRow(
            rank=rank,
            article=row["article_id"],
            headline=editions[row["article_id"]].headline,
            clicks=row["total"],
            readers=row["people"],
            slug=editions[row["article_id"]].slug,
            language=editions[row["article_id"]].language,
        )
        for rank, row in zip(ranks, found, strict=True)
    ]


def competition_ranks(values: Sequence[object]) -> list[int]:
    """Rank values that are already in order: 1, 2, 2, 4."""
    ranks: list[int] = []
    for place, value in enumerate(values, 1):
        same = ranks and values[place - 2] == value
        ranks.append(ranks[-1] if same else place)
    return ranks


def excluded_clicks(first: date, end: date) -> dict[str, int]:
    """Give how many clicks were not counted, by reason."""
    found = ExclusionDay.objects.filter(day__gte=first, day__lt=end, clicks__gt=0)
    sums = found.values_list("reason").annotate(total=Sum("clicks")).order_by("-total", "reason")
    return dict(sums)


def article_counts(article_id: int) -> dict[str, Any]:
    """Give an article's clicks and readers per local day, and what was excluded by reason."""
    days: dict[date, dict[str, Any]] = {}

    def day_of(day: date) -> dict[str, Any]:
        return days.setdefault(
            day, {"day": day.isoformat(), "clicks": 0, "readers": 0, "excluded": {}}
        )

    for counted in DailyClicks.objects.filter(article_id=article_id, clicks__gt=0):
        day_of(counted.day).update(clicks=counted.clicks, readers=counted.readers)
    for excluded in ExclusionDay.objects.filter(article_id=article_id, clicks__gt=0):
        day_of(excluded.day)["excluded"][excluded.reason] = excluded.clicks
    in_order = [days[day] for day in sorted(days)]
    return {
        "article": article_id,
        "zone": settings.TIME_ZONE,
        "rule": RULE,
        "clicks": sum(day["clicks"] for day in in_order),
        "readers": sum(day["readers"] for day in in_order),
        "days": in_order,
    }
