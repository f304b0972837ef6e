"""A process for files of strangers has limits and no secrets, and dies in time."""

import json
import os
import sys

import pytest

from articles import confined

SAYS = """
import json, os, sys
from articles import confined
confined.confine(512 * 1024 * 1024)
done = []
for name, act in {
    "memory": lambda: bytearray(1024 * 1024 * 1024),
    "file": lambda: os.write(os.open(sys.argv[0] + ".written", os.O_WRONLY | os.O_CREAT), b"x"),
}.items():
    try:
        act()
    except (MemoryError, OSError):
        continue
    done.append(name)
print(json.dumps([sys.stdin.read(), sorted(os.environ), done]))
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Write a module, to be started by the name that it gets."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))

    def write(name, source):
        (tmp_path / f"{name}.py").write_text(source)
        return name

    return write


def test_process_hears_its_bytes_and_can_do_little_else(module, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "a secret")

    said = confined.run(module("says", SAYS), "字".encode(), seconds=30)

    heard, environment, done = json.loads(said)
    assert heard == "字"
    assert "SECRET_KEY" not in environment
    # What a locale adds by itself is no secret.
    assert set(environment) <= {*confined.KEPT_ENVIRONMENT, "MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert done == []


def test_process_that_hangs_is_killed_and_told(module):
    with pytest.raises(confined.TookTooLong):
        confined.run(module("hangs", "import time\ntime.sleep(60)"), b"", seconds=0.5)


def test_process_that_dies_says_what_it_had_to_say(module):
    dies = "import os, sys\nsys.stdout.write('half')\nsys.stdout.flush()\nos._exit(9)"

    assert confined.run(module("dies", dies), b"", seconds=30) == b"half"


def test_process_that_says_too_much_is_killed_and_not_listened_to(module):
    floods = "import sys\nwhile True:\n    sys.stdout.write('x' * 4096)"

    with pytest.raises(confined.SaidTooMuch):
        confined.run(module("floods", floods), b"unheard" * 100_000, seconds=30, most=1_000_000)


def test_process_that_stays_is_asked_and_answers(module):
    echo = "import sys\nfor line in sys.stdin:\n    print(line.upper(), end='', flush=True)"
    process = confined.start(module("echo", echo))
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        for word in (b"one\n", b"two\n"):
            process.stdin.write(word)
            process.stdin.flush()
            assert process.stdout.readline() == word.upper()
    finally:
        process.communicate()
    assert process.returncode == 0
