"""Photos dropped on the library: each with its bar and its answer, and captioned in one form."""

import base64
from io import BytesIO

import pytest
from playwright.sync_api import expect

from articles.models import Photo
from tests.articles.pictures.scenes import scene
from tests.browser.people import hire, sign_in
from tests.factories import make_photo

DROP = """(pictures) => {
    const data = new DataTransfer();
    for (const [name, bytes] of pictures) {
        const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        data.items.add(new File([raw], name, { type: "image/jpeg" }));
    }
    const words = { dataTransfer: data, bubbles: true, cancelable: true };
    document.querySelector("#photo-upload .drop").dispatchEvent(new DragEvent("drop", words));
}"""


def picture(number: int) -> str:
    out = BytesIO()
    scene(number).save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_photos_are_dropped_one_fails_and_the_rest_are_captioned(live_server, browser):
    hire("chen", "desk editor")
    page = sign_in(browser, live_server.url, "chen")
    broken: list[str] = []
    page.on("pageerror", lambda problem: broken.append(str(problem)))
    page.goto(f"{live_server.url}/admin/articles/photo/")
    uploads = page.locator(".uploads li")

    words = base64.b64encode(b"<svg/>").decode()
    page.evaluate(DROP, [["a.jpg", picture(1)], ["no.jpg", words], ["b.jpg", picture(2)]])
    expect(uploads).to_have_count(3)
    page.locator("#photo-upload summary").click()
    page.locator("#upload-credit").fill("林溪")
    page.route("**/upload/", lambda route: route.abort(), times=1)
    page.get_by_role("button", name="Upload 3 photos").press("Enter")
    expect(page.locator("#photo-upload .told")).to_contain_text("1 not sent")
    expect(uploads.nth(1)).to_contain_text("SVG files are not taken")

    page.locator(".uploads .lost .leave").click()
    expect(page.locator("#photo-upload .told")).to_have_text(
        "3 of 3 files done: 2 taken in, 1 refused"
    )
    page.get_by_role("link", name="Caption these 2").click()
    page.locator("[name$=-caption]").first.fill("操场晨跑")
    page.locator(".submit-row [type=submit]").click()
    expect(page.locator(".messagelist")).to_contain_text("1 photo saved.")

    facts = sorted(Photo.objects.values_list("caption", "photographer_name"))
    assert facts == [("", "林溪"), ("操场晨跑", "林溪")]
    assert broken == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_focal_point_is_dragged_and_moved_by_keys_and_the_cuts_follow(live_server, browser):
    user = hire("chen", "desk editor")
    photo = make_photo("操场", user=user)
    page = sign_in(browser, live_server.url, "chen")
    page.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/change/")
    box = page.locator(".focal-point .frame").bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.2)
    page.mouse.up()
    expect(page.locator("[name=focus_across]")).to_have_value("90")
    expect(page.locator("[name=focus_down]")).to_have_value("20")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator(".focal-point .cut").first).to_have_css("object-position", "100% 0%")
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist")).to_be_visible()

    photo.refresh_from_db()
    assert photo.focal_point == "0.89x0.1"
