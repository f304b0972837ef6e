"""Archives are uploaded, tried, then imported by a worker; nothing of it needs a script."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import clock
from articles.actions.importing import old_sites, taking_in
from articles.errands import running
from articles.models import Article, Errand, ImportRow, ImportRun, LogEntry
from tests import factories
from tests.articles.importing.test_sites import VSB

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/importrun/"
ADD = f"{LIST}add/"
TABLE = (
    "网址,标题,正文,单位,栏目,发布时间,点击量\n"
    "http://old.example/1.htm,夜间开放,正文。,图书馆,综合新闻,2024-03-05,10\n"
    "http://old.example/2.htm,=cmd|' /C calc'!A0,开幕。,图书馆,综合新闻,2024-03-06,20\n"
    "http://old.example/3.htm,,没有标题,图书馆,综合新闻,2024-04-06,\n"
)


@pytest.fixture(autouse=True)
def newsroom(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    factories.make_section("综合新闻", slug="news")
    factories.make_unit("图书馆", slug="library")


def work():
    """Do what a worker does."""
    while running.run_due(clock.here(), worker="w", limit=1):
        pass


def upload(client, content=TABLE, name="old.csv", **fields):
    content = content if isinstance(content, bytes) else content.encode("gb18030")
    return client.post(ADD, {"file": SimpleUploadedFile(name, content), **fields})


def page_of(client, run):
    return client.get(f"{LIST}{run.pk}/change/")


def outcomes(run):
    return [(row.label, row.outcome) for row in run.rows.all()]


def test_an_upload_is_tried_first_and_makes_nothing(sign_in):
    chief, _user = sign_in("chief editor")

    answer = upload(chief)

    run = ImportRun.objects.get()
    assert answer.headers["Location"] == reverse("admin:articles_importrun_change", args=[run.pk])
    assert "It begins in a moment." in page_of(chief, run).content.decode()
    work()
    run.refresh_from_db()
    shown = page_of(chief, run)
    assert [outcome for _label, outcome in outcomes(run)] == ["made", "made", "refused"]
    assert [str(label) for _value, label, _number in shown.context["outcomes"]] == [
        "would be imported",
        "would be refused",
    ]
    assert [row.outcome_in_words() for row in shown.context["page"]] == [
        "would be imported",
        "would be imported",
        "would be refused",
    ]
    assert shown.context["may_carry_out"]
    assert "Import 2 articles as drafts" in shown.content.decode()
    assert not Article.objects.exists()


def test_what_was_tried_is_imported_in_the_background(sign_in):
    chief, user = sign_in("chief editor")
    upload(chief)
    work()
    trial = ImportRun.objects.get()

    chief.post(f"{LIST}{trial.pk}/carry-out/")
    work()

    run = ImportRun.objects.get(is_trial=False)
    assert run.finished_at is not None
    assert {article.created_by for article in Article.objects.all()} == {user}
    assert {article.status for article in Article.objects.all()} == {Article.Status.DRAFT}
    shown = page_of(chief, run)
    assert [row.outcome_in_words() for row in shown.context["page"]][1:] == ["imported", "refused"]
    assert shown.context["units"] == [
        {"unit__name": "图书馆", "month": "2024-03", "articles": 2, "views": 30}
    ]
    refused = chief.get(f"{LIST}{run.pk}/change/?outcome=refused")
    assert [row.outcome for row in refused.context["page"]] == ["refused"]
    entry = LogEntry.objects.get(action=LogEntry.Action.IMPORTED, article=None)
    assert (entry.actor, entry.subject) == (user, "old.csv")


def test_an_archive_of_pages_is_imported(sign_in):
    chief, _user = sign_in("chief editor")
    packed = BytesIO()
    with ZipFile(packed, "w") as pages:
        pages.writestr("info/1001/12.htm", VSB)
        pages.writestr("info/1001/broken.htm", "<h1>T</h1>" + "<div>" * 9000)

    upload(chief, packed.getvalue(), "site.zip", site="https://old.example")
    work()

    run = ImportRun.objects.get()
    assert [(row.label, row.outcome, row.key) for row in run.rows.all()] == [
        ("info/1001/12.htm", "remarks", "old.example/info/1001/12.htm"),
        ("info/1001/broken.htm", "refused", ""),
    ]


def test_a_file_that_is_none_stops_and_says_why(sign_in):
    chief, _user = sign_in("chief editor")

    upload(chief, "a,b\n1,2\n")
    work()

    run = ImportRun.objects.get()
    shown = page_of(chief, run)
    assert run.problem
    assert shown.context["may_go_on"]
    assert not shown.context["may_carry_out"]
    chief.post(f"{LIST}{run.pk}/go-on/")
    work()
    run.refresh_from_db()
    assert run.problem


@pytest.mark.parametrize(
    ("name", "reason"), [("old.exe", "is not taken"), ("", "No file was submitted")]
)
def test_a_file_of_another_kind_is_refused(sign_in, name, reason):
    chief, _user = sign_in("chief editor")

    answer = upload(chief, name=name) if name else chief.post(ADD, {})

    assert answer.status_code == 422
    assert reason in str(answer.context["form"].errors) or not name
    assert not ImportRun.objects.exists()


def test_only_who_may_publish_is_asked_whether_readers_see_it_at_once(sign_in):
    admin, _user = sign_in("administrator")
    chief, _chief = sign_in("chief editor")

    assert "as_published" not in admin.get(ADD).context["form"].fields
    assert "as_published" in chief.get(ADD).context["form"].fields
    upload(admin, as_published="on")
    assert not ImportRun.objects.get().as_published


def test_an_administrator_does_not_carry_out_what_shows_readers(sign_in):
    chief, _chief = sign_in("chief editor")
    admin, _user = sign_in("administrator")
    upload(chief, as_published="on")
    work()
    trial = ImportRun.objects.get()

    assert not page_of(admin, trial).context["may_carry_out"]
    assert admin.post(f"{LIST}{trial.pk}/carry-out/").status_code == 403
    assert ImportRun.objects.count() == 1


def test_whoever_lost_the_right_imports_nothing_more(sign_in):
    chief, user = sign_in("chief editor")
    upload(chief)
    user.groups.clear()

    work()

    run = ImportRun.objects.get()
    assert run.problem
    assert not run.rows.exists()


@pytest.mark.parametrize("group", ["desk editor", "head", "correspondent", "proof-reader"])
def test_others_import_nothing(sign_in, group):
    chief, _chief = sign_in("chief editor")
    upload(chief)
    work()
    trial = ImportRun.objects.get()
    client, _user = sign_in(group)

    answers = [
        client.get(ADD).status_code,
        upload(client).status_code,
        client.post(f"{LIST}{trial.pk}/carry-out/").status_code,
        client.post(f"{LIST}{trial.pk}/go-on/").status_code,
        client.post(f"{LIST}{trial.pk}/stop/").status_code,
    ]

    assert answers == [403] * 5
    assert ImportRun.objects.count() == 1


@pytest.fixture
def one_by_one(monkeypatch):
    """Let an import have as many transactions as places."""
    monkeypatch.setattr(taking_in, "TOGETHER", 1)


@pytest.mark.usefixtures("one_by_one")
def test_a_large_import_goes_on_in_the_next_errand(sign_in):
    chief, _user = sign_in("chief editor")
    upload(chief)
    run = ImportRun.objects.get()

    old_sites.go_on(run.pk, at=clock.here(), seconds=0)

    run.refresh_from_db()
    assert (run.reached, run.finished_at) == (1, None)
    assert f"1 of {run.total} places" in page_of(chief, run).content.decode()
    work()
    run.refresh_from_db()
    assert (run.reached, run.finished_at is not None, run.rows.count()) == (3, True, 3)


@pytest.mark.usefixtures("one_by_one")
def test_a_running_import_is_stopped_and_goes_on_from_there(sign_in):
    chief, user = sign_in("chief editor")
    upload(chief)
    run = ImportRun.objects.get()
    old_sites.go_on(run.pk, at=clock.here(), seconds=0)
    running_page = page_of(chief, run)

    chief.post(f"{LIST}{run.pk}/stop/")
    work()

    run.refresh_from_db()
    stopped_page = page_of(chief, run)
    assert (run.reached, run.problem) == (1, f"{user} stopped it.")
    refreshed = [page.has_header("Refresh") for page in (running_page, stopped_page)]
    assert refreshed == [True, False]
    assert chief.post(f"{LIST}{run.pk}/stop/").status_code == 403
    chief.post(f"{LIST}{run.pk}/go-on/")
    work()
    run.refresh_from_db()
    assert (run.reached, run.problem, run.finished_at is not None) == (3, "", True)


@pytest.mark.usefixtures("one_by_one")
def test_how_long_a_run_takes_still_is_told_by_its_pace_now(sign_in):
    chief, _user = sign_in("chief editor")
    upload(chief)
    run = ImportRun.objects.get()
    old_sites.go_on(run.pk, at=clock.here(), seconds=0)
    run.refresh_from_db()
    at = clock.here()
    before = old_sites.seconds_left(run, at)
    Errand.objects.filter(key=f"import/{run.pk}/0").update(taken_at=at - timedelta(minutes=2))

    # One of three places took two minutes.
    assert (before, old_sites.seconds_left(run, at)) == (None, 240)


def test_outcomes_are_exported_without_formulas_and_it_is_logged(sign_in):
    chief, user = sign_in("chief editor")
    upload(chief)
    work()
    run = ImportRun.objects.get()

    answer = chief.post(f"{LIST}{run.pk}/outcomes/")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [(row["outcome"], row["title"], row["unit"], row["month"]) for row in rows] == [
        ("made", "夜间开放", "图书馆", "2024-03"),
        ("made", "'=cmd|' /C calc'!A0", "图书馆", "2024-03"),
        ("refused", "", "", ""),
    ]
    assert LogEntry.objects.filter(action=LogEntry.Action.EXPORTED, actor=user).count() == 1
    assert chief.get(f"{LIST}{run.pk}/outcomes/").status_code == 405


def test_titles_are_shown_as_text(sign_in):
    chief, _user = sign_in("chief editor")
    upload(chief, TABLE.replace("夜间开放", "<script>x</script>"))
    work()

    shown = page_of(chief, ImportRun.objects.get()).content.decode()

    assert "<script>x" not in shown
    assert "&lt;script&gt;x" in shown


def test_an_old_address_is_mended_by_hand(sign_in):
    chief, user = sign_in("chief editor")
    article = factories.make_article()

    answer = chief.post(
        "/admin/articles/oldaddress/add/",
        {"address": "http://old.example/a.htm?from=x", "article": article.pk},
    )

    led = article.old_addresses.get()
    assert answer.status_code == 302
    assert (led.address, led.added_by) == ("/a.htm", user)


def test_the_history_of_an_article_says_where_it_came_from(sign_in):
    chief, _user = sign_in("chief editor")
    upload(chief, as_published="on")
    work()
    chief.post(f"{LIST}{ImportRun.objects.get().pk}/carry-out/")
    work()
    article = Article.objects.get(headline="夜间开放")

    history = chief.get(reverse("admin:articles_article_history", args=[article.pk]))
    sheet = chief.get(reverse("admin:articles_article_sheet", args=[article.pk, 1]))

    told = history.content.decode()
    assert "Edition 1 was published before on an old site; nobody here approved it." in told
    assert "imported views: 10" in told
    assert "Imported from an old site, approved by nobody here" in sheet.content.decode()
    listed = chief.get("/admin/articles/importedarticle/").content.decode()
    assert "http://old.example/1.htm" in listed


def test_an_ordinary_sheet_and_history_say_nothing_of_imports(sign_in):
    chief, _user = sign_in("chief editor")
    edition = factories.make_edition()
    article = edition.article_id

    history = chief.get(reverse("admin:articles_article_history", args=[article]))
    sheet = chief.get(reverse("admin:articles_article_sheet", args=[article, 1]))

    assert "Imported from an old site" not in history.content.decode() + sheet.content.decode()
    assert ImportRow.objects.count() == 0
