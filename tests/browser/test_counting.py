"""A reader reads, and is counted once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.clicks import recording
from analytics.models import Click
from tests.analytics.clicking import daily
from tests.browser.people import read
from tests.factories import make_edition

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def _own_spool(settings, tmp_path):
    settings.SPOOL_DIR = tmp_path


@pytest.fixture
def edition():
    return make_edition("读者看到的稿件", at=timezone.now() - timedelta(hours=1))


def test_reader_is_counted_once_and_stands_on_the_board(browser, live_server, edition):
    address = live_server.url + edition.get_absolute_url()

    page = read(browser, address)
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
    read(browser, live_server.url + edition.get_absolute_url(), script="0")
    recording.drain()

    assert not Click.objects.exists()


def test_reader_who_comes_back_is_told_apart_from_a_reload(browser, live_server, edition):
    page = read(browser, live_server.url + edition.get_absolute_url())
    page.reload(wait_until="networkidle")
    recording.drain()

    assert Click.objects.count() == 2
    assert daily(edition.article_id) == [(str(timezone.localdate()), 1, 1)]
