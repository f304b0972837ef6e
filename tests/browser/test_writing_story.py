"""A manuscript from Word with a table and a picture, pasted, illustrated, reviewed and read."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from articles.models import Article, Photo, Role
from tests.browser.people import decide, do, hire, read, save, sign_in
from tests.factories import make_person, make_photo, make_section, make_unit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HEADLINE = "古籍修复室向新生开放"
# As Word puts it on the clipboard: indents of blanks, sizes and fonts, a table, a drawing.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=ZH-CN>
<p class=MsoNormal style='text-indent:21.0pt;font-family:仿宋;font-size:16pt'>　　<span
style='color:red'>古籍修复室<b>首次</b>向新生开放。</span></p>
<table class=MsoTableGrid border=1><tr><td><p>场次</p></td><td><p>人数</p></td></tr>
<tr><td><p>上午</p></td><td><p>30</p></td></tr></table>
<p class=MsoNormal><img width=300 src="file:///C:/Temp/clip_image001.png"></p>
<p class=MsoCaption>图为修复师补纸</p>
<p class=MsoNormal style='text-indent:21.0pt'>　　活动每月一次。</p>
<svg width="40" height="40"><rect width="40" height="40"></rect></svg>
</body></html>"""
COPY = """async ([html, picture]) => {
    const raw = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const item = {
        "text/html": new Blob([html], { type: "text/html" }),
        "image/png": new Blob([raw], { type: "image/png" }),
    };
    const kept = { unsanitized: ["text/html"] };
    await navigator.clipboard.write([new ClipboardItem(item, kept)]);
}"""
FIGURES = ".ProseMirror > figure"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path):
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.MEDIA_ROOT = tmp_path / "media"


def png() -> str:
    out = BytesIO()
    Image.effect_noise((300, 200), 60).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def test_word_with_a_table_and_a_picture_reaches_readers_with_credits(
    live_server, browser: Browser
):
    site = live_server.url
    make_section("综合新闻", slug="general")
    unit = make_unit("图书馆", slug="library")
    lin = hire("lin", "correspondent", unit)
    hire("chen", "desk editor")
    hire("yang", "chief editor")
    person = make_person("孟小溪", home_unit=unit)
    stock = make_photo("书库一角", user=lin, unit=unit, photographer=person, alt="高书架")
    make_photo("运动会", user=lin, unit=unit)
    writer, chen, yang = (sign_in(browser, site, name) for name in ("lin", "chen", "yang"))

    begin(writer, site)
    paste(writer)
    illustrate(writer)
    credit(writer)
    read_checks(writer)
    save(writer)
    expect(writer.locator(".messagelist")).to_contain_text("as photographer: 孟小溪.")
    do(writer, said="初审")

    article = Article.objects.get()
    compare(chen, site, article)
    decide(chen, site, "终审", remark="数字已核对")
    decide(yang, site, "Approved")
    do(yang, said="Published.")

    pasted = Photo.objects.exclude(pk=stock.pk).get(caption="图为修复师补纸")
    assert pasted.unit == unit
    roles = article.credits.order_by("position").values_list("role", "name", "person")
    assert list(roles) == [
        (Role.AUTHOR, "林以宁", None),
        (Role.PHOTOGRAPHER, "孟小溪", person.pk),
    ]
    reader_sees_it(read(browser, f"{site}/articles/{article.pk}/"))


def begin(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/articles/article/add/")
    page.wait_for_timeout(800)
    page.locator("#id_headline").fill(HEADLINE)
    page.locator("#id_section").select_option(label="综合新闻")
    page.locator("#id_event_date").fill("2026-11-17")


def paste(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY, [WORD, png()])
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.press("ControlOrMeta+V")
    expect(page.locator(f"{FIGURES} img")).to_have_count(1)
    expect(page.locator("#pasting")).to_contain_text("1 drawing or formula was left out")
    expect(page.locator(f"{FIGURES} figcaption")).to_have_text("图为修复师补纸")
    expect(page.locator(".ProseMirror td")).to_have_text(["场次", "人数", "上午", "30"])
    expect(page.locator(".ProseMirror > p").first).to_have_text("古籍修复室首次向新生开放。")


def illustrate(page: Page) -> None:
    """Pick a photo, put it first, make it wide and the pasted one small; say what it shows."""
    page.locator(".ProseMirror > p").last.click()
    page.get_by_role("button", name="photos of the library", exact=True).click()
    page.get_by_placeholder("Caption, photographer or unit").fill("孟小溪")
    page.keyboard.press("Enter")
    expect(page.locator(".shelf li")).to_have_count(1)
    page.get_by_label("书库一角").check()
    page.get_by_role("button", name="Put in", exact=True).click()
    expect(page.locator(FIGURES)).to_have_count(2)

    stock = page.locator(f"{FIGURES}:has-text('书库一角')")
    for _step in range(3):
        stock.get_by_role("button", name="Move the figure up").click()
    stock.get_by_label("Size").select_option("full")
    pasted = page.locator(f"{FIGURES}:has-text('修复师')")
    pasted.get_by_label("Size").select_option("side")
    pasted.get_by_role("button", name="Pictures…").click()
    words = page.locator("#picture-words")
    words.get_by_label("Text for those who cannot see it, here").fill("一双手把纸贴上书页")
    words.get_by_label("Photographer").fill("林以宁")
    words.get_by_role("button", name="Apply").click()
    expect(words).to_be_hidden()
    expect(page.locator(f"{FIGURES} figcaption")).to_have_text(["书库一角", "图为修复师补纸"])


def credit(page: Page) -> None:
    """Take whom the photos propose but for oneself, who is credited for the text."""
    page.locator("#credits-group .add-row a").click()
    page.locator("#id_credits-0-role").select_option("author")
    page.locator("#id_credits-0-name").fill("林以宁")
    offered = page.locator("#photographers")
    expect(offered.get_by_label("孟小溪")).to_be_checked(timeout=20_000)
    expect(offered.get_by_label("林以宁")).to_be_checked(timeout=20_000)
    offered.get_by_label("林以宁").uncheck()


def read_checks(page: Page) -> None:
    expect(page.locator("#checks")).to_contain_text("Checks")
    expect(page.locator(".submit-row .kept")).to_be_visible()


def compare(page: Page, site: str, article: Article) -> None:
    """Change a size at the desk, and see it between the versions."""
    page.goto(f"{site}/admin/articles/article/{article.pk}/change/")
    page.wait_for_timeout(800)
    page.locator(f"{FIGURES}:has-text('书库一角')").get_by_label("Size").select_option("")
    save(page)
    page.goto(f"{site}/admin/articles/article/{article.pk}/compare/?old=1&new=2")
    expect(page.locator(".differences")).to_contain_text(
        "The figure stood wider than the text and stands as wide as the text now."
    )


def reader_sees_it(page: Page) -> None:
    expect(page.locator("h1")).to_have_text(HEADLINE)
    captions = page.locator(".text figcaption, article figcaption")
    expect(captions).to_have_text(["书库一角 孟小溪", "图为修复师补纸 林以宁"])
    expect(page.locator("article img").first).to_have_attribute("alt", "高书架")
    expect(page.locator(".side img")).to_have_attribute("alt", "一双手把纸贴上书页")
    expect(page.locator("article td")).to_have_text(["场次", "人数", "上午", "30"])
    expect(page.locator(".credits")).to_contain_text("孟小溪")
