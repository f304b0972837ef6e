"""A credit line pasted into an open form: proposed, chosen, taken, saved."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Person, PersonAlias
from tests.browser.people import hire, save, sign_in
from tests.factories import make_article, make_person, make_unit

LINE = "文：仪器学院 周远帆 图：小孟孟 审核：柯以彤"


def open_form(page: Page, article: Article) -> None:
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/articles/article/{article.pk}/change/")
    # The editor has written its own spelling into the form, and the script has noted it.
    page.wait_for_timeout(800)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_line_fills_the_rows_of_an_open_form(live_server, browser):
    unit = make_unit("仪器学院")
    author = make_person("周远帆", home_unit=unit)
    make_person("周远帆", home_unit=make_unit("法学院"))
    photographer = make_person("孟小溪")
    article = make_article("旧题", author=hire("chen", "desk editor"), credit="李明远")
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)
    page.locator("#id_headline").fill("写到一半")

    page.get_by_label("Credit line, as it was printed").fill(LINE)
    page.get_by_role("button", name="Read the line").click()
    expect(page.locator(".proposed > li")).to_have_count(3)
    page.get_by_label("or on file as").nth(0).fill("孟小溪")
    page.get_by_role("button", name="Look up the other names").click()
    expect(page.get_by_label("This is").nth(1)).to_have_value(str(photographer.pk))
    page.get_by_label("This is").nth(2).select_option("new")
    before = Person.objects.count()
    page.get_by_role("button", name="Take what is ticked").click()
    expect(page.get_by_text("3 credits are in the rows below.")).to_be_visible()
    expect(page.locator("#id_headline")).to_have_value("写到一半")
    save(page)

    article.refresh_from_db()
    names = ("role", "name", "person", "unit__name")
    new = Person.objects.get(name="柯以彤")
    assert before == 3
    assert article.headline == "写到一半"
    assert list(article.credits.values_list(*names))[1:] == [
        ("author", "周远帆", author.pk, "仪器学院"),
        ("photographer", "小孟孟", photographer.pk, None),
        ("reviewer", "柯以彤", new.pk, None),
    ]
    assert PersonAlias.objects.get().name == "小孟孟"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_return_in_a_field_saves_and_a_silent_server_loses_nothing(live_server, browser):
    article = make_article("旧题", author=hire("chen", "desk editor"))
    page = sign_in(browser, live_server.url, "chen")
    open_form(page, article)

    page.route("**/credit-line/", lambda route: route.abort())
    page.get_by_label("Credit line, as it was printed").fill(LINE)
    page.get_by_role("button", name="Read the line").click()
    expect(page.locator("[data-unread]")).to_contain_text("could not be read")
    expect(page.get_by_label("Credit line, as it was printed")).to_have_value(LINE)
    page.locator("#id_headline").fill("新题")
    page.locator("#id_headline").press("Enter")
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()

    article.refresh_from_db()
    assert article.headline == "新题"
