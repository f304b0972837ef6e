"""The queue of credit lines that an import could not settle, worked off one by one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.actions import crediting, writing
from articles.admin.article import pages
from articles.admin.article.form import credit_line
from articles.admin.base import (
    DeskRequest,
    Page,
    moment,
    refusal,
    visible_keys,
    whole_number,
)
from articles.models import DoubtfulLine
from articles.models.doubtful import DoubtfulLineQuerySet
from articles.rights.permissions import NotAllowed, Verb

SHOWN = 50


def waiting(request: DeskRequest) -> DoubtfulLineQuerySet:
    """Give the lines that wait, as far as the user may see their articles and writes at all."""
    if not request.user.has_perm("articles.add_article"):
        return DoubtfulLine.objects.none()
    seen = visible_keys(request)
    return DoubtfulLine.objects.waiting().filter(article__in=seen)


def queue(request):
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    lines = waiting(request)
    found = list(lines.select_related("article", "article__unit")[:SHOWN])
    return pages.page(
        request,
        "doubtful_lines",
        None,
        title=_("Doubtful credit lines"),
        lines=found,
        number=lines.count() if len(found) == SHOWN else len(found),
    )


def work_off(request, article_id):
    """Show a line as it was read; take what is ticked into the article, or call it settled."""
    article = pages.find(request, article_id)
    doubtful = get_object_or_404(
        DoubtfulLine.objects.select_related("settled_by"), article=article
    )
    problem = refusal(request, Verb.CHANGE, article)
    if not problem and doubtful.settled_at:
        problem = _("%(name)s has worked off this line already.") % {"name": doubtful.settled_by}
    asked = request.POST if request.method == "POST" else {"credit_line": doubtful.line}
    reading = credit_line.read(asked, credit_line.Rights.of(request))
    if request.method == "POST" and not problem:
        try:
            if _is_done(request, article, doubtful, reading):
                return _next(request, article)
        except (NotAllowed, writing.StaleArticle) as refused:
            problem = str(refused)
            article.refresh_from_db()
    return pages.page(
        request,
        "doubtful_line",
        article,
        title=_("Doubtful credit line"),
        status=403 if problem else 200,
        doubtful=doubtful,
        reading=reading,
        problem=problem,
        rows=article.credits.select_related("person", "unit"),
        number=waiting(request).count(),
    )


def _is_done(request, article, doubtful, reading):
    """Do what was asked for; False where the line is only to be read again."""
    user, at = request.user, moment(request)
    if "_settle" in request.POST:
        crediting.settle(doubtful, user=user, at=at)
        messages.success(request, _("Settled without a change."))
        return True
    if credit_line.TAKE not in request.POST or reading.problem:
        return False
    if reading.is_new:
        reading.problem = _("The line was changed. Please look at what it says now.")
        return False
    seen = whole_number(request.POST.get("seen_version", "")) or 0
    with transaction.atomic():
        entries = credit_line.take(reading, request)
        if not entries:
            reading.problem = _("Nothing was ticked.")
            return False
        crediting.settle(doubtful, user=user, at=at)
        crediting.enter(article, entries, seen_version=seen, user=user, at=at)
    for text in reading.said:
        messages.info(request, text)
    done = _("The credits of “%(headline)s” are settled.") % {"headline": article.headline}
    messages.success(request, done)
    return True


def _next(request, article):
    following = waiting(request).exclude(article=article).first()
    if following is None:
        return HttpResponseRedirect(reverse("admin:articles_article_doubtful_lines"))
    address = reverse("admin:articles_article_doubtful_line", args=[following.article_id])
    return HttpResponseRedirect(address)


PAGES = (
    Page("doubtful-lines/", queue, "articles_article_doubtful_lines"),
    Page("<int:article_id>/doubtful-line/", work_off, "articles_article_doubtful_line"),
)
