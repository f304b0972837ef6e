"""The record of an article: its versions, what was decided, what went out."""

from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.article import comparing, pages
from articles.admin.base import Page, whole_number


def history(request, article_id):
    article = pages.find(request, article_id)
    rounds = article.rounds.prefetch_related("decisions__version").order_by("-number")
    return pages.page(
        request,
        "history",
        article,
        title=_("History"),
        versions=article.versions.defer("snapshot"),
        rounds=rounds,
        forced=article.forced.select_related("answer", "edition"),
        log=article.log_entries.all(),
        editions=article.editions.select_related("made_by", "version").defer("body"),
    )


def version(request, article_id, number):
    article = pages.find(request, article_id)
    kept = get_object_or_404(article.versions, number=number)
    rows = [
        (comparing.label(field), value)
        for field, value in comparing.lines(kept.snapshot).items()
        if value and field not in {"headline", "body"}
    ]
    return pages.page(
        request,
        "version",
        article,
        title=capfirst(str(kept)),
        version=kept,
        text=pages.printed(kept.snapshot["body"]),
        rows=rows,
    )


def compare(request, article_id):
    """Show two versions of one article side by side; both numbers count below it only."""
    article = pages.find(request, article_id)
    numbers = [whole_number(request.GET.get(side, "")) for side in ("old", "new")]
    old, new = sorted(
        (get_object_or_404(article.versions, number=number) for number in numbers),
        key=lambda version: version.number,
    )
    found = comparing.differences(comparing.lines(old.snapshot), comparing.lines(new.snapshot))
    return pages.page(
        request,
        "compare",
        article,
        title=_("Compare versions"),
        old=old,
        new=new,
        differences=found,
    )


PAGES = (
    Page("<int:article_id>/versions/<int:number>/", version, "articles_article_version"),
    Page("<int:article_id>/compare/", compare, "articles_article_compare"),
)
