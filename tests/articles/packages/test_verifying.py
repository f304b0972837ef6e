"""A package that somebody laid hands on is told from one that is whole."""

import json
import shutil
import stat
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.management import CommandError, call_command

from articles.packages.verifying import NotAPackage, verify


@pytest.fixture
def bag(pack, article):
    return pack("bag", article).path


@pytest.fixture
def inside(bag, article):
    return bag / "data/articles" / f"{article.pk:06d}"


def told(bag):
    return verify(bag).problems


def test_whole_package_is_intact(bag):
    verdict = verify(bag)

    assert (verdict.problems, verdict.articles) == ([], 1)
    assert verdict.versions > 1


def test_changed_file_is_named(bag, inside):
    page = inside / "article.html"
    page.write_text(page.read_text().replace("正文", "正闻"))

    assert any(f"{page.relative_to(bag)} has been changed." in one for one in told(bag))


def test_missing_extra_and_renamed_files_are_named(bag, inside):
    (inside / "extra.html").write_text("新来的")
    (inside / "versions/0001.json").rename(inside / "versions/0009.json")
    (bag / "fetch.txt").write_text("https://example.org/x 1 data/x\n")

    problems = told(bag)

    where = inside.relative_to(bag)
    assert f"{where}/extra.html does not belong to the package." in problems
    assert f"{where}/versions/0009.json does not belong to the package." in problems
    assert f"{where}/versions/0001.json is missing." in problems
    assert "fetch.txt does not belong to the package." in problems


def rewrite(bag, path, content):
    """Change a file and every hash of it, as somebody would who knows the format."""
    manifest, tags = bag / "manifest-sha256.txt", bag / "tagmanifest-sha256.txt"
    hashes = [sha256(file.read_bytes()).hexdigest() for file in (bag / path, manifest)]
    (bag / path).write_bytes(content)
    manifest.write_text(manifest.read_text().replace(hashes[0], sha256(content).hexdigest()))
    after = [sha256(file.read_bytes()).hexdigest() for file in (bag / path, manifest)]
    for old, new in zip(hashes, after, strict=True):
        tags.write_text(tags.read_text().replace(old, new))


def without_count(bag):
    """Leave the sum of bytes out of it, which would tell as well."""
    lines = (bag / "bag-info.txt").read_text().splitlines(keepends=True)
    content = "".join(line for line in lines if not line.startswith("Payload-Oxum"))
    rewrite(bag, "bag-info.txt", content.encode())


def test_version_that_was_changed_with_its_manifest_is_found(bag, inside):
    path = inside / "versions/0001.json"
    content = json.loads(path.read_bytes()) | {"headline": "换过的标题"}

    without_count(bag)
    rewrite(bag, path.relative_to(bag), json.dumps(content).encode())

    (problem,) = told(bag)
    assert problem.endswith("versions/0001.json is not the version that the record names.")


def test_decision_on_a_version_that_is_not_there_is_found(bag, inside):
    path = inside / "metadata.json"
    record = json.loads(path.read_bytes())
    record["rounds"][0]["decisions"][0]["sha256"] = "0" * 64
    record["log"][0]["entry"]["actor_name"] = "别人"

    without_count(bag)
    rewrite(bag, path.relative_to(bag), json.dumps(record, ensure_ascii=False).encode())

    problems = told(bag)
    assert len(problems) == 2
    assert "is on a version" in problems[0]
    assert "is not what was sealed" in problems[1]


def test_photo_that_was_exchanged_with_its_manifest_is_found(bag, inside):
    (photo,) = (inside / "photos").iterdir()

    without_count(bag)
    rewrite(bag, photo.relative_to(bag), b"another picture")

    (problem,) = told(bag)
    assert "is not the file that the record names." in problem


def test_package_that_was_made_anew_has_another_hash(bag, inside):
    noted = verify(bag).sha256
    without_count(bag)
    rewrite(bag, (inside / "article.html").relative_to(bag), b"<p>made anew</p>")

    assert told(bag) == []
    assert "This is another package" in verify(bag, noted).problems[0]


def hashed(bag, path):
    return f"{sha256((bag / path).read_bytes()).hexdigest()}  {path}\n"


def test_noted_hash_cannot_be_kept_by_listing_forged_content_as_tags(bag, inside):
    noted = verify(bag).sha256
    record = json.loads((inside / "metadata.json").read_bytes())
    forged = {
        "metadata.json": json.dumps(record | {"forged": True}),
        "article.html": "<p>forged</p>",
        "extra.html": "<p>forged</p>",
    }
    for name, content in forged.items():
        (inside / name).write_text(content)
    paths = [(inside / name).relative_to(bag).as_posix() for name in forged]
    (bag / "bag-info.txt").unlink()
    tags = bag / "tagmanifest-sha256.txt"
    kept = [line for line in tags.read_text().splitlines(True) if "bag-info.txt" not in line]
    tags.write_text("".join([*kept, *(hashed(bag, path) for path in paths)]))

    verdict = verify(bag, noted)

    metadata, page, extra = paths
    assert verdict.sha256 == noted
    assert sorted(verdict.problems) == sorted(
        [f"The tag manifest names {path}, which is no file about the package." for path in paths]
        + [f"{metadata} has been changed.", f"{page} has been changed."]
        + [f"{extra} does not belong to the package."]
    )


