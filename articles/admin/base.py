"""What the pages of the desk share: the moment, refusals, and what nobody may touch."""

from datetime import datetime

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, ArticlePhoto
from articles.models.articles import ArticleQuerySet
from articles.permissions import Verb


def moment(request: HttpRequest) -> datetime:
    """Give the time at which a request is answered, the same on all of its page."""
    if not hasattr(request, "_moment"):
        request._moment = timezone.now()
    return request._moment


def refusal(request: HttpRequest, verb: Verb, article: Article) -> str | None:
    """Ask once per page why the user may not do something; the action asks again."""
    asked = request.__dict__.setdefault("_refusals", {})
    key = (verb, article.pk, article.status)
    if key not in asked:
        asked[key] = permissions.refusal(request.user, verb, article, moment(request))
    return asked[key]


def visible_articles(request: HttpRequest) -> ArticleQuerySet:
    return Article.objects.visible_to(request.user, moment(request))


def is_desk(request: HttpRequest) -> bool:
    """Tell the desk, which sees every unit, from the units."""
    return request.user.has_perm("articles.view_every_unit")


class DeskAdmin(admin.ModelAdmin):
    """A page of the desk. What is not there answers 404, like what may not be seen."""

    list_per_page = 50
    show_full_result_count = False

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def get_deleted_objects(self, objs, request):
        """Name only what the user may see, in what stands in the way as well."""
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        if not is_desk(request):
            to_delete = [str(row) for row in objs]
            protected = [_("Articles or other records refer to it.")] if protected else []
        return to_delete, counts, needed, protected


class ReadOnlyAdmin(DeskAdmin):
    """Pages to read: nobody adds, changes or deletes here, superusers included."""

    actions = None

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class EvidenceAdmin(ReadOnlyAdmin):
    """The record, as far as the user may see its articles."""

    path_to_article = "article"

    def get_queryset(self, request):
        visible = visible_articles(request).values("pk")
        return super().get_queryset(request).filter(**{f"{self.path_to_article}__in": visible})


def uses(request: HttpRequest, photo_id: int) -> list[Article]:
    """Give the articles with a photo, as far as the user may see them."""
    with_it = ArticlePhoto.objects.filter(photo=photo_id).values("article")
    return list(visible_articles(request).filter(pk__in=with_it))
