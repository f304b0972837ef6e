"""The record of an article: its versions, what was decided, what went out."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.article import pages
from articles.admin.article.record import comparing, sittings
from articles.admin.base import Page, is_desk, refusal, whole_number
from articles.models import ImportedArticle, ReviewDecision
from articles.rights.permissions import Verb

SITTINGS_ON_A_PAGE = 30
ENTRIES_ON_A_PAGE = 30


def history(request, article_id):
    """Show the record. Its queries are the same for two versions and for hundreds."""
    article = pages.find(request, article_id)
    decisions = ReviewDecision.objects.select_related("version").defer("version__snapshot")
    rounds = article.rounds.prefetch_related(
        Prefetch("decisions", decisions), "decisions__readmission", "signatures", "fixes"
    ).order_by("-number")
    editions = article.editions.select_related("made_by", "version")
    sat = Paginator(sittings.sittings(article), SITTINGS_ON_A_PAGE)
    entries = article.log_entries.shown_to(desk=is_desk(request))
    log = Paginator(entries, ENTRIES_ON_A_PAGE)
    return pages.page(
        request,
        "history",
        article,
        title=_("History"),
        sittings=sat.get_page(request.GET.get("page")),
        rounds=rounds,
        forced=article.forced.select_related("answer", "edition"),
        imported=ImportedArticle.objects.filter(article=article).select_related("edition").first(),
        log=log.get_page(request.GET.get("log")),
        editions=editions.defer("body", "furniture", "version__snapshot"),
        may_change=refusal(request, Verb.CHANGE, article) is None,
    )


def version(request, article_id, number):
    article = pages.find(request, article_id)
    kept = get_object_or_404(article.versions, number=number)
    rows = [
        (comparing.label(field), [str(value).replace("\t", " · ") for value in values])
        for field, values in comparing.lines(kept.snapshot).items()
        if values and field not in {"headline", "body"}
    ]
    return pages.page(
        request,
        "version",
        article,
        title=capfirst(str(kept)),
        version=kept,
        text=pages.printed(kept.snapshot["body"]),
        may_restore=kept.number != article.version_number
        and refusal(request, Verb.CHANGE, article) is None,
        rows=rows,
    )


def compare(request, article_id):
    """Show what differs between two versions; both numbers count below the article only."""
    article = pages.find(request, article_id)
    numbers = [whole_number(request.GET.get(side, "")) for side in ("old", "new")]
    old, new = sorted(
        (get_object_or_404(article.versions, number=number) for number in numbers),
        key=lambda version: version.number,
    )
    found = comparing.between(old.snapshot, new.snapshot)
    side_by_side = request.GET.get("view") == "sides"
    whole = request.GET.get("show") == "all"
    return pages.page(
        request,
        "compare",
        article,
        title=_("Compare versions"),
        old=old,
        new=new,
        differences=found if whole else comparing.only_changes(found),
        summary=comparing.summary(found, new.snapshot["language"]),
        side_by_side=side_by_side,
        whole=whole,
        ways=_ways_to_look(old, new, side_by_side=side_by_side, whole=whole),
    )


def _ways_to_look(old, new, *, side_by_side, whole):
    """Give the addresses of the same comparison, looked at in another way."""

    def address(*, sides, everything):
        query = {"old": old.number, "new": new.number}
        if sides:
            query["view"] = "sides"
        if everything:
            query["show"] = "all"
        return f"?{urlencode(query)}"

    return [
        (_("In the text"), address(sides=False, everything=whole), not side_by_side),
        (_("Side by side"), address(sides=True, everything=whole), side_by_side),
        (_("Only changes"), address(sides=side_by_side, everything=False), not whole),
        (_("Whole text"), address(sides=side_by_side, everything=True), whole),
    ]


PAGES = (
    Page("<int:article_id>/versions/<int:number>/", version, "articles_article_version"),
    Page("<int:article_id>/compare/", compare, "articles_article_compare"),
)
