"""`export_articles`: which articles, in whose name."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.evidence import approval_sheet_pdf
from articles.models import Article
from articles.packages.verifying import verify
from tests.factories import make_article, make_user


def export(path, *words, user):
    out = io.StringIO()
    call_command("export_articles", str(path), "--user", user.username, *words, stdout=out)
    return out.getvalue()


def exported(path):
    records = path.glob("data/articles/*/metadata.json")
    return {json.loads(record.read_text())["article"]["headline"] for record in records}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--all"], {"新馆<开放>", "未刊的稿", "别处的稿"}),
        (["--unit", "图书馆"], {"新馆<开放>", "未刊的稿"}),
        (["--section", "{section}"], {"新馆<开放>"}),
        (["--from", "2026-11-20", "--until", "2026-11-20"], {"新馆<开放>"}),
        (["--until", "2026-11-19"], set()),
        (["--id", "{draft}", "--id", "{article}"], {"新馆<开放>", "未刊的稿"}),
        (["--unit", "图书馆", "--from", "2026-11-21"], set()),
    ],
)
def test_options_narrow_what_is_taken(words, found, chief, article, draft, tmp_path):
    make_article("别处的稿")
    said = {"section": article.section.slug, "draft": draft.pk, "article": article.pk}

    out = export(tmp_path / "bag", *(word.format(**said) for word in words), user=chief)

    assert exported(tmp_path / "bag") == found
    assert f"{len(found)} articles" in out
    assert verify(tmp_path / "bag").sha256 in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "say which articles"),
        (["--all", "--id", "1"], "say which articles"),
        (["--id", "9999"], "There is no article 9999"),
        (["--section", "没有"], "There is no section"),
        (["--unit", "没有"], "There is no unit"),
    ],
)
def test_options_that_make_no_sense_are_refused(words, told, chief, article, tmp_path):
    with pytest.raises(CommandError, match=told):
        export(tmp_path / "bag", *words, user=chief)
    assert not (tmp_path / "bag").exists()


def test_account_without_the_right_is_refused(article, tmp_path):
    with pytest.raises(CommandError, match="You may not export articles"):
        export(tmp_path / "bag", "--all", user=make_user("desk editor"))


def test_pdf_that_cannot_be_made_is_said(chief, article, tmp_path, monkeypatch):
    def fail(_printed):
        raise approval_sheet_pdf.NotPossible("Pango is missing")

    monkeypatch.setattr(approval_sheet_pdf, "render", fail)

    with pytest.raises(CommandError, match="Pango is missing"):
        export(tmp_path / "bag", "--all", "--pdf", user=chief)
    assert not (tmp_path / "bag").exists()


def test_place_that_is_taken_is_left_alone(chief, article, tmp_path):
    (tmp_path / "bag").mkdir()

    with pytest.raises(CommandError, match="is there already"):
        export(tmp_path / "bag", "--all", user=chief)


def test_what_was_missing_ends_with_an_error_and_a_package(chief, article, tmp_path):
    article.photos.get().photo.original.delete(save=False)

    with pytest.raises(CommandError, match="is not on file"):
        export(tmp_path / "bag", "--all", user=chief)
    assert exported(tmp_path / "bag") == set(Article.objects.values_list("headline", flat=True))


def test_queries_do_not_grow_with_versions(
    chief, article, tmp_path, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        export(tmp_path / "bag", "--all", user=chief)
