"""Photos dropped on the library: each with its bar and its answer, and captioned in one form."""

import base64
from io import BytesIO

import pytest
from playwright.sync_api import expect

from articles.actions import photos
from articles.models import Photo
from tests.articles.pictures.scenes import scene
from tests.articles.pictures.test_crops import two_halves
from tests.browser.people import hire, sign_in
from tests.factories import NOON, make_photo

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

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


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_focal_point_is_tapped_on_a_phone(live_server, browser):
    user = hire("chen", "desk editor")
    photo = make_photo("操场", user=user)
    page = sign_in(browser, live_server.url, "chen", **PHONE)
    page.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/change/")
    frame = page.locator(".focal-point .frame")
    box = frame.bounding_box()
    assert box is not None

    frame.tap(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})

    expect(page.locator("[name=focus_across]")).to_have_value("25")
    expect(page.locator("[name=focus_down]")).to_have_value("75")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def wide_photo(user):
    return photos.take_in(two_halves((1200, 800)), user=user, at=NOON, caption="操场")


def edges(page):
    names = ("left", "top", "width", "height")
    return [float(page.locator(f"[name={name}]").input_value()) for name in names]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_photo_is_cropped_by_mouse_and_by_keys(live_server, browser):
    photo = wide_photo(hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    broken: list[str] = []
    page.on("pageerror", lambda problem: broken.append(str(problem)))
    page.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/crop/")
    stage = page.locator(".cropping .stage").bounding_box()
    assert stage is not None

    page.mouse.move(stage["x"] + 3, stage["y"] + 3)
    page.mouse.down()
    page.mouse.move(stage["x"] + 3 + stage["width"] / 2, stage["y"] + 3 + stage["height"] / 4)
    page.mouse.up()
    assert edges(page) == pytest.approx([50, 25, 50, 75], abs=0.2)
    expect(page.locator(".cropping .size")).to_have_text("600 × 600")

    page.locator("[name=ratio]").select_option("1:1")
    assert edges(page) == pytest.approx([50, 25, 50, 75], abs=0.2)
    page.locator(".cropping .corner").last.focus()
    page.keyboard.press("Shift+ArrowLeft")
    assert edges(page) == pytest.approx([50, 25, 45, 67.5], abs=0.2)
    page.locator(".cropping .move").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert edges(page) == pytest.approx([55, 24.5, 45, 67.5], abs=0.2)
    expect(page.locator(".cropping .move")).to_have_css("outline-style", "solid")

    page.locator(".submit-row [type=submit]").first.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("The photo is cropped.")
    photo.refresh_from_db()
    assert (photo.width, photo.height) == pytest.approx((540, 540), abs=3)
    assert broken == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_photo_is_cropped_by_finger_on_a_phone(live_server, browser):
    photo = wide_photo(hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen", **PHONE)
    page.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/crop/")
    stage = page.locator(".cropping .stage").bounding_box()
    assert stage is not None
    finger = page.context.new_cdp_session(page)

    def drag(start, end):
        places = [
            {"x": stage["x"] + stage["width"] * x, "y": stage["y"] + stage["height"] * y}
            for x, y in (start, end)
        ]
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": places[:1]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": places[1:]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    drag((0.99, 0.99), (0.59, 0.79))
    assert edges(page) == pytest.approx([0, 0, 60, 80], abs=0.5)
    drag((0.3, 0.4), (0.5, 0.45))
    assert edges(page) == pytest.approx([20, 5, 60, 80], abs=0.5)
    assert page.evaluate("[scrollY, document.documentElement.scrollWidth]") == [0, 390]
    page.locator(".submit-row [type=submit]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("The photo is cropped.")

    page.goto(f"{live_server.url}/admin/articles/photo/{photo.pk}/crop/")
    page.get_by_role("button", name="Show the whole picture again").tap()
    expect(page.locator(".messagelist")).to_contain_text("whole picture again")
    photo.refresh_from_db()
    assert (photo.crop, photo.width) == (None, 1200)
