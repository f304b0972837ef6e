"""The page that asks before an earlier version becomes the working copy again."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.actions import reverting, writing
from articles.admin.article import pages
from articles.admin.article.deciding.verbs import SeenForm
from articles.admin.article.record import comparing
from articles.admin.base import Page, moment, refusal
from articles.rights.permissions import NotAllowed, Verb


def restore_version(request, article_id, number):
    """Show what going back would change and what cannot come back; then do it, or say why not."""
    article = pages.find(request, article_id)
    version = get_object_or_404(article.versions, number=number)
    at = moment(request)
    problem: NotAllowed | writing.StaleArticle | str | None = None
    status = 200
    if request.method == "POST":
        form = SeenForm(request.POST)
        try:
            seen = form.cleaned_data["version"] if form.is_valid() else 0
            _version, left_out = reverting.restore_version(
                article, number=number, seen_version=seen, author=request.user, at=at
            )
        except writing.StaleArticle as stale:
            # The page below shows the newer version; pressing again is about that one.
            problem, status = stale, 409
            article.refresh_from_db()
        except NotAllowed as refused:
            problem, status = refused, 403
        else:
            return _done(request, article, number, left_out)
    elif number == article.version_number:
        problem, status = _("This is the current version."), 403
    else:
        problem = refusal(request, Verb.CHANGE, article)
        status = 403 if problem else 200
    current = article.versions.get(number=article.version_number)
    found = comparing.between(current.snapshot, version.snapshot)
    return pages.page(
        request,
        "restore_version",
        article,
        title=_("Restore version %(number)d") % {"number": number},
        status=status,
        problem=problem,
        may_press=status in {200, 409},
        version=version,
        current=current,
        form=SeenForm(initial={"version": current.number}),
        left_out=reverting.plan(article, version, author=request.user, at=at).left_out,
        differences=comparing.only_changes(found),
        summary=comparing.summary(found, version.snapshot["language"]),
    )


def _done(request, article, number, left_out):
    article.refresh_from_db()
    text = _("Version %(old)d is restored as version %(new)d.") % {
        "old": number,
        "new": article.version_number,
    }
    messages.success(request, text)
    for sentence in left_out:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


PAGES = (
    Page(
        "<int:article_id>/versions/<int:number>/restore/",
        restore_version,
        "articles_article_restore_version",
    ),
)
