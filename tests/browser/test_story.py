"""The main job from end to end: a pasted page, two reviews, readers, boards, a change, the end."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from analytics.clicks import recording
from articles.models import Article
from tests.articles.importing.pages import SHARED
from tests.browser.people import add_photo, decide, do, hire, read, save, sign_in, take_first
from tests.factories import make_section, make_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HEADLINE = "林远、周宁走访东湖区"
CHANGED = "东湖区与学校签署合作计划"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.MEDIA_ROOT = tmp_path / "media"


def test_from_a_pasted_page_to_the_boards_and_back(
    live_server, browser: Browser, tmp_path: Path, capsys
):
    site = live_server.url
    make_section("焦点关注", slug="focus")
    hire("li", "correspondent", make_unit("党委宣传部", slug="press"))
    for username, group in (
        ("chen", "desk editor"),
        ("zhou", "desk editor"),
        ("yang", "chief editor"),
    ):
        hire(username, group)
    paste(tmp_path)
    article = Article.objects.get()
    address = f"{site}/articles/{article.pk}/"
    li, chen, zhou, yang = (
        sign_in(browser, site, name) for name in ("li", "chen", "zhou", "yang")
    )

    hand_in(li, site)
    pass_both_reviews(chen, yang, site)
    reader_sees_all_of_it(read(browser, address))
    recording.drain()
    both_boards_have_it(read(browser, address), capsys)

    write_a_correction(chen, f"{site}/admin/articles/article/{article.pk}/change/")
    expect(read(browser, address).locator("h1")).to_have_text(HEADLINE)
    pass_both_reviews(zhou, yang, site)
    reader = read(browser, address)
    expect(reader.locator("h1")).to_have_text(CHANGED)
    expect(reader.locator(".note")).to_contain_text("“五项”应为“七项”。")

    do(yang, "withdraw", reason="事实有误", public_note="编辑部已撤回此文。")
    it_is_gone_everywhere(browser.new_context().new_page(), site, address)
    assert board("monthly-units", capsys) == [("党委宣传部", 0)]


def paste(folder: Path) -> None:
    page = folder / "page.txt"
    page.write_text(SHARED, encoding="utf-8")
    call_command("import_articles", str(page), "--unit=党委宣传部")


def hand_in(page: Page, site: str) -> None:
    take_first(page, site)
    page.locator("#id_headline").fill(HEADLINE)
    page.locator("#id_tags").fill("校地合作、走访")
    add_photo(page, "走访现场")
    save(page)
    do(page, said="初审")


def pass_both_reviews(editor: Page, chief: Page, site: str) -> None:
    decide(editor, site, "终审", remark="事实已核对")
    decide(chief, site, "Approved")
    do(chief, said="Published.")


def reader_sees_all_of_it(page: Page) -> None:
    shown = {
        "h1": HEADLINE,
        "figure figcaption": "走访现场",
        ".credits": "林曉",
        ".tags": "校地合作",
        ".share": "WeChat",
    }
    for place, words in shown.items():
        expect(page.locator(place)).to_contain_text(words)


def both_boards_have_it(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (HEADLINE, "党委宣传部"):
        expect(page.locator("aside")).to_contain_text(words)
    assert board("weekly-clicks", capsys) == [(HEADLINE, 1)]
    assert board("monthly-units", capsys) == [("党委宣传部", 1)]


def write_a_correction(page: Page, address: str) -> None:
    page.goto(address)
    do(page, "correct", text="“五项”应为“七项”。")
    page.locator("#id_headline").fill(CHANGED)
    save(page)
    do(page, said="初审")


def it_is_gone_everywhere(page: Page, site: str, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(page.locator("main")).to_contain_text("编辑部已撤回此文。")
    lists = (
        "/",
        "/sections/focus/",
        "/units/press/",
        "/feeds/rss/",
        "/search/?q=东湖",
        "/rankings/",
    )
    shown = [path for path in lists if CHANGED in page.request.get(site + path).text()]
    assert shown == []


def board(name: str, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int]]:
    """Print the present board as its command does, and give names and numbers."""
    day = timezone.localdate()
    period = f"{day:%G-W%V}" if name == "weekly-clicks" else f"{day:%Y-%m}"
    capsys.readouterr()
    call_command("leaderboard", "--board", name, "--period", period, "--format", "json")
    rows = json.loads(capsys.readouterr().out)["rows"]
    if name == "weekly-clicks":
        return [(row["headline"], row["clicks"]) for row in rows]
    return [(row["name"], int(row["count"])) for row in rows]
