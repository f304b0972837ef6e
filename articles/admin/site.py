"""The admin site that editors work in."""

from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.i18n import JavaScriptCatalog

from articles import clock

# The side navigation, as a newsroom speaks of these things; others come under the last.
NAVIGATION = {
    # Translators: this is 稿件 in Chinese.
    gettext_lazy("Articles"): (
        "Article",
        "Edition",
        "Correction",
        "Withdrawal",
        "ErrorReport",
        "ImportedArticle",
    ),
    # Translators: this is 素材 in Chinese.
    gettext_lazy("Material"): ("Photo",),
    # Translators: this is 栏目 in Chinese.
    gettext_lazy("Sections"): ("Section", "Topic", "Placement", "Tag"),
    # Translators: this is 供稿 in Chinese.
    gettext_lazy("Contributors"): ("Unit", "UnitGroup", "Person", "Membership", "CreditFormat"),
    # Translators: this is 统计 in Chinese.
    gettext_lazy("Statistics"): ("analytics",),
    # Translators: this is 审稿 in Chinese.
    gettext_lazy("Review"): (
        "ReviewPolicy",
        "PolicyRule",
        "VerdictReason",
        "CheckRule",
        "ListedWord",
        "Waiver",
        "Deputy",
        "WorkingHours",
        "CalendarDay",
        "ReviewRound",
        "ReviewDecision",
        "ProofSignature",
        "TypoFix",
        "ForcedPublication",
        "Version",
    ),
    # Translators: this is 管理 in Chinese.
    gettext_lazy("Administration"): (
        "SiteSettings",
        "User",
        "Group",
        "LogEntry",
        "Errand",
        "ImportRun",
        "OldAddress",
    ),
}


class Choices(AutocompleteJsonView):
    """Answers autocomplete fields, with a word more where a name alone does not tell."""

    def serialize_result(self, obj, to_field_name):
        text = getattr(self.model_admin, "choice_text", str)(obj)
        return super().serialize_result(obj, to_field_name) | {"text": text}


class Desk(admin.AdminSite):
    site_title = site_header = gettext_lazy("Newsroom desk")
    index_title = gettext_lazy("My desk")
    index_template = "admin/index.html"

    def index(self, request, extra_context=None):
        # Models are not loaded yet when Django makes this site.
        from articles.admin.desk.my_desk import my_desk  # noqa: PLC0415

        return super().index(request, {"desk": my_desk(request), **(extra_context or {})})

    def login(self, request, extra_context=None):
        # Models are not loaded yet when Django makes this site.
        from articles.addresses import site_name  # noqa: PLC0415

        # Django would name the host here.
        return super().login(request, {"site_name": site_name(), **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        found = [
            (model["object_name"], app["app_label"], model)
            for app in apps
            for model in app["models"]
        ]
        placed = {name: heading for heading, names in NAVIGATION.items() for name in names}
        last = list(NAVIGATION)[-1]
        groups: dict[Any, dict[str, Any]] = {
            heading: {
                "name": heading,
                "app_label": f"desk-{number}",
                "app_url": reverse("admin:index", current_app=self.name),
                "has_module_perms": True,
                "models": [],
            }
            for number, heading in enumerate(NAVIGATION)
        }
        for name, label, model in found:
            heading = placed.get(label if label in placed else name, last)
            groups[heading]["models"].append(model)
        for heading, names in NAVIGATION.items():
            groups[heading]["models"].sort(
                key=lambda model: (
                    names.index(model["object_name"]) if model["object_name"] in names else 99
                )
            )
        return [group for group in groups.values() if group["models"]]

    def get_urls(self):
        """Leave out Django's way from any object to its public address: it asks for no right."""
        # Models are not loaded yet when Django makes this site.
        from articles.admin.desk import pages  # noqa: PLC0415

        urls = [*pages.urls(self), *super().get_urls()]
        return [url for url in urls if getattr(url, "name", None) != "view_on_site"]

    def each_context(self, request):
        # Models are not loaded yet when Django makes this site.
        from articles.admin.desk import notices  # noqa: PLC0415

        return super().each_context(request) | {
            "unread_notices": partial(notices.count_unread, request)
        }

    def password_change(self, request, extra_context=None):
        """Let somebody change their own password, and write down that they did."""
        from articles import log  # noqa: PLC0415
        from articles.models import LogEntry  # noqa: PLC0415

        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            log.note(
                LogEntry.Action.PASSWORD_CHANGED,
                actor=request.user,
                at=clock.here(),
                about=request.user,
            )
        return response

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)

    def i18n_javascript(self, request, extra_context=None):
        """Speak our own catalogue in scripts too, which Django's view leaves out."""
        return JavaScriptCatalog.as_view()(request)

    def admin_view(self, view, cacheable=False):
        """Answer what is refused or missing on a page of the desk, with a way on."""

        @wraps(view)
        def with_a_way_on(request, *args, **kwargs):
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                return self._problem(request, 400, _("This address is not whole."))
            try:
                return view(request, *args, **kwargs)
            except Http404:
                return self._problem(request, 404, _("There is nothing here for you."))
            except PermissionDenied as problem:
                reason = str(problem) or _("Your account has no right to do this.")
                return self._problem(request, 403, reason)

        guarded = super().admin_view(with_a_way_on, cacheable)

        @wraps(guarded)
        def with_the_text_back(request, *args, **kwargs):
            # Models are not loaded yet when Django makes this site.
            from articles.admin import csrf  # noqa: PLC0415

            return csrf.not_by_its_typist(request) or guarded(request, *args, **kwargs)

        return with_the_text_back

    def _problem(self, request, status, reason):
        context = {
            **self.each_context(request),
            "title": _("Not allowed") if status == 403 else _("Not found"),
            "reason": reason,
            "debug": settings.DEBUG,
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/problem.html", context, status=status)
