"""Names that editors taught the site while they worked on credit lines."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import crediting
from articles.admin.article import pages
from articles.admin.base import Page, moment
from articles.models import PersonAlias, UnitName
from articles.rights.permissions import NotAllowed

SHOWN = 100
KINDS: dict[str, Any] = {"person": PersonAlias, "unit": UnitName}


def _let_in(request):
    """Let in who works on credit lines, and who keeps the names."""
    rights = ("add_article", "delete_personalias", "delete_unitname")
    if not any(request.user.has_perm(f"articles.{right}") for right in rights):
        raise PermissionDenied


def learned_names(request):
    _let_in(request)
    found = [
        {
            "kind": kind,
            "alias": alias,
            "whose": getattr(alias, kind),
            "removable": alias.taught_by_id == request.user.pk
            or request.user.has_perm(f"articles.delete_{model._meta.model_name}"),
        }
        for kind, model in KINDS.items()
        for alias in model.objects.exclude(taught_at=None)
        .select_related(kind, "taught_by")
        .order_by("-taught_at")[:SHOWN]
    ]
    found.sort(key=lambda row: row["alias"].taught_at, reverse=True)
    return pages.page(
        request, "learned_names", None, title=_("Learned names"), names=found[:SHOWN]
    )


@require_POST
def forget_name(request, kind, number):
    _let_in(request)
    if kind not in KINDS:
        raise Http404
    alias = get_object_or_404(KINDS[kind], pk=number)
    try:
        crediting.forget(alias, user=request.user, at=moment(request))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%(name)s” is forgotten.") % {"name": alias})
    return HttpResponseRedirect(reverse("admin:articles_article_learned_names"))


PAGES = (
    Page("learned-names/", learned_names, "articles_article_learned_names"),
    Page(
        "learned-names/<str:kind>/<int:number>/forget/",
        forget_name,
        "articles_article_forget_name",
    ),
)
