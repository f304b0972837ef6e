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


@pytest.mark.django_db
def test_login_leads_to_the_desk_when_its_next_page_is_elsewhere(client):
    user = make_user("correspondent", password="correct horse", is_staff=True)
    data = {"username": user.username, "password": "correct horse", "next": "https://example.org"}

    answer = client.post("/admin/login/", data)

    assert (answer.status_code, answer.url) == (302, "/admin/")
