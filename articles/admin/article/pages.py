"""What the pages beside the form share: the article, if it may be seen, and the frame."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.admin.base import DeskRequest, moment, refusal, visible_articles, whole_number
from articles.models import Article, Unit
from articles.rights.permissions import Verb
from articles.rights.photos import own_units
from articles.text import richtext


def find(request: DeskRequest, article_id: int | None) -> Article:
    """Give an article that the user may see; the others answer 404 as if they were not there."""
    user = request.user
    if not user.has_perm("articles.view_article") and not user.has_perm("articles.change_article"):
        raise PermissionDenied
    seen = visible_articles(request).select_related("unit", "section", "created_by")
    return get_object_or_404(seen, pk=article_id)


def asked(request: DeskRequest) -> Article | None:
    """Give the article whose open form asks; None for a form of a new one."""
    number = request.POST.get("article", "")
    return find(request, whole_number(number)) if number else None


def unit_of(request: DeskRequest, article: Article | None) -> Unit | None:
    """Give the unit whose pictures come with a text: the article's, or its writer's only one."""
    if article is not None:
        return article.unit
    units = list(own_units(request.user, moment(request))[:2])
    return units[0] if len(units) == 1 else None


def refusal_to_write(request: DeskRequest, article: Article | None) -> str | None:
    """Say why an open form may not be written in; None if it may."""
    if article is None:
        may = request.user.has_perm("articles.add_article")
        return None if may else _("You may not write articles.")
    return refusal(request, Verb.CHANGE, article)


def require_writing(request: DeskRequest, article: Article | None) -> None:
    reason = refusal_to_write(request, article)
    if reason is not None:
        raise PermissionDenied(reason)


def page(
    request: HttpRequest,
    template: str,
    article: Article | None,
    *,
    title: Any,
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """Answer with a page of the article, `templates/admin/articles/article/<template>.html`."""
    frame = admin.site.each_context(request)
    context = {**frame, "title": title, "opts": Article._meta, "article": article, **context}
    request.__dict__["current_app"] = admin.site.name
    name = f"admin/articles/article/{template}.html"
    return TemplateResponse(request, name, context, status=status)


def printed(body: str) -> SafeString:
    """Give a body as markup that is safe to print."""
    return mark_safe(richtext.clean(body))  # noqa: S308 (cleaned)
