"""Every list of the desk says what it is for, and a way on where it is empty."""

import pytest
from django.contrib import admin
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Deputy
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def test_every_list_says_what_it_is_for():
    silent = {
        model.__name__
        for model, page in admin.site._registry.items()
        if not getattr(page, "purpose", "")
    }
    # Articles explain themselves, the site is no list; nobody is let into the others.
    assert silent == {"Article", "Click", "Group", "SiteSettings", "Tag"}


def test_purpose_stands_over_the_list_and_an_empty_list_says_so(sign_in):
    chief, _ = sign_in("chief editor")
    page = chief.get("/admin/articles/deputy/")

    assert not Deputy.objects.exists()
    assertContains(page, "A deputy decides in their own name.")
    assertContains(page, "Nothing here yet.")


def test_search_without_a_result_leads_back_to_all(sign_in):
    chief, _ = sign_in("chief editor")
    make_unit("图书馆")

    assertNotContains(chief.get("/admin/articles/unit/?q=图书"), "Nothing matches")
    page = chief.get("/admin/articles/unit/?q=没有的单位")
    assertContains(page, 'Nothing matches what you look for. <a href="?">')
