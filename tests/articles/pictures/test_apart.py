"""Files of strangers are opened in a process that may fail, and nothing else does."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from articles.pictures import MAX_BYTES, PictureRefused, apart, darkroom, intake
from tests.articles.pictures.notes import iptc, jpeg
from tests.articles.pictures.test_intake import encoded, png_header, quadrants


@pytest.fixture
def _no_idle_darkrooms():
    while apart.idle:
        apart.idle.pop().close()


def test_picture_is_the_same_from_another_process():
    data = jpeg(iptc({(2, 120): "夜间的阅览室"}))

    assert apart.take_in(data) == intake.take_in(data)
    assert apart.take_in(data).notes["caption"].text == "夜间的阅览室"


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"GIF89a", png_header(50_000, 50_000)])
def test_refusals_are_the_same_from_another_process(data):
    with pytest.raises(PictureRefused) as here:
        intake.take_in(data)
    with pytest.raises(PictureRefused) as there:
        apart.take_in(data)

    assert str(there.value) == str(here.value)


def test_large_file_is_refused_before_it_is_sent_anywhere():
    with pytest.raises(PictureRefused, match="26 MB"):
        apart.take_in(b"x" * (MAX_BYTES + 1))


@pytest.mark.usefixtures("_no_idle_darkrooms")
def test_process_that_hangs_is_killed_and_the_next_picture_taken():
    with pytest.raises(PictureRefused, match="takes too long"):
        apart.take_in(jpeg(), seconds=0)

    assert apart.idle == []
    assert apart.take_in(jpeg()).width == 60


@pytest.mark.usefixtures("_no_idle_darkrooms")
def test_one_process_serves_one_picture_after_the_other():
    apart.take_in(jpeg())
    [room] = apart.idle
    with pytest.raises(PictureRefused):
        apart.take_in(b"GIF89a")
    apart.take_in(jpeg())

    assert apart.idle == [room]


@pytest.mark.usefixtures("_no_idle_darkrooms")
def test_process_that_died_while_it_waited_costs_no_picture():
    apart.take_in(jpeg())
    [room] = apart.idle
    os.kill(room.process.pid, signal.SIGKILL)
    room.process.wait()

    assert apart.take_in(jpeg()).width == 60
    assert len(apart.idle) == 1


@pytest.mark.usefixtures("_no_idle_darkrooms")
def test_process_has_a_limit_of_memory_and_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "绝密")
    apart.take_in(jpeg())
    [room] = apart.idle
    about = Path(f"/proc/{room.process.pid}")
    lines = (about / "limits").read_text("ascii").splitlines()
    limits = {line[:25].strip(): line[26:].split()[0] for line in lines}
    environment = (about / "environ").read_bytes()

    assert limits["Max address space"] == str(darkroom.MEMORY)
    assert limits["Max file size"] == "0"
    assert b"PATH=" in environment
    assert b"SECRET_KEY" not in environment


def test_picture_that_needs_too_much_memory_is_refused(monkeypatch):
    def swell(_image):
        raise MemoryError

    monkeypatch.setattr(intake, "_clean_pixels", swell)

    with pytest.raises(PictureRefused, match="too much memory"):
        intake.take_in(encoded(quadrants(), "PNG"))


def test_taken_pictures_are_compared_by_all_they_hold():
    taken = intake.take_in(jpeg())

    assert taken != replace(taken, width=61)
