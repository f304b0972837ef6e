"""What went out, what was corrected and withdrawn. To read only."""

from datetime import datetime

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock
from articles.admin.base import EvidenceAdmin, addresses
from articles.admin.desk import as_of
from articles.evidence.approval_sheets import sheet_number
from articles.models import Correction, Edition, Withdrawal


def state_of(edition: Edition, at: datetime) -> str:
    if edition.is_live(at):
        return _("live")
    if edition.live_until == edition.live_from:
        return _("taken back")
    return _("scheduled") if edition.live_from > at else _("over")


@admin.register(Edition)
class EditionAdmin(EvidenceAdmin):
    purpose = gettext_lazy("What went live, as it was printed. Editions never change.")
    list_display = (
        "headline",
        "number",
        "section",
        "live_from",
        "live_until",
        "now",
        "made_by",
        "sheet",
    )
    list_filter = ("section", "form", "language", "origin")
    list_select_related = ("section", "made_by")
    export_more = (
        "article_number",
        "form",
        "language",
        "origin",
        "event_date",
        "first_published_at",
        "credit_line",
    )
    search_fields = ("headline", "credit_line")
    date_hierarchy = "live_from"
    ordering = ("-live_from", "-pk")
    exclude = ("furniture", "body")

    readonly_fields = ("sheet",)

    @admin.display(description=gettext_lazy("approval sheet"))
    def sheet(self, edition):
        name = "admin:articles_article_sheet"
        address = reverse(name, args=[edition.article_id, edition.number])
        return format_html('<a href="{}">{}</a>', address, sheet_number(edition))

    def get_urls(self):
        return [*addresses(self.admin_site, as_of.PAGES), *super().get_urls()]

    @admin.display(description=gettext_lazy("now"))
    def now(self, edition):
        return state_of(edition, clock.here())


@admin.register(Correction)
class CorrectionAdmin(EvidenceAdmin):
    purpose = gettext_lazy("Corrections that readers see below an article.")
    list_display = ("article", "text", "written_by", "written_at")
    list_select_related = ("article", "written_by")
    search_fields = ("article__headline", "text")
    date_hierarchy = "written_at"
    ordering = ("-written_at", "-pk")
    fields = ("article", "text", "written_by", "written_at")


@admin.register(Withdrawal)
class WithdrawalAdmin(EvidenceAdmin):
    purpose = gettext_lazy("Articles taken off the site, with what readers are told instead.")
    list_display = ("headline", "reason", "withdrawn_by", "withdrawn_at", "lifted_at")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("withdrawn_by",)
    search_fields = ("headline", "reason", "public_note")
    date_hierarchy = "withdrawn_at"
