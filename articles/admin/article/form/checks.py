"""What the checks find, beside the form and before a decision; putting it aside."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import checking
from articles.actions import checking as putting
from articles.admin.article import pages
from articles.admin.article.form import typed
from articles.admin.article.record import comparing
from articles.admin.base import DeskRequest, Page, moment, refusal
from articles.checks import registry
from articles.checks.findings import Finding, Place
from articles.models import Article, Waiver
from articles.rights import checking as rights
from articles.rights.permissions import NotAllowed, Verb

ROWS = ("photos", "credits", "units", "attachments")


@dataclass(frozen=True)
class Shown:
    """A finding as a panel prints it: with its place in words and as a link into the form."""

    finding: Finding
    name: str
    where: str
    anchor: str
    waiver: Waiver | None = None


@dataclass(frozen=True)
class Panel:
    """What is found in a text. `may`: whether the user can put advice, and all, aside."""

    open: list[Shown]
    aside: list[Shown]
    may_put_aside: bool = False
    may_put_all_aside: bool = False

    @property
    def blocking(self) -> list[Shown]:
        return [shown for shown in self.open if shown.finding.is_blocking]


def of_article(request: DeskRequest, article: Article) -> Panel:
    """Check an article as it was last saved."""
    return _panel(request, article, checking.current(article, moment(request)))


def to_read(request: DeskRequest, article: Article) -> Panel:
    """The same for a page on which nothing is put aside."""
    return _panel(request, None, checking.current(article, moment(request)))


def of_typed(request: DeskRequest, article: Article | None) -> Panel | None:
    """Check what stands in an open form; None where it is too much to be read."""
    version = article.versions.first() if article else None
    beside = version.snapshot if version else typed.EMPTY
    try:
        content = typed.snapshot(request.POST, beside, request)
    except ValidationError:
        return None
    return _panel(request, article, checking.check(article or Article(), content, moment(request)))


def _panel(request: DeskRequest, article: Article | None, report: checking.Report) -> Panel:
    # Asked once per page; the action asks again.
    may = article is not None and refusal(request, Verb.CHANGE, article) is None
    return Panel(
        [shown(finding) for finding in report.open],
        [shown(finding, waiver) for finding, waiver in report.aside],
        may,
        may and rights.puts_all_aside(request.user),
    )


def shown(finding: Finding, waiver: Waiver | None = None) -> Shown:
    name = str(registry.CHECKS[finding.check].name)
    return Shown(finding, name, where(finding.place), _anchor(finding.place), waiver)


def where(place: Place) -> str:
    """Name a place of the form."""
    if place.field == "body":
        return _("paragraph %(number)d") % {"number": place.number}
    label = comparing.label(place.field)
    return f"{label} {place.number}" if place.number else label


def _anchor(place: Place) -> str:
    if place.field not in ROWS:
        return f"id_{place.field}"
    return f"{place.field}-{place.number - 1}" if place.number else f"{place.field}-group"


# The pages


@require_POST
def check_page(request):
    """Answer with the panel for what is typed. Nothing is kept."""
    article = pages.asked(request)
    if article is None and not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    panel = of_typed(request, article)
    context = {"panel": panel, "article": article, "is_typed": True}
    return HttpResponse(render_to_string("admin/articles/article/checks.html", context, request))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why may it stay?"),
        max_length=200,
        help_text=gettext_lazy("Reviewers read it beside the finding."),
    )


class LastingReasonForm(ReasonForm):
    everywhere = forms.BooleanField(
        label=gettext_lazy("In every article, for good"),
        required=False,
    )


class PhraseForm(LastingReasonForm):
    phrase = forms.CharField(
        label=gettext_lazy("Allowed phrase"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "For good: the phrase that is right although it has the word in it, as short as "
            "it can be."
        ),
    )


def put_aside_page(request, article_id):
    article = pages.find(request, article_id)
    at = moment(request)
    key = request.GET.get("key", "")
    problem = None
    finding = None
    form = None
    try:
        finding = putting.find(article, key, at)
    except NotAllowed as refused:
        problem = str(refused)
    else:
        problem = rights.put_aside(request.user, article, at, is_blocking=finding.is_blocking)
        form = _form_for(request, finding)
        if request.method == "POST" and form.is_valid():
            try:
                _put_aside(article, finding, request.user, at, form.cleaned_data)
            except NotAllowed as refused:
                problem = str(refused)
            else:
                messages.success(request, _("Put aside. It stands below the findings."))
                return HttpResponseRedirect(_beside(article))
    return pages.page(
        request,
        "put_aside",
        article,
        title=_("Put a finding aside"),
        status=403 if problem else 200,
        shown=shown(finding) if finding else None,
        form=form,
        problem=problem,
    )


def _form_for(request, finding):
    kind: type[ReasonForm] = ReasonForm
    if rights.put_aside_everywhere(request.user) is None:
        if finding.phrase:
            kind = PhraseForm
        elif finding.lasting:
            kind = LastingReasonForm
    around = finding.excerpt
    phrase = f"{around.before[-2:]}{finding.phrase}{around.after[:2]}".strip("…")
    return kind(request.POST if request.method == "POST" else None, initial={"phrase": phrase})


def _put_aside(article, finding, user, at, answers: dict[str, Any]) -> None:
    told = {"key": finding.key, "user": user, "at": at, "reason": answers["reason"]}
    if answers.get("everywhere"):
        putting.put_aside_everywhere(article, phrase=answers.get("phrase", ""), **told)
    else:
        putting.put_aside(article, **told)


@require_POST
def take_up(request, article_id, waiver_id):
    article = pages.find(request, article_id)
    waiver = get_object_or_404(article.waivers, pk=waiver_id)
    try:
        putting.take_up(article, waiver, user=request.user, at=moment(request))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(_beside(article))


def _beside(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk]) + "#checks"


PAGES = (
    Page("checks/", check_page, "articles_article_checks"),
    Page("<int:article_id>/checks/put-aside/", put_aside_page, "articles_article_put_aside"),
    Page(
        "<int:article_id>/checks/<int:waiver_id>/take-up/",
        take_up,
        "articles_article_take_up",
    ),
)
