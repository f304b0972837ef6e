"""What readers saw of the whole site at a moment, or will see as it is planned."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.article.record.as_of import MomentForm
from articles.admin.base import Page, moment, visible_keys, whole_number
from articles.models import Edition, Section
from articles.public.lists.listing import editions_page

MAX_QUERY = 100


def as_of(request):
    """List what was live, newest first, as far as the user may see its articles."""
    if not request.user.has_perm("articles.view_edition"):
        raise PermissionDenied
    form, at = MomentForm.of(request)
    section = whole_number(request.GET.get("section", ""))
    asked = request.GET.get("q", "").strip()[:MAX_QUERY]
    live = Edition.objects.live(at).filter(article__in=visible_keys(request))
    if section is not None:
        live = live.filter(section=section)
    if asked:
        live = live.filter(headline__icontains=asked)
    same = {"at": at.isoformat(), "section": section or "", "q": asked}
    context = {
        **admin.site.each_context(request),
        "title": _("The site at a moment"),
        "opts": Edition._meta,
        "form": form,
        "at": at,
        "is_planned": at > moment(request),
        "page": editions_page(live, request.GET, at, load=with_publishers),
        "sections": Section.objects.all(),
        "section": section,
        "q": asked,
        "same": urlencode(same),
        "moment_only": urlencode({"at": at.isoformat()}),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/articles/edition/as_of.html", context)


def with_publishers(numbers: list[int], at: datetime) -> list[Edition]:
    found = Edition.objects.for_lists().select_related("made_by").in_bulk(numbers)
    return [found[number] for number in numbers]


PAGES = (Page("as-of/", as_of, "articles_edition_as_of"),)
