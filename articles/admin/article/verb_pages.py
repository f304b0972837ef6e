"""One page for each verb: asks before an action, does it, or says why not."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import printed_reviewers, rendering
from articles.actions import forcing, reviewing
from articles.admin.article import checks, comparing, pages, progress, since
from articles.admin.article.alike import alike
from articles.admin.article.verbs import DEEDS, Deed
from articles.admin.base import Page, is_desk, moment, refusal, whole_number
from articles.models import Article
from articles.rights.permissions import NotAllowed, Verb, WrongInput

# Who hands in, decides or publishes sees what the checks find.
CHECKED = {Verb.SUBMIT, Verb.APPROVE, Verb.PUBLISH, Verb.FORCE, Verb.PROOFREAD}
ANSWERS = {Verb.CONFIRM, Verb.OBJECT}


def deed_page(request, article_id, deed: Deed):
    """Ask, do, or say why not. What was typed stays."""
    article = pages.find(request, article_id)
    # Nobody has seen a version that is still to be written.
    current = article.version_number
    seen = min(whole_number(request.GET.get("version", "")) or current, current)
    forced = forcing.waiting(article) if deed.verb in ANSWERS else None
    form = deed.form(
        request.POST or None,
        initial={
            "version": seen,
            "edition": forced.edition.number if forced else None,
            **deed.initial(article, moment(request)),
        },
    )
    form.about(article, request.user, moment(request))
    problem: NotAllowed | str | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = deed.do(article, request.user, moment(request), form.cleaned_data)
        except WrongInput as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        except (reviewing.NotReady, reviewing.VersionMoved) as late:
            problem, status = late, 409
        except NotAllowed as refused:
            problem, status = refused, 403
        else:
            return _done(request, article, deed, made)
    else:
        problem = refusal(request, deed.verb, article)
        status = 403 if problem else 200
    review = progress.latest_round(article)
    version = article.versions.get(number=article.version_number)
    asks_to_approve = deed.verb == Verb.APPROVE and not problem
    return pages.page(
        request,
        "approve" if asks_to_approve else "deed",
        article,
        title=deed.title,
        status=status,
        deed=deed,
        button=deed.button(article, review),
        form=form,
        problem=problem,
        review=review,
        reviewers=printed_reviewers.outlook(article, review)
        if deed.verb == Verb.PUBLISH
        else None,
        version=version,
        alike=alike(request, article) if _shows_alike(request, deed, problem) else [],
        checks=checks.to_read(request, article) if deed.verb in CHECKED else None,
        text=pages.printed(article.body) if deed.verb in (Verb.PROOFREAD, Verb.FORCE) else "",
        forced=forced,
        skips=_skips(article) if deed.verb == Verb.FORCE and not problem else None,
        hours=settings.FORCED_CONFIRMATION_HOURS,
        url=request.get_full_path(),
        **(_to_read(request, article, review, version) if asks_to_approve else {}),
    )


def _shows_alike(request, deed, problem):
    """Whoever hands in, and the desk before it approves, should know of like reports."""
    asks = deed.verb == Verb.SUBMIT or (deed.verb == Verb.APPROVE and is_desk(request))
    return asks and not problem


def _skips(article):
    """Name each stage that a forced publication would skip, and who would have decided there."""
    try:
        review = forcing.passed_over(article)
    except NotAllowed:
        return []
    return progress.undecided(review)


def _to_read(request, article, review, version):
    """Give what a reviewer reads before deciding: the text, and what changed in it."""
    changes = since.changes(article, review, request.user)
    widest = next((change for change in changes if change.differences), None)
    others = [DEEDS[verb] for verb in (Verb.RETURN, Verb.REJECT)]
    return {
        "content": version.snapshot,
        "whole_text": mark_safe(rendering.body(version.snapshot)),  # noqa: S308 cleaned there
        "credit_line": rendering.credit_line(version.snapshot),
        "changes": changes,
        "widest": widest,
        "differences": widest
        and comparing.only_changes(comparing.with_thumbnails(list(widest.differences))),
        "others": [
            (other, other.button(article, review))
            for other in others
            if refusal(request, other.verb, article) is None
        ],
    }


def _done(request, article, deed, made):
    article.refresh_from_db()
    text = deed.outcome(made, moment(request)) or str(deed.done)
    review = progress.latest_round(article)
    if review and article.status == Article.Status.IN_REVIEW:
        text = _("%(done)s “%(headline)s” is now at “%(stage)s”, with %(holder)s.") % {
            "done": text,
            "headline": article.headline,
            "stage": review.stage_name(),
            "holder": progress.holder(review),
        }
    else:
        text = _("%(done)s “%(headline)s”") % {"done": text, "headline": article.headline}
    messages.success(request, text)
    publishes_next = refusal(request, Verb.PUBLISH, article) is None
    if deed.leads_home and not publishes_next:
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


PAGES = tuple(
    Page(
        f"<int:article_id>/{deed.verb}/",
        partial(deed_page, deed=deed),
        f"articles_article_{deed.verb}",
    )
    for deed in DEEDS.values()
)
