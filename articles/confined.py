"""Files of strangers are opened in processes of their own: with limits, without secrets, mortal.

The site calls `start` or `run` with the name of a module of ours, whose `main` calls `confine`
before it reads a byte. Knows no database.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Nothing else of the environment, where the secrets are.
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")


# No answer is longer, in bytes: it is held here, where the limits of its process do not count.
MAX_ANSWER = 400 * 1024 * 1024


class TookTooLong(Exception):
    """It was given its time, and is dead now."""


class SaidTooMuch(Exception):
    """It went on answering, and is dead now."""


def start(module: str) -> "subprocess.Popen[bytes]":
    """Start a process to ask and to listen to."""
    return subprocess.Popen(  # noqa: S603 (a module of ours)
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )


def run(module: str, data: bytes, *, seconds: float, most: int = MAX_ANSWER) -> bytes:
    """Give what a process says of some bytes; one that dies says less than it was to.

    Raises `TookTooLong`, and `SaidTooMuch` for more than `most` bytes.
    """
    is_late = threading.Event()
    with start(module) as process:

        def end() -> None:
            is_late.set()
            process.kill()

        feeding = threading.Thread(target=_feed, args=(process, data), daemon=True)
        timer = threading.Timer(seconds, end)
        feeding.start()
        timer.start()
        try:
            said = process.stdout.read(most + 1)  # type: ignore[union-attr]
        finally:
            timer.cancel()
            process.kill()
            feeding.join()
    if is_late.is_set():
        raise TookTooLong
    if len(said) > most:
        raise SaidTooMuch
    return said


def ask(module: str, data: bytes, *, seconds: float) -> dict[str, Any]:
    """Give what a process answers in JSON.

    Where there is no answer it is `refused`, because of "time", as a "bomb", or as "damaged".
    """
    try:
        answer: dict[str, Any] = json.loads(run(module, data, seconds=seconds))
    except TookTooLong:
        return {"refused": "time"}
    except SaidTooMuch:
        return {"refused": "bomb"}
    except ValueError:
        return {"refused": "damaged"}
    return answer


def _feed(process: "subprocess.Popen[bytes]", data: bytes) -> None:
    # Whoever dies does not listen any more.
    with suppress(BrokenPipeError), process.stdin as ear:  # type: ignore[union-attr]
        ear.write(data)


def environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in KEPT_ENVIRONMENT if key in os.environ}
    # Each thread of a library would reserve an arena, and large machines start dozens.
    return kept | {"MALLOC_ARENA_MAX": "2"}


def confine(memory: int) -> None:
    """Limit this process, for good, to so many bytes of memory; it writes no file from now on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
