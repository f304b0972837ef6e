"""Tidying the body of an open form: shown first, then done as one step that can be undone.

With script it happens in the editor. Without, what is typed is kept as it is for the form that
is left, tidied there, and taken into the form again. Either way nothing is saved by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import personal_drafts
from articles.admin.article import pages
from articles.admin.article.form import kept, typed
from articles.admin.base import Page
from articles.models import PersonalDraft
from articles.rights.permissions import NotAllowed
from articles.text import tidying

SHOWN = 30


@dataclass(frozen=True)
class Offered:
    """A kind of tidying with the changes that it would make, the first of them to be seen."""

    kind: tidying.Kind
    changes: list[tidying.Change]
    is_ticked: bool

    @property
    def shown(self) -> list[tidying.Change]:
        return self.changes[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.changes) - SHOWN)


def offers(body: str, names: Iterable[str]) -> list[Offered]:
    """Say what each kind would do to a body by itself. Raises `TooMuchMarkup`."""
    names = list(names)
    made = (
        Offered(kind, tidying.tidy(body, {code}, names).changes, kind.is_usual)
        for code, kind in tidying.KINDS.items()
    )
    return [offered for offered in made if offered.changes]


def names_in(data: Any) -> list[str]:
    """Give the names that the credits of a form print, of people and units."""
    rows = typed.rows(data, "credits")
    names = {row[name].strip() for row in rows for name in ("name", "unit_name")}
    for named in typed.names(rows).values():
        names |= set(named.values())
    return sorted(names - {""})


def _kinds(request):
    return {kind for kind in request.POST.getlist("kind") if kind in tidying.KINDS}


# With script: questions of an open form


@require_POST
def preview(request):
    """Answer with what could be tidied, or with the body as the chosen kinds leave it."""
    article = pages.asked(request)
    pages.require_writing(request, article)
    body, names = request.POST.get("body", ""), names_in(request.POST)
    try:
        if "apply" in request.POST:
            return JsonResponse({"body": tidying.tidy(body, _kinds(request), names).html})
        context = {"offers": offers(body, names), "has_script": True}
    except ValidationError as problem:
        return JsonResponse({"reason": " ".join(problem.messages)}, status=413)
    html = render_to_string("admin/articles/article/tidy_offers.html", context, request)
    return HttpResponse(html)


# Without: the typed text is kept, looked at on a page, and taken back into the form


@require_POST
def begin(request):
    """Keep what an open form holds, and go on to what could be tidied in it."""
    article = pages.asked(request)
    try:
        draft = kept.keep(request, article)
    except (NotAllowed, personal_drafts.TooMuchToKeep) as problem:
        raise PermissionDenied(str(problem)) from problem
    if draft is None:
        raise PermissionDenied(_("This form was saved already. Please open the article again."))
    return HttpResponseRedirect(reverse("admin:articles_article_tidy", args=[draft.pk]))


def tidy_page(request, draft_id):
    draft = get_object_or_404(PersonalDraft.objects.filter(user=request.user), pk=draft_id)
    article = kept.article_of(request, draft)
    way = kept.way(request, draft, article)
    body, names = draft.fields.get("body", ""), names_in(draft.fields)
    found, problem = [], way.reason
    try:
        found = offers(body, names)
        if request.method == "POST" and not problem:
            tidied = tidying.tidy(body, _kinds(request), names)
            personal_drafts.keep(
                {**draft.fields, "body": tidied.html},
                user=request.user,
                article=article,
                token=draft.token,
                version_number=draft.version_number,
                at=draft.saved_at,
            )
            messages.success(request, _("Tidied. Look it over, then save it as usual."))
            return HttpResponseRedirect(way.address)
    except ValidationError as too_much:
        problem = " ".join(too_much.messages)
    except (NotAllowed, personal_drafts.TooMuchToKeep) as refused:
        problem = str(refused)
    return pages.page(
        request,
        "tidy",
        article,
        title=_("Tidy the text"),
        status=403 if problem else 200,
        draft=draft,
        way=way,
        offers=found,
        problem=problem,
    )


PAGES = (
    Page("tidy/", begin, "articles_article_tidy_begin"),
    Page("tidy/preview/", preview, "articles_article_tidy_preview"),
    Page("tidy/<int:draft_id>/", tidy_page, "articles_article_tidy"),
)
