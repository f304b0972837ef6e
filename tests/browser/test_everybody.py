"""Every kind of page, for everybody: axe finds nothing, nothing scrolls sideways or complains."""

from datetime import timedelta
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize

from analytics.clicks import recording
from articles.actions import publishing, writing
from articles.models import Article, Credit, ErrorReport
from tests import factories
from tests.browser.people import hire, read, sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# What a page must pass: WCAG 2.2 at level AA, and what axe calls best practice.
AXE = Axe()
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
SMALLEST, PHONE, DESKTOP = (ViewportSize(width=width, height=900) for width in (320, 390, 1280))


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = settings.SPOOL_DIR = tmp_path


@pytest.fixture
def article() -> Article:
    """Publish an article with all that a page can have, and a neighbour."""
    at = timezone.now() - timedelta(days=1)
    section, unit = (
        factories.make_section("综合新闻", slug="campus"),
        factories.make_unit("图书馆"),
    )
    factories.make_edition("校医院启用线上预约", section=section, unit=unit, at=at)
    article = factories.make_article(
        "图书馆夜间开放首月接待逾两万人次",
        section=section,
        unit=unit,
        kicker="服务师生",
        subhead="阅览室开到零点",
        tags=("图书馆", "夜间开放"),
        body="<h2>数字</h2><p>正文。</p><ul><li>其一</li></ul><table><tr><td>表</td></tr></table>",
        at=at,
    )
    person = factories.make_person("李明远", home_unit=unit)
    Credit.objects.filter(article=article).update(person=person, name=person.name)
    article.photos.create(photo=factories.make_photo("夜间的阅览室"))
    factories.attach(article, "开放时间")
    writing.finish_change(article, author=article.created_by, at=at)
    factories.publish(article, at=at)
    return article


def offences(page: Page, address: str, status: int, phone: ViewportSize) -> dict[str, list[str]]:
    """List what somebody could stumble over: on a desktop by day, on a telephone by night."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, address
    found = {
        "by day": looked_at(page, "light", DESKTOP),
        "by night": looked_at(page, "dark", phone),
    }
    # The browser itself reports that a page is not there.
    found["console"] = [text for text in said if status == 200 or "status of" not in text]
    return {when: offence for when, offence in found.items() if offence}


def looked_at(page: Page, theme: Literal["light", "dark"], size: ViewportSize) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(size)
    page.evaluate("document.getAnimations().forEach(one => one.cancel())")  # at their end at once
    found = [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in violations(page)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def violations(page: Page) -> list[dict]:
    return AXE.run(page, options=RULES).response["violations"]


def all_offences(
    browser: Browser,
    site: str,
    pages: dict[str, int],
    *,
    phone: ViewportSize = SMALLEST,
    **state: Any,
) -> dict[str, dict[str, list[str]]]:
    """Open pages and give those that have any."""
    context = browser.new_context(**state)
    found = {}
    for path, status in pages.items():
        page = context.new_page()
        found[path] = offences(page, site + path, status, phone)
        page.close()
    context.close()
    return {path: offence for path, offence in found.items() if offence}


def test_public_pages(live_server, browser, article):
    site, edition = live_server.url, article.editions.get()
    read(browser, site + edition.get_absolute_url())
    recording.drain()
    gone = factories.make_edition("撤回的稿件", at=timezone.now() - timedelta(hours=2)).article
    publishing.withdraw(
        gone, user=factories.make_user("chief editor"), reason="核实", at=timezone.now()
    )
    photo = factories.make_photo("旧物", photographer_name="沈若溪")
    said = {"tag": "图书馆", "introduction": "<p>开头，<a href='/'>首页</a></p>", "photo": photo}
    factories.make_topic("读书季", slug="reading", title_en="Reading", **said)
    over = timezone.now() - timedelta(hours=1)
    factories.make_topic("毕业季", slug="leaving", photo=photo, concluded_at=over)
    coverage = factories.make_edition(
        "大学里的夜班馆员",
        body="",
        summary="一个整版。",
        origin="media",
        source="江城晚报",
        source_url="https://paper.example.com/a",
        at=timezone.now() - timedelta(hours=2),
    )
    day = timezone.localtime(edition.displayed_at)
    pages = (
        "/",
        edition.get_absolute_url(),
        coverage.get_absolute_url(),
        "/sections/campus/",
        "/tags/图书馆/",
        f"/units/{article.unit.slug}/",
        f"/people/{edition.credits.get(role='author').person_id}/?role=author",
        f"/articles/{article.pk}/error/",
        f"/zh-hant/articles/{article.pk}/error/",
        f"/articles/{article.pk}/error/sent/",
        "/topics/",
        "/topics/reading/",
        "/topics/leaving/",
        "/en/topics/reading/",
        "/zh-hant/topics/",
        "/accessibility/",
        "/en/accessibility/",
        "/archive/",
        f"/archive/{day:%Y/%m}/",
        f"/archive/{day:%Y/%m/%d}/",
        "/search/?q=图书馆",
        "/search/?q=没有的词",
        f"/search/?q=图书馆&unit={article.unit.slug}&sort=date",
        "/rankings/",
        "/zh-hant/",
        f"/zh-hant{edition.get_absolute_url()}",
        "/en/",
        f"/en{edition.get_absolute_url()}",
        "/en/rankings/",
    )
    answers = dict.fromkeys(pages, 200)
    answers |= {"/nothing-here/": 404, f"/articles/{gone.pk}/": 410}

    assert all_offences(browser, site, answers) == {}


def test_pages_of_the_desk(live_server, browser, article):
    site = live_server.url
    hire("chen", "desk editor")
    topic = factories.make_topic("读书季", photo=factories.make_photo())
    waiting = factories.submit(factories.make_article("待审的稿件"))
    report = ErrorReport.objects.create(
        edition=article.editions.get(),
        passage="正文",
        text="错字",
        key="1",
        sent_at=timezone.now(),
    )
    state = sign_in(browser, site, "chen").context.storage_state()
    paths = [
        "",
        "articles/article/",
        "articles/article/add/",
        f"articles/article/{waiting.pk}/change/",
        f"articles/article/{waiting.pk}/approve/",
        f"articles/article/{article.pk}/history/",
        "articles/photo/",
        "articles/photo/add/",
        "articles/unit/",
        "articles/topic/",
        "articles/topic/add/",
        f"articles/topic/{topic.pk}/change/",
        f"desk/compose/topics/{topic.pk}/",
        "articles/errorreport/",
        f"articles/errorreport/{report.pk}/change/",
        "desk/board/",
        "desk/calendar/",
        "desk/calendar/?week=2026-W48",
        f"desk/bulk/approve/?id={waiting.pk}&id={article.pk}",
    ]
    pages = dict.fromkeys((f"/admin/{path}" for path in paths), 200)
    pages |= {"/staff/leaderboards/": 200, "/admin/articles/article/999/change/": 404}

    assert all_offences(browser, site, pages, phone=PHONE, storage_state=state) == {}
    assert all_offences(browser, site, {"/admin/login/": 200}) == {}
