"""Whole archives of an old site: made once, whatever happens in between, and honestly labelled."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from articles import snapshots
from articles.actions import publishing, writing
from articles.actions.importing import filing, old_articles, old_sites, taking_in
from articles.importing import columns
from articles.importing.records import Found, Item, OldFile
from articles.importing.sources import Source, open_source
from articles.models import (
    Article,
    Edition,
    Errand,
    EvidenceIsPermanent,
    ImportedArticle,
    ImportRow,
    ImportRun,
    LogEntry,
    OldAddress,
    Person,
    Photo,
)
from articles.rights.permissions import NotAllowed
from articles.text import pasting
from tests import factories
from tests.factories import NOON
from tests.patience import patience

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
OLD = "http://old.example/info/1001/12.htm"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path / "files"


@pytest.fixture
def newsroom():
    section = factories.make_section("综合新闻", slug="news")
    return section, factories.make_unit("图书馆", slug="library")


def jpeg():
    made = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(made, "JPEG")
    return made.getvalue()


# People of one character each, behind one family name.
MANY = [f"李{chr(0x4E00 + number)}" for number in range(150)]


def row(**said):
    return {
        "address": OLD,
        "title": "夜间开放",
        "body": "<p>正文一。</p><p>正文二。（供稿：李明远 摄影：王芳）</p>",
        "unit": "图书馆",
        "section": "综合新闻",
        "published_at": "2024-03-05 10:20",
        "views": 1234,
        **said,
    }


@pytest.fixture
def lines(tmp_path):
    def write(*rows, name="old.jsonl"):
        path = tmp_path / "source" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows))
        return path

    return write


def run_import(path, *, user=None, at=NOON, limit=None, **plan):
    user = user or factories.make_user("chief editor")
    asked = old_sites.Plan(**plan)
    run = old_sites.begin(str(path), path.read_text(), asked, user=user, at=at)
    list(old_sites.take(run, open_source(path, site=asked.site), at=at, limit=limit))
    run.refresh_from_db()
    return run


def outcomes(run):
    return [(row.number, row.outcome, row.said) for row in run.rows.all()]


def test_an_old_article_becomes_a_draft_with_all_that_was_said(newsroom, lines):
    path = lines(row(tags=["阅读"], kicker="引题", summary="摘要", source="校报"))

    run = run_import(path)

    article = Article.objects.get()
    names = [(c.role, c.name) for c in article.credits.order_by("position")]
    [version] = article.versions.all()
    assert (article.status, article.headline, article.kicker, article.summary, article.source) == (
        Article.Status.DRAFT,
        "夜间开放",
        "引题",
        "摘要",
        "校报",
    )
    assert article.body == "<p>正文一。</p>\n<p>正文二。</p>"
    assert names == [("author", "李明远"), ("photographer", "王芳")]
    assert article.displayed_at == datetime(2024, 3, 5, 10, 20, tzinfo=ZONE)
    assert list(article.tags.names()) == ["阅读"]
    assert version.reason == f"From {OLD}"
    imported = article.imported
    assert (imported.key, imported.address, imported.views, imported.edition) == (
        "old.example/info/1001/12.htm",
        OLD,
        1234,
        None,
    )
    assert imported.sha256 == version.sha256
    assert OldAddress.objects.get().address == "/info/1001/12.htm"
    assert run.rows.by_unit_and_month() == [
        {"unit__name": "图书馆", "month": "2024-03", "articles": 1, "views": 1234}
    ]
    assert not Edition.objects.exists()


def test_the_same_address_again_makes_nothing_and_says_what_differs(newsroom, lines):
    run_import(lines(row()))
    same = run_import(lines(row(views=9999), name="again.jsonl"))
    other = run_import(lines(row(body="<p>改了。</p>"), name="other.jsonl"))
    article = Article.objects.get()

    assert outcomes(same) == [(1, "unchanged", [])]
    assert outcomes(other) == [(1, "differs", [])]
    assert {one.rows.get().article for one in (same, other)} == {article}
    assert article.version_number == 1


def test_an_address_is_known_however_it_is_spelled(newsroom, lines):
    spellings = [
        "http://old.example/info/1001/12.htm",
        "https://www.old.example/info/1001/12.htm?from=timeline",
        "http://OLD.example/info/1001/%312.htm#top",
    ]
    run = run_import(lines(*(row(address=spelling) for spelling in spellings)))

    assert [outcome for _number, outcome, _said in outcomes(run)] == [
        "remarks",
        "differs",
        "differs",
    ]
    assert Article.objects.count() == 1


def test_a_trial_says_the_same_and_makes_nothing(newsroom, lines, tmp_path):
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source/a.jpg").write_bytes(jpeg())
    rows = [
        row(pictures=["a.jpg", "b.jpg"]),
        row(address="/2.htm", title=""),
        row(),
        row(address="/3.htm", unit="没有处"),
    ]
    path = lines(*rows)

    trial = run_import(path, is_trial=True)

    assert [outcome for _number, outcome, _said in outcomes(trial)] == [
        "remarks",
        "refused",
        "differs",
        "refused",
    ]
    said = trial.rows.get(number=1).said
    assert [one for one in said if "missing" in one] == ["1 file is missing: b.jpg"]
    made = (Article, ImportedArticle, OldAddress, Edition, Photo)
    assert [model.objects.count() for model in made] == [0] * 5
    assert not LogEntry.objects.exists()


def test_what_is_refused_says_why_and_holds_up_nothing(newsroom, lines):
    rows = [
        row(),
        row(address="/2.htm", title=""),
        row(address="/3.htm", unit="没有处"),
        row(address="/4.htm", section="没有栏"),
        row(address="/5.htm", title="长" * 121),
        row(address="/6.htm", published_at="neulich"),
        row(address="/7.htm", body=""),
        row(address="/8.htm", body="<div>" * 60_000),
        row(address="/9.htm", unit=""),
        row(address="/10.htm", source="图书馆", unit=""),
    ]

    run = run_import(lines(*rows))

    refused = {one.number: one.said[0] for one in run.rows.filter(outcome="refused")}
    assert refused.keys() == {2, 3, 4, 5, 6, 7, 8, 9}
    assert refused[2] == "It has no title."
    assert refused[3] == "There is no unit called 没有处."
    assert refused[4] == "There is no section called 没有栏."
    assert refused[5] == "This heading is longer than 120 characters."
    assert refused[6] == "“neulich” is no date."
    assert refused[7] == "It has no text."
    assert refused[9] == "It names no unit that the site knows. Say one for all."
    assert Article.objects.count() == 2
    assert run.finished_at is not None


def test_hostile_markup_is_cleaned(newsroom, lines):
    body = (
        "<p onclick=x>keep me</p><script>window.__xss=1</script><img src='file:///etc/passwd'>"
        "<img src='http://127.0.0.1:9/a.png'><a href='javascript:x'>l</a>"
        "<iframe src='//e'></iframe>"
    )

    run_import(lines(row(title="<img src=x onerror=y>", body=body)))

    article = Article.objects.get()
    assert article.headline == "<img src=x onerror=y>"
    assert article.body == "<p>keep me</p>\n<p>l</p>"


@pytest.mark.parametrize("stop", [0, 1, 2])
def test_a_run_that_was_killed_goes_on_where_it_was(newsroom, lines, stop):
    path = lines(*(row(address=f"/{number}.htm", title=f"标题{number}") for number in range(3)))
    user = factories.make_user("chief editor")
    first = run_import(path, user=user, limit=stop)

    again = run_import(path, user=user)

    assert again == first
    assert [one.number for one in again.rows.all()] == [1, 2, 3]
    assert ImportRow.objects.filter(outcome__in=("made", "remarks")).count() == 3
    assert Article.objects.count() == 3


def test_a_place_that_fails_leaves_nothing_of_itself(newsroom, lines, monkeypatch):
    path = lines(row(address="/1.htm"), row(address="/2.htm"))
    files = filing._files

    def fail_once(copy):
        if copy.record.address == "/1.htm":
            raise RuntimeError("the power is gone")
        return files(copy)

    monkeypatch.setattr(filing, "_files", fail_once)

    run = run_import(path)

    assert [outcome for _number, outcome, _said in outcomes(run)] == ["refused", "remarks"]
    assert "the power is gone" in run.rows.get(number=1).said[0]
    assert list(OldAddress.objects.values_list("address", flat=True)) == ["/2.htm"]
    assert Article.objects.count() == ImportedArticle.objects.count() == 1


def test_two_workers_at_one_run_do_each_place_once(newsroom, lines):
    path = lines(*(row(address=f"/{number}.htm") for number in range(3)))
    user = factories.make_user("chief editor")
    run = old_sites.begin(str(path), "x", old_sites.Plan(), user=user, at=NOON)
    other = ImportRun.objects.get(pk=run.pk)
    source = open_source(path)

    one, two = old_sites.take(run, source, at=NOON), old_sites.take(other, source, at=NOON)
    next(one)
    late = list(two)
    rest = [row.number for row in one]

    assert (late, rest) == ([], [2, 3])
    assert [row.number for row in run.rows.all()] == [1, 2, 3]
    assert Article.objects.count() == 3


# Many together


RICH = (
    row(tags=["AI", "教学"], source="校报", body="<p>一。（供稿：王新来 审核：周静）</p>"),
    row(address="/2.htm", tags=["ai", "Ai"], body="<p>二。（供稿：王新来 摄影：？？）</p>"),
    row(address="/3.htm", unit="没有处"),
    row(address="/4.htm", title=""),
    row(address="http://www.old.example/info/1001/12.htm", body="<p>改了。</p>"),
    row(address="http://other.example/info/1001/12.htm", body="<p>别处的。</p>"),
    row(address="/5.htm", kicker="引" * 61, event_date="2024-03-01", body="<p>三。王新来</p>"),
)


def whole_record():
    """Tell all that an import left, by the titles and names that it gave."""
    return {
        "rows": outcomes(ImportRun.objects.get()),
        "people": list(Person.objects.order_by("name").values_list("name", flat=True)),
        "articles": [
            (
                *(article.headline, article.status, article.version_number, article.kicker),
                list(article.credits.values_list("role", "name", "person__name", "position")),
                list(article.units.values_list("unit__name", "part", "confirmed_by__username")),
                sorted(article.tags.names()),
                list(article.old_addresses.values_list("address", flat=True)),
                [entry.detail for entry in article.log_entries.order_by("pk")],
                [edition.credit_line for edition in article.editions.all()],
            )
            for article in Article.objects.order_by("pk")
        ],
    }


@pytest.mark.parametrize("as_published", [False, True])
def test_it_makes_no_difference_how_many_come_together(newsroom, lines, monkeypatch, as_published):
    user = factories.make_user("chief editor")
    records = []
    for together in (1, 2, 50):
        monkeypatch.setattr(taking_in, "TOGETHER", together)
        with transaction.atomic():
            run_import(lines(*RICH), user=user, as_published=as_published)
            first = Article.objects.order_by("pk")[0].pk
            told = json.dumps(whole_record(), ensure_ascii=False)
            records.append(told.replace(f"article {first} ", "article N "))
            transaction.set_rollback(True)

    assert records == [records[0]] * 3
    assert [len(json.loads(records[0])[kind]) for kind in ("rows", "articles")] == [7, 4]


def test_a_trial_names_somebody_new_once(newsroom, lines, monkeypatch):
    monkeypatch.setattr(taking_in, "TOGETHER", 1)
    path = lines(
        *(row(address=f"/{number}.htm", body="文（供稿：王新来）") for number in (1, 2, 3))
    )

    trial, run = run_import(path, is_trial=True), run_import(path)

    expected = [(1, "remarks", ["王新来 is new among the people."])]
    expected += [(2, "made", []), (3, "made", [])]
    assert [outcomes(trial), outcomes(run)] == [expected, expected]


def test_many_articles_ask_the_database_hardly_more_than_one(newsroom, lines):
    user = factories.make_user("chief editor")
    counts = []
    for number in (1, 11):
        rows = [row(address=f"/{number}/{place}.htm", tags=["阅读"]) for place in range(number)]
        with CaptureQueriesContext(connection) as queries:
            run_import(lines(*rows, name=f"{number}.jsonl"), user=user, as_published=True)
        counts.append(len(queries))

    # Each is looked up by its address.
    assert counts[1] - counts[0] <= 10
    assert Article.objects.count() == 12


@pytest.mark.parametrize("as_published", [False, True])
def test_the_version_holds_what_is_on_file(newsroom, lines, tmp_path, as_published):
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source/a.jpg").write_bytes(jpeg())
    (tmp_path / "source/b.pdf").write_bytes(b"%PDF-1.7 x")
    user = factories.make_user("chief editor")
    path = lines(
        row(
            tags=["教学", "AI"],
            event_date="2024-03-01",
            pictures=[{"file": "a.jpg", "caption": "门"}],
            attachments=["b.pdf"],
        )
    )

    run_import(path, user=user, as_published=as_published)

    article = Article.objects.get()
    [version] = article.versions.all()
    taken = snapshots.take(article)
    assert (version.snapshot, version.sha256) == (taken, snapshots.digest(taken))
    assert [len(taken[kind]) for kind in ("photos", "attachments", "tags", "units")] == [
        1,
        1,
        2,
        1,
    ]
    assert writing.finish_change(article, author=user, at=NOON) == version


def test_pictures_and_documents_come_from_beside_the_text_alone(newsroom, lines, tmp_path):
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source/a.jpg").write_bytes(jpeg())
    (tmp_path / "source/b.pdf").write_bytes(b"%PDF-1.7 x")
    (tmp_path / "source/c.pdf").write_bytes(b"<html>")
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.7 secret")

    run = run_import(
        lines(
            row(
                body='<p>正文。</p><p><img src="a.jpg" alt="门"></p>',
                pictures=[{"file": "gone.jpg", "caption": "失"}],
                attachments=[{"file": "b.pdf", "title": "时间表"}, "c.pdf", "../secret.pdf"],
            )
        )
    )

    article = Article.objects.get()
    [use] = article.photos.all()
    assert use.in_body
    assert [(one.title, one.file.read()) for one in article.attachments.all()] == [
        ("时间表.pdf", b"%PDF-1.7 x")
    ]
    said = run.rows.get().said
    assert "“c.pdf” is not what its name says. Please open it and save it again." in said
    [missing] = [one for one in said if "missing" in one]
    assert missing.startswith("2 files are missing:")
    assert "gone.jpg" in missing
    assert "secret.pdf" in missing


class Beside:
    """Files that are all there, and remember which were read."""

    def __init__(self, **files):
        self.files, self.read = files, []

    def find(self, address, beside):
        name = address.partition("?")[0]
        return Found(name, len(self.files[name])) if name in self.files else None

    def content(self, found):
        self.read.append(found.name)
        return self.files[found.name]


def import_beside(files, record, **plan):
    user = factories.make_user("chief editor")
    run = old_sites.begin("x", "x", old_sites.Plan(**plan), user=user, at=NOON)
    source = Source([Item(1, "x", lambda: record)], files)
    list(old_sites.take(run, source, at=NOON))
    return run.rows.get()


def test_a_document_that_is_linked_again_and_again_comes_once(newsroom, monkeypatch):
    monkeypatch.setattr(old_articles, "MAX_ATTACHED", 30)
    pdf = b"%PDF-1.7 x"
    files = Beside(**{"a.pdf": pdf, "b.pdf": pdf, "large.pdf": pdf * 2})
    links = [*(f"a.pdf?{number}" for number in range(50)), "large.pdf", "b.pdf"]
    attachments = tuple(OldFile(link, link.partition("?")[0]) for link in links)

    made = import_beside(files, replace(columns.as_article(row()), attachments=attachments))

    assert files.read == ["a.pdf", "large.pdf"]
    assert made.article.attachments.count() == 2
    assert [one for one in made.said if one.startswith("“b.pdf” was left out")]


@pytest.mark.parametrize(("is_trial", "read"), [(False, 40), (True, 0)])
def test_pictures_that_are_refused_count_as_well(newsroom, is_trial, read):
    names = [f"{number}.jpg" for number in range(60)]
    files = Beside(**dict.fromkeys(names, b"no picture"))

    made = import_beside(files, columns.as_article(row(pictures=names)), is_trial=is_trial)

    assert len(files.read) == read
    assert "Up to 40 pictures come with a text; upload the others." in made.said


def test_a_file_too_large_for_a_picture_is_not_read(newsroom, monkeypatch):
    monkeypatch.setattr("articles.pictures.intake.MAX_BYTES", 5)
    files = Beside(**{"a.jpg": b"123456"})

    made = import_beside(files, columns.as_article(row(pictures=["a.jpg"])))

    assert files.read == []
    assert [one for one in made.said if one.startswith("This file has 1 MB.")]


def test_no_text_takes_a_photo_of_the_library(newsroom, lines):
    photo = factories.make_photo("内部")
    figure = f'<figure><img data-file="{photo.pk}"></figure>'
    deep = f"{'<span>' * 305}<p>字</p>{figure}"

    run = run_import(lines(row(body=deep), row(address="/2.htm", body=f"<p>字</p>{figure}")))

    assert [article.body for article in Article.objects.all()] == ["<p>字</p>"] * 2
    assert [article.photos.count() for article in Article.objects.all()] == [0, 0]
    assert all("is missing" in " ".join(one.said) for one in run.rows.all())


def test_a_photo_that_did_not_come_along_is_refused_however_it_got_in(
    newsroom, lines, monkeypatch
):
    photo = factories.make_photo("内部")
    html = f'<figure><img data-file="{photo.pk}"></figure>'
    monkeypatch.setattr("articles.text.pasting.read", lambda *_args: pasting.Pasted(html=html))

    run = run_import(lines(row()))

    assert outcomes(run) == [
        (1, "refused", ["It shows a photo of the library that did not come with it."])
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            {"body": "<p " * 1_000_001},
            "The text is too long. Please paste it as text, or in parts.",
        ),
        ({"credit_line": "字" * 2001}, "Its credit line is longer than 2000 characters."),
        (
            {"body": "文", "credit_line": f"（供稿：{'、'.join(MANY)}）"},
            "It names more than 100 people and units.",
        ),
    ],
)
def test_what_would_keep_a_worker_busy_is_refused(newsroom, lines, said, reason):
    with patience():
        run = run_import(lines(row(**said)))

    assert outcomes(run) == [(1, "refused", [reason])]
    assert not Person.objects.exists()


# Uploads


def uploaded(user, *, at, content=b"title\nx\n", **plan):
    file = ContentFile(content, name="old.csv")
    return old_sites.upload("old.csv", file, old_sites.Plan(**plan), user=user, at=at)


def there(run):
    run.refresh_from_db()
    return bool(run.file) and run.file.storage.exists(run.file.name)


@pytest.mark.parametrize(
    ("said", "days", "kept"),
    [
        ({}, 365, True),
        ({"finished_at": NOON}, 0, False),
        ({"finished_at": NOON, "is_trial": True}, 29, True),
        ({"finished_at": NOON, "is_trial": True}, 30, False),
        ({"problem": "It stopped."}, 29, True),
        ({"problem": "It stopped."}, 30, False),
    ],
)
def test_an_upload_is_kept_as_long_as_somebody_may_want_it_read(newsroom, said, days, kept):
    run = uploaded(factories.make_user("chief editor"), at=NOON)
    name, storage = run.file.name, run.file.storage
    ImportRun.objects.filter(pk=run.pk).update(**said)

    purged = old_sites.purge_uploads(NOON + timedelta(days=days))

    assert (purged, there(run), storage.exists(name)) == (0 if kept else 1, kept, kept)
    assert old_sites.purge_uploads(NOON + timedelta(days=days)) == 0


def test_an_upload_of_two_runs_stays_while_one_of_them_goes_on(newsroom):
    user = factories.make_user("chief editor")
    trial = uploaded(user, at=NOON, is_trial=True)
    ImportRun.objects.update(finished_at=NOON)
    run = old_sites.carry_out(trial, user=user, at=NOON)
    later = NOON + timedelta(days=40)

    old_sites.purge_uploads(later)
    assert (there(trial), there(run)) == (True, True)

    ImportRun.objects.update(finished_at=later)
    old_sites.purge_uploads(later)
    assert (there(trial), there(run)) == (False, False)
    with pytest.raises(NotAllowed, match="Please upload it again"):
        old_sites.carry_out(trial, user=user, at=later)


# Before the readers at once


def publish_old(lines, **said):
    run = run_import(lines(row(**said)), as_published=True)
    return run, Article.objects.get()


def test_what_was_published_before_is_shown_with_its_date_and_its_month(newsroom, lines):
    _run, article = publish_old(lines)

    then = datetime(2024, 3, 5, 10, 20, tzinfo=ZONE)
    edition = article.editions.get()
    assert (article.status, edition.live_from) == (Article.Status.PUBLISHED, NOON)
    assert (edition.first_published_at, edition.displayed_at) == (then, then)
    assert [(unit.name, unit.confirmed) for unit in edition.units.all()] == [("图书馆", True)]
    # Nobody is told that it is new.
    assert not Errand.objects.exclude(kind="make renditions").exists()


def test_it_never_looks_as_if_somebody_here_had_approved_it(newsroom, lines):
    body = "<p>正文。（供稿：李明远 审核：周静）</p>"
    _run, article = publish_old(lines, body=body)

    imported = article.imported
    edition = article.editions.get()
    assert not article.rounds.exists()
    assert (imported.edition, imported.sha256) == (edition, edition.version.sha256)
    assert "reviewer" not in {credit.role for credit in edition.credits.all()}
    told = [(entry.action, entry.detail) for entry in article.log_entries.order_by("pk")]
    assert told == [
        ("imported", f"From {OLD}"),
        ("taken_over", f"{OLD} · 2024-03-05"),
    ]
    with pytest.raises(EvidenceIsPermanent):
        imported.save()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"published_at": ""}, "It does not say when the old site published it"),
        ({"published_at": "2031-01-01"}, "It does not say when the old site published it"),
        ({"address": ""}, "It does not say where the old site had it"),
    ],
)
def test_what_nobody_published_before_is_not_shown(newsroom, lines, said, reason):
    run = run_import(lines(row(**said)), as_published=True)

    assert [(one.outcome, one.said[0][: len(reason)]) for one in run.rows.all()] == [
        ("refused", reason)
    ]
    assert not Article.objects.exists()


def test_it_is_withdrawn_and_restored_like_any_other(newsroom, lines):
    _run, article = publish_old(lines)
    chief = factories.make_user("chief editor")
    later = NOON + timedelta(days=1)

    publishing.withdraw(article, user=chief, reason="x", at=later)
    article.refresh_from_db()
    edition = publishing.restore(
        article, user=chief, reason="核实无误", at=later + timedelta(hours=1)
    )

    assert edition is not None
    assert edition.first_published_at == datetime(2024, 3, 5, 10, 20, tzinfo=ZONE)


def test_a_change_to_it_is_reviewed_like_any_other(newsroom, lines):
    _run, article = publish_old(lines)
    chief = factories.make_user("chief editor")

    factories.change(article, by=chief, at=NOON + timedelta(days=1), headline="改过")

    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT
    with pytest.raises(NotAllowed):
        publishing.publish(article, user=chief, at=NOON + timedelta(days=1))


# Who may


@pytest.mark.parametrize(
    ("group", "may_import", "may_publish"),
    [
        ("chief editor", True, True),
        ("administrator", True, False),
        ("desk editor", False, False),
        ("head", False, False),
        ("correspondent", False, False),
        ("unit reviewer", False, False),
        ("proof-reader", False, False),
    ],
)
def test_who_may_import_and_who_may_publish(newsroom, lines, group, may_import, may_publish):
    path = lines(row())
    for as_published, may in ((False, may_import), (True, may_publish)):
        user = factories.make_user(group)
        with transaction.atomic():
            try:
                run_import(path, user=user, as_published=as_published)
            except NotAllowed:
                done = False
            else:
                done = Article.objects.exists()
            transaction.set_rollback(True)
        assert done == may


def test_administrators_bring_the_pictures_along(newsroom, lines, tmp_path):
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source/a.jpg").write_bytes(jpeg())

    run_import(lines(row(pictures=["a.jpg"])), user=factories.make_user("administrator"))

    assert Article.objects.get().photos.count() == 1


@pytest.mark.parametrize(
    ("said", "kept", "remark"),
    [
        ({}, ("media", "江城晚报", "https://paper.example.com/a"), None),
        (
            {"source_url": "https://localhost/a"},
            ("media", "江城晚报", ""),
            "a page of our own site",
        ),
        (
            {"source_url": "javascript:x"},
            ("media", "江城晚报", ""),
            "“javascript:x” is no address.",
        ),
        ({"source": ""}, ("media", "", ""), "name the medium"),
        (
            {"origin": "?"},
            ("original", "江城晚报", "https://paper.example.com/a"),
            "“?” is no origin.",
        ),
    ],
)
def test_media_coverage_keeps_its_medium(newsroom, lines, said, kept, remark):
    coverage = {
        "origin": "媒体报道", "source": "江城晚报", "source_url": "https://paper.example.com/a"
    }  # fmt: skip
    run = run_import(lines(row(**{**coverage, **said})))

    article = Article.objects.get()
    remarks = " ".join(run.rows.get().said)
    assert (article.origin, article.source, article.source_url) == kept
    assert remark is None or remark in remarks
