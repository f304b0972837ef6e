"""The board: every article under way, in a column for each state and stage.

Each column asks for its cards and for its counts, so the number of queries is that of columns.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.article.deciding import progress
from articles.admin.article.listing import stages_in_use
from articles.admin.base import Page, is_desk, moment, visible_articles, whole_number
from articles.admin.desk import rows
from articles.models import Article, Importance, ReviewDecision, ReviewRound, Section, Unit

CARDS = 12


@dataclass(frozen=True)
class Card:
    article: Article
    holder: str
    since: datetime
    photos: int
    due: datetime | None = None
    is_late: bool = False
    live_from: datetime | None = None

    @property
    def importance(self) -> str:
        """Say how much it weighs, if more than others."""
        ordinary = self.article.importance == Importance.ORDINARY
        return "" if ordinary else self.article.get_importance_display()


@dataclass(frozen=True)
class Column:
    name: str
    title: str
    cards: list[Card]
    total: int
    ages: list[tuple[str, int]]
    address: str

    @property
    def hidden(self) -> int:
        return self.total - len(self.cards)


def board(request):
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    chosen = _chosen(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Board"),
        "columns": list(_columns(request, chosen)),
        "units": Unit.objects.all() if is_desk(request) else [],
        "sections": Section.objects.all(),
        "chosen": chosen,
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/desk/board.html", context)


def _chosen(request) -> dict[str, Any]:
    """Read which articles the board is of; what is no number is all."""
    return {
        "unit": whole_number(request.GET.get("unit", "")),
        "section": whole_number(request.GET.get("section", "")),
        "whose": "mine" if request.GET.get("whose") == "mine" else "",
    }


def _columns(request, chosen) -> Iterable[Column]:
    at = moment(request)
    articles = visible_articles(request)
    if chosen["unit"] is not None:
        articles = articles.filter(unit=chosen["unit"])
    if chosen["section"] is not None:
        articles = articles.filter(section=chosen["section"])
    if chosen["whose"]:
        articles = articles.filter(rows.is_mine(request.user))
    status = Article.Status
    decided = ReviewDecision.objects.filter(round__article=OuterRef("pk"))
    since_decision = Subquery(decided.order_by("-decided_at").values("decided_at")[:1])

    def column(name, title, found, card: Callable[[Any], Card], order, **where) -> Column:
        counts = found.order_by().aggregate(**_by_age(at))
        address = _address({**_filters(chosen), **where})
        cards = [card(row) for row in found.order_by(order, "pk")[:CARDS]]
        total = counts.pop("total")
        return Column(
            name, title, cards, total, list(zip(_ages(), counts.values(), strict=True)), address
        )

    def of_status(state, since):
        found = articles.filter(status=state).select_related("unit", "created_by")
        return found.annotate(since=since, photo_count=rows.photo_count("pk"))

    def of_article(holder: Callable[[Article], str]) -> Callable[[Any], Card]:
        return lambda row: Card(row, holder(row), row.since, row.photo_count)

    def of_review(review) -> Card:
        return Card(
            review.article,
            progress.holder(review),
            review.since,
            review.photo_count,
            due=review.due_at,
            is_late=review.is_overdue(at),
        )

    def of_edition(row) -> Card:
        return Card(
            row.article, str(row.made_by), row.since, row.photo_count, live_from=row.live_from
        )

    def author(article) -> str:
        return str(article.created_by)

    drafts = of_status(status.DRAFT, F("changed_at"))
    yield column("draft", _("Drafts"), drafts, of_article(author), "-since", status__exact="draft")
    returned = of_status(status.RETURNED, since_decision)
    yield column(
        "returned", _("Returned"), returned, of_article(author), "since", status__exact="returned"
    )
    # Nothing is looked up where all articles are shown.
    kept = Q(article__in=articles.order_by().values("pk")) if any(chosen.values()) else Q()
    reviews = (
        ReviewRound.objects.waiting()
        .filter(rows.of_seen(request), kept)
        .select_related("article__unit", "claimed_by")
        .annotate(since=F("stage_since"), photo_count=rows.photo_count("article"))
    )
    for number, (name, title) in enumerate(stages_in_use(request)):
        at_stage = reviews.filter(current_name=name)
        yield column(f"stage-{number}", title, at_stage, of_review, "due_at", stage=name)
    approved = of_status(status.APPROVED, since_decision)
    yield column(
        "approved",
        _("Approved"),
        approved,
        of_article(lambda _article: _("ready to publish")),
        "since",
        status__exact="approved",
    )
    editions = (
        rows.editions(request)
        .filter(kept)
        .select_related("article__unit", "made_by")
        .annotate(since=F("made_at"), photo_count=rows.photo_count("article"))
    )
    ahead = editions.filter(live_from__gt=at)
    yield column("scheduled", _("Scheduled"), ahead, of_edition, "live_from", when="scheduled")
    day = rows.today(at)
    out = editions.filter(live_from__gte=day.begins, live_from__lte=at)
    yield column("out", _("Published today"), out, of_edition, "-live_from", when="today")


def _ages() -> tuple[str, ...]:
    return (_("up to a day"), _("1–3 days"), _("3–7 days"), _("over a week"))


def _by_age(at: datetime) -> dict[str, Any]:
    """Count by the time that has passed, as the cards say it."""
    day, three, week = (at - timedelta(days=days) for days in (1, 3, 7))
    return {
        "total": Count("pk"),
        "day": Count("pk", filter=Q(since__gt=day)),
        "days": Count("pk", filter=Q(since__gt=three, since__lte=day)),
        "week": Count("pk", filter=Q(since__gt=week, since__lte=three)),
        "older": Count("pk", filter=Q(since__lte=week)),
    }


def _filters(chosen) -> dict[str, Any]:
    """Say the choice in the words of the list."""
    words = {"unit": "unit__id__exact", "section": "section__id__exact", "whose": "whose"}
    return {words[name]: value for name, value in chosen.items() if value}


def _address(where: dict[str, Any]) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(where)}"


PAGES = (Page("desk/board/", board, "desk_board"),)