def test_file_beside_the_content_does_not_belong_even_if_it_is_listed(bag):
    (bag / "more").mkdir()
    (bag / "more/article.html").write_text("<p>forged</p>")
    with (bag / "tagmanifest-sha256.txt").open("a") as tags:
        tags.write(hashed(bag, "more/article.html"))

    assert told(bag) == [
        "The tag manifest names more/article.html, which is no file about the package.",
        "more/article.html does not belong to the package.",
    ]


def test_endless_number_in_the_count_is_told(bag):
    words = (bag / "bag-info.txt").read_text().replace("Oxum: ", f"Oxum: {'9' * 5000}")
    rewrite(bag, "bag-info.txt", words.encode())

    assert told(bag) == ["bag-info.txt counts other files than there are."]


def test_record_that_makes_no_sense_is_a_problem_and_no_crash(bag, inside):
    for content in (b"[]", b"{}", b"{", b'{"versions": 1}', b"[" * 100_000):
        rewrite(bag, (inside / "metadata.json").relative_to(bag), content)
        assert told(bag)


@pytest.mark.parametrize(
    "line",
    [
        "no hash",
        f"{'0' * 64}  ../outside",
        f"{'0' * 64}  /etc/passwd",
        f"{'0' * 64}  data/..\\x",
        f"{'0' * 64}  data/%0A/../../x",
    ],
)
def test_manifest_that_leads_elsewhere_is_told(bag, line):
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{line}\n")

    assert any("manifest-sha256.txt is wrong." in one for one in told(bag))


def test_link_in_a_folder_is_refused(bag, inside, tmp_path):
    (tmp_path / "secret").write_text("s")
    (inside / "link.txt").symlink_to(tmp_path / "secret")

    with pytest.raises(NotAPackage, match="is no plain file"):
        verify(bag)


def test_sheet_of_another_text_and_none_at_all_are_told(bag, inside, article):
    place = (inside / "sheets/edition-01.html").relative_to(bag)
    sheet = (bag / place).read_text()
    sha256 = article.editions.get().version.sha256
    rewrite(bag, place, sheet.replace(sha256, "0" * 64).encode())

    assert told(bag) == [f"{place} is not the approval sheet of edition 1."]

    (bag / place).unlink()
    assert told(bag).count(f"{place} is missing.") == 2


def test_package_from_before_there_were_sheets_is_intact(bag, inside):
    place = (inside / "metadata.json").relative_to(bag)
    record = json.loads((bag / place).read_text())
    for edition in record["editions"]:
        del edition["sheet"]
    rewrite(bag, place, json.dumps(record | {"schema": 1}).encode())

    assert not any("sheet" in one for one in told(bag))


# Archives of strangers


def archive(tmp_path, *entries):
    path = tmp_path / "stranger.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        for entry, content in entries:
            made.writestr(entry, content)
    return path


BAGIT = ("bagit.txt", "BagIt-Version: 1.0\n")


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "data/../../x", "C:/x", "data\\..\\x"]
)
def test_entry_that_leads_out_is_refused(tmp_path, name):
    with pytest.raises(NotAPackage, match="leads out of the package"):
        verify(archive(tmp_path, BAGIT, (name, "x")))
    assert not (tmp_path.parent / "outside").exists()


def test_bomb_is_refused_before_it_is_opened(tmp_path):
    path = archive(tmp_path, BAGIT, ("data/bomb", b"\0" * (64 * 1024 * 1024)))

    with pytest.raises(NotAPackage, match="swells"):
        verify(path)


def test_link_password_and_double_entries_are_refused(tmp_path):
    link = ZipInfo("data/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(NotAPackage, match="is no plain file"):
        verify(archive(tmp_path, BAGIT, (link, "/etc/passwd")))
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = archive(tmp_path, BAGIT, ("data/x", "1"), ("data/x", "2"))
    with pytest.raises(NotAPackage, match="in it twice"):
        verify(twice)


def test_size_that_is_a_lie_is_no_whole_archive(tmp_path):
    path = archive(tmp_path, BAGIT, ("manifest-sha256.txt", "0" * 1000))
    content = path.read_bytes()
    path.write_bytes(content.replace((1000).to_bytes(4, "little"), (4).to_bytes(4, "little")))

    with pytest.raises(NotAPackage):
        verify(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"text"])
def test_what_is_no_package_is_told_so(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)

    with pytest.raises(NotAPackage):
        verify(path)


# The command


def run(*words, capsys):
    try:
        call_command("verify_package", *map(str, words))
    except CommandError as problem:
        return problem.returncode, capsys.readouterr()
    return 0, capsys.readouterr()


def test_command_tells_by_its_exit_code(bag, inside, tmp_path, capsys, django_assert_num_queries):
    archived = tmp_path / "again.zip"
    shutil.make_archive(str(archived.with_suffix("")), "zip", tmp_path, "bag")
    with django_assert_num_queries(0):
        assert run(bag, capsys=capsys)[0] == 0
        code, said = run(archived, capsys=capsys)
    assert code == 0
    assert said.out.startswith("Intact: 1 articles, ")

    (inside / "article.html").unlink()
    code, said = run(bag, capsys=capsys)
    assert code == 1
    assert "article.html is missing." in said.err
    assert run(tmp_path / "none", capsys=capsys)[0] == 2
    assert run(tmp_path, capsys=capsys)[0] == 2
