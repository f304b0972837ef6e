"""Photos come in by the folder, through the same intake as by the form."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Photo
from tests.articles.pictures import hostile
from tests.articles.pictures.notes import iptc, jpeg
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "photos"
    made.mkdir()
    return made


@pytest.fixture
def unit():
    unit = make_unit("图书馆", slug="library")
    make_user("correspondent", unit=unit)
    return unit


def stored() -> set[Path]:
    media = Path(Photo.image.field.storage.location)
    return {path for path in media.rglob("*") if path.is_file()}


def run(capsys, *arguments) -> tuple[list[dict], str]:
    """Give what was printed about each file, and how it ended."""
    ended = ""
    try:
        call_command("import_photos", *map(str, arguments), "--format=json")
    except CommandError as problem:
        ended = f"{problem.returncode}: {problem}"
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()], ended


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_hostile_files_are_taken_or_refused_and_never_break_the_others(folder, capsys):
    make_user(is_superuser=True)
    for name, (make, _wanted) in hostile.FILES.items():
        (folder / name).write_bytes(make())

    told, ended = run(capsys, folder)

    assert {Path(line["file"]).name: line["outcome"] for line in told} == {
        name: wanted for name, (_make, wanted) in hostile.FILES.items()
    }
    refused = [line for line in told if line["outcome"] == hostile.REFUSED]
    assert ended == f"1: {len(refused)} of {len(told)} files were refused."
    assert [line["public"] for line in refused] == [[]] * len(refused)
    assert all(line["message"] for line in told)
    public = {Path(path) for line in told for path in line["public"]}
    assert public == stored()
    for path in public:
        data = path.read_bytes()
        assert Image.open(BytesIO(data)).getexif() == {}
        assert [secret for secret in hostile.SECRETS if secret in data] == []


def test_photos_come_with_their_notes_into_the_library_of_a_unit(folder, unit, capsys):
    (folder / "2026").mkdir()
    path = folder / "2026" / "a.jpg"
    path.write_bytes(jpeg(iptc({(2, 120): "夜间的阅览室"})))

    [line], ended = run(capsys, folder, "--unit=library")

    photo = Photo.objects.get()
    public = line.pop("public")
    assert (photo.caption, photo.unit, photo.uploaded_by) == (
        "夜间的阅览室", unit, unit.memberships.get().user,
    )  # fmt: skip
    assert line == {
        "file": str(path),
        "outcome": "accepted",
        "message": "Taken into the library.",
        "photo": photo.pk,
    }
    assert {Path(name) for name in public} == stored() - {Path(photo.original.path)}
    assert ended == ""


def test_run_again_it_says_what_is_there_and_changes_nothing(folder, unit, capsys):
    (folder / "a.jpg").write_bytes(jpeg())
    [first], _ended = run(capsys, folder, "--unit=library")
    Photo.objects.update(caption="改过的图说")
    (folder / "b.jpg").write_bytes(jpeg(quality=50))

    told, ended = run(capsys, folder, "--unit=library")

    assert told[0] == first | {"message": "It is in the library already."}
    assert [line["message"] for line in told[1:]] == ["Taken into the library."]
    assert (Photo.objects.count(), Photo.objects.get(pk=first["photo"]).caption, ended) == (
        2, "改过的图说", "",
    )  # fmt: skip


def test_dry_run_says_what_would_become_of_each_and_takes_nothing(folder, unit, capsys):
    (folder / "a.jpg").write_bytes(jpeg())
    (folder / "b.jpg").write_bytes(b"GIF89a")

    told, ended = run(capsys, folder, "--unit=library", "--dry-run")

    assert [(line["outcome"], line["photo"]) for line in told] == [
        ("accepted", None),
        ("refused", None),
    ]
    assert ended.startswith("1:")
    assert (Photo.objects.count(), stored()) == (0, set())


def test_hidden_files_and_links_are_left_out(folder, tmp_path, unit, capsys):
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(jpeg())
    (folder / "link.jpg").symlink_to(outside)
    (folder / ".a.jpg").write_bytes(jpeg())
    (folder / "b.jpg").write_bytes(jpeg())

    told, _ended = run(capsys, folder, "--unit=library")

    assert [Path(line["file"]).name for line in told] == ["b.jpg"]


def test_it_says_for_people_what_became_of_each_file(folder, unit, capsys):
    (folder / "a.jpg").write_bytes(jpeg())

    call_command("import_photos", str(folder), "--unit=library")

    printed = capsys.readouterr()
    assert printed.out == f"{folder / 'a.jpg'}: Taken into the library.\n"
    assert printed.err == "1 of 1 files, 0 refused\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("missing",), "There is no folder missing."),
        ((".", "--user=nobody"), "There is no account called nobody."),
        ((".",), "Please say with --user in whose name to import."),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is(arguments, problem, capsys):
    make_user("head")  # who adds no photos

    assert run(capsys, *arguments) == ([], f"2: {problem}")
