"""Chosen articles leave the desk as a package for the archive."""

import io
import tempfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytest_django.asserts import assertContains

from articles.admin.article import packages
from articles.models import LogEntry
from tests.factories import make_article

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def ask(browser, *articles):
    numbers = [article.pk for article in articles]
    data = {"action": "package_selected", "_selected_action": numbers}
    return browser.post(LIST, data, follow=True)


def test_chief_and_administrator_are_handed_a_package(sign_in, unit):
    article, other = make_article("新馆开放", unit=unit), make_article("不选的稿", unit=unit)

    for role in ("chief editor", "administrator"):
        browser, user = sign_in(role)
        answer = ask(browser, article)

        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.headers["Cache-Control"] == "private, no-store"
        with ZipFile(io.BytesIO(answer.getvalue())) as opened:
            names = [name for name in opened.namelist() if name.endswith("metadata.json")]
        assert [f"{article.pk:06d}" in name for name in names] == [True]
        assert f"{other.pk:06d}" not in str(names)
        entry = LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).latest("pk")
        assert (entry.actor, f"articles {article.pk}" in entry.detail) == (user, True)
    assert not list(Path(tempfile.gettempdir()).glob("newsroom-package-*"))


def test_nobody_else_is_offered_or_handed_one(sign_in, unit):
    article = make_article("新馆开放", unit=unit)

    for role in ("correspondent", "unit reviewer", "desk editor", "head", "proof-reader"):
        browser, _user = sign_in(role, unit=unit)
        assert b"package_selected" not in browser.get(LIST).content
        assert ask(browser, article).headers["Content-Type"].startswith("text/html")
    assert not LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).exists()


def test_too_many_or_too_much_are_refused_with_a_way_on(sign_in, unit, monkeypatch):
    browser, _user = sign_in("chief editor")
    articles = [make_article(f"稿{number}", unit=unit) for number in range(2)]

    monkeypatch.setattr(packages, "MOST", 1)
    assertContains(ask(browser, *articles), "Please choose no more than 1 articles at once.")
    monkeypatch.setattr(packages, "MOST_BYTES", 10)
    assertContains(ask(browser, articles[0]), "use the command export_articles")
