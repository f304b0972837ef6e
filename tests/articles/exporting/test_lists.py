"""Every list of the desk goes into files: as it is filtered, for whoever sees it."""

import csv
from io import BytesIO, StringIO

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from articles.admin.article import listing
from articles.exporting import xlsx
from articles.models import LogEntry, User
from tests.factories import (
    NOON,
    make_article,
    make_person,
    make_photo,
    make_unit,
    make_user,
    publish,
)
from tests.test_rights import make_analytics, make_objects

pytestmark = pytest.mark.django_db

ARTICLES = "/admin/articles/article/"


@pytest.fixture
def chief():
    client = Client()
    user = make_user("chief editor", name="陈总", is_staff=True)
    client.force_login(user)
    return client


def as_csv(client, address, question=""):
    answer = client.post(f"{address}export/csv/{question}")
    assert answer.status_code == 200, address
    assert answer.streaming
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def as_xlsx(client, address, question=""):
    answer = client.post(f"{address}export/xlsx/{question}")
    assert answer.status_code == 200, address
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_articles_are_exported_with_what_an_accountant_needs(chief):
    unit = make_unit("图书馆")
    article = make_article(
        "=新馆开放",
        unit=unit,
        author=make_user("correspondent", name="王敏", unit=unit),
        credit="周远",
    )
    publish(article)
    edition = article.editions.get()

    heading, row = as_xlsx(chief, ARTICLES)

    said = dict(zip(heading, row, strict=True))
    assert said["ID"] == article.pk
    assert (said["Headline"], said["Owning unit"]) == ("'=新馆开放", "图书馆")
    assert said["Authors"] == "周远"
    assert (said["Status"], said["Form"]) == ("published", "news")
    shown = edition.first_published_at.astimezone(NOON.tzinfo).replace(tzinfo=None, microsecond=0)
    assert said["First published at"].replace(microsecond=0) == shown
    assert said["Created by"] == "王敏"


def test_export_keeps_the_filters_and_search_of_the_list_and_all_its_pages(chief, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED", 2)
    unit = make_unit("图书馆")
    for number in range(60):
        make_article(f"讲座{number}", unit=unit)
    make_article("讲座在别处")
    make_article("运动会", unit=unit)

    rows = as_csv(chief, ARTICLES, f"?q=讲座&unit__id__exact={unit.pk}&p=1")

    assert {row[1] for row in rows[1:]} == {f"讲座{number}" for number in range(60)}


def test_unit_exports_its_own_rows_alone():
    own, other = make_unit("图书馆"), make_unit("体育部")
    make_article("本单位的稿", unit=own)
    make_article("别人的稿", unit=other)
    client = Client()
    client.force_login(make_user("correspondent", unit=own, is_staff=True))

    assert [row[1] for row in as_csv(client, ARTICLES)[1:]] == ["本单位的稿"]
    assert "别人的稿" not in str(as_csv(client, "/admin/articles/version/"))


def test_who_does_not_see_a_list_does_not_export_it():
    client = Client()
    client.force_login(make_user("correspondent", unit=make_unit("图书馆"), is_staff=True))

    assert client.post("/admin/articles/user/export/csv/").status_code == 403
    assert Client().post(f"{ARTICLES}export/csv/").status_code == 302
    assert LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).count() == 0


def test_export_wants_a_button_and_a_known_kind(chief):
    assert chief.get(f"{ARTICLES}export/csv/").status_code == 405
    assert chief.post(f"{ARTICLES}export/exe/").status_code == 404
    assert chief.post(f"{ARTICLES}export/csv/?status=nonsense&nonsense=1").status_code == 404


def test_export_is_logged_with_its_filters(chief):
    make_unit("图书馆")
    make_unit("体育部")

    as_csv(chief, "/admin/articles/unit/", "?q=图书")

    entry = LogEntry.objects.get(action=LogEntry.Action.EXPORTED)
    assert (entry.actor_name, entry.detail) == ("陈总", "1 row\nq=图书")
    assert entry.subject.startswith("unit-")
    assert entry.subject.endswith(".csv")


def test_more_rows_than_a_sheet_has_are_refused_with_a_way_on(chief, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    make_unit("图书馆")
    make_unit("图书馆分馆")

    answer = chief.post("/admin/articles/unit/export/xlsx/?q=图书", follow=True)

    assertContains(answer, "These are 2 rows, and a workbook may have 1.")
    assert answer.context["cl"].query == "图书"
    assert not LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).exists()


def test_list_offers_its_files_and_an_empty_or_popup_list_does_not(chief):
    address = "/admin/articles/unit/"
    make_unit("图书馆")

    assertContains(chief.get(f"{address}?q=图书"), f"{address}export/xlsx/?q=%E5%9B%BE%E4%B9%A6")
    assertNotContains(chief.get(f"{address}?q=没有"), f"{address}export/")
    assertNotContains(chief.get(f"{address}?_popup=1"), f"{address}export/")


def test_file_speaks_the_language_of_the_address(chief):
    make_unit("图书馆", ranked=True)

    # Tests leave out what is translated by us; these words are Django's.
    assert "是" in as_csv(chief, "/admin/articles/unit/")[1]
    assert "Yes" in as_csv(chief, "/en/admin/articles/unit/")[1]


def test_every_list_is_exported_without_markup(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    objects = make_objects()
    make_analytics(objects["article"])
    client = Client()
    client.force_login(User.objects.create_superuser("root", password=None))

    missing = [model for model, page in admin.site._registry.items() if not _exports(page)]
    empty = []
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        lines = as_csv(client, address)
        assert as_xlsx(client, address)[0] == [value or None for value in lines[0]]
        assert not any("<" in value or "&" in value for line in lines for value in line), address
        if len(lines) == 1:
            empty.append(model.__name__)

    assert (missing, empty) == ([], [])


def _exports(page):
    return {"csv", "xlsx"} <= page.export_formats.keys()


def fill(number):
    """Make one more of what the long lists have."""
    unit = make_unit(f"单位{number}")
    article = make_article(f"稿{number}", unit=unit, credit=f"人{number}")
    make_photo(unit=unit)
    make_person(f"人{number}")
    publish(article)


@pytest.mark.parametrize(
    "model",
    [
        "article", "photo", "unit", "person", "user", "membership", "edition", "version",
        "reviewround", "reviewdecision", "logentry", "errand",
    ],
)  # fmt: skip
def test_queries_do_not_grow_with_the_rows(model, settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    client = Client()
    client.force_login(User.objects.create_superuser("root", password=None))
    address = f"/admin/articles/{model}/"

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = as_csv(client, address)
        return len(rows), len(queries)

    fill(1)
    as_csv(client, address)
    few, queries = asked()
    for number in range(2, 7):
        fill(number)
    many, more = asked()

    assert many > few + 4
    assert more <= queries
