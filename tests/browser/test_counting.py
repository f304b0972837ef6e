"""A reader reads, and is counted once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from analytics import recording
from analytics.models import Click
from tests.analytics.clicks import PHONE, daily
from tests.factories import make_edition

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LIKE_A_READER = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"


@pytest.fixture(autouse=True)
def _own_spool(settings, tmp_path):
    settings.SPOOL_DIR = tmp_path


@pytest.fixture
def edition():
    return make_edition("读者看到的稿件", at=timezone.now() - timedelta(hours=1))


def open_page(browser: Browser, address: str, *, script: str = LIKE_A_READER) -> Page:
    context = browser.new_context(user_agent=PHONE, locale="zh-CN")
    context.add_init_script(script)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    return page


def test_reader_is_counted_once_and_stands_on_the_board(browser, live_server, edition):
    address = live_server.url + edition.get_absolute_url()

    page = open_page(browser, address)
    recording.drain()
    page.goto(live_server.url + "/rankings/")

    assert daily(edition.article_id) == [(str(timezone.localdate()), 1, 1)]
    assert page.get_by_role("row", name="读者看到的稿件").first.inner_text().split() == [
        "1",
        "读者看到的稿件",
        "1",
        "1",
    ]
    assert page.context.cookies() == []


def test_machine_reports_nothing(browser, live_server, edition):
    open_page(browser, live_server.url + edition.get_absolute_url(), script="0")
    recording.drain()

    assert not Click.objects.exists()


def test_reader_who_comes_back_is_told_apart_from_a_reload(browser, live_server, edition):
    page = open_page(browser, live_server.url + edition.get_absolute_url())
    page.reload(wait_until="networkidle")
    recording.drain()

    assert Click.objects.count() == 2
    assert daily(edition.article_id) == [(str(timezone.localdate()), 1, 1)]
