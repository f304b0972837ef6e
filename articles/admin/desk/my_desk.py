"""My desk: what waits for me, what came back, what goes out. A fixed number of queries.

A section is a function here and a template of its name in `templates/admin/desk/`, which finds
what the function gives as `section`. One that gives None is left out.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from articles.admin.article.form import kept
from articles.admin.base import DeskRequest, is_desk, moment, visible_articles, visible_entries
from articles.admin.desk import rows
from articles.admin.desk.rows import Few
from articles.admin.nouns import doubtful as doubtful_lines
from articles.admin.nouns import error_reports
from articles.alarms import alarms as alarms_raised
from articles.errands.kinds import name_of
from articles.models import (
    Article,
    Edition,
    Errand,
    ForcedPublication,
    LogEntry,
    PersonalDraft,
    ReviewDecision,
    ReviewRound,
    TypoFix,
)
from articles.models.reasons import in_words
from articles.rights import seats
from articles.rights.publishing import may_answer
from articles.rights.waiting import chances, waiting_for, waiting_for_proof

# So long does what was turned down stay on its author's desk.
KEPT_AFTER_REJECTION = timedelta(days=30)
# Who could decide is asked of so many rounds, those that have waited for longest.
LOOKED_AT = 200


class Shown(NamedTuple):
    template: str
    section: Any


class Unsaved(NamedTuple):
    draft: PersonalDraft
    way: kept.Way


class Desk(NamedTuple):
    main: list[Shown]
    aside: list[Shown]
    decided_today: int


def alarms(request: DeskRequest) -> dict[str, list[Any]] | None:
    """What went wrong beside the pages, for those who can do something about it."""
    if not request.user.has_perm("articles.change_errand"):
        return None
    failed = Errand.objects.given_up().select_related("article").order_by("-given_up_at")
    return {
        "alarms": alarms_raised(moment(request)),
        "failed": [(name_of(errand), errand) for errand in failed[: rows.SHOWN]],
    }


def waiting(request: DeskRequest) -> Few | None:
    """What the user may decide on now."""
    if not request.user.has_perm("articles.review_article"):
        return None
    user, at = request.user, moment(request)
    found = rows.few(rows.with_all_that_rows_show(waiting_for(user, at)))
    by_round = {chance.review.pk: chance for chance in chances(user, found.rows, at)}
    # What one has claimed is one's own to finish, so it comes first.
    in_order = sorted(found.rows, key=lambda review: review.claimed_by_id != user.pk)
    shown = [rows.underway(review, at, by_round.get(review.pk)) for review in in_order]
    return found._replace(rows=shown)


def unsaved(request: DeskRequest) -> Unsaved | None:
    """What the user typed last and has not saved."""
    draft = PersonalDraft.objects.filter(user=request.user).first()
    if draft is None:
        return None
    return Unsaved(draft, kept.way(request, draft, kept.article_of(request, draft)))


def stuck(request: DeskRequest) -> list[rows.Underway] | None:
    """What nobody can decide on, for those who can appoint somebody: of the longest waits."""
    if not request.user.has_perm("articles.hand_over_article"):
        return None
    at = moment(request)
    waits = rows.rounds(request).select_related("version").order_by("stage_since", "pk")
    reviews = list(waits[:LOOKED_AT])
    deciders = seats.deciders(reviews, at) if reviews else {}
    found = [rows.underway(review, at) for review in reviews if not deciders[review.pk]]
    return found[: rows.SHOWN] or None


def proofs(request: DeskRequest) -> Few | None:
    """What the user may sign as a proof-reader."""
    if not request.user.has_perm("articles.proofread_article"):
        return None
    reviews = waiting_for_proof(request.user, moment(request))
    return _underway(request, rows.with_all_that_rows_show(reviews))


def came_back(request: DeskRequest) -> Few | None:
    """What was returned or turned down, and why."""
    user, at = request.user, moment(request)
    mine = _articles(request).filter(rows.is_mine(user))
    back = rows.with_last_decision(mine).filter(
        Q(status=Article.Status.RETURNED)
        | Q(status=Article.Status.REJECTED, decided_at__gt=at - KEPT_AFTER_REJECTION)
    )
    found = rows.few(back)
    for article in found.rows:
        article.reasons = in_words(article.reasons or ())
    return found if found.rows else None


def ready(request: DeskRequest) -> Few | None:
    """What is approved, for those who may publish it."""
    if not request.user.has_perm("articles.publish_article"):
        return None
    approved = _articles(request).filter(status=Article.Status.APPROVED)
    found = rows.few(rows.with_last_decision(approved))
    return found if found.rows else None


def drafts(request: DeskRequest) -> Few | None:
    if not request.user.has_perm("articles.add_article"):
        return None
    return rows.few(
        _articles(request).filter(status=Article.Status.DRAFT, created_by=request.user)
    )


def out(request: DeskRequest) -> Few | None:
    """What the user wrote or submitted and others have now."""
    own = Q(article__created_by=request.user) | Q(submitted_by=request.user)
    found = _underway(request, rows.rounds(request).filter(own))
    return found if found.rows else None


def forced(request: DeskRequest) -> list[ForcedPublication] | None:
    """What was published by force and is this user's to answer, the oldest first."""
    user, at = request.user, moment(request)
    if not user.has_perm("articles.confirm_forced_publication"):
        return None
    unanswered = ForcedPublication.objects.waiting().with_ties_to(user)
    found = (
        unanswered.filter(rows.of_seen(request))
        .select_related("article", "edition", "version")
        .order_by("forced_at", "pk")
    )
    mine = may_answer(user, found)[: rows.SHOWN]
    for row in mine:
        row.__dict__["is_late"] = row.is_overdue(at)
    return mine


