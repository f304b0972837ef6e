"""A text copied from Word, with a list, a table and a picture, pasted, saved and published."""

import base64
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article, Photo
from tests.browser.people import hire, save, sign_in
from tests.factories import make_article

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p{}</style></head><body>
<!--StartFragment-->
<p class=MsoNormal style='text-indent:21pt'>　　<span>开学了。<o:p></o:p></span></p>
<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>1．<span>&nbsp;</span></span><![endif]>报到</p>
<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>2．<span>&nbsp;</span></span><![endif]>上课</p>
<table class=MsoTableGrid><tr><th scope=row><p>学院</p></th><td><p>人数</p></td></tr></table>
<p class=MsoNormal><img src="file:///C:/Temp/clip_image001.png" v:shapes="x"></p>
<p class=MsoCaption>图为报到现场</p><!--EndFragment--></body></html>"""

PASTE = """([html, picture]) => {
    const data = new DataTransfer();
    if (html) {
        data.setData("text/html", html);
    }
    for (const bytes of picture) {
        const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        data.items.add(new File([raw], "clip.png", { type: "image/png" }));
    }
    const editor = document.querySelector(".ProseMirror[contenteditable]");
    editor.focus();
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""
DROP = """([picture]) => {
    const data = new DataTransfer();
    const raw = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    data.items.add(new File([raw], "drop.png", { type: "image/png" }));
    const last = document.querySelector(".ProseMirror[contenteditable] > p:last-of-type");
    const box = last.getBoundingClientRect();
    const words = { dataTransfer: data, bubbles: true, cancelable: true };
    const at = { clientX: box.left + 5, clientY: box.top + 5 };
    last.dispatchEvent(new DragEvent("drop", { ...words, ...at }));
}"""


def picture(colour: str) -> str:
    out = BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def open_form(page: Page, article: Article) -> None:
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/articles/article/{article.pk}/change/")
    page.wait_for_timeout(800)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_word_is_pasted_with_its_picture_and_a_photo_is_dropped(live_server, browser):
    article = make_article("开学", author=hire("chen", "desk editor"), body="<p>末段。</p>")
    page = sign_in(browser, live_server.url, "chen")
    broken: list[str] = []
    page.on("pageerror", lambda problem: broken.append(str(problem)))
    open_form(page, article)

    page.evaluate(PASTE, [WORD, [picture("red")]])
    expect(page.locator(".ProseMirror figure img")).to_have_count(1)
    page.evaluate(PASTE, ['<p>又一段</p><img src="https://a.example/spy.gif">', []])
    expect(page.locator("#pasting")).to_contain_text("spy.gif")
    page.evaluate(DROP, [picture("blue")])
    expect(page.locator(".ProseMirror figure img")).to_have_count(2)
    save(page)

    article.refresh_from_db()
    first, second = Photo.objects.order_by("pk")
    assert "<ol><li>报到</li><li>上课</li></ol>" in article.body
    assert '<th scope="row">学院</th><td>人数</td>' in article.body
    figure = f'<img data-file="{first.pk}" src="{first.image.url}"><figcaption>图为报到现场'
    assert figure in article.body
    assert f'data-file="{second.pk}"' in article.body
    assert "a.example" not in article.body
    assert broken == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_paste_without_an_answer_is_there_at_once_and_cleaned_at_save(live_server, browser):
    article = make_article("开学", author=hire("chen", "desk editor"), body="<p>末段。</p>")
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    page.route("**/paste/", lambda route: route.abort())
    page.evaluate(PASTE, ["<p>　　甲</p><p>乙</p>", []])
    expect(page.locator("#pasting")).to_contain_text("does not answer")
    save(page)

    article.refresh_from_db()
    assert "甲" in article.body
