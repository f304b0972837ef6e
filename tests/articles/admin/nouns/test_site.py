"""Site settings at the desk: one form, what it refuses, and what the log says of it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import LogEntry, SiteSettings
from tests.articles.admin.conftest import form_data
from tests.factories import set_site

pytestmark = pytest.mark.django_db

FORM = "/admin/articles/sitesettings/"


@pytest.fixture
def keeper(sign_in):
    browser, _user = sign_in("administrator")
    return browser


def typed(browser, **changes):
    """Give what the form sends, pictures aside, which nobody has chosen."""
    page = browser.get(FORM)
    names = {name: value for name, value in form_data(page).items() if value is not None}
    return {name: value for name, value in names.items() if name not in PICTURES} | changes


PICTURES = {"logo", "police_emblem"}


def send(browser, **changes):
    return browser.post(FORM, typed(browser, **changes))


def logged() -> list[str]:
    entries = LogEntry.objects.filter(subject_type="articles.sitesettings").order_by("pk")
    return [entry.detail for entry in entries]


def png(size=(300, 200)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, "#00539f").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue())


def test_form_opens_at_once_and_its_change_is_logged_and_shown(keeper, client):
    before = client.get("/").content.decode()

    answer = send(keeper, name="青禾日报", icp_number="京icp备 00000000号", boards_are_public="")

    assert answer.status_code == 302
    row = SiteSettings.objects.get()
    assert (row.name, row.icp_number, row.boards_are_public) == (
        "青禾日报",
        "京ICP备00000000号",
        False,
    )
    assert logged() == [
        (
            "Name of the site: 青禾大学新闻网 → 青禾日报\n"
            "ICP filing number: – → 京icp备 00000000号\n"
            "Boards are public: yes → no"
        )
    ]
    assert "青禾日报" in keeper.get(f"{FORM}{row.pk}/history/").content.decode()
    assert "青禾日报" not in before
    assert "青禾日报" in client.get("/").content.decode()


def test_change_is_reverted_by_typing_what_was_there(keeper):
    before = SiteSettings.objects.values().get()
    send(keeper, name="青禾日报", accent="#00539f")
    send(keeper, name=before["name"], accent="")

    assert SiteSettings.objects.values().get() == before
    assert [line.count("→") for line in logged()] == [2, 2]


def test_nothing_changed_is_no_entry(keeper):
    assert send(keeper).status_code == 302
    assert logged() == []


def test_there_is_one_row_that_nobody_adds_or_deletes(keeper):
    row = SiteSettings.objects.get()
    answers = [keeper.post(f"{FORM}{end}").status_code for end in ("add/", f"{row.pk}/delete/")]

    assert answers == [403, 403]
    assert SiteSettings.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name", "", "必填"),
        ("accent", "#ffd700", "its contrast is 1.22 : 1"),
        ("accent", "red", "Please give a colour as #8a1f2d."),
        ("accent_in_dark", "#8a1f2d", "its contrast is 1.72 : 1"),
        ("icp_number", "12345678", "An ICP filing number reads"),
        ("police_number", "12345678", "A police filing number reads"),
        ("postcode", "1000", "A postcode has six digits."),
        ("contact_mail", "news", "id_contact_mail_error"),
        ("contact_phone", "call us", "Digits, blanks, brackets and dashes."),
        ("statement", '<figure><img data-file="1"></figure>', "A statement has no pictures."),
        ("traditional_words", "台湾 台灣\n台湾", "Line 2: please give a word"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(keeper, field, value, reason):
    before = SiteSettings.objects.values().get()

    page = send(keeper, **{field: value})

    assert page.status_code == 200
    assert reason in page.content.decode()
    assert SiteSettings.objects.values().get() == before
    assert logged() == []


def test_statement_is_cleaned(keeper):
    send(keeper, statement='<h2 onclick="x()">声明</h2><script>x()</script>')

    assert SiteSettings.objects.get().statement == "<h2>声明</h2>"
    assert logged() == ["Accessibility statement: – → <h2>声明</h2>"]


def test_statement_written_another_way_is_no_change(keeper):
    set_site(statement="<h2>声明</h2>\n<p>面向每一位读者。</p>")

    # As the editor in the browser sends it.
    send(keeper, statement="<h2>声明</h2><p>面向每一位读者。</p>")

    assert logged() == []


def test_logo_is_taken_in_small_and_goes_again(keeper, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    send(keeper, logo=png())
    taken = SiteSettings.objects.get()
    facts = (taken.logo_width, taken.logo_height, taken.logo.name.partition("/")[0])
    send(keeper, **{"logo-clear": "on"})

    assert facts == (192, 128, "site")
    assert not SiteSettings.objects.get().logo
    name = taken.logo.name.removeprefix("site/")
    assert logged() == [f"Logo: – → {name}", f"Logo: site/{name} → no"]


def test_picture_that_cannot_be_read_is_refused(keeper, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = send(keeper, police_emblem=SimpleUploadedFile("a.svg", b"<svg/>"))

    assert "SVG files are not taken" in page.content.decode()
    assert not SiteSettings.objects.get().police_emblem


def test_links_and_days_of_mourning_are_rows_of_the_form(keeper):
    send(
        keeper,
        **{
            "footer_links-TOTAL_FORMS": "1",
            "footer_links-0-position": "1",
            "footer_links-0-title": "图书馆",
            "footer_links-0-title_en": "Library",
            "footer_links-0-address": "https://library.example/",
            "memorials-TOTAL_FORMS": "1",
            "memorials-0-first_day": "2026-12-13",
            "memorials-0-last_day": "2026-12-14",
        },
    )
    row = SiteSettings.objects.get()

    assert [str(link) for link in row.footer_links.all()] == ["图书馆 https://library.example/"]
    assert [period.includes(date(2026, 12, 14)) for period in row.memorials.all()] == [True]
    assert logged() == [
        (
            "link at the end of pages “图书馆 https://library.example/” added\n"
            "days of mourning “2026-12-13–2026-12-14” added"
        )
    ]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"memorials-0-first_day": "2026-12-14"}, "It would end before it begins."),
        ({"memorials-0-last_day": "9999-12-14"}, "Please choose a year from"),
    ],
)
def test_days_that_make_no_sense_are_refused(keeper, rows, reason):
    days = {"memorials-0-first_day": "2026-12-13", "memorials-0-last_day": "2026-12-13"}
    page = send(keeper, **{"memorials-TOTAL_FORMS": "1"} | days | rows)

    assert reason in page.content.decode()
    assert SiteSettings.objects.get().memorials.count() == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example/", "no address"])
def test_link_that_is_no_address_of_the_web_is_refused(keeper, address):
    row = {
        "footer_links-TOTAL_FORMS": "1",
        "footer_links-0-position": "1",
        "footer_links-0-title": "图书馆",
        "footer_links-0-title_en": "Library",
        "footer_links-0-address": address,
    }
    page = send(keeper, **row)

    assert "Please give a whole address" in page.content.decode()
    assert SiteSettings.objects.get().footer_links.count() == 0


@pytest.mark.parametrize("group", ["head", "chief editor", "desk editor"])
def test_settings_are_for_administrators(sign_in, group):
    browser, _user = sign_in(group)
    row = SiteSettings.objects.get()

    answers = [browser.get(FORM), browser.post(f"{FORM}{row.pk}/change/", {"name": "别的"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert SiteSettings.objects.get().name == row.name


def test_form_says_where_printed_reviewers_are_chosen(keeper):
    set_site(line="主办")
    page = keeper.get(FORM).content.decode()

    assert 'href="/admin/articles/reviewpolicy/"' in page
    assert "主办" in page
