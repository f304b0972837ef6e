"""The rules that choose a policy, and the table of what they come to."""

from typing import NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import DeskAdmin, Page, addresses
from articles.models import Importance, PolicyRule, ReviewPolicy, Section
from articles.models.policies import Rulebook, Source


@admin.register(PolicyRule)
class PolicyRuleAdmin(DeskAdmin):
    purpose = gettext_lazy(
        "Which policy an article gets, by section and importance: without a rule the default."
    )
    list_display = ("__str__", "section", "importance", "policy")
    list_filter = ("importance", "policy")
    list_select_related = ("section", "policy")
    change_list_template = "admin/articles/policyrule/change_list.html"

    def get_urls(self):
        table = Page("table/", rule_table, "articles_policyrule_table")
        return [*addresses(self.admin_site, (table,)), *super().get_urls()]


class Applied(NamedTuple):
    """What applies in one cell of the table of rules."""

    importance: str
    policy: ReviewPolicy | None
    source: Source

    @property
    def is_own(self) -> bool:
        return self.source == Source.OWN


def rule_table(request):
    """Show for every section and importance which policy applies, and by which rule."""
    if not request.user.has_perm("articles.view_policyrule"):
        raise PermissionDenied
    rulebook = Rulebook()
    rows = [
        (
            section,
            [
                Applied(str(label), *rulebook.choose(section.pk, importance))
                for importance, label in Importance.choices
            ],
        )
        for section in Section.objects.all()
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Which policy applies"),
        "opts": PolicyRule._meta,
        "importances": Importance.labels,
        "rows": rows,
    }
    return TemplateResponse(request, "admin/articles/policyrule/table.html", context)
