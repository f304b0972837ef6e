"""All that is live is checked again: whole, in parts, and as a report."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import ListedWord, Scan, ScanFinding
from tests.factories import make_article, publish

pytestmark = pytest.mark.django_db

WORD = "残废"


@pytest.fixture
def live(db):
    made = [publish(make_article(f"第{n}篇", body=f"<p>{n}个{WORD}人</p>")) for n in (1, 2, 3)]
    publish(make_article("没有问题"))
    make_article("草稿", body=f"<p>草稿里的{WORD}</p>")
    ListedWord.objects.create(text=WORD, severity="blocking")
    return made


def check(*options):
    out, told = io.StringIO(), io.StringIO()
    call_command("check_articles", *options, "--check", "words", stdout=out, stderr=told)
    return out.getvalue(), told.getvalue()


def kept():
    found = ScanFinding.objects.filter(check_code="words").order_by("edition_id")
    return list(found.values_list("edition__article__headline", flat=True))


def test_what_is_live_is_checked_and_kept(live):
    out, told = check("--format", "json")

    found = json.loads(out)
    assert [(one["headline"], one["check"], one["level"]) for one in found] == [
        ("第1篇", "words", "blocking"),
        ("第2篇", "words", "blocking"),
        ("第3篇", "words", "blocking"),
    ]
    assert (found[0]["excerpt"], found[0]["field"]) == ("1个【残废】人", "body")
    assert "4 articles checked, 3 findings." in told
    assert kept() == ["第1篇", "第2篇", "第3篇"]
    assert Scan.objects.get().finished_at is not None


def test_drafts_are_read_and_nothing_is_kept(live):
    out, told = check("--drafts")

    assert out.startswith(f"{live[2].article_id + 2} 草稿\n    [blocking] word of the list: ")
    assert "1 article checked, 1 findings." in told
    assert (kept(), Scan.objects.count()) == ([], 0)


def test_run_that_stopped_goes_on_where_it_was(live):
    _out, told = check("--limit", "2")
    first = kept()
    out, done = check("--resume", "--format", "json")

    assert first == ["第1篇", "第2篇"]
    assert "Go on with --resume." in told
    assert [one["headline"] for one in json.loads(out)] == ["第3篇"]
    assert "2 articles checked, 1 findings." in done
    assert (kept(), Scan.objects.get().checked) == (["第1篇", "第2篇", "第3篇"], 4)


def test_next_run_forgets_what_is_found_no_more(live):
    check()
    ListedWord.objects.all().delete()

    out, told = check()

    assert (out, kept()) == ("", [])
    assert "0 findings." in told


def test_report_goes_into_a_file_that_spreadsheets_read(live, tmp_path):
    file = tmp_path / "report.csv"
    check("--format", "csv", "--output", str(file))

    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [(row["headline"], row["what"]) for row in rows] == [
        (f"第{n}篇", "“残废” is on the list of words.") for n in (1, 2, 3)
    ]


def test_report_for_spreadsheets_runs_nothing_and_begins_with_its_heading(live):
    make_article("=HYPERLINK(A1)", body=f"<p>{WORD}</p>")

    out, _told = check("--drafts", "--format", "csv")

    assert out.startswith("\ufeffarticle,headline,")
    headlines = [row["headline"] for row in csv.DictReader(io.StringIO(out.lstrip("\ufeff")))]
    assert headlines == ["草稿", "'=HYPERLINK(A1)"]


def test_report_for_spreadsheets_of_nothing_has_its_heading(db):
    assert check("--format", "csv")[0].startswith("\ufeffarticle,headline,")


def test_report_of_nothing_is_an_empty_list(db):
    assert json.loads(check("--format", "json")[0]) == []


@pytest.mark.parametrize(
    "options", [["--limit", "0"], ["--drafts", "--resume"], ["--output", "/none/x"]]
)
def test_options_that_make_no_sense_are_refused(db, options):
    with pytest.raises(CommandError):
        check(*options)

    assert Scan.objects.count() == 0
