"""One action on many articles: first what will happen to each, then what did.

Each article is its own transaction through the single action, and only as the user saw it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import publishing, reviewing, writing
from articles.admin.article.deciding import progress, verbs
from articles.admin.article.deciding.verbs import LONGEST_REMARK, scheduled
from articles.admin.base import MomentField, Page, moment, visible_articles, whole_number
from articles.models import Article, Importance, ReviewRound, Section, User
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb, WrongInput
from articles.text.tags import split_tags

MOST = 200


class NothingForm(forms.Form):
    """Nothing more has to be said."""


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REMARK,
        required=False,
        help_text=gettext_lazy("The unit reads it with your decision."),
    )


class ReturnForm(verbs.ReturnForm):
    """Asks what the page of one article asks; each article brings its own version."""

    version: Any = None


class TimeForm(forms.Form):
    live_from = MomentField(
        label=gettext_lazy("Goes live at"),
        required=False,
        help_text=gettext_lazy("Empty: at once."),
    )


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(
        Section.objects.all(), label=gettext_lazy("New section"), empty_label=None
    )


class TagForm(forms.Form):
    tags = forms.CharField(
        label=gettext_lazy("Tags to add"),
        max_length=200,
        help_text=gettext_lazy("Several are divided by commas."),
    )

    def clean_tags(self):
        tags = split_tags(self.cleaned_data["tags"])
        # Its address may be longer than the tag.
        longest = max((len(slugify(tag, allow_unicode=True)) for tag in tags), default=0)
        if not tags or max(longest, *map(len, tags)) > 100:
            raise forms.ValidationError(_("Please enter tags of up to 100 characters."))
        return tags


@dataclass(frozen=True)
class Seen:
    """An article as the preview showed it."""

    article: Article
    review: ReviewRound | None

    @property
    def mark(self) -> str:
        """Tell this state of the article from any before and after it."""
        of_review = (self.review.pk, self.review.stage) if self.review else ()
        parts = (self.article.version_number, self.article.status, *of_review)
        return ".".join(map(str, parts))


type Do = Callable[[Article, User, datetime, dict[str, Any]], object]


@dataclass(frozen=True)
class Job:
    """What is done to many: what it asks for, what it foretells and what it does to each."""

    name: str
    verb: Verb
    permission: str
    title: str | Promise
    button: str | Promise
    form: type[forms.Form]
    foretell: Callable[[Seen], str]
    do: Do
    # Why not in bulk, though it may be done alone.
    unfit: Callable[[Seen], str | None] = lambda _seen: None
    # Where each article has to be read first, each box is ticked by hand.
    is_ticked: bool = True
    note: str | Promise = ""
    # What came of each, where “done” does not say it: takes what `do` gave.
    outcome: Callable[[Any, datetime], str | None] = lambda _made, _at: None

    @property
    def address(self) -> str:
        return reverse(f"admin:desk_bulk_{self.name}")


@dataclass
class Row:
    seen: Seen
    will: str
    refusal: str | None
    is_ticked: bool
    # What became of it, once it was tried.
    was_done: bool | None = field(default=None)
    outcome: str | None = None
    # What was typed stood in the way, and nothing about the article.
    wrong: WrongInput | None = None

    @property
    def article(self) -> Article:
        return self.seen.article


def begin(request, queryset, job: Job):
    """Lead from the list to the preview."""
    chosen = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if len(chosen) > MOST:
        text = _("Please choose no more than %(number)d articles at once.") % {"number": MOST}
        messages.warning(request, text)
        return None
    return HttpResponseRedirect(f"{job.address}?{urlencode([('id', pk) for pk in chosen])}")


def bulk(request, job: Job):
    """Show what will happen to each article, or do it to those that are ticked."""
    if not request.user.has_perm(job.permission):
        raise PermissionDenied
    rows = _rows(request, job)
    form = job.form(request.POST if request.method == "POST" else None)
    is_result = False
    if request.method == "POST":
        ticked = set(request.POST.getlist("article"))
        for row in rows:
            row.is_ticked = str(row.article.pk) in ticked
        if not any(row.is_ticked for row in rows):
            form.add_error(None, _("No article is ticked."))
        if form.is_valid():
            is_result = True
            for row in rows:
                if row.is_ticked:
                    _try(request, job, row, form.cleaned_data)
            if all(row.wrong for row in rows if row.is_ticked):
                is_result = False
                _ask_again(form, rows)
    context = {
        **admin.site.each_context(request),
        "title": job.title,
        "job": job,
        "form": form,
        "rows": rows,
        "possible": sum(row.refusal is None for row in rows),
        "tried": [row for row in rows if row.was_done is not None],
        "done": sum(bool(row.was_done) for row in rows),
        "url": request.get_full_path(),
    }
    request.current_app = admin.site.name
    name = "admin/desk/bulk_result.html" if is_result else "admin/desk/bulk.html"
    return TemplateResponse(request, name, context)


def _rows(request, job: Job) -> list[Row]:
    """Read the articles that were chosen, as far as the user may see them, in that order."""
    asked = [whole_number(text) for text in request.GET.getlist("id")[:MOST]]
    chosen = list(dict.fromkeys(pk for pk in asked if pk is not None))
    found = visible_articles(request).select_related("unit", "section", "created_by")
    articles = found.in_bulk(chosen)
    in_order = [articles[pk] for pk in chosen if pk in articles]
    rounds = _rounds(in_order)
    return [_row(request, job, Seen(article, rounds.get(article.pk))) for article in in_order]


def _rounds(articles: Iterable[Article]) -> dict[int, ReviewRound]:
    waiting = ReviewRound.objects.waiting().filter(article__in=articles)
    return {review.article_id: review for review in waiting.select_related("claimed_by")}


def _row(request, job: Job, seen: Seen) -> Row:
    article = seen.article
    if seen.review:
        seen.review.article = article
    reason = permissions.refusal(request.user, job.verb, article, moment(request))
    reason = reason or job.unfit(seen)
    will = job.foretell(seen) if reason is None else ""
    return Row(seen, will, reason, is_ticked=job.is_ticked and reason is None)


def _try(request, job: Job, row: Row, given: dict[str, Any]) -> None:
    """Do it to one article, if it is still what the user saw; keep why not."""
    article = row.article
    try:
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=article.pk)
            now = Seen(article, _rounds([article]).get(article.pk))
            if now.mark != request.POST.get(f"seen-{article.pk}"):
                raise NotAllowed(  # noqa: TRY301 (it is told like any other refusal)
                    _("Somebody has changed or moved this article meanwhile. Please look again.")
                )
            unfit = job.unfit(now)
            if unfit:
                raise NotAllowed(unfit)  # noqa: TRY301
            made = job.do(article, request.user, moment(request), given)
    except WrongInput as wrong:
        row.refusal, row.was_done, row.wrong = str(wrong), False, wrong
    except (NotAllowed, writing.StaleArticle) as refused:
        row.refusal, row.was_done = str(refused), False
    else:
        row.refusal, row.was_done = None, True
        row.outcome = job.outcome(made, moment(request))


def _ask_again(form: forms.Form, rows: Iterable[Row]) -> None:
    """Say at their fields what is wrong for every article, and offer all of them as before."""
    for row in rows:
        wrong, row.was_done = row.wrong, None
        if wrong is not None:
            row.refusal = None
            field = wrong.field if wrong.field in form.fields else None
            if str(wrong) not in form.errors.get(field or NON_FIELD_ERRORS, []):
                form.add_error(field, str(wrong))


def _will_submit(seen: Seen) -> str:
    return _("goes to “%(stage)s”") % {"stage": progress.first_stage(seen.article)}


def _lacks(seen: Seen) -> str | None:
    return " ".join(reviewing.lacks(seen.article)) or None


def _will_approve(seen: Seen) -> str:
    review = seen.review
    if review is None or review.is_last_stage:
        return _("is cleared for publication")
    return _("goes on to “%(stage)s”") % {"stage": review.stage_name(review.stage + 1)}


def _wants_a_reader(seen: Seen) -> str | None:
    is_final = seen.review is not None and seen.review.is_last_stage
    if is_final and seen.article.importance != Importance.ORDINARY:
        return _("The final approval of an important or sensitive article is given on its page.")
    return None


def _will_return(seen: Seen) -> str:
    return _("goes back to %(name)s of %(unit)s") % {
        "name": seen.article.created_by,
        "unit": seen.article.unit,
    }


def _will_change(seen: Seen) -> str:
    """Say what a new version does to an article in its state."""
    match seen.article.status:
        case Article.Status.APPROVED:
            return _("gets a new version, which the last stage has to approve again")
        case Article.Status.PUBLISHED:
            return _("gets a new version, which has to be approved before readers see it")
        case Article.Status.IN_REVIEW:
            return _("gets a new version in the review that is under way")
    return _("gets a new version")


def _change_section(article: Article, user: User, at: datetime, given: dict[str, Any]) -> None:
    article = writing.begin_change(
        article, seen_version=article.version_number, author=user, at=at
    )
    article.section = given["section"]
    article.save(update_fields=["section"])
    reason = _("moved to the section “%(section)s”") % {"section": given["section"]}
    writing.finish_change(article, author=user, at=at, reason=reason)


def _add_tags(article: Article, user: User, at: datetime, given: dict[str, Any]) -> None:
    article = writing.begin_change(
        article, seen_version=article.version_number, author=user, at=at
    )
    article.tags.add(*given["tags"])
    reason = _("tags added: %(tags)s") % {"tags": ", ".join(given["tags"])}
    writing.finish_change(article, author=user, at=at, reason=reason[:200])


JOBS = {
    job.name: job
    for job in (
        Job(
            "submit",
            Verb.SUBMIT,
            "articles.submit_article",
            gettext_lazy("Submit articles for review"),
            gettext_lazy("Submit what is ticked"),
            NothingForm,
            _will_submit,
            lambda article, user, at, _given: reviewing.submit(article, user=user, at=at),
            unfit=_lacks,
        ),
        Job(
            "approve",
            Verb.APPROVE,
            "articles.review_article",
            gettext_lazy("Approve articles"),
            gettext_lazy("Approve what is ticked"),
            RemarkForm,
            _will_approve,
            lambda article, user, at, given: reviewing.approve(
                article,
                reviewer=user,
                seen_version=article.version_number,
                at=at,
                remark=given["remark"],
            ),
            unfit=_wants_a_reader,
            is_ticked=False,
            note=gettext_lazy(
                "Tick each article that you have read in the version that is named here."
            ),
        ),
        Job(
            "return",
            Verb.RETURN,
            "articles.review_article",
            gettext_lazy("Return articles for changes"),
            gettext_lazy("Return what is ticked"),
            ReturnForm,
            _will_return,
            lambda article, user, at, given: reviewing.return_for_changes(
                article,
                reviewer=user,
                seen_version=article.version_number,
                at=at,
                remark=given["remark"],
                reasons=given["reasons"],
            ),
        ),
        Job(
            "publish",
            Verb.PUBLISH,
            "articles.publish_article",
            gettext_lazy("Publish or schedule articles"),
            gettext_lazy("Publish or schedule what is ticked"),
            TimeForm,
            lambda _seen: _("goes live at the time above, or at once"),
            lambda article, user, at, given: publishing.publish(
                article, user=user, at=at, live_from=given["live_from"]
            ),
            outcome=scheduled,
        ),
        Job(
            "section",
            Verb.CHANGE,
            "articles.add_article",
            gettext_lazy("Move articles to another section"),
            gettext_lazy("Move what is ticked"),
            SectionForm,
            _will_change,
            _change_section,
        ),
        Job(
            "tag",
            Verb.CHANGE,
            "articles.add_article",
            gettext_lazy("Add tags to articles"),
            gettext_lazy("Add them to what is ticked"),
            TagForm,
            _will_change,
            _add_tags,
        ),
    )
}

PAGES = tuple(
    Page(f"desk/bulk/{job.name}/", partial(bulk, job=job), f"desk_bulk_{job.name}")
    for job in JOBS.values()
)
