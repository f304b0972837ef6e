"""A credit line pasted into the form: read, chosen from, taken into rows."""

import pytest

from articles.models import Article, Person, PersonAlias, UnitName
from tests.articles.admin.conftest import form_data
from tests.factories import make_article, make_person, make_section, make_unit, publish, submit

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
SCRIPT = "/admin/articles/article/credit-line/"
READ, TAKE = {"_read_credits": "1"}, {"_take_credits": "1"}


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


def as_shown(page, **changes):
    """Fill the form as a browser does: its new rows and the proposal, too."""
    data = form_data(page)
    for formset in page.context["inline_admin_formsets"]:
        for form in formset.formset.extra_forms:
            for field in form:
                data[field.html_name] = field.field.widget.format_value(field.value()) or ""
                if isinstance(data[field.html_name], list):
                    data[field.html_name] = data[field.html_name][0]
    return data | chosen(page.context["reading"]) | changes


def chosen(reading):
    data = {"credit_line": reading.line, "proposed": reading.digest}
    for choice in reading.choices:
        if choice.taken:
            continue
        data |= {f"{choice.prefix}-person": choice.person, f"{choice.prefix}-unit": choice.unit}
        if choice.is_wanted:
            data[f"{choice.prefix}-take"] = "1"
    return data


def proposals(page):
    return [
        (str(c.credit.role), c.credit.name, c.certainty, c.person)
        for c in page.context["reading"].choices
    ]


def credits_of(article):
    names = ("role", "name", "person__name", "unit_name", "unit__name", "stage", "note")
    return list(article.credits.values_list(*names))


def test_line_is_read_taken_and_saved_without_a_script(sign_in, unit):
    browser, _user = sign_in("desk editor")
    person = make_person("周远帆", home_unit=unit)
    article = make_article("原题", credit="李明远", unit=unit)
    line = "撰稿：仪器学院 周远帆 终审：孟小溪"
    page = browser.get(address(article))

    read = browser.post(
        address(article), form_data(page, headline="打了一半", credit_line=line) | READ
    )
    taken = browser.post(address(article), as_shown(read) | TAKE)
    before = credits_of(article)
    saved = browser.post(address(article), as_shown(taken) | {"_save": "1"})

    assert read.status_code == taken.status_code == 200
    assert proposals(read) == [
        ("author", "周远帆", "known, of this unit", str(person.pk)),
        ("reviewer", "孟小溪", "not on file", ""),
    ]
    assert "2 credits are in the rows below." in taken.content.decode()
    assert 'value="打了一半"' in taken.content.decode()
    assert [credit[:2] for credit in before] == [("author", "李明远")]
    assert saved.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.version_number) == ("打了一半", 2)
    assert credits_of(article)[1:] == [
        ("author", "周远帆", "周远帆", "仪器学院", "仪器学院", "", ""),
        ("reviewer", "孟小溪", None, "", None, "final", ""),
    ]
    assert Person.objects.count() == 1


