"""What a reader's browser has to fetch, and what it waits for. In bytes before any compression."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from tests.articles.public.helpers import text
from tests.factories import make_edition, make_section

pytestmark = pytest.mark.django_db

PAGE, SHEET, SCRIPTS = 60_000, 20_480, 10_000
STYLES = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"( media="print")?>')
MODULES = re.compile(r'<script type="module" src="/static/([^"]+)"')


def size(name: str) -> int:
    return Path(finders.find(name)).stat().st_size


@pytest.fixture
def page(client) -> str:
    section, now = make_section(), timezone.now()
    for hours in range(8):
        make_edition("图书馆夜间开放" * 3, section=section, at=now - timedelta(hours=hours + 2))
    edition = make_edition(
        "图书馆夜间开放",
        section=section,
        tags=("图书馆", "阅读"),
        body="<p>夜间开放首月，读者逾两万人次，灯亮到零点。</p>" * 100,
        at=now - timedelta(hours=1),
    )
    return text(client.get(edition.get_absolute_url()))


def test_text_article_is_light_and_waits_for_one_sheet(page):
    sheets = STYLES.findall(page)
    scripts = MODULES.findall(page)

    assert [name for name, on_paper in sheets if not on_paper] == ["css/site.css"]
    assert size("css/site.css") <= SHEET
    assert sum(map(size, scripts)) <= SCRIPTS
    assert "articles/" in page
    assert "<script src" not in page
    fetched = [*(name for name, _on_paper in sheets), *scripts, "icon.svg"]
    assert len(page.encode()) + sum(map(size, fetched)) <= PAGE


def test_sheet_is_named_before_the_page(client):
    make_edition(at=timezone.now())

    html, feed = client.get("/"), client.get("/feeds/rss/")

    assert html["Link"] == "</static/css/site.css>; rel=preload; as=style"
    assert "Link" not in feed
