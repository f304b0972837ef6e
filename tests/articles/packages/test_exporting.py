"""What a package holds, and for whom."""

import hashlib
import json
import re
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Permission

from articles import snapshots
from articles.evidence import approval_sheet_pdf
from articles.evidence.approval_sheets import sheet_number
from articles.models import LogEntry
from articles.packages.bags import TooLarge
from articles.packages.verifying import verify
from articles.rights.permissions import NotAllowed
from tests.factories import make_unit, make_user


def folder_of(path, article):
    return path / "data/articles" / f"{article.pk:06d}"


def test_package_holds_an_article_with_everything(pack, article):
    packed = pack("bag", article)

    folder = folder_of(packed.path, article)
    photo, document = article.photos.get().photo, article.attachments.get()
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    numbers = article.versions.values_list("number", flat=True)
    assert found == {
        "article.html",
        "metadata.json",
        "sheets/edition-01.html",
        *(f"versions/{number:04d}.json" for number in numbers),
        f"photos/photo-{photo.pk}-{photo.sha256[:8]}.png",
        f"attachments/document-{document.pk}-{document.sha256[:8]}.pdf",
    }
    record = json.loads((folder / "metadata.json").read_text())
    assert record["article"]["headline"] == "新馆<开放>"
    (edition,) = record["editions"]
    assert [unit["name"] for unit in edition["units"]] == ["图书馆"]
    assert edition["credits"][0]["name"] == "周远"
    assert [tag["name"] for tag in edition["tags"]] == ["校庆"]
    decisions = record["rounds"][0]["decisions"]
    assert {row["sha256"] for row in decisions} <= {row["sha256"] for row in record["versions"]}
    assert [row["text"] for row in record["corrections"]] == ["时间更正"]
    assert record["names"]["accounts"][str(article.created_by_id)] == "王敏"
    assert len(record["log"]) == article.log_entries.count()
    assert (packed.articles, packed.problems, verify(packed.path).problems) == (1, [], [])


def test_file_of_a_version_is_what_its_hash_is_of(pack, article):
    folder = folder_of(pack("bag", article).path, article)

    for version in article.versions.all():
        content = (folder / f"versions/{version.number:04d}.json").read_bytes()
        assert hashlib.sha256(content).hexdigest() == version.sha256
        assert snapshots.digest(json.loads(content)) == version.sha256


def test_page_is_readable_alone_and_runs_nothing(pack, article):
    page = (folder_of(pack("bag", article).path, article) / "article.html").read_text()

    assert "<h1>新馆&lt;开放&gt;</h1>" in page
    assert "正文 &amp; 更多。" in page
    photo = article.photos.get().photo
    assert f'<img src="photos/photo-{photo.pk}-{photo.sha256[:8]}.png"' in page
    assert 'href="http://testserver/articles/1/-/"' in page
    assert "<script" not in page
    assert not re.search(r'(?:src|srcset)="(?!photos/)', page)
    assert "default-src 'none'" in page


def test_sheet_of_an_edition_is_readable_alone_and_runs_nothing(pack, article, chief):
    folder = folder_of(pack("bag", article).path, article)

    sheet = (folder / "sheets/edition-01.html").read_text()
    edition = article.editions.get()
    assert '<table class="facts">' in sheet
    for words in ("信息发布审核单", "新馆&lt;开放&gt;", edition.version.sha256, str(chief)):
        assert words in sheet
    assert "The hash was computed again when this was printed, and agrees." in sheet
    assert not re.search(r"<script|<link|<img|url\(", sheet)
    assert "default-src 'none'" in sheet
    assert 'href="sheets/edition-01.html"' in (folder / "article.html").read_text()
    (row,) = json.loads((folder / "metadata.json").read_text())["editions"]
    assert (row["sheet"], "sheet_pdf" in row) == ("sheets/edition-01.html", False)


def test_two_packages_of_one_moment_are_one(pack, article):
    assert pack("one", article).sha256 == pack("other", article).sha256


def printed_as_pdf(printed):
    return f"%PDF of {printed['sheet'].number}".encode()


