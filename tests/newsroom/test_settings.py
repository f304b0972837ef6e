"""What the settings make of an environment, asked in processes of their own."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ASKED = "from newsroom import settings; print(settings.SECRET_KEY)"


def start(folder, *, given=None):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **(given or {})}
    command = [sys.executable, "-c", ASKED]
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _without_env_file():
    if (PROJECT / ".env").exists():
        pytest.skip("the settings of this machine would answer")


def test_processes_that_start_together_keep_one_key_that_nobody_else_reads(tmp_path):
    together = [start(tmp_path) for _ in range(4)]
    keys = {process.communicate()[0] for process in together}
    later = start(tmp_path).communicate()[0]

    assert keys == {later}
    assert len(later.strip()) == 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_key_of_the_environment_is_the_key(tmp_path):
    key, _errors = start(tmp_path, given={"SECRET_KEY": "given"}).communicate()

    assert key == "given\n"
    assert list(tmp_path.iterdir()) == []


def test_whoever_names_a_database_has_to_give_the_key(tmp_path):
    process = start(tmp_path, given={"DATABASE_URL": "postgres://localhost/newsroom"})
    _key, errors = process.communicate()

    assert process.returncode == 1
    assert "SECRET_KEY is not set. Set it to a long random text" in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("files.example.edu", "an address such as https://a.b"),
        ("https://files.example.edu/media", "an address such as https://a.b"),
        ("https://news.example.edu", "another host than SITE_URL"),
    ],
)
def test_host_of_files_is_an_address_of_another_host(tmp_path, address, told):
    given = {"DOWNLOADS_URL": address, "SITE_URL": "https://news.example.edu"}
    process = start(tmp_path, given=given)
    _key, errors = process.communicate()

    assert process.returncode == 1
    assert told in errors
