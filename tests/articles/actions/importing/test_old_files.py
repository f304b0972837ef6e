"""Pictures and documents of old pages are found under the addresses that they had there."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from articles import clock
from articles.actions import publishing, writing
from articles.actions.importing import old_sites
from articles.importing import links
from articles.importing.sources import open_source
from articles.models import Article, Attachment, OldAddress, Photo
from tests import factories

pytestmark = pytest.mark.django_db

PICTURE, DOCUMENT = "/__local/A/1.jpg", "/_upload/article/files/a/b.pdf"
PAGE = f"""<html><body><h1 class="arti_title">{{title}}</h1>
<p class="arti_metas"><span>发布时间：2024-03-06</span></p>
<div class="wp_articlecontent"><p>文字，见<a href="../1001/2.htm">另一篇</a>。</p>
<p><img src="{PICTURE}"></p><p><a href="{DOCUMENT}">附件.pdf</a></p></div></body></html>"""


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path / "files"


@pytest.fixture
def bring(tmp_path):
    section, unit = factories.make_section("综合新闻"), factories.make_unit("图书馆")
    root = tmp_path / "old.example"
    made = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(made, "JPEG")
    for name, content in (
        ("info/1001/1.htm", PAGE.format(title="夜间开放").encode()),
        ("info/1001/2.htm", PAGE.format(title="另一篇").encode()),
        (PICTURE[1:], made.getvalue()),
        (DOCUMENT[1:], b"%PDF-1.4 x"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

    def bring(**asked):
        at = clock.here()
        plan = old_sites.Plan(unit=unit, section=section, **asked)
        run = old_sites.begin("old", "x", plan, user=factories.make_user("chief editor"), at=at)
        list(old_sites.take(run, open_source(tmp_path), at=at))
        return list(Article.objects.order_by("pk"))

    return bring


def ask(address):
    response = Client().get(address)
    return response.status_code, response.get("Location", "")


def test_old_pictures_and_documents_lead_to_where_they_are_now(bring):
    article = bring(as_published=True)[0]

    photo = Photo.objects.get()
    there = f"/articles/{article.pk}/attachments/1/"
    assert (ask(PICTURE), ask(DOCUMENT)) == ((301, photo.image.url), (301, there))
    assert Client().get(there).getvalue() == b"%PDF-1.4 x"


def test_links_to_other_articles_lead_home_whichever_came_first(bring):
    first, second = bring(as_published=True)

    home = '<a href="/info/1001/2.htm" rel="noopener">'
    assert [home in first.body, home in second.body] == [True, True]
    assert ask("/info/1001/2.htm") == (301, second.editions.get().get_absolute_url())


def test_files_of_drafts_are_not_there(bring):
    bring()

    assert set(OldAddress.objects.values_list("address", flat=True)) >= {PICTURE, DOCUMENT}
    assert (ask(PICTURE), ask(DOCUMENT)) == ((404, ""), (404, ""))


def test_files_of_withdrawn_articles_are_gone(bring):
    articles = bring(as_published=True)
    shown = [ask(PICTURE)[0], ask(DOCUMENT)[0]]
    at = clock.here()
    for article in articles:
        publishing.withdraw(
            article, user=factories.make_user("chief editor"), reason="错误", at=at
        )

    assert (shown, [ask(PICTURE), ask(DOCUMENT)]) == ([301, 301], [(410, ""), (410, "")])


def test_a_photo_is_not_shown_once_its_rights_have_ended(bring):
    bring(as_published=True)
    before = ask(PICTURE)[0]
    Photo.objects.update(expires_at=clock.here() - timedelta(days=1))

    assert (before, ask(PICTURE)) == (301, (404, ""))


def test_a_trial_leaves_no_address(bring):
    bring(is_trial=True)

    assert list(OldAddress.objects.all()) == []


def test_documents_of_articles_that_were_rolled_back_are_deleted(bring, monkeypatch):
    storage = Attachment._meta.get_field("file").storage
    there: dict[str, bool] = {}

    def fail(*args, **kwargs):
        names = Attachment.objects.values_list("file", flat=True)
        there.update({name: storage.exists(name) for name in names})
        raise ValueError("broken")

    monkeypatch.setattr(writing, "version_of", fail)

    assert bring(as_published=True) == []
    # Both together first, then each alone.
    assert list(there.values()) == [True] * 4
    assert [storage.exists(name) for name in there] == [False] * 4


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("2.htm", "/info/1001/2.htm"),
        ("../1002/2.htm?a=1", "/info/1002/2.htm?a=1"),
        ("http://www.old.example/x.htm", "/x.htm"),
        ("https://old.example/x.htm#a", "/x.htm#a"),
        ("http://other.example/x.htm", ""),
        ("mailto:a@old.example", ""),
        ("javascript:x()", ""),
        ("http://[broken/", ""),
        ("//evil.example/x", ""),
    ],
)
def test_what_leads_within_the_old_site_is_told_from_what_leads_out(address, path):
    assert links.own_path(address, "http://old.example/info/1001/1.htm") == path


def test_links_without_a_page_stay_as_they_are():
    markup = '<a href="2.htm">x</a> <a href="#top">y</a>'

    assert links.lead_home(markup, "") == markup
    assert links.lead_home('<a href="#top">y</a>', "http://a/b") == '<a href="#top">y</a>'
