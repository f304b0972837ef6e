"""What a form changed, in words for the log: before → after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from articles.log import wording


@dataclass(frozen=True)
class Change:
    """One line: of a field, or of a row below the form, which came, changed or went."""

    text: str
    fields: frozenset[str] = frozenset()
    verb: str = ""
    row: models.Model | None = None


def lines(changes: Iterable[Change]) -> str:
    return "\n".join(change.text for change in changes)


def of_form(form: Any, formsets: Iterable[Any] | None, *, add: bool) -> list[Change]:
    """Compare what a saved form began with and what it brought, rows below it included."""
    return [
        *_of_fields(form, add=add),
        *(change for formset in formsets or () for change in _of_rows(formset)),
    ]


def _of_fields(form: Any, *, add: bool) -> Iterator[Change]:
    for name in form.changed_data:
        field = form.fields.get(name)
        if field is None or wording.is_secret(name) or name not in form.cleaned_data:
            continue
        after = form.cleaned_data[name]
        if add:
            told = _told(field, after)
            told = wording.listed(told) if isinstance(told, list) else told
        else:
            told = _difference(field, form.get_initial_for_field(field, name), after)
        yield Change(f"{field.label or name}: {told}", fields=frozenset({name}))


def _difference(field: forms.Field, before: Any, after: Any) -> str:
    was, now = _told(field, before), _told(field, after)
    if isinstance(was, list) and isinstance(now, list):
        return wording.difference_of_lists(was, now)
    return wording.difference(str(was), str(now))


def _told(field: Any, value: Any) -> str | list[str]:
    match field:
        case forms.ModelMultipleChoiceField():
            return sorted(field.label_from_instance(row) for row in _rows(field, value))
        case forms.ModelChoiceField():
            return wording.listed(field.label_from_instance(row) for row in _rows(field, [value]))
        case forms.ChoiceField():
            choices: Any = field.choices
            return wording.text(dict(flatten_choices(choices)).get(value, value))
    return wording.text(value)


def _rows(field: Any, values: Any) -> list[models.Model]:
    """Give the rows chosen; a form begins with their keys, and brings the rows."""
    chosen = [value for value in values or () if value not in (None, "")]
    keys = [value for value in chosen if not isinstance(value, models.Model)]
    found = field.queryset.model._base_manager.in_bulk(keys) if keys else {}
    return [value for value in chosen if isinstance(value, models.Model)] + list(found.values())


def _of_rows(formset: Any) -> Iterator[Change]:
    for row in formset.new_objects:
        told = _("%(kind)s “%(name)s” added") % _names(row)
        yield Change(told, verb="added", row=row)
    for row, fields in formset.changed_objects:
        form = next(form for form in formset.forms if form.instance is row)
        told = _("%(kind)s “%(name)s” changed") % _names(row)
        of_it = "; ".join(change.text for change in _of_fields(form, add=False))
        yield Change(f"{told}: {of_it}", fields=frozenset(fields), verb="changed", row=row)
    for row in formset.deleted_objects:
        told = _("%(kind)s “%(name)s” deleted") % _names(row)
        yield Change(told, verb="deleted", row=row)


def _names(row: models.Model) -> dict[str, str]:
    return {"kind": str(row._meta.verbose_name), "name": wording.text(row)}
