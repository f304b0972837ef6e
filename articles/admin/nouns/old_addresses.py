"""Addresses of old sites, and where they lead: filled by imports, mended by hand."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles.admin.base import DeskAdmin, moment
from articles.models import OldAddress


@admin.register(OldAddress)
class OldAddressAdmin(DeskAdmin):
    purpose = gettext_lazy(
        "Where readers come who follow a link to the old site: to the article, or to the word "
        "that it was withdrawn."
    )
    list_display = ("address", "article", "added_by", "added_at")
    list_select_related = ("article", "added_by")
    search_fields = ("address", "article__headline")
    date_hierarchy = "added_at"
    fields = ("address", "article")
    autocomplete_fields = ("article",)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.added_by, obj.added_at = request.user, moment(request)
        super().save_model(request, obj, form, change)

    def article_of(self, obj):
        return obj.article
