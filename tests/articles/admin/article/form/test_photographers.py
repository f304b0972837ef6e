"""Who took the photos of an open form, offered to be credited and declined."""

import pytest

from articles.models import Credit, PersonalDraft, Role
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, make_person, make_photo, make_unit

pytestmark = pytest.mark.django_db

PANEL = "/admin/articles/article/photographers/"


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def writer(sign_in, unit):
    return sign_in("correspondent", unit=unit)


@pytest.fixture
def article(writer, unit):
    return make_article("旧题", author=writer[1], unit=unit)


def with_figure(photo):
    return f'<p>文</p><figure><img data-file="{photo.pk}"></figure>'


def photographers(article):
    return list(article.credits.filter(role=Role.PHOTOGRAPHER).values_list("name", flat=True))


def test_new_photographers_are_offered_ticked_and_the_typed_credit_is_not(writer, article):
    browser, user = writer
    person = make_person("孟小溪")
    known = make_photo(user=user, photographer=person)
    new = make_photo(user=user, photographer_name="林晓")
    body = with_figure(new) + with_figure(known)
    credit = {"credits-0-role": "photographer", "credits-0-name": "小孟孟"}
    credit |= {"credits-0-person": person.pk, "credits-TOTAL_FORMS": 1}

    page = browser.post(PANEL, {"article": article.pk, "body": body} | credit).content.decode()
    unticked = browser.post(
        PANEL, {"article": article.pk, "body": body, "photographer_seen": [new.pk, known.pk]}
    ).content.decode()

    assert f'value="{new.pk}" checked> 林晓, 1 photo</label>' in page
    assert "孟" not in page
    assert "checked" not in unticked
    assert ("林晓" in unticked, "孟小溪" in unticked) == (True, True)


def test_save_credits_whoever_was_not_declined_and_says_so(writer, article):
    browser, user = writer
    one = make_photo(user=user, photographer_name="林晓")
    other = make_photo(user=user, photographer_name="孟小溪")
    filled = form_data(browser.get(address(article)), body=with_figure(one) + with_figure(other))
    chosen = {"photographer_seen": [one.pk, other.pk], "credit_photographer": [one.pk]}

    page = browser.post(address(article), filled | chosen, follow=True)

    assert photographers(article) == ["林晓"]
    said = [str(message) for message in page.context["messages"]]
    assert "Added to the credits as photographer: 林晓." in said
    html = page.content.decode()
    assert f'value="{other.pk}"> 孟小溪, 1 photo</label>' in html
    assert f'value="{one.pk}"> ' not in html


def test_without_script_new_photographers_are_credited_and_others_can_be_asked_for(
    writer, article
):
    browser, user = writer
    photo = make_photo(user=user, photographer_name="林晓")
    browser.post(
        address(article), form_data(browser.get(address(article)), body=with_figure(photo))
    )
    first = photographers(article)
    article.credits.filter(name="林晓").delete()
    again = form_data(browser.get(address(article)), headline="新题")
    browser.post(address(article), again)
    second = photographers(article)
    again = form_data(browser.get(address(article)))
    chosen = {"photographer_seen": [photo.pk], "credit_photographer": [photo.pk]}
    browser.post(address(article), again | chosen)

    assert (first, second, photographers(article)) == (["林晓"], [], ["林晓"])


def test_ticks_are_kept_with_the_text_and_taken_back(writer, article):
    browser, user = writer
    one = make_photo(user=user, photographer_name="林晓")
    other = make_photo(user=user, photographer_name="孟小溪")
    body = with_figure(one) + with_figure(other)
    open_form = form_data(browser.get(address(article)), body=body)
    chosen = {"photographer_seen": [one.pk, other.pk], "credit_photographer": [other.pk]}
    about = {"keep": "1", "typist": user.pk, "article": article.pk}

    browser.post("/admin/articles/article/autosave/", open_form | chosen | about)
    taken = browser.get(f"{address(article)}?kept={PersonalDraft.objects.get().pk}")
    html = taken.content.decode()

    assert f'value="{one.pk}"> 林晓, 1 photo</label>' in html
    assert f'value="{other.pk}" checked> 孟小溪, 1 photo</label>' in html
    ticks = {"photographer_seen": [one.pk, other.pk], "credit_photographer": [other.pk]}
    browser.post(address(article), form_data(taken) | ticks)
    assert photographers(article) == ["孟小溪"]


def test_a_tick_alone_is_offered_back_and_an_untouched_form_is_not(writer, article):
    browser, user = writer
    photo = make_photo(user=user, photographer_name="林晓")
    filled = form_data(browser.get(address(article)), body=with_figure(photo))
    browser.post(address(article), filled | {"photographer_seen": [photo.pk]})
    about = {"keep": "1", "typist": user.pk, "article": article.pk, "photographer_seen": photo.pk}

    offered = []
    for ticked in ({}, {"credit_photographer": photo.pk}):
        page = form_data(browser.get(address(article)))
        browser.post("/admin/articles/article/autosave/", page | about | ticked)
        offers = browser.get(address(article)).context["offers"]
        offered.append([offer.fields for offer in offers])

    assert offered == [[], [["photographers"]]]


def test_photographer_without_a_photo_is_named_where_all_photos_are_known(writer, article):
    browser, user = writer
    Credit.objects.create(article=article, role=Role.PHOTOGRAPHER, name="周远帆", position=1)
    known = make_photo(user=user, photographer_name="林晓")
    unknown = make_photo(user=user)
    said = "周远帆 is credited as photographer, and none of these photos is theirs."
    rows = {
        "article": article.pk,
        "credits-TOTAL_FORMS": 1,
        "credits-0-role": "photographer",
        "credits-0-name": "周远帆",
    }

    answers = [
        said in browser.post(PANEL, rows | {"body": body}).content.decode()
        for body in (with_figure(known), with_figure(known) + with_figure(unknown), "<p>文</p>")
    ]

    assert answers == [True, False, False]


def test_panel_is_refused_to_who_may_not_write(sign_in, article):
    stranger, _user = sign_in("correspondent", unit=make_unit("别的单位"))
    head, _user = sign_in("head")

    answers = [
        stranger.post(PANEL, {"article": article.pk}),
        head.post(PANEL, {"article": article.pk}),
        stranger.get(PANEL),
    ]

    assert [answer.status_code for answer in answers] == [404, 403, 405]


def test_photos_that_the_writer_may_not_see_name_nobody(writer, article):
    photo = make_photo(unit=make_unit("别的单位"), photographer_name="林晓")

    page = writer[0].post(PANEL, {"article": article.pk, "body": with_figure(photo)})

    assert "林晓" not in page.content.decode()
