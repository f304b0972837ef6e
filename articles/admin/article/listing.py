"""The list of articles: its filters, its pages and its search, for a hundred thousand of them."""

from collections import defaultdict
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from statistics import mean
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock
from articles.admin.base import DeskRequest, is_desk, moment
from articles.admin.desk import rows
from articles.models import Article, Credit, Edition, ReviewRound, Role
from articles.models.expressions import Length
from articles.models.units import in_readers_language
from articles.rights import waiting

# Nobody turns more pages than these; whoever looks for more filters or searches.
COUNTED = 2000
HEADINGS = ("headline", "subhead", "kicker")


class Pages(Paginator):
    """Counts no further than somebody would turn pages: a count reads every row."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNTED)

    @cached_property
    def is_capped(self) -> bool:
        return self._counted > COUNTED

    @cached_property
    def _counted(self) -> int:
        found: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return found.order_by().values("pk")[: COUNTED + 1].count()


class WhoseFilter(admin.SimpleListFilter):
    title = gettext_lazy("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [
            ("mine", _("mine")),
            ("waiting", _("waiting for me")),
            ("proof", _("waiting for my proof-reading")),
            ("returned", _("returned to me")),
            ("out", _("mine, out with others")),
        ]

    def queryset(self, request, queryset):
        mine = rows.is_mine(request.user)
        match self.value():
            case "mine":
                return queryset.filter(mine)
            case "waiting":
                found = waiting.waiting_for(request.user, moment(request))
                return _of(queryset, found)
            case "proof":
                found = waiting.waiting_for_proof(request.user, moment(request))
                return _of(queryset, found)
            case "returned":
                back = Q(status__in=(Article.Status.RETURNED, Article.Status.REJECTED))
                return queryset.filter(back, mine)
            case "out":
                return _of(queryset, ReviewRound.objects.waiting()).filter(mine)
        return queryset


class WhenFilter(admin.SimpleListFilter):
    title = gettext_lazy("time")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("overdue")),
            ("scheduled", _("scheduled")),
            ("today", _("published today")),
            ("live", _("live")),
        ]

    def queryset(self, request, queryset):
        at = moment(request)
        match self.value():
            case "overdue":
                return _of(queryset, ReviewRound.objects.waiting().filter(due_at__lte=at))
            case "scheduled":
                ahead = Edition.objects.not_over(at).filter(live_from__gt=at)
                return _of(queryset, ahead)
            case "today":
                day = rows.today(at)
                out = Edition.objects.went_out(at).filter(live_from__gte=day.begins)
                return _of(queryset, out)
            case "live":
                # Most are: looked up for each row in the list's order, until there are enough.
                live = Edition.objects.live(at).filter(article=OuterRef("pk"))
                return queryset.filter(Exists(live))
        return queryset


class StageFilter(admin.SimpleListFilter):
    title = gettext_lazy("stage")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return stages_in_use(request)

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        at_stage = ReviewRound.objects.waiting().filter(current_name=self.value())
        return _of(queryset, at_stage)


class UnitFilter(admin.RelatedFieldListFilter):
    """By owning unit, for those who see more than one."""

    def has_output(self):
        return self.is_of_use and super().has_output()

    def field_choices(self, field, request, model_admin):
        self.is_of_use = is_desk(request)
        return super().field_choices(field, request, model_admin) if self.is_of_use else []


def stages_in_use(request: DeskRequest) -> list[tuple[str, str]]:
    """Give the stages at which something waits that the user sees, by name and as read.

    First stages come first and last ones last, however many are between in each policy.
    """
    is_open = Q(outcome=ReviewRound.Outcome.OPEN)
    open_rounds = ReviewRound.objects.filter(is_open, rows.of_seen(request)).order_by()
    named = open_rounds.annotate(of=Length("stages")).values_list(
        "current_name", "current_name_en", "stage", "of"
    )
    titles, places = {}, defaultdict(list)
    for name, name_en, stage, of in named.distinct():
        titles[name] = in_readers_language(name, name_en)
        to_go = of - 1 - stage
        places[name].append((stage / (of - 1) if of > 1 else 1.0, -to_go))
    in_order = sorted(titles, key=lambda name: (*_mean(places[name]), name))
    return [(name, titles[name]) for name in in_order]


def _mean(places: list[tuple[float, int]]) -> tuple[float, float]:
    return mean(way for way, _ in places), mean(to_go for _, to_go in places)


def with_plans(queryset: QuerySet[Article], at: datetime) -> QuerySet[Article]:
    """Load when each article goes out, if it is on the schedule, and whether readers see it."""
    editions = Edition.objects.filter(article=OuterRef("pk")).order_by("live_from")
    return queryset.annotate(
        planned_for=Subquery(editions.planned(at).values("live_from")[:1]),
        is_seen=Exists(editions.live(at)),
    )


class ArticleList(ChangeList):
    """The list, with the review that each of its articles waits in."""

    def get_queryset(self, request, exclude_parameters=None):
        return with_reviews(super().get_queryset(request, exclude_parameters))


def with_reviews(queryset: QuerySet[Article]) -> QuerySet[Article]:
    """Load the review that each article waits in. One more query, however many there are."""
    waiting = ReviewRound.objects.waiting().select_related("claimed_by")
    return queryset.prefetch_related(Prefetch("rounds", waiting, to_attr="under_review"))


def search(queryset: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Keep the articles that have each word in a heading or in a printed name.

    Every row is read for it, and only once: counting and showing then know which they are.
    """
    those = found(queryset, words)
    if those is queryset:
        return queryset
    return queryset.filter(pk__in=list(those.values_list("pk", flat=True)[: COUNTED + 1]))


def found(queryset: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Keep all of them, however many."""
    those = queryset
    for word in words.split()[:5]:
        # Chinese has no capitals, and folding them takes most of the time.
        has = "icontains" if word.upper() != word.lower() else "contains"
        named = Credit.objects.filter(**{f"name__{has}": word}).values("article")
        in_heading = (Q(**{f"{field}__{has}": word}) for field in HEADINGS)
        those = those.filter(reduce(or_, in_heading, Q(pk__in=named)))
    return those


def with_what_counts(queryset: QuerySet[Article]) -> QuerySet[Article]:
    """Load who wrote each article, and when readers first saw it."""
    authors = Credit.objects.filter(role=Role.AUTHOR).order_by("position", "pk")
    of_article = Edition.objects.filter(article=OuterRef("pk")).order_by("pk")
    # An edition that was taken back before it went out was never seen.
    seen = of_article.went_out(clock.here()).values("first_published_at")
    return queryset.prefetch_related(Prefetch("credits", queryset=authors)).annotate(
        first_published=Subquery(seen[:1])
    )


def _of(queryset: QuerySet[Article], found: QuerySet[Any]) -> QuerySet[Article]:
    return queryset.filter(pk__in=found.order_by().values("article"))
