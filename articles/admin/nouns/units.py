"""Units, their groups and every name they ever had."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy

from articles import clock
from articles.admin.base import NATIVE_DATES, DeskAdmin
from articles.admin.nouns.people import who_taught
from articles.models import Unit, UnitGroup, UnitName
from articles.text.hanzi import match_key


class UnitNameInline(admin.TabularInline):
    model = UnitName
    formfield_overrides = NATIVE_DATES
    fields = ("name", "kind", "valid_from", "valid_until", "taught")
    readonly_fields = ("taught",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("taught_by")

    def has_add_permission(self, request, obj=None):
        # The desk teaches names by its credit lines; the page is the administrators'.
        may = super().has_add_permission(request, obj)
        return may and request.user.has_perm("articles.change_unit")

    @admin.display(description=gettext_lazy("learned from a credit line"))
    def taught(self, name):
        return who_taught(name)


@admin.register(UnitGroup)
class UnitGroupAdmin(DeskAdmin):
    purpose = gettext_lazy("Boards compare units of one kind with each other.")
    list_display = ("name", "name_en", "slug", "position")
    search_fields = ("name", "name_en", "slug")
    prepopulated_fields = {"slug": ("name_en",)}


@admin.register(Unit)
class UnitAdmin(DeskAdmin):
    purpose = gettext_lazy("Who hands in articles. Their numbers stand on the boards.")
    inlines = (UnitNameInline,)
    list_display = ("name", "name_en", "group", "ranked", "is_active", "position")
    list_filter = ("group", "ranked")
    list_select_related = ("group",)
    export_more = ("slug", "active_from", "active_until")
    search_fields = ("name", "name_en", "slug", "names__name")
    autocomplete_fields = ("parent", "successor")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = (
        (None, {"fields": ("name", "name_en", "slug", "group", "parent", "description")}),
        (gettext_lazy("Boards"), {"fields": ("ranked", "position")}),
        (
            gettext_lazy("Time"),
            {"fields": ("active_from", "active_until", "successor")},
        ),
    )

    @admin.display(description=gettext_lazy("active"), boolean=True)
    def is_active(self, unit):
        day = clock.today()
        return (unit.active_from is None or unit.active_from <= day) and (
            unit.active_until is None or day < unit.active_until
        )

    def get_search_results(self, request, queryset, search_term):
        """Find a unit by any name it ever had, blind to script and blanks."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        key = match_key(search_term)
        if key:
            found |= queryset.filter(Q(names__key__contains=key))
            distinct = True
        return found, distinct
