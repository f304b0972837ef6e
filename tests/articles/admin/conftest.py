"""People at the desk, signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.forms import CheckboxInput, ModelMultipleChoiceField
from django.test import Client

from articles.models import Unit, User
from tests.factories import make_unit, make_user


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit("仪器学院")


@pytest.fixture
def sign_in() -> Callable[..., tuple[Client, User]]:
    """Make somebody of a group (and unit) and give their browser, too."""

    def make(*groups: str, **fields: Any) -> tuple[Client, User]:
        user = make_user(*groups, is_staff=True, **fields)
        client = Client()
        client.force_login(user)
        return client, user

    return make


def form_data(response: Any, **changes: Any) -> dict[str, Any]:
    """Fill a change form as a browser does: with what it shows, and then some changes."""
    form = response.context["adminform"].form
    data: dict[str, Any] = {}
    for part in (form, *_inline_forms(response)):
        for field in part:
            if isinstance(field.field.widget, CheckboxInput):
                if field.value():
                    data[field.html_name] = "on"
                continue
            if isinstance(field.field, ModelMultipleChoiceField):
                data[field.html_name] = [
                    str(getattr(row, "pk", row)) for row in field.value() or ()
                ]
                continue
            typed = field.field.widget.format_value(field.value())
            data[field.html_name] = (typed[0] if isinstance(typed, list) else typed) or ""
    return data | changes


def choices(response: Any, choice: str = "mine") -> dict[str, Any]:
    """Choose one side of all that is asked on the page of a merge."""
    merge = response.context["merge"]
    asked = [field.name for field in merge.conflicts]
    chosen = {f"choice-{name}": choice for name in asked}
    return {"merge_base": merge.base_number, "conflict": asked} | chosen


def _inline_forms(response: Any) -> Any:
    for formset in response.context["inline_admin_formsets"]:
        yield formset.formset.management_form
        yield from formset.formset.initial_forms


def section(page: Any, name: str) -> Any:
    """Give what a section of my desk shows; None where it is left out."""
    shown = [*page.context["desk"].main, *page.context["desk"].aside]
    found = {part.template: part.section for part in shown}
    return found.get(f"admin/desk/{name}.html")
