"""The photos of an article, full screen: with keys, with a finger, and without any script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from articles.actions import photos, writing
from articles.models import Edition, Photo
from tests import factories
from tests.browser.test_everybody import violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SWIPE = """(stage, [from, to]) => {
    const finger = { pointerId: 7, isPrimary: true, pointerType: "touch", bubbles: true };
    stage.dispatchEvent(new PointerEvent("pointerdown", { ...finger, clientX: from }));
    stage.dispatchEvent(new PointerEvent("pointerup", { ...finger, clientX: to }));
}"""


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def story() -> Edition:
    """Publish a story of three photos, each with its caption and its photographer."""
    at = timezone.now() - timedelta(hours=1)
    article = factories.make_article("银杏大道的早晨", form="photo_story", at=at)
    for place, caption in enumerate(("落叶", "清扫", "南门")):
        photo = factories.make_photo(caption, photographer_name="刘润之")
        photos.make_renditions(photo)
        article.photos.create(photo=photo, position=place, paragraph=place)
    writing.finish_change(article, author=article.created_by, at=at)
    return factories.publish(article, at=at)


def open_story(browser: Browser, site: str, story: Edition, **device: object) -> Page:
    page = browser.new_context(locale="en", **device).new_page()
    page.goto(f"{site}/en{story.get_absolute_url()}", wait_until="networkidle")
    return page


def shows(page: Page, place: str, words: str) -> None:
    expect(page.locator(".viewer [data-place]")).to_have_text(place)
    expect(page.locator(".viewer [data-words]")).to_have_text(words)
    expect(page.locator(".viewer img")).to_have_count(1)


def test_photos_are_turned_with_keys_and_the_focus_comes_back(live_server, browser, story):
    page = open_story(browser, live_server.url, story, color_scheme="dark")
    second = page.locator(".body a.view").nth(1)

    second.press("Enter")
    shows(page, "2 of 3", "清扫 刘润之")
    assert violations(page) == []
    for key, place, words in (
        ("ArrowRight", "3 of 3", "南门"),
        ("ArrowRight", "1 of 3", "落叶"),
        ("ArrowLeft", "3 of 3", "南门"),
        ("Home", "1 of 3", "落叶"),
        ("End", "3 of 3", "南门"),
    ):
        page.keyboard.press(key)
        shows(page, place, f"{words} 刘润之")
    page.keyboard.press("Escape")

    expect(page.locator(".viewer")).to_be_hidden()
    expect(second).to_be_focused()


def test_photos_are_turned_with_a_finger_and_buttons(live_server, browser, story):
    page = open_story(browser, live_server.url, story, **TELEPHONE)
    stage = page.locator(".viewer [data-stage]")

    page.locator(".body a.view").first.tap()
    shows(page, "1 of 3", "落叶 刘润之")
    for swipe, place in (((300, 80), "2 of 3"), ((200, 190), "2 of 3"), ((80, 300), "1 of 3")):
        stage.evaluate(SWIPE, swipe)
        expect(page.locator(".viewer [data-place]")).to_have_text(place)
    page.get_by_role("button", name="Next photo").tap()
    shows(page, "2 of 3", "清扫 刘润之")
    page.get_by_role("button", name="Close").tap()

    expect(page.locator(".viewer")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_a_photo_leads_to_its_largest_file(live_server, browser, story):
    page = open_story(browser, live_server.url, story, java_script_enabled=False)
    largest = Photo.objects.order_by("pk")[0].address("full", "jpeg")

    page.locator(".body a.view").first.click()

    expect(page).to_have_url(live_server.url + largest)
