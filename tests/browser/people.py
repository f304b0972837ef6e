"""The people of the stories: staff at their desks, and a reader with a telephone."""

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from articles.models import Membership, Unit, User
from tests.analytics.clicking import PHONE
from tests.factories import make_user

WORDS = "correct horse battery"
LIKE_A_READER = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"


def hire(username: str, group: str, unit: Unit | None = None) -> User:
    user = make_user(group, name=username, password=WORDS, is_staff=True)
    user.username = username
    user.save()
    if unit:
        Membership.objects.create(user=user, unit=unit, role=group, valid_from=date(2020, 1, 1))
    return user


def sign_in(browser: Browser, address: str, username: str, **device: Any) -> Page:
    """Sign in at a desk, or on the device that is given as Playwright describes one."""
    page = browser.new_context(locale="zh-CN", **device).new_page()
    page.goto(address + "/admin/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(WORDS)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My desk")
    return page


def read(browser: Browser, address: str, *, script: str = LIKE_A_READER) -> Page:
    """Open a page as a reader does; the script says what the browser shows of itself."""
    context = browser.new_context(user_agent=PHONE, locale="zh-CN")
    context.add_init_script(script)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    return page


def picture() -> bytes:
    made = BytesIO()
    Image.effect_noise((640, 420), 60).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def add_photo(page: Page, caption: str) -> None:
    """Send a picture from the pop-up of a new row; its caption then stands in the row."""
    page.locator("#photos-group .add-row a").click()
    with page.expect_popup() as opened:
        page.locator("#add_id_photos-0-photo").click()
    popup = opened.value
    popup.locator("[name=picture]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    popup.locator("[name=caption]").fill(caption)
    popup.locator("[name=_save]").click()
    expect(page.locator("#select2-id_photos-0-photo-container")).to_contain_text(caption)


def save(page: Page) -> None:
    page.locator(".submit-row [name=_save]").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as version")


def do(page: Page, verb: str = "", said: str = "", **answers: str) -> None:
    """Take the next action of an article, or the one named, and say what its page asks for."""
    if verb:
        page.locator(f".state a[href*='/{verb}/']").click()
    else:
        page.locator(".state .first").click()
    for name, answer in answers.items():
        page.locator(f"[name={name}]").fill(answer)
    page.locator(".deed-form button:not([name=bring])").click()
    expect(page.locator(".messagelist")).to_contain_text(said)


def decide(page: Page, address: str, said: str, **answers: str) -> None:
    """Open what waits at the top of one's desk, and approve it."""
    take_first(page, address)
    for name, answer in answers.items():
        page.locator(f"[name={name}]").fill(answer)
    page.locator(".deed-form button:not([name=bring])").click()
    expect(page.locator(".messagelist")).to_contain_text(said)


def take_first(page: Page, address: str) -> None:
    """Open what waits at the top of one's desk."""
    page.goto(address + "/admin/")
    page.locator(".queue h3 a").first.click()
