"""A reader finds an error, says so, and an editor settles it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import inbox
from articles.models import ErrorReport
from tests.browser.people import hire, sign_in
from tests.browser.test_everybody import violations
from tests.factories import make_edition

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SELECT = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".body p"));
  getSelection().addRange(range);
}"""


def test_reader_reports_an_error_and_an_editor_settles_it(live_server, browser, monkeypatch):
    monkeypatch.setattr(inbox, "SHORTEST", timedelta(0))
    edition = make_edition(
        "夜间开放", body="<p>周三 & 周四</p>", at=timezone.now() - timedelta(hours=1)
    )
    hire("chen", "desk editor")
    context = browser.new_context()
    page = context.new_page()

    page.goto(live_server.url + edition.get_absolute_url())
    page.evaluate(SELECT)
    page.get_by_role("link", name="Report an error").click()
    passage = page.get_by_label("Which passage")
    expect(passage).to_have_value("周三 & 周四")
    expect(page).to_have_url(f"{live_server.url}/articles/{edition.article_id}/error/")
    page.get_by_label("How can we reach you").fill("a" * 200)
    page.get_by_label("What is wrong").fill("   ")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("alert")).to_contain_text("not sent yet")
    assert violations(page) == []
    page.get_by_label("What is wrong").fill("只有周四")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    assert context.cookies() == []

    desk = sign_in(browser, live_server.url, "chen")
    desk.get_by_role("link", name="Look into them").click()
    desk.get_by_role("link", name="夜间开放").click()
    desk.get_by_label("corrected").check()
    desk.get_by_label("Remark").fill("已改")
    desk.get_by_role("button", name="Settle").click()
    expect(desk.locator("h1 .pill")).to_have_text("corrected")

    report = ErrorReport.objects.get()
    assert (report.passage, report.text, report.remark) == ("周三 & 周四", "只有周四", "已改")
