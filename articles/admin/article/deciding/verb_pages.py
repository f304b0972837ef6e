"""One page for each verb: asks before an action, does it, or says why not."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import printed_reviewers
from articles.actions import forcing, reviewing
from articles.admin.article import pages
from articles.admin.article.alike import alike
from articles.admin.article.deciding import progress, reading, since
from articles.admin.article.deciding.verbs import DEEDS, LONGEST_REMARK, Deed
from articles.admin.article.form import checks
from articles.admin.article.translations import tied_to
from articles.admin.base import Page, is_desk, moment, refusal, whole_number
from articles.admin.desk import my_desk
from articles.models import Article
from articles.rights.permissions import NotAllowed, Verb, WrongInput
from articles.rights.roles import undecided

# Who hands in, decides or publishes sees what the checks find.
CHECKED = {Verb.SUBMIT, Verb.APPROVE, Verb.PUBLISH, Verb.FORCE, Verb.PROOFREAD}
ANSWERS = {Verb.CONFIRM, Verb.OBJECT}
# Who does these stands by the text that they saw.
OF_A_TEXT = {Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.PROOFREAD, Verb.FORCE}
# The button of another verb's page that brings along what was typed there.
BRING = "bring"
# Kinds of fields that somebody writes in.
WRITTEN = {"text", "textarea"}


def deed_page(request, article_id, deed: Deed):
    """Ask, do, or say why not. What was typed stays."""
    article = pages.find(request, article_id)
    # Nobody has seen a version that is still to be written.
    current = article.version_number
    seen = min(whole_number(request.GET.get("version", "")) or current, current)
    forced = forcing.waiting(article) if deed.verb in ANSWERS else None
    is_brought = BRING in request.POST
    typed = request.POST if request.method == "POST" and not is_brought else None
    form = deed.form(
        typed,
        initial={
            # What changed is shown with it.
            "version": current if deed.verb in OF_A_TEXT else seen,
            "edition": forced.edition.number if forced else None,
            "remark": request.POST.get("remark", "")[:LONGEST_REMARK] if is_brought else None,
            **deed.initial(article, moment(request)),
        },
    )
    form.about(article, request.user, moment(request))
    problem: NotAllowed | str | None = None
    status = 200
    moved = None
    if typed is not None and form.is_valid():
        try:
            made = deed.do(article, request.user, moment(request), form.cleaned_data)
        except WrongInput as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        except reviewing.VersionMoved as late:
            article = pages.find(request, article_id)
            moved, status = _moved(article, form.cleaned_data["version"], late), 409
            form = _again(form, article)
        except reviewing.NotReady as late:
            problem, status = late, 409
        except NotAllowed as refused:
            problem, status = refused, 403
        else:
            return _done(request, article, deed, made)
    else:
        problem = refusal(request, deed.verb, article)
        status = 403 if problem else 200
        if typed is None and not problem and deed.verb in OF_A_TEXT and seen < current:
            moved = _moved(article, seen)
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
        moved=moved,
        written=_written(form) if problem and typed else [],
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
        **({} if problem else _to_read(request, article, deed, version, forced, moved)),
    )


def _moved(article, seen, late=None):
    """Say what changed since a version that the user saw; only who changed it, if it is gone."""
    if not 0 < seen < article.version_number:
        return since.Since(str(late)) if late else None
    return since.since_version(article, seen)


def _again(form, article):
    """Give the form as it was sent, about the version that there is now."""
    data = form.data.copy()
    data["version"] = article.version_number
    again = type(form)(data)
    again.fields = form.fields
    return again


def _written(form):
    """Give what somebody wrote in a form that nobody can send again, so that it is not lost."""
    texts = [field for field in form.visible_fields() if field.widget_type in WRITTEN]
    return [(field.label, field.value()) for field in texts if field.value()]


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
    return undecided(review)


def _to_read(request, article, deed, version, forced, moved):
    """Give what somebody reads before they do it."""
    match deed.verb:
        case Verb.APPROVE:
            review = progress.latest_round(article)
            others = [DEEDS[verb] for verb in (Verb.RETURN, Verb.REJECT)]
            return {
                **reading.before_deciding(request, article, review, version, moved),
                "tied": tied_to(request, article),
                "others": [
                    (other, other.button(article, review))
                    for other in others
                    if refusal(request, other.verb, article) is None
                ],
            }
        case Verb.FORCE:
            open_threads = reading.open_threads(article)
            return {**reading.changed([moved] if moved else []), "open_threads": open_threads}
        case Verb.CONFIRM | Verb.OBJECT if forced is not None:
            return reading.went_out(forced.edition)
    return reading.changed([moved] if moved else [])


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
    if deed.verb in ANSWERS:
        return _next_to_answer(request)
    publishes_next = refusal(request, Verb.PUBLISH, article) is None
    if deed.leads_home and not publishes_next:
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _next_to_answer(request):
    """Lead on to what else was published by force and waits for this user."""
    waiting = my_desk.forced(request)
    if not waiting:
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(
        reverse("admin:articles_article_confirm", args=[waiting[0].article_id])
    )


PAGES = tuple(
    Page(
        f"<int:article_id>/{deed.verb}/",
        partial(deed_page, deed=deed),
        f"articles_article_{deed.verb}",
    )
    for deed in DEEDS.values()
)
