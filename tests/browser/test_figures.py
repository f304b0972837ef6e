"""Figures in an open form: picked from the library, put in order, sized, joined, uploaded."""

import base64

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Photo
from tests.browser.people import hire, picture, save, sign_in
from tests.factories import attach, make_article, make_photo

FIGURES = ".ProseMirror > figure"
GRIPS = f"{FIGURES} > .figure-tools [data-grip]"
DROP = """([selector, names, bytes]) => {
    const data = new DataTransfer();
    const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    for (const [name, type, times] of names) {
        const parts = Array(times).fill(raw);
        data.items.add(new File(parts, name, { type }));
    }
    const target = document.querySelector(selector);
    target.scrollIntoView({ block: "center" });
    const box = target.getBoundingClientRect();
    const at = { clientX: box.left + 5, clientY: box.top + 5 };
    for (const kind of ["dragover", "drop"]) {
        const words = { dataTransfer: data, bubbles: true, cancelable: true, ...at };
        target.dispatchEvent(new DragEvent(kind, words));
    }
}"""


def open_form(page: Page, article: Article) -> None:
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/articles/article/{article.pk}/change/")
    expect(page.locator(".ProseMirror[contenteditable=true]")).to_be_visible()
    page.wait_for_timeout(800)


def pick(page: Page, *captions: str, words: str = "", way: str = "each") -> None:
    """Choose photos in the open dialog, and put them in."""
    expect(page.locator(".shelf")).to_be_visible()
    if words:
        page.get_by_placeholder("Caption, photographer or unit").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator(".shelf li")).to_have_count(len(captions))
    for caption in captions:
        page.get_by_label(caption).check()
    page.locator(f"#library [data-take={way}]").click()
    expect(page.locator("#library")).to_be_hidden()


def captions(page: Page) -> list[str]:
    return page.locator(f"{FIGURES} figcaption").all_inner_texts()


def drag(page: Page, grip: str, onto: str) -> None:
    """Drag a grip to the beginning of something else."""
    start = page.locator(grip)
    start.scroll_into_view_if_needed()
    box, goal = start.bounding_box(), page.locator(onto).bounding_box()
    assert box
    assert goal
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(goal["x"] + 20, goal["y"] + 4, steps=5)
    page.mouse.up()


