"""Takes pictures in by processes of their own, which may fail, swell or hang for all we care.

A process stays for the next picture; one that takes too long is killed. As many work at once
as the machine has processors, so a hundred uploads need no more memory than two.
"""

import json
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from articles import confined
from articles.pictures.crops import Crop
from articles.pictures.intake import TakenPicture, refuse_size
from articles.pictures.metadata import Note
from articles.pictures.refusals import PictureRefused

SECONDS = 30
# How long a picture waits for its turn.
PATIENCE = 60
MAX_ANSWER = 1024 * 1024

turns = threading.BoundedSemaphore(os.cpu_count() or 1)
idle: list["Darkroom"] = []
# A copy of this process has copies of the pipes, and must not use them.
os.register_at_fork(after_in_child=idle.clear)


def take_in(data: bytes, *, seconds: float = SECONDS) -> TakenPicture:
    """Make a clean upright sRGB JPEG of a photo, or refuse the file with `PictureRefused`."""
    return _asked(lambda room: room.develop(data, seconds), data)


def cut(data: bytes, crop: Crop, *, seconds: float = SECONDS) -> bytes:
    """Make a file of a part of a photo, or refuse it with `PictureRefused`."""
    return _asked(lambda room: room.cut(data, crop, seconds), data)


def draw_small(data: bytes, largest: tuple[int, int], *, seconds: float = SECONDS) -> bytes:
    """Make a PNG that fits into so many pixels, or refuse the file with `PictureRefused`."""
    return _asked(lambda room: room.draw_small(data, largest, seconds), data)


def _asked[Answer](ask: Callable[["Darkroom"], Answer], data: bytes) -> Answer:
    refuse_size(len(data))
    if not turns.acquire(timeout=PATIENCE):
        raise PictureRefused("busy")
    try:
        # One that has been waiting may have died meanwhile, which is no fault of the picture.
        while idle:
            try:
                return _in(idle.pop(), ask)
            except EOFError:
                pass
        return _in(Darkroom(), ask)
    except EOFError:
        raise PictureRefused("damaged") from None
    finally:
        turns.release()


def _in[Answer](room: "Darkroom", ask: Callable[["Darkroom"], Answer]) -> Answer:
    try:
        answer = ask(room)
    except PictureRefused as refusal:
        room.close() if refusal.reason in {"time", "memory"} else idle.append(room)
        raise
    except BaseException:
        room.close()
        raise
    idle.append(room)
    return answer


class Darkroom:
    """One process, and how to ask it. Raises EOFError where it ends before it answers."""

    def __init__(self) -> None:
        self.process = confined.start("articles.pictures.darkroom")

    def develop(self, data: bytes, seconds: float) -> TakenPicture:
        told, master = self._asked("take in", (), data, seconds)
        notes = {field: Note(*note) for field, note in told["notes"].items()}
        return TakenPicture(**told | {"master": master, "notes": notes})

    def cut(self, data: bytes, crop: Crop, seconds: float) -> bytes:
        return self._asked("cut", crop, data, seconds)[1]

    def draw_small(self, data: bytes, largest: tuple[int, int], seconds: float) -> bytes:
        return self._asked("draw small", largest, data, seconds)[1]

    def _asked(
        self, work: str, how: Sequence[float], data: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        late = threading.Event()

        def kill() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            self._tell(json.dumps((work, how)).encode() + b"\n" + len(data).to_bytes(8) + data)
            return self._answer()
        except EOFError:
            if late.is_set():
                raise PictureRefused("time") from None
            raise
        finally:
            timer.cancel()

    def _tell(self, data: bytes) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except OSError as problem:
            raise EOFError from problem

    def _answer(self) -> tuple[dict[str, Any], bytes]:
        """Give what is said of a picture, and the file that comes with it."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline(MAX_ANSWER)
        try:
            told = json.loads(line)
        except ValueError as problem:
            raise EOFError from problem
        if "refused" in told:
            raise PictureRefused(told["refused"], **told["details"])
        size = told.pop("size")
        made = self.process.stdout.read(size)
        if len(made) < size:
            raise EOFError
        return told, made

    def close(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it was still to be told
                    pipe.close()
        self.process.wait()