def test_line_is_read_into_an_article_that_is_not_on_file_yet(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    page = browser.get(ADD)
    typed = {"headline": "新稿", "body": "<p>正文</p>", "section": make_section().pk}

    read = browser.post(ADD, form_data(page, credit_line="文：周远帆") | typed | READ)
    taken = browser.post(ADD, as_shown(read) | TAKE)
    saved = browser.post(ADD, as_shown(taken) | {"_save": "1"})

    assert saved.status_code == 302
    article = Article.objects.get()
    assert (article.headline, article.body) == ("新稿", "<p>正文</p>")
    assert credits_of(article) == [("author", "周远帆", None, "", None, "", "")]


def test_somebody_new_is_added_only_when_it_is_said(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)
    page = browser.get(address(article))
    line = "文/编辑：仪器学院 周远帆（学生）"
    read = browser.post(address(article), form_data(page, credit_line=line) | READ)
    new = {"proposed-0-person": "new", "proposed-1-person": "new"}

    taken = browser.post(address(article), as_shown(read, **new) | TAKE)

    assert [(p.name, p.home_unit, p.is_student) for p in Person.objects.all()] == [
        ("周远帆", unit, True)
    ]
    assert "周远帆 was added to the people." in taken.content.decode()
    person = Person.objects.get()
    data = as_shown(taken)
    assert (data["credits-1-person"], data["credits-2-person"]) == (str(person.pk),) * 2


def test_correspondents_propose_and_add_nobody(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(unit=unit, author=user)
    page = browser.get(address(article))

    read = browser.post(address(article), form_data(page, credit_line="文：周远帆") | READ)
    forged = browser.post(address(article), as_shown(read, **{"proposed-0-person": "new"}) | TAKE)
    plain = browser.post(address(article), as_shown(read) | TAKE)

    assert "The desk adds new people." in read.content.decode()
    assert "add to the people" not in read.content.decode()
    assert "Only the desk adds people." in forged.content.decode()
    assert form_data(forged)["credits-TOTAL_FORMS"] == "1"
    assert as_shown(plain)["credits-1-name"] == "周远帆"
    assert Person.objects.count() == 0


def test_homonyms_are_told_apart_by_unit(sign_in, unit):
    browser, _user = sign_in("desk editor")
    make_unit("化学学院")
    others = [make_person("周远帆", home_unit=make_unit(name)) for name in ("法学院", "物理学院")]
    article = make_article(unit=unit)
    page = browser.get(address(article))

    read = browser.post(address(article), form_data(page, credit_line="文：周远帆") | READ)
    choice = {"proposed-0-person": str(others[1].pk)}
    taken = browser.post(address(article), as_shown(read, **choice) | TAKE)

    assert proposals(read) == [("author", "周远帆", "could be several", "")]
    text = read.content.decode()
    assert [unit in text for unit in ("周远帆（法学院）", "周远帆（物理学院）")] == [True, True]
    assert as_shown(taken)["credits-1-person"] == str(others[1].pk)
    assert PersonAlias.objects.count() == 0


def test_names_that_were_looked_up_by_another_one_are_remembered(sign_in, unit):
    browser, editor = sign_in("desk editor")
    person = make_person("周远帆", home_unit=unit)
    article = make_article(unit=unit)
    page = browser.get(address(article))
    line = "文：仪科院办公室 小周周"

    read = browser.post(address(article), form_data(page, credit_line=line) | READ)
    named = {"proposed-0-known_as": "周遠帆", "proposed-0-unit_known_as": "仪器学院"}
    again = browser.post(address(article), as_shown(read, **named) | READ)
    taken = browser.post(address(article), as_shown(again, **named) | TAKE)

    assert proposals(read) == [("author", "小周周", "not on file", "")]
    assert proposals(again) == [("author", "小周周", "not on file", str(person.pk))]
    assert "“小周周” is remembered as another name of 周远帆." in taken.content.decode()
    data = as_shown(taken)
    assert (data["credits-1-name"], data["credits-1-person"]) == ("小周周", str(person.pk))
    assert (data["credits-1-unit_name"], data["credits-1-unit"]) == ("仪科院办公室", str(unit.pk))
    assert [
        a.taught_by for a in (PersonAlias.objects.get(), UnitName.objects.get(kind="alias"))
    ] == [
        editor,
        editor,
    ]


def test_name_that_nobody_on_file_has_is_said_to_be_unknown(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)
    page = browser.get(address(article))
    read = browser.post(address(article), form_data(page, credit_line="文：周远帆") | READ)

    again = browser.post(
        address(article), as_shown(read, **{"proposed-0-known_as": "谁谁"}) | READ
    )

    assert "Nobody on file is called 谁谁." in again.content.decode()


def test_correspondent_links_by_another_name_and_teaches_nothing(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    person = make_person("周远帆", home_unit=unit)
    article = make_article(unit=unit, author=user)
    page = browser.get(address(article))
    named = {"proposed-0-known_as": "周远帆"}

    read = browser.post(address(article), form_data(page, credit_line="文：小周周") | READ)
    again = browser.post(address(article), as_shown(read, **named) | READ)
    taken = browser.post(address(article), as_shown(again, **named) | TAKE)

    assert as_shown(taken)["credits-1-person"] == str(person.pk)
    assert PersonAlias.objects.count() == 0


def test_only_what_is_ticked_is_taken_and_the_rest_stays_proposed(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)
    page = browser.get(address(article))
    line = "文：周远帆 图：孟小溪"
    read = browser.post(address(article), form_data(page, credit_line=line) | READ)
    data = as_shown(read)
    del data["proposed-0-take"]

    taken = browser.post(address(article), data | TAKE)
    del data["proposed-1-take"]
    nothing = browser.post(address(article), data | TAKE)

    assert as_shown(taken)["credits-1-name"] == "孟小溪"
    assert [c.credit.name for c in taken.context["reading"].choices if not c.taken] == ["周远帆"]
    assert "Nothing was ticked." in nothing.content.decode()


def test_rows_that_print_the_same_are_linked_and_not_doubled(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit, credit="周遠帆")
    person = make_person("周远帆", home_unit=unit)
    page = browser.get(address(article))
    read = browser.post(address(article), form_data(page, credit_line="文：周远帆") | READ)

    taken = browser.post(address(article), as_shown(read) | TAKE)

    data = as_shown(taken)
    assert (data["credits-TOTAL_FORMS"], data["credits-0-person"]) == ("1", str(person.pk))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "Please paste a credit line first."),
        ("文" * 2001, "A credit line has up to 2000 characters."),
        ("活动圆满结束", "Nobody is credited in this line"),
    ],
)
def test_line_that_gives_nothing_says_so(sign_in, unit, line, problem):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)
    page = browser.get(address(article))

    read = browser.post(address(article), form_data(page, credit_line=line) | READ)

    assert problem in read.content.decode()
    assert line in read.content.decode()