def alternatives(page: Page) -> list[str]:
    """Say which pictures stand in the figures, by their alternative texts."""
    pictures = page.locator(f"{FIGURES} .picture > img").all()
    return [picture.get_attribute("alt") or "" for picture in pictures]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_figures_are_picked_ordered_sized_and_joined(live_server, browser):
    editor = hire("chen", "desk editor")
    article = make_article("开学", author=editor, body="<p>首段。</p><p>末段。</p>")
    photos = {caption: make_photo(caption, user=editor) for caption in ("校门", "操场", "食堂")}
    page = sign_in(browser, live_server.url, "chen")
    broken: list[str] = []
    page.on("pageerror", lambda problem: broken.append(str(problem)))
    open_form(page, article)

    page.locator(".ProseMirror > p").first.click()
    page.get_by_role("button", name="photos of the library", exact=True).click()
    pick(page, "校门", words="校门")
    page.get_by_role("button", name="photos of the library", exact=True).click()
    pick(page, "食堂", "操场")
    seen = [captions(page)]

    first = page.locator(FIGURES).first
    first.get_by_role("button", name="Move the figure down").click()
    seen.append(captions(page))
    page.locator(GRIPS).nth(2).focus()
    page.keyboard.press("ArrowUp")
    seen.append(captions(page))
    drag(
        page,
        f"{FIGURES}:has-text('校门') > .figure-tools [data-grip]",
        ".ProseMirror > p:first-of-type",
    )
    seen.append(captions(page))

    page.locator(f"{FIGURES}:has-text('校门')").get_by_label("Size").select_option("side")
    last = page.locator(f"{FIGURES}:has-text('食堂')")
    last.get_by_role("button", name="Gallery with the next").click()
    expect(page.locator(FIGURES)).to_have_count(2)
    page.locator(f"{FIGURES}:has-text('食堂')").get_by_role("button", name="Pictures…").click()
    expect(page.locator("#picture-words fieldset")).to_have_count(2)
    page.locator("#picture-words [data-alt]").first.fill("两张长桌")
    page.locator("#picture-words").get_by_label("Photographer").last.fill("林晓")
    page.locator("#picture-words [data-step='1']").first.click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#picture-words")).to_be_hidden()
    save(page)

    article.refresh_from_db()
    gate, field, hall = photos.values()
    assert seen == [
        ["校门", "食堂", "操场"],
        ["食堂", "校门", "操场"],
        ["食堂", "操场", "校门"],
        ["校门", "食堂", "操场"],
    ]
    assert article.body.splitlines() == [
        (
            f'<figure class="side"><img data-file="{gate.pk}" src="{gate.image.url}">'
            "<figcaption>校门</figcaption></figure>"
        ),
        "<p>首段。</p>",
        (
            f'<figure><img data-file="{field.pk}" src="{field.image.url}">'
            f'<img data-file="{hall.pk}" src="{hall.image.url}" alt="两张长桌">'
            "<figcaption>食堂 操场</figcaption></figure>"
        ),
        "<p>末段。</p>",
    ]
    assert Photo.objects.get(photographer_name="林晓") == field
    assert broken == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pictures_of_a_gallery_and_videos_are_moved_in_the_text(live_server, browser):
    editor = hire("chen", "desk editor")
    photos = [make_photo(caption, user=editor) for caption in ("校门", "操场", "食堂")]
    images = [
        f'<img data-file="{photo.pk}" src="{photo.image.url}" alt="{photo.caption}">'
        for photo in photos
    ]
    gallery = "<figure>{}<figcaption>三处</figcaption></figure>"
    address = "https://www.bilibili.com/video/BV1xx411c7mD"
    video = f'<figure><a href="{address}" rel="noopener">片</a></figure>'
    article = make_article(
        "开学",
        author=editor,
        body=f"<p>首段。</p>{gallery.format(''.join(images))}<p>末段。</p>{video}",
    )
    page = sign_in(browser, live_server.url, "chen")
    broken: list[str] = []
    page.on("pageerror", lambda problem: broken.append(str(problem)))
    open_form(page, article)
    seen = [alternatives(page)]

    drag(
        page,
        f"{FIGURES} .picture:has([alt=食堂]) [data-grip]",
        f"{FIGURES} .picture:has([alt=校门])",
    )
    seen.append(alternatives(page))
    page.locator(".picture:has([alt=校门]) [data-grip]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    seen.append(alternatives(page))
    page.locator(".picture:has([alt=操场])").get_by_role(
        "button", name="Move the picture forward"
    ).click()
    seen.append(alternatives(page))
    clip = page.locator(f"{FIGURES}.video")
    clip.get_by_role("button", name="Move the video up").click()
    expect(page.locator(".tiptap > *").nth(2)).to_contain_text("片")
    drag(page, f"{FIGURES}.video [data-grip]", ".ProseMirror > p:first-of-type")
    save(page)

    article.refresh_from_db()
    assert seen == [
        ["校门", "操场", "食堂"],
        ["食堂", "校门", "操场"],
        ["食堂", "操场", "校门"],
        ["操场", "食堂", "校门"],
    ]
    in_order = "".join(images[at] for at in (1, 2, 0))
    assert article.body.replace("\n", "") == (
        f"{video}<p>首段。</p>{gallery.format(in_order)}<p>末段。</p>"
    )
    version = article.versions.latest("number")
    assert [row["photo"] for row in version.snapshot["photos"]] == [
        photos[at].pk for at in (1, 2, 0)
    ]
    assert broken == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_attachments_are_put_in_order_by_drag_and_keys(live_server, browser):
    editor = hire("chen", "desk editor")
    article = make_article("开学", author=editor)
    for title in ("通知", "名单", "地图"):
        attach(article, title)
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    drag(page, "#attachments-2 [data-grip]", "#attachments-0")
    page.locator("#attachments-0 [data-grip]").focus()
    page.keyboard.press("ArrowDown")
    save(page)

    in_order = article.attachments.order_by("position").values_list("title", flat=True)
    assert list(in_order) == ["地图", "名单", "通知"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_photos_are_ordered_by_buttons_and_a_removed_one_spoils_nothing(live_server, browser):
    editor = hire("chen", "desk editor")
    article = make_article("开学", author=editor)
    for at, caption in enumerate(("校门", "操场")):
        photo = make_photo(caption, user=editor)
        article.photos.create(photo=photo, position=at, caption=caption)
    make_photo("食堂", user=editor)
    make_photo("书库", user=editor)
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    page.get_by_role("button", name="From the library…").click()
    pick(page, "食堂", "书库")
    expect(page.locator("#photos-group .dynamic-photos")).to_have_count(4)
    up = page.get_by_role("button", name="Move the photo up")
    up.nth(3).click()
    up.nth(2).click()
    up.nth(1).click()
    # The one that was new and is last now goes again; the admin numbers all anew.
    page.locator("#photos-group .dynamic-photos").last.locator(".inline-deletelink").click()
    up.nth(2).click()
    save(page)

    in_order = article.photos.order_by("position").values_list("photo__caption", flat=True)
    assert list(in_order) == ["书库", "操场", "校门"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_files_are_dropped_together_and_each_says_what_became_of_it(live_server, browser):
    editor = hire("chen", "desk editor")
    article = make_article("开学", author=editor, body="<p>末段。</p>")
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    bytes_of_one = base64.b64encode(picture()).decode()
    page.locator("#id_headline").fill("写到一半")

    def drop(where: str, *files: tuple[str, str, int]) -> None:
        page.evaluate(DROP, [where, files, bytes_of_one])

    page.evaluate("document.querySelector('#pasting').dataset.most = '2000000'")
    drop(
        ".ProseMirror > p:last-of-type",
        ("大.jpg", "image/jpeg", 99),
        ("好.jpg", "image/jpeg", 1),
        ("稿.docx", "application/msword", 1),
        ("坏.png", "image/png", 0),
    )
    told = page.locator("#pasting li")
    expect(told.nth(0)).to_contain_text("A picture may have up to 1 MB.")
    expect(told.nth(1)).to_contain_text("好.jpg is there")
    expect(told.nth(2)).to_contain_text("This is no picture.")
    expect(told.nth(3)).to_contain_text("The file is empty.")
    expect(page.locator(FIGURES)).to_have_count(1)
    drop("#photos-group", ("门.jpg", "image/jpeg", 1), ("又.jpg", "image/jpeg", 1))
    rows = page.locator("#photos-group .pasting li")
    expect(rows.nth(0)).to_contain_text("门.jpg is there")
    expect(rows.nth(1)).to_contain_text("is among the photos already")
    page.route("**/paste/", lambda route: route.abort())
    drop(".ProseMirror > p:last-of-type", ("断.jpg", "image/jpeg", 1))
    expect(told.nth(0)).to_contain_text("The server does not answer.")
    expect(page.locator("#id_headline")).to_have_value("写到一半")
    save(page)

    assert article.photos.get().in_body
    assert Photo.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_figures_and_photos_are_dragged_with_a_finger(live_server, browser):
    editor = hire("chen", "desk editor")
    photo = make_photo("校门", user=editor)
    image = f'<img data-file="{photo.pk}" src="{photo.image.url}">'
    figure = f"<figure>{image}<figcaption>校门</figcaption></figure>"
    article = make_article("开学", author=editor, body=f"<p>首段。</p><p>末段。</p>{figure}")
    for at, caption in enumerate(("操场", "食堂")):
        article.photos.create(photo=make_photo(caption, user=editor), position=at)
    phone = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
    page = sign_in(browser, live_server.url, "chen", **phone)
    open_form(page, article)
    fingers = page.context.new_cdp_session(page)

    def drag_up(grip: str, onto: str) -> None:
        start, goal = page.locator(grip), page.locator(onto)
        start.scroll_into_view_if_needed()
        box, to = start.bounding_box(), goal.bounding_box()
        assert box
        assert to
        first, last = box["y"] + 10, to["y"] + 2
        touch = {"x": box["x"] + 10, "y": first}
        fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [touch]})
        for part in range(1, 6):
            touch["y"] = first + (last - first) * part / 5
            fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [touch]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    drag_up(GRIPS, ".ProseMirror > p:last-of-type")
    drag_up("#photos-1 [data-grip]", "#photos-0")
    save(page)

    article.refresh_from_db()
    in_order = article.photos.order_by("position").values_list("photo__caption", flat=True)
    assert list(in_order) == ["食堂", "操场", "校门"]
    assert article.body.index("首段") < article.body.index("<figure>") < article.body.index("末段")
