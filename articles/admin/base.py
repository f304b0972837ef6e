"""What the pages of the desk share: the moment, refusals, and what nobody may touch."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, log
from articles.admin import changes
from articles.exporting.lists import ExportedList
from articles.log import wording
from articles.models import Article, ArticlePhoto, Edition, EditionPhoto, LogEntry, User
from articles.models.articles import ArticleQuerySet
from articles.models.log import LogEntryQuerySet
from articles.rights import permissions, roles
from articles.rights.permissions import Verb
from articles.worktime import YEARS

MAX_DIGITS = 18
DAY = re.compile(r"\s*([0-9]+)-[0-9]+-[0-9]+")
LONGEST_HISTORY = 200


class DeskRequest(HttpRequest):
    """What the admin lets through to its pages: somebody is signed in."""

    user: User


class Page(NamedTuple):
    """An address of the desk, what answers there to whoever is signed in, and its name."""

    route: str
    view: Callable[..., HttpResponseBase]
    name: str


def addresses(site: admin.AdminSite, pages: Iterable[Page]) -> list[URLPattern]:
    """Put pages behind the login of the desk."""
    return [path(page.route, site.admin_view(page.view), name=page.name) for page in pages]


def moment(request: HttpRequest) -> datetime:
    """Give the time at which a request is answered, the same on all of its page."""
    return request.__dict__.setdefault("_moment", clock.here())


def refusal(request: DeskRequest, verb: Verb, article: Article) -> str | None:
    """Ask once per page why the user may not do something; the action asks again."""
    asked = request.__dict__.setdefault("_refusals", {})
    key = (verb, article.pk, article.status)
    if key not in asked:
        seen = _sees(request, article)
        asked[key] = permissions.refusal(request.user, verb, article, moment(request), seen=seen)
    return asked[key]


def _sees(request: DeskRequest, article: Article) -> bool:
    seen = request.__dict__.setdefault("_seen", {})
    if article.pk not in seen:
        seen[article.pk] = permissions.sees(request.user, article, moment(request))
    return seen[article.pk]


def visible_articles(request: DeskRequest) -> ArticleQuerySet:
    return Article.objects.visible_to(request.user, moment(request))


def visible_keys(request: DeskRequest) -> QuerySet[Any, Any]:
    """Give the keys of the articles that the user may see, for the query of something else."""
    return Article.objects.keys_visible_to(request.user, moment(request))


def visible_entries(request: DeskRequest) -> LogEntryQuerySet:
    """Give the log of the articles that the user may see, and the rest to whoever may."""
    sees_rest = request.user.has_perm("articles.view_security_log")
    if sees_rest and is_desk(request):
        return LogEntry.objects.all()
    # The desk sees all of them, so none has to be looked for.
    all_of_them = Q(article__isnull=False)
    seen = all_of_them if is_desk(request) else Q(article__in=visible_keys(request))
    return LogEntry.objects.filter(seen | Q(article=None) if sees_rest else seen)


def is_desk(request: DeskRequest) -> bool:
    return roles.is_desk(request.user)


def whole_number(text: str) -> int | None:
    """Read a number in an address, if it is one and short enough for a column of numbers."""
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a date and a time. Seconds only where there are some."""

    input_type = "datetime-local"

    def format_value(self, value):
        if isinstance(value, datetime):
            return value.replace(tzinfo=None).isoformat(
                timespec="seconds" if value.second else "minutes"
            )
        return value


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


def refuse_other_years(day: date) -> None:
    if day.year not in YEARS:
        raise ValidationError(
            _("Please choose a year from %(first)d to %(last)d."),
            params={"first": YEARS[0], "last": YEARS[-1]},
        )


class DayField(forms.DateField):
    widget = DayInput
    default_validators = [refuse_other_years]


class MomentField(forms.DateTimeField):
    widget = MomentInput
    default_validators = [refuse_other_years]


# Telephones and keyboards know these better than any script.
NATIVE_DATES: dict[Any, dict[str, Any]] = {
    models.DateField: {"form_class": DayField, "widget": DayInput},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
}


def asks_for_other_years(request: HttpRequest) -> bool:
    """Tell whether a list is to be filtered by a day that no database can reckon with."""
    return any(
        _is_of_another_year(name, value)
        for name, values in request.GET.lists()
        if name != SEARCH_VAR
        for value in values
    )


def _is_of_another_year(name: str, value: str) -> bool:
    day = DAY.match(value)
    year = day[1] if day else value if name.endswith("__year") else None
    return year is not None and whole_number(year) not in YEARS


