"""What the settings promise to whoever runs the site."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tests.factories import make_user


def test_private_files_are_for_the_account_that_runs_the_site_alone():
    name = storages["private"].save("originals/test.bin", ContentFile(b"x"))
    file = Path(storages["private"].path(name))

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)]

    assert [oct(mode) for mode in modes] == ["0o600", "0o700"]


def test_folder_of_the_database_is_for_the_same_account_alone(tmp_path):
    folder = tmp_path / "var"
    environment = {**os.environ, "VAR_DIR": str(folder)}

    subprocess.run(
        [sys.executable, "-c", "import newsroom.settings"],
        env=environment,
        cwd=settings.BASE_DIR,
        check=True,
    )

    assert oct(stat.S_IMODE(folder.stat().st_mode)) == "0o700"


def test_site_speaks_a_language_that_the_desk_has():
    run = subprocess.run(
        [sys.executable, "-c", "import newsroom.settings"],
        env={**os.environ, "LANGUAGE_CODE": "zh-hant"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stderr.splitlines()[-1].endswith("LANGUAGE_CODE is zh-hans or en.")


def test_pages_in_traditional_characters_are_made_in_simplified_ones():
    """Whatever the site's own language is: it is what Django would fall back on."""
    catalogue = settings.BASE_DIR / "locale" / "zh_Hant"

    assert catalogue.resolve() == settings.BASE_DIR / "locale" / "zh_Hans"


@pytest.mark.django_db
def test_login_leads_to_the_desk_when_its_next_page_is_elsewhere(client):
    user = make_user("correspondent", password="correct horse", is_staff=True)
    data = {"username": user.username, "password": "correct horse", "next": "https://example.org"}

    answer = client.post("/admin/login/", data)

    assert (answer.status_code, answer.url) == (302, "/admin/")
