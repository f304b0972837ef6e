"""Imports of archives: upload, trial, the thing itself with its progress, and the report."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import log
from articles.actions.importing import old_sites
from articles.admin.base import EvidenceAdmin, Page, ReadOnlyAdmin, addresses, moment
from articles.exporting import lines
from articles.importing.sources import ENDINGS
from articles.models import ImportedArticle, ImportRow, ImportRun, Section, Unit
from articles.rights import importing as rights
from articles.rights.permissions import NotAllowed

MAX_UPLOAD = 300 * 1024 * 1024
PAGE = 50
# Seconds, as the page of a running import says.
LOOK_AGAIN = 10
HEAD = ("place", "outcome", "title", "unit", "month", "imported_views", "article", "remarks")


class UploadForm(forms.Form):
    """What is imported, and what holds for all that does not say it itself."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table (.csv, .tsv, .xlsx), JSON lines (.jsonl), a saved page (.html), a document "
            "(.docx), or a .zip of pages and documents, up to 300 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("position", "name"),
        label=gettext_lazy("Unit of what names none"),
        required=False,
    )
    section = forms.ModelChoiceField(
        Section.objects.all(), label=gettext_lazy("Section of what names none"), required=False
    )
    site = forms.URLField(
        label=gettext_lazy("Address of the old site"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=gettext_lazy("Where saved pages were, such as https://news.example.edu."),
    )
    as_published = forms.BooleanField(
        label=gettext_lazy("Readers see it at once, as published before"),
        required=False,
        help_text=gettext_lazy(
            "Else all of it becomes drafts. What readers see at once counts for the month in "
            "which the old site published it; nobody here approved it, and its approval sheet "
            "says so."
        ),
    )

    def __init__(self, *args, may_publish=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["as_published"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise ValidationError(
                _("“%(name)s” is not taken. It may be one of: %(endings)s."),
                params={"name": file.name, "endings": " ".join(ENDINGS)},
            )
        if file.size > MAX_UPLOAD:
            raise ValidationError(
                _("“%(name)s” is too large. A file may have up to %(limit)d MB."),
                params={"name": file.name, "limit": MAX_UPLOAD // 1024**2},
            )
        return file


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy("What was brought here from old sites. Every import is tried first.")
    list_display = ("name", "kind", "state", "as_published", "started_by", "started_at")
    list_filter = ("is_trial", "as_published")
    list_select_related = ("started_by",)
    search_fields = ("name",)
    date_hierarchy = "started_at"

    def has_add_permission(self, request, obj=None):
        return rights.run(request.user) is None

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, run):
        return _("trial") if run.is_trial else _("import")

    @admin.display(description=gettext_lazy("state"))
    def state(self, run):
        if run.problem:
            return run.problem
        if run.finished_at is not None:
            return _("finished")
        return _("%(done)d of %(total)d") % {"done": run.reached, "total": run.total}

    def get_urls(self):
        beside = (
            Page("<int:number>/carry-out/", require_POST(self.carry_out), "articles_importrun_do"),
            Page("<int:number>/go-on/", require_POST(self.go_on), "articles_importrun_go_on"),
            Page("<int:number>/stop/", require_POST(self.stop), "articles_importrun_stop"),
            Page("<int:number>/outcomes/", self.outcomes, "articles_importrun_outcomes"),
        )
        return [*addresses(self.admin_site, beside), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file in, and try what would become of it."""
        refused = rights.run(request.user)
        if refused is not None:
            raise PermissionDenied(refused)
        may_publish = rights.publish(request.user) is None
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent, may_publish=may_publish)
        if form.is_valid():
            given = form.cleaned_data
            plan = old_sites.Plan(
                site=given["site"],
                unit=given["unit"],
                section=given["section"],
                as_published=given.get("as_published", False),
                is_trial=True,
            )
            run = old_sites.upload(
                given["file"].name, given["file"], plan, user=request.user, at=moment(request)
            )
            return _to(run)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import an archive"),
            "opts": self.opts,
            "form": form,
        }
        request.current_app = self.admin_site.name
        status = 422 if form.errors else 200
        template = "admin/articles/importrun/upload.html"
        return TemplateResponse(request, template, context, status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show how far a run is, what became of each place, and the counts to compare."""
        run = self.get_object(request, object_id)
        if run is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET"])
        outcome = request.GET.get("outcome", "")
        outcome = outcome if outcome in ImportRow.Outcome.values else ""
        rows = run.rows.select_related("article", "unit")
        chosen = rows.filter(outcome=outcome) if outcome else rows
        counts = run.rows.counts()
        made = counts.get("made", 0) + counts.get("remarks", 0)
        may = rights.publish if run.as_published else rights.run
        context = {
            **self.admin_site.each_context(request),
            "title": _("Trial") if run.is_trial else _("Import"),
            "opts": self.opts,
            "run": run,
            "made": made,
            "outcome": outcome,
            "outcomes": [
                (value, label, counts[value])
                for value, label in run.outcomes_in_words().items()
                if value in counts
            ],
            "page": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
            "units": run.rows.by_unit_and_month(),
            "may_carry_out": run.is_trial
            and run.finished_at is not None
            and not run.problem
            and bool(run.file)
            and made > 0
            and may(request.user) is None,
            "minutes_left": None if run.is_over else _minutes_left(run, moment(request)),
            "may_stop": not run.is_over and may(request.user) is None,
            "may_go_on": bool(run.problem) and bool(run.file) and may(request.user) is None,
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, "admin/articles/importrun/run.html", context)
        if not run.is_over:
            # The address stays as it is, with what was chosen.
            response.headers["Refresh"] = str(LOOK_AGAIN)
        return response

    def carry_out(self, request, number):
        """Do what a trial has shown."""
        trial = get_object_or_404(ImportRun, pk=number)
        try:
            run = old_sites.carry_out(trial, user=request.user, at=moment(request))
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        messages.success(request, _("It is being imported. You may leave this page."))
        return _to(run)

    def go_on(self, request, number):
        """Let a run go on that stopped because of something that has been put right."""
        run = get_object_or_404(ImportRun, pk=number)
        try:
            old_sites.resume(run, user=request.user, at=moment(request))
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        return _to(run)

    def stop(self, request, number):
        """Stop a run; what is here already stays, and the rest may come later."""
        run = get_object_or_404(ImportRun, pk=number)
        try:
            old_sites.halt(run, user=request.user)
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        return _to(run)

    def outcomes(self, request, number):
        """Give what became of each place as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        run = get_object_or_404(ImportRun, pk=number)
        at = moment(request)
        rows = run.rows.select_related("unit")
        kind = "trial" if run.is_trial else "import"
        name = f"{kind}-{run.pk}-{localtime(at):%Y%m%d-%H%M%S}.csv"
        log.exported(name, actor=request.user, at=at, rows=rows.count())
        return StreamingHttpResponse(
            lines.as_csv(_cells(rows)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _to(run):
    return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[run.pk]))


def _minutes_left(run, at):
    seconds = old_sites.seconds_left(run, at)
    return None if seconds is None else -(-seconds // 60)


def _cells(rows):
    yield HEAD
    for row in rows.iterator():
        unit = row.unit.name if row.unit else ""
        cells = (row.label, row.outcome, row.title, unit, row.month, row.views, row.article_id)
        yield (*cells, " ".join(row.said))


@admin.register(ImportedArticle)
class ImportedArticleAdmin(EvidenceAdmin):
    purpose = gettext_lazy(
        "Where imported articles came from, and how often the old site says they were opened: no "
        "board adds that to clicks."
    )
    list_display = ("article", "address", "published_at", "views", "is_shown", "imported_by_name")
    list_filter = (("edition", admin.EmptyFieldListFilter), "run")
    list_select_related = ("article", "edition")
    search_fields = ("address", "article__headline")
    date_hierarchy = "published_at"
    exclude = ("imported_by",)

    @admin.display(description=gettext_lazy("shown without a review here"), boolean=True)
    def is_shown(self, imported):
        return imported.edition_id is not None
