"""Lists of the desk as files: what a list shows, with its filters, of all its pages.

Both the desk and the counts have lists, and neither knows the other.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import batched
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import path, reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, log
from articles.exporting import lines, xlsx
from articles.text.cells import text_of

ROWS_AT_ONCE = 1000
LINES_AT_ONCE = 200

type Table = Iterator[Iterable[Any]]
type Rows = QuerySet[Any]
# Takes the list, the request for it and its rows.
type Write = Callable[["ExportedList", Any, Rows], Iterator[Any]]


def as_csv(of: "ExportedList", request: Any, rows: Rows) -> Iterator[str]:
    return together(lines.as_csv(of.table_to_export(request, rows)))


def together(written: Iterator[str]) -> Iterator[str]:
    """Let some lines leave at once: a hundred thousand by themselves are mostly ceremony."""
    for some in batched(written, LINES_AT_ONCE):
        yield "".join(some)


def as_xlsx(of: "ExportedList", request: Any, rows: Rows) -> Iterator[bytes]:
    title = str(capfirst(of.opts.verbose_name_plural))
    return xlsx.as_xlsx(of.table_to_export(request, rows), title=title)


class ExportedList(admin.ModelAdmin):
    """A list that whoever sees it takes along as CSV or XLSX. Each time it is logged."""

    # Ending of the file -> what is on the button, the type of the content, what writes it.
    export_formats: dict[str, tuple[Any, str, Write]] = {
        "csv": (gettext_lazy("Export as CSV"), lines.CONTENT_TYPE, as_csv),
        "xlsx": (gettext_lazy("Export as XLSX"), xlsx.CONTENT_TYPE, as_xlsx),
    }
    # What a file has beside the number of each row and the columns of the list, and what not.
    export_more: tuple[str, ...] = ()
    not_exported: tuple[str, ...] = ()

    def may_export(self, request):
        return self.has_view_or_change_permission(request)

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<str:kind>/", view, name=self._export_name()), *super().get_urls()]

    def _export_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def changelist_view(self, request, extra_context=None):
        response: Any = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None and not changelist.is_popup and self.may_export(request):
            address = partial(reverse, f"admin:{self._export_name()}")
            response.context_data |= {
                "exports": [
                    (address(args=[kind]), label)
                    for kind, (label, _type, _write) in self.export_formats.items()
                ],
                "filters": changelist.get_query_string(remove=[PAGE_VAR]),
            }
        return response

    def export_view(self, request, kind):
        if kind not in self.export_formats:
            raise Http404
        if not self.may_export(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        request.is_export = True
        try:
            chosen = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as problem:
            raise Http404 from problem
        rows = self.rows_to_export(request, chosen)
        number = rows.count()
        if kind == "xlsx" and number > xlsx.MOST_ROWS:
            return self._refuse_so_many(request, number)
        at = clock.here()
        name = f"{self.export_name()}-{localtime(at):%Y%m%d-%H%M%S}.{kind}"
        filters = ", ".join(f"{key}={value}" for key, value in request.GET.items())
        log.exported(name, actor=request.user, at=at, rows=number, detail=filters)
        _label, content_type, write = self.export_formats[kind]
        return StreamingHttpResponse(
            _in_language(translation.get_language(), write(self, request, rows)),
            content_type=content_type,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )

    def _refuse_so_many(self, request, number):
        text = _(
            "These are %(number)d rows, and a workbook may have %(most)d. Please filter the "
            "list, or export it as CSV."
        )
        said = {"number": number, "most": xlsx.MOST_ROWS}
        self.message_user(request, text % said, messages.ERROR)
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def export_name(self) -> str:
        """What the file is called, before the time and its ending."""
        return str(self.opts.model_name)

    def rows_to_export(self, request, rows: Rows) -> Rows:
        """Load with the rows of the list what the columns of the file need."""
        return rows

    def table_to_export(self, request, rows: Rows) -> Table:
        """Give the heading and a line for each row."""
        listed = [name for name in self.get_list_display(request) if name not in self.not_exported]
        columns = [*listed, *(name for name in self.export_more if name not in listed)]
        labels = [str(label_for_field(name, self.model, self)) for name in columns]
        yield [_("ID"), *map(capfirst, labels)]
        for row in rows.iterator(ROWS_AT_ONCE):
            yield [row.pk, *(self._value(row, name) for name in columns)]

    def _value(self, row: Any, name: Any) -> Any:
        try:
            field, _attribute, value = lookup_field(name, row, self)
        except ObjectDoesNotExist:
            return ""
        if choices := getattr(field, "flatchoices", None):
            value = dict(choices).get(value, value)
        match value:
            case None:
                return ""
            case bool():
                return _("Yes") if value else _("No")
            case int() | float() | Decimal() | date():
                return value
        return text_of(value)


def _in_language(language: str | None, parts: Iterator[Any]) -> Iterator[Any]:
    """Make each part in the language that was asked for: they are made after the answer."""
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