def today(request: DeskRequest) -> dict[str, Few]:
    """What goes out and what ends today, past and to come; of an article its last edition."""
    at = moment(request)
    day = rows.today(at)
    going_out = rows.going_out(request, day.begins, day.ends)
    later = rows.not_taken_back(Edition.objects.order_by()).filter(
        article=OuterRef("article"), live_from__gt=OuterRef("live_from"), live_from__lt=day.ends
    )
    last = going_out.filter(~Exists(later))
    return {
        "ahead": rows.few(last.filter(live_from__gt=at)),
        "out": rows.few(last.filter(live_from__lte=at).order_by("-live_from", "-pk")),
        "ends": rows.few(rows.expiring(request, day.begins, day.ends)),
    }


def week(request: DeskRequest) -> dict[str, int]:
    at, seen = moment(request), rows.of_seen(request)
    midnight = rows.today(at).begins
    published = Edition.objects.filter(
        seen,
        first_published_at__gte=midnight - timedelta(days=midnight.weekday()),
        first_published_at__lte=at,
    ).aggregate(
        articles=Count("article", distinct=True),
        units=Count("units__unit", distinct=True, filter=Q(units__confirmed=True)),
    )
    open_rounds = ReviewRound.objects.waiting().filter(seen)
    late = open_rounds.filter(due_at__lte=at).count()
    return published | {"late": late, "in_review": open_rounds.count()}


def fixes(request: DeskRequest) -> list[TypoFix] | None:
    """Show the desk what was changed after its approval this week."""
    if not is_desk(request) or not request.user.has_perm("articles.view_typofix"):
        return None
    week_ago = moment(request) - timedelta(days=7)
    made = TypoFix.objects.filter(made_at__gte=week_ago).prefetch_related("round__article")
    return list(made.order_by("-made_at", "-pk")[:8]) or None


def doubtful(request: DeskRequest) -> int | None:
    """Count the credit lines of imports that the user may work off."""
    return doubtful_lines.waiting(request).count() or None


def reports(request: DeskRequest) -> int | None:
    """Count the errors that readers reported and the user may settle."""
    return error_reports.waiting(request).count() or None


def log(request: DeskRequest) -> list[LogEntry]:
    """What happened last to articles; sign-ins and rights are the log's own page."""
    entries = visible_entries(request).filter(article__isnull=False)
    # Joined, SQLite may begin with all articles.
    return list(entries.prefetch_related("article").order_by("-at", "-pk")[:8])


type Section = Callable[[DeskRequest], Any]
MAIN: tuple[Section, ...] = (
    alarms,
    unsaved,
    forced,
    waiting,
    stuck,
    proofs,
    came_back,
    ready,
    drafts,
    out,
    today,
)
ASIDE: tuple[Section, ...] = (week, reports, doubtful, fixes, log)


def my_desk(request: DeskRequest) -> Desk:
    midnight = rows.today(moment(request)).begins
    decided = ReviewDecision.objects.filter(reviewer=request.user, decided_at__gte=midnight)
    return Desk(_shown(request, MAIN), _shown(request, ASIDE), decided.count())


def _shown(request: DeskRequest, sections: Iterable[Section]) -> list[Shown]:
    read = ((section.__name__, section(request)) for section in sections)
    return [Shown(f"admin/desk/{name}.html", found) for name, found in read if found is not None]


def _articles(request: DeskRequest) -> Any:
    return visible_articles(request).select_related("unit", "section", "created_by")


def _underway(request: DeskRequest, reviews: Any) -> Few:
    found = rows.few(reviews)
    at = moment(request)
    return found._replace(rows=[rows.underway(review, at) for review in found.rows])
