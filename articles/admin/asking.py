"""Filters that ask by a form above the list, and take along what it is filtered by otherwise."""

from collections.abc import Iterator
from datetime import date

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters

from articles.text import days


class AskingFilter(admin.ListFilter):
    """Says `names`, the fields of its form, and the `template` that has it."""

    names: tuple[str, ...] = ()

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.names:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(self.names)

    def choices(self, changelist) -> Iterator[dict[str, object]]:
        for name, value in changelist.params.items():
            if name not in self.names:
                yield {"name": name, "value": value}

    def asked(self, name: str) -> str:
        return str(self.used_parameters.get(name, ""))

    def day(self, name: str) -> date | None:
        """Read a field that holds a day or nothing."""
        text = self.asked(name)
        try:
            return days.day(text) if text else None
        except ValueError as problem:
            raise IncorrectLookupParameters from problem
