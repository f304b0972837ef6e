"""Files that people have uploaded meet no cookie, and may live on a host of their own."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.checks import run_checks
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from articles import pages
from articles.actions import writing
from articles.models import Edition
from newsroom.middleware import UploadedFilesMiddleware
from tests.factories import attach, make_article, make_photo, make_user, publish

FILES = "http://files.testserver"


@pytest.fixture
def document(db, settings, tmp_path):
    """An article with a photo and a document, and the address of the latter."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    at = timezone.now() - timedelta(hours=1)
    article = make_article("有附件的稿", at=at)
    article.photos.create(photo=make_photo())
    attach(article, "报名表")
    writing.finish_change(article, author=article.created_by, at=at)
    publish(article, at=at)
    return f"/articles/{article.pk}/attachments/1/"


@pytest.fixture
def own_host(settings):
    settings.DOWNLOADS_URL = FILES
    settings.ALLOWED_HOSTS = ["testserver", "files.testserver"]


@pytest.fixture
def signed_in(db):
    client = Client()
    client.force_login(make_user("chief editor", is_staff=True))
    return client


def photo_of(document):
    return Edition.objects.get().furniture["lead"]["src"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_session_is_read_for_a_file_though_somebody_is_signed_in(
    signed_in, document, prefix, monkeypatch
):
    def refuse(*_words):
        raise AssertionError("a session was read")

    monkeypatch.setattr(SessionStore, "load", refuse)
    monkeypatch.setattr(SessionStore, "save", refuse)

    for path in (prefix + document, photo_of(document)):
        answer = signed_in.get(path)
        assert answer.status_code == 200, path
        assert answer.wsgi_request.COOKIES == {}
        assert not answer.wsgi_request.session.accessed
        assert "Set-Cookie" not in answer.headers
        assert "cookie" not in answer.headers.get("Vary", "").lower()


def test_answer_sets_no_cookie_and_depends_on_none_whatever_made_it(settings):
    def careless(request):
        answer = HttpResponse(repr(request.COOKIES))
        answer.set_cookie("a", "b")
        answer.headers["Vary"] = "Accept-Encoding, Cookie"
        return answer

    guarded = UploadedFilesMiddleware(careless)
    ask = RequestFactory()
    ask.cookies["sessionid"] = "secret"

    file, page = guarded(ask.get("/media/photos/a.jpg")), guarded(ask.get("/articles/1/-/"))

    assert (file.content, file.headers.get("Vary"), len(file.cookies)) == (
        b"{}", "Accept-Encoding", 0,
    )  # fmt: skip
    assert (b"secret" in page.content, len(page.cookies)) == (True, 1)


def test_document_has_a_name_that_every_browser_reads(client, document):
    answer = client.get(document)

    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''")
    assert said.isascii()
    assert unquote(said).endswith("''报名表.pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_files_are_on_their_own_host_alone(client, document, own_host):
    photo = photo_of(document)

    for path in (document, photo):
        moved = client.get(path)
        assert (moved.status_code, moved.headers["Location"]) == (302, FILES + path)
        assert client.get(path, headers={"host": "files.testserver"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/admin/", "/admin/login/", "/staff/leaderboards/", "/en/", "/articles/1/-/"]
)
def test_host_of_files_has_nothing_else(client, document, own_host, path):
    answer = client.get(path, headers={"host": "files.testserver"})

    assert (answer.status_code, len(answer.cookies)) == (404, 0)
    assert client.get(path).status_code != 404 or path == "/articles/1/-/"


def test_pages_name_the_host_of_files(client, document, own_host):
    call_command("rebuild_pages")
    page = client.get(f"/articles/{Edition.objects.get().article_id}/-/", follow=True)
    text = page.content.decode()

    assert f'href="{FILES}{document}"' in text
    assert f'<meta property="og:image" content="{FILES}{photo_of(document)}">' in text
    assert f'src="{FILES}{photo_of(document)}"' in text
    assert 'src="/media/' not in text
    assert 'src="/media/' not in client.get("/").content.decode()


def test_pages_made_for_another_host_are_not_used(document, settings):
    before = pages.recipe()
    settings.DOWNLOADS_URL = FILES

    assert pages.recipe() != before


@pytest.mark.parametrize(
    ("set_to", "found"),
    [
        ({}, ["newsroom.I001"]),
        ({"DOWNLOADS_URL": "https://files.example.edu"}, []),
        (
            {
                "DOWNLOADS_URL": "https://files.example.edu",
                "SESSION_COOKIE_DOMAIN": ".example.edu",
            },
            ["newsroom.E001"],
        ),
        ({"DOWNLOADS_URL": "http://files.example.edu"}, ["newsroom.E002"]),
    ],
)
def test_production_check_says_what_is_to_be_set(settings, set_to, found):
    settings.SITE_URL = "https://news.example.edu"
    for name, value in set_to.items():
        setattr(settings, name, value)

    told = run_checks(include_deployment_checks=True)
    assert [one.id for one in told if one.id.startswith("newsroom.")] == found
