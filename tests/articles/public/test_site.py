"""What the site says of itself, as readers meet it, and what they must not meet."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.utils import timezone

from articles import pages, site
from articles.actions import writing
from articles.models import Credit, SiteSettings
from articles.public import sheet
from tests import factories
from tests.articles.public.helpers import text
from tests.factories import set_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return factories.make_edition("图书馆夜间开放", at=timezone.now() - timedelta(hours=1))


def test_name_is_on_every_page_feed_and_map(client, edition):
    before = text(client.get("/"))
    set_site(name="青禾日报", name_en="Qinghe Daily")
    article = edition.get_absolute_url()
    pages = {path: text(client.get(path)) for path in ("/", "/archive/", article, "/feeds/rss/")}
    english = {path: text(client.get(f"/en{path}")) for path in ("/", "/archive/", article)}
    news = b"".join(client.get("/news-sitemap.xml")).decode()
    described = json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', pages[article])[1]
    )

    assert "青禾日报" not in before
    assert [path for path, page in pages.items() if "青禾日报" not in page] == []
    assert [path for path, page in english.items() if "Qinghe Daily" not in page] == []
    assert "<news:name>青禾日报</news:name>" in news
    assert described["publisher"] == {"@type": "NewsMediaOrganization", "name": "青禾日报"}
    assert 'property="og:site_name" content="青禾日报"' in pages[article]


def test_line_stands_under_the_name_in_its_own_language(client):
    set_site(line="青禾大学主办")

    assert "<small>青禾大学主办</small>" in text(client.get("/"))
    assert "青禾大学主办" not in text(client.get("/en/"))


def test_logo_stands_in_place_of_the_name(client, settings, tmp_path, edition):
    settings.MEDIA_ROOT = tmp_path
    row = SiteSettings.objects.get()
    row.logo_width, row.logo_height = 512, 128
    in_type = text(client.get("/"))
    row.logo.save("logo.png", ContentFile(b"png"))
    site.forget()

    pictured = text(client.get("/"))

    logo = f'<img src="{row.logo.url}" alt="{row.name}" width="512" height="128">'
    assert "<img" not in in_type.partition("</header>")[0]
    assert logo in pictured.partition("</header>")[0]
    described = text(client.get(edition.get_absolute_url()))
    assert f'"logo": "http://testserver{row.logo.url}"' in described


def test_accents_of_a_house_are_part_of_the_sheet(client):
    before = client.get("/")
    set_site(accent="#00539f", accent_in_dark="#7fb8ff")

    page = client.get("/en/")
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', text(page))
    sheet = client.get(address)
    of_the_house = Path(finders.find("css/site.css")).read_text()

    assert '<link rel="stylesheet" href="/static/css/site.css">' in text(before)
    assert re.fullmatch("/site-00539f-7fb8ff-[0-9a-f]{12}\\.css", address)
    assert page.headers["Link"] == f"<{address}>; rel=preload; as=style"
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert text(sheet) == (
        f"{of_the_house}\n"
        "@media screen { :root { --accent: #00539f; } }\n"
        "@media screen and (prefers-color-scheme: dark) { :root { --accent: #7fb8ff; } }\n"
    )
    assert client.get(address, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_sheet_of_another_release_is_not_kept(client):
    known = client.get(f"/site-00539f-7fb8ff-{sheet.release()}.css")
    other = client.get("/site-00539f-7fb8ff-000000000000.css")

    assert text(other) == text(known)
    assert other.headers["Cache-Control"] == "no-cache"
    assert client.get("/site-red-blue-000000000000.css").status_code == 404


def test_pages_end_with_who_publishes_them(client):
    before = text(client.get("/"))
    row = set_site(
        icp_number="京ICP备00000000号-1",
        police_number="京公网安备00000000000000号",
        address="学府路 1 号",
        postcode="000000",
        contact_mail="news@qinghe.example",
        contact_phone="+86 000 0000",
    )
    row.footer_links.create(title="图书馆", title_en="Library", address="https://l.example/")
    row.footer_links.create(
        title="主页", title_en="Home page", address="https://q.example/", position=0
    )
    site.forget()
    page, english = (text(client.get(path)).partition("<footer")[2] for path in ("/", "/en/"))

    said = (
        '<a href="https://beian.miit.gov.cn/" rel="external nofollow">京ICP备00000000号-1</a>',
        (
            '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=00000000000000"'
            ' rel="external nofollow">京公网安备00000000000000号</a>'
        ),
        "学府路 1 号 000000",
        '<a href="mailto:news@qinghe.example">news@qinghe.example</a>',
        '<a href="tel:+860000000">+86 000 0000</a>',
        (
            '<a href="https://l.example/" rel="external">图书馆</a>'
            '<a href="https://q.example/" rel="external">主页</a>'
        ),
    )
    assert [words for words in said if words not in page] == []
    assert [words for words in said if words in before] == []
    assert ">Library</a>" in english
    assert "学府路 1 号" in english  # better than none


@pytest.mark.parametrize("path", ["/", "/en/archive/"])
def test_site_wears_grey_on_days_of_mourning_alone(client, time_machine, path):
    SiteSettings.objects.get().memorials.create(
        first_day=date(2026, 12, 13), last_day=date(2026, 12, 14)
    )
    site.forget()
    grey = {}
    # Days begin and end in the site's zone, eight hours before those of UTC.
    for moment in ("12T15:59", "12T16:01", "14T15:59", "14T16:01"):
        time_machine.move_to(f"2026-12-{moment}:00Z", tick=False)
        grey[moment] = " data-memorial>" in text(client.get(path))

    assert grey == {"12T15:59": False, "12T16:01": True, "14T15:59": True, "14T16:01": False}


@pytest.fixture
def student():
    """Publish an article by a student and a teacher."""
    at = timezone.now() - timedelta(hours=1)
    student = factories.make_person("周小雨", is_student=True)
    article = factories.make_article("操场夜跑", at=at)
    Credit.objects.filter(article=article).update(person=student, name=student.name)
    teacher = factories.make_person("李明远")
    Credit.objects.create(article=article, role="photographer", person=teacher, name="李明远")
    article.refresh_from_db()
    writing.finish_change(article, author=article.created_by, at=at)
    factories.publish(article, at=at)
    return student


def test_students_have_no_pages_where_the_site_says_so(client, student):
    edition = student.edition_credits.get().edition
    teacher = edition.credits.get(role="photographer").person
    addresses = [f"/people/{person.pk}/" for person in (student, teacher)]
    before = [client.get(address).status_code for address in addresses]
    linked = text(client.get(edition.get_absolute_url()))
    set_site(students_have_pages=False)

    after = [client.get(address).status_code for address in addresses]
    page = text(client.get(edition.get_absolute_url()))

    assert (before, after) == ([200, 200], [404, 200])
    assert f'<a href="{addresses[0]}">周小雨</a>' in linked
    # What was printed stays printed.
    assert "周小雨</dd>" in page
    assert addresses[0] not in page
    assert f'<a href="{addresses[1]}">李明远</a>' in page


def test_statement_of_accessibility_is_the_site_s_own_or_holds_for_all(client):
    usual = [text(client.get(path)) for path in ("/accessibility/", "/en/accessibility/")]
    set_site(statement="<h2>我们的声明</h2>")
    own, english = (text(client.get(path)) for path in ("/accessibility/", "/en/accessibility/"))

    assert all("WCAG) 2.2" in page for page in usual)
    assert "<h2>我们的声明</h2>" in own
    assert "WCAG) 2.2" not in own
    # Readers of English keep what they can read.
    assert "我们的声明" not in english
    assert "WCAG) 2.2" in english
    assert 'href="/accessibility/"' in text(client.get("/")).partition("<footer")[2]


def test_article_asks_no_more_when_the_site_is_known(client, edition, django_assert_num_queries):
    row = set_site(accent="#00539f", students_have_pages=False, boards_are_public=False)
    row.footer_links.create(title="图书馆", title_en="Library", address="https://l.example/")
    address = edition.get_absolute_url()
    client.get(address)
    pages.renew(edition)
    with django_assert_num_queries(3):  # itself, the sections, topics
        client.get(address)
