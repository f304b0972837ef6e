"""Files of strangers are opened in processes of their own: with limits, without secrets, mortal.

The site calls `start` or `run` with the name of a module of ours, whose `main` calls `confine`
before it reads a byte. Knows no database.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Nothing else of the environment, where the secrets are.
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")


class TookTooLong(Exception):
    """It was given its time, and is dead now."""


def start(module: str) -> "subprocess.Popen[bytes]":
    """Start a process to ask and to listen to."""
    return subprocess.Popen(  # noqa: S603 (a module of ours)
        _command(module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )


def run(module: str, data: bytes, *, seconds: float) -> bytes:
    """Give what a process says of some bytes; one that dies says less than it was to.

    Raises `TookTooLong`.
    """
    try:
        ended = subprocess.run(  # noqa: S603 (a module of ours)
            _command(module),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            cwd=ROOT,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TookTooLong from late
    return ended.stdout


def _command(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in KEPT_ENVIRONMENT if key in os.environ}
    # Each thread of a library would reserve an arena, and large machines start dozens.
    return kept | {"MALLOC_ARENA_MAX": "2"}


def confine(memory: int) -> None:
    """Limit this process, for good, to so many bytes of memory; it writes no file from now on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