def test_words_that_were_not_understood_are_marked(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)
    page = browser.get(address(article))
    line = "供稿：周远帆 阿弥陀佛大吉大利 《<b>》"

    read = browser.post(address(article), form_data(page, credit_line=line) | READ)

    assert "<mark>阿弥陀佛大吉大利</mark>" in read.content.decode()
    assert "<mark>&lt;b&gt;</mark>" in read.content.decode()


def test_line_that_was_changed_is_shown_again_before_it_is_taken(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = make_article(unit=unit)
    page = browser.get(address(article))
    read = browser.post(address(article), form_data(page, credit_line="文：周远帆") | READ)

    taken = browser.post(address(article), as_shown(read, credit_line="文：孟小溪") | TAKE)

    assert "The line was changed." in taken.content.decode()
    assert proposals(taken) == [("author", "孟小溪", "not on file", "")]
    assert form_data(taken)["credits-TOTAL_FORMS"] == "1"


def test_script_gets_the_proposal_and_the_rows(sign_in, unit):
    browser, _user = sign_in("desk editor")
    person = make_person("周远帆", home_unit=unit)
    article = make_article(unit=unit, credit="孟小溪")
    page = browser.get(address(article))
    data = form_data(page, credit_line="文：周远帆 图：孟小溪") | {"article": article.pk}

    read = browser.post(SCRIPT, data | READ)
    proposed = dict.fromkeys(("proposed-0-take", "proposed-1-take"), "1") | {
        "proposed": read.json()["html"].split('name="proposed" value="')[1][:16],
        "proposed-0-person": person.pk,
    }
    taken = browser.post(SCRIPT, data | proposed | TAKE)

    assert read.json()["rows"] == []
    assert "known" in read.json()["html"]
    assert [
        (row["number"], row["person"], row["values"]["name"]) for row in taken.json()["rows"]
    ] == [
        (None, "周远帆（仪器学院）", "周远帆"),
        (None, "", "孟小溪"),
    ]
    assert Article.objects.get().version_number == 1


def test_script_is_for_whoever_may_change_the_article(sign_in, unit):
    article = make_article(unit=unit)
    data = {"credit_line": "文：周远帆", "article": article.pk} | READ
    stranger, _user = sign_in("correspondent", unit=make_unit())
    head, _user = sign_in("head")
    writer, _user = sign_in("correspondent", unit=unit)

    assert stranger.post(SCRIPT, data).status_code == 404
    assert head.post(SCRIPT, data).status_code == 403
    assert head.post(SCRIPT, data | {"article": ""}).json() == {
        "reason": "You may not write articles."
    }
    assert writer.post(SCRIPT, data).status_code == 200
    assert writer.get(SCRIPT).status_code == 405
    submit(article)
    assert "Please ask them for changes." in writer.post(SCRIPT, data).json()["reason"]


def test_form_that_may_not_be_changed_any_more_gives_back_what_was_typed(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(unit=unit, author=user)
    page = browser.get(address(article))
    data = form_data(page, headline="打了一半", credit_line="文：周远帆") | READ
    submit(article)

    refused = browser.post(address(article), data)

    assert refused.status_code == 403
    assert "打了一半" in refused.content.decode()


def test_form_that_is_only_read_has_no_line_to_paste(sign_in, unit):
    article = make_article(unit=unit)
    publish(article)
    head, _user = sign_in("head")
    editor, _user = sign_in("desk editor")

    assert "Read a credit line" not in head.get(address(article)).content.decode()
    assert "Read a credit line" in editor.get(address(article)).content.decode()