def check_references() -> None:
    """Find now, not at the commit, that a row points at what somebody else has deleted."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def again_if_it_collides(
    view: Callable[..., HttpResponseBase], request: DeskRequest, *words: Any
) -> HttpResponseBase:
    """Answer; where somebody else's deletion or save came first, once more on what there is now.

    Nothing was written by then, so the second time the form or the page says what is wrong.
    """
    try:
        with transaction.atomic():
            return view(request, *words)
    except (IntegrityError, ProtectedError):
        return view(request, *words)


class DeskAdmin(ExportedList):
    """A page of the desk. What is not there answers 404, like what may not be seen."""

    formfield_overrides = NATIVE_DATES
    list_per_page = 50
    # One line over the list, where its name alone does not tell what it is for.
    purpose: str | Promise = ""
    object_history_template = "admin/history_of_row.html"
    # What the log calls it when a row comes, changes and goes.
    added: LogEntry.Action = LogEntry.Action.ADDED
    edited: LogEntry.Action = LogEntry.Action.EDITED
    deleted: LogEntry.Action = LogEntry.Action.DELETED

    def view_on_site(self, obj):
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def changelist_view(self, request, extra_context=None):
        said = {"title": capfirst(self.opts.verbose_name_plural), "purpose": self.purpose}
        context = said | (extra_context or {})
        if request.POST.get("action") == "delete_selected":
            return again_if_it_collides(super().changelist_view, request, context)
        return super().changelist_view(request, context)

    def get_changelist_instance(self, request):
        if asks_for_other_years(request):
            text = _("There is nothing of the year in the address, so the list is not filtered.")
            self.message_user(request, text, messages.WARNING)
            raise IncorrectLookupParameters
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters:
            if request.method == "GET":
                text = _("Not all of the address makes sense here, so the list is not filtered.")
                self.message_user(request, text, messages.WARNING)
            raise

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        words = (object_id, form_url, extra_context)
        if request.method == "POST":
            return again_if_it_collides(super().changeform_view, request, *words)
        return super().changeform_view(request, *words)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        check_references()

    def delete_view(self, request, object_id, extra_context=None):
        if request.method == "POST":
            return again_if_it_collides(super().delete_view, request, object_id, extra_context)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        check_references()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        check_references()

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    # Django would keep a second log; ours has everything, sealed.

    def construct_change_message(self, request, form, formsets, add=False):
        with log.in_site_language():
            return changes.of_form(form, formsets, add=add)

    def log_addition(self, request, obj, message):
        self.record(request, self.added, obj, changes.lines(message))

    def log_change(self, request, obj, message):
        if message:
            self.record(request, self.edited, obj, changes.lines(message))

    def log_deletions(self, request, queryset):
        for obj in queryset:
            with log.in_site_language():
                told = wording.row(obj)
            self.record(request, self.deleted, obj, told)

    def record(self, request, action, obj, detail=""):
        """Write a row's change into the log; about an article where the row belongs to one."""
        words = {"actor": request.user, "at": moment(request), "about": obj, "detail": detail}
        article = self.article_of(obj)
        if article is None:
            log.note(action, **words)
        else:
            log.write(article, action, **words)

    def article_of(self, obj) -> Article | None:
        return None

    def history_view(self, request, object_id, extra_context=None):
        """Show what our log has of a row, to whoever may read that part of the log."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        entries = visible_entries(request).filter(
            subject_type=self.opts.label_lower, subject_id=obj.pk
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "opts": self.opts,
            "object": obj,
            "log": entries[:LONGEST_HISTORY],
            "may_see_log": request.user.has_perm("articles.view_security_log"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)

    def get_deleted_objects(self, objs, request):
        """Name only what the user may see, in what stands in the way as well."""
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            # What stands in the way is named; whose right that would be helps nobody.
            needed = set()
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
    export_more: tuple[str, ...] = ("article_number",)

    def get_queryset(self, request):
        visible = visible_articles(request).values("pk")
        return super().get_queryset(request).filter(**{f"{self.path_to_article}__in": visible})

    @admin.display(description=gettext_lazy("article number"))
    def article_number(self, row):
        *way, last = self.path_to_article.split("__")
        for name in way:
            row = getattr(row, name)
        return getattr(row, f"{last}_id")


def uses(request: DeskRequest, photo_id: int) -> list[Article]:
    """Give the articles with a photo, as far as the user may see them."""
    with_it = ArticlePhoto.objects.filter(photo=photo_id).values("article")
    return list(visible_articles(request).filter(pk__in=with_it))


def editions_with(request: DeskRequest, photo_id: int) -> QuerySet[Edition]:
    """Give the editions that show a photo, as far as the user may see their articles."""
    showing = EditionPhoto.objects.filter(photo=photo_id).values("edition")
    seen = visible_keys(request)
    found = Edition.objects.filter(pk__in=showing, article__in=seen)
    return found.for_lists().order_by("-live_from", "-pk")
