"""Sections, what stands where, and tags."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from articles.admin.base import DeskAdmin, EvidenceAdmin
from articles.models import Placement, Section
from articles.models.tagging import carrying


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    purpose = gettext_lazy("The sections of the site, in the order of its menu.")
    list_display = (
        "name",
        "name_en",
        "kind",
        "parent",
        "in_navigation",
        "counts_for_leaderboard",
        "weight",
        "position",
    )
    list_filter = ("kind", "in_navigation", "counts_for_leaderboard")
    list_select_related = ("parent",)
    search_fields = ("name", "name_en", "slug")
    prepopulated_fields = {"slug": ("name_en",)}


@admin.register(Placement)
class PlacementAdmin(EvidenceAdmin):
    """What stood where, and when. The page for composing changes it."""

    purpose = gettext_lazy("Where articles stood, stand and will stand, and who placed them.")
    list_display = ("headline", "page", "place", "live_from", "live_until", "placed_by")
    list_filter = ("slot", "section", "topic")
    list_select_related = ("article", "section", "topic", "block__of", "placed_by")
    search_fields = ("article__headline",)
    ordering = ("-live_from", "-pk")

    @admin.display(description=gettext_lazy("article"), ordering="article__headline")
    def headline(self, placement):
        return placement.article.headline

    @admin.display(description=gettext_lazy("page"), ordering="section")
    def page(self, placement):
        return placement.page_name()

    @admin.display(description=gettext_lazy("slot"), ordering="slot")
    def place(self, placement):
        return placement.slot_name()


# taggit's own page lists every tagged row, drafts of other units among them.
admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ("name", "slug", "used")
    search_fields = ("name", "slug")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request):
        tagged = Count("taggit_taggeditem_items", distinct=True)
        return super().get_queryset(request).annotate(tagged=tagged)

    def get_deleted_objects(self, objs, request):
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, needed, [*protected, *map(str, carrying(objs))]

    @admin.display(description=gettext_lazy("articles"), ordering="tagged")
    def used(self, tag):
        return tag.tagged
