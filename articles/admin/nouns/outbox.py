"""Side effects as the desk sees them: what failed, why, and a way to try again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.actions import retrying
from articles.admin.base import ReadOnlyAdmin, moment, visible_keys, whole_number
from articles.errands.kinds import name_of
from articles.models import Errand
from articles.rights.permissions import NotAllowed


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("failed", _("given up")),
            ("failing", _("will be tried again")),
            ("planned", _("planned")),
            ("done", _("done")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "failed":
                return queryset.given_up()
            case "failing":
                return queryset.open().exclude(last_error="")
            case "planned":
                return queryset.open().filter(last_error="")
            case "done":
                return queryset.exclude(done_at=None)
        return queryset


@admin.register(Errand)
class ErrandAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "What follows from publishing: pages renewed, mails sent. Failed ones can be tried again."
    )
    list_display = ("what", "of", "due_at", "state", "attempts", "last_error")
    list_filter = (StateFilter,)
    list_select_related = ("article",)
    ordering = ("-due_at", "-pk")
    fields = (
        "what", "of", "state", "due_at", "next_at", "attempts", "taken_at", "taken_by",
        "done_at", "given_up_at", "last_error", "again",
    )  # fmt: skip
    readonly_fields = ("what", "of", "state", "again")

    def get_queryset(self, request):
        """Keep what is of no article, or of one that the user sees."""
        visible = visible_keys(request)
        queryset = super().get_queryset(request)
        return queryset.filter(Q(article=None) | Q(article__in=visible))

    @admin.display(description=gettext_lazy("side effect"), ordering="kind")
    def what(self, errand):
        return name_of(errand)

    @admin.display(description=gettext_lazy("article"))
    def of(self, errand):
        if errand.article is None:
            return ""
        address = reverse("admin:articles_article_change", args=[errand.article_id])
        return format_html('<a href="{}">{}</a>', address, errand.article)

    @admin.display(description=gettext_lazy("state"))
    def state(self, errand):
        if errand.done_at:
            return _("done")
        if errand.given_up_at:
            return format_html('<span class="late">{}</span>', _("given up"))
        return _("will be tried again") if errand.last_error else _("planned")

    @admin.display(description=pgettext_lazy("errand", "try again"))
    def again(self, errand):
        if not errand.last_error or errand.done_at:
            return ""
        address = reverse("admin:articles_errand_retry", args=[errand.pk])
        # Outside the page's own form, which only a button may name.
        return format_html(
            '<button type="submit" class="go" formmethod="post" formaction="{}">{}</button>',
            address,
            _("Try again now"),
        )

    def get_urls(self):
        retry = path(
            "<int:errand_id>/retry/",
            self.admin_site.admin_view(self.retry),
            name="articles_errand_retry",
        )
        return [retry, *super().get_urls()]

    def retry(self, request, errand_id):
        if not request.user.has_perm("articles.change_errand"):
            raise PermissionDenied(_("You may not run side effects again."))
        errand = self.get_queryset(request).filter(pk=whole_number(str(errand_id))).first()
        if errand is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            retrying.retry(errand, user=request.user, at=moment(request))
        except NotAllowed as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("It will be tried again in a moment."))
        return HttpResponseRedirect(reverse("admin:index"))