def test_sheets_are_printed_as_pdf_for_whoever_asks(pack, article, monkeypatch):
    monkeypatch.setattr(approval_sheet_pdf, "render", printed_as_pdf)

    packed = pack("bag", article, with_pdf=True)

    folder = folder_of(packed.path, article)
    number = sheet_number(article.editions.get())
    assert (folder / "sheets/edition-01.pdf").read_bytes() == f"%PDF of {number}".encode()
    assert verify(packed.path).problems == []
    (folder / "sheets/edition-01.pdf").unlink()
    assert any("sheets/edition-01.pdf is missing." in one for one in verify(packed.path).problems)


def test_nothing_is_left_where_no_pdf_can_be_made(pack, article, tmp_path, monkeypatch):
    def fail(_printed):
        raise approval_sheet_pdf.NotPossible("no Pango")

    monkeypatch.setattr(approval_sheet_pdf, "render", fail)

    with pytest.raises(approval_sheet_pdf.NotPossible):
        pack("bag", article, with_pdf=True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("bag")] == []


def test_draft_shows_its_last_version_as_not_seen(pack, draft):
    page = (folder_of(pack("bag", draft).path, draft) / "article.html").read_text()

    assert "version 1, which readers have not seen" in page


def test_zip_and_folder_hold_the_same(pack, article, draft):
    folder, archive = pack("bag", article, draft), pack("bag.zip", article, draft)

    with ZipFile(archive.path) as opened:
        names = {name.removeprefix("bag/") for name in opened.namelist()}
        assert opened.testzip() is None
    there = {
        file.relative_to(folder.path).as_posix()
        for file in folder.path.rglob("*")
        if file.is_file()
    }
    assert names == there
    assert (verify(archive.path).problems, verify(archive.path).articles) == ([], 2)
    assert archive.path.stat().st_mode & 0o077 == 0
    assert folder.path.stat().st_mode & 0o077 == 0


def test_package_says_who_made_it_when_and_that_it_is_private(pack, article, chief):
    packed = pack("bag", article, chosen="numbers=7")

    info = (packed.path / "bag-info.txt").read_text()
    assert f"Contact-Name: 陈总 ({chief.username})\n" in info
    assert "Export-Time: 2026-11-20T12:00:00+08:00\n" in info
    assert "External-Description: numbers=7\n" in info
    assert re.search(r"^Bag-Software-Agent: newsroom [0-9.]+$", info, re.MULTILINE)
    assert f"Payload-Oxum: {packed.size}.{packed.files}\n" in info
    assert "PRIVATE" in (packed.path / "data/README.txt").read_text()


def test_log_has_the_package_with_its_hash(pack, article, chief):
    packed = pack("bag.zip", article, chosen="numbers=7")

    entry = LogEntry.objects.get(action=LogEntry.Action.EXPORTED)
    assert (entry.actor, entry.subject) == (chief, "bag.zip")
    assert entry.detail == f"1 row\npackage {packed.sha256}\nnumbers=7"


def test_who_may_not_export_exports_nothing(pack, article, tmp_path):
    for role in ("correspondent", "unit reviewer", "desk editor", "head", "proof-reader"):
        with pytest.raises(NotAllowed, match="You may not export articles"):
            pack("bag", article, user=make_user(role, unit=article.unit))
    assert not (tmp_path / "bag").exists()
    assert not LogEntry.objects.filter(action=LogEntry.Action.EXPORTED).exists()


def test_what_somebody_does_not_see_is_not_in_their_package(pack, article):
    stranger = make_user("correspondent", unit=make_unit("别处"))
    stranger.user_permissions.add(Permission.objects.get(codename="export_article"))

    packed = pack("bag", article, user=stranger)

    assert (packed.articles, packed.files) == (0, 1)


def test_missing_original_is_told_in_the_package_and_to_whoever_asked(pack, article):
    article.photos.get().photo.original.delete(save=False)

    packed = pack("bag", article)

    assert len(packed.problems) == 1
    assert "is not on file" in packed.problems[0]
    assert f"Missing: {packed.problems[0]}" in (packed.path / "bag-info.txt").read_text()
    (problem,) = verify(packed.path).problems
    assert "was not on file when the package was made" in problem


def test_nothing_is_left_of_a_package_that_became_too_large(pack, article, tmp_path):
    for name in ("bag", "bag.zip"):
        with pytest.raises(TooLarge):
            pack(name, article, most_bytes=100)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("bag")] == []


def test_package_never_takes_the_place_of_another(pack, article, tmp_path):
    (tmp_path / "bag").mkdir()

    with pytest.raises(FileExistsError):
        pack("bag", article)
