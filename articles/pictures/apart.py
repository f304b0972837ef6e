"""Takes pictures in by processes of their own, which may fail, swell or hang for all we care.

A process stays for the next picture; one that takes too long is killed. As many work at once
as the machine has processors, so a hundred uploads need no more memory than two.
"""

import json
import os
import threading
from contextlib import suppress

from articles import confined
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
    refuse_size(len(data))
    if not turns.acquire(timeout=PATIENCE):
        raise PictureRefused("busy")
    try:
        # One that has been waiting may have died meanwhile, which is no fault of the picture.
        while idle:
            try:
                return _in(idle.pop(), data, seconds)
            except EOFError:
                pass
        return _in(Darkroom(), data, seconds)
    except EOFError:
        raise PictureRefused("damaged") from None
    finally:
        turns.release()


def _in(room: "Darkroom", data: bytes, seconds: float) -> TakenPicture:
    try:
        taken = room.develop(data, seconds)
    except PictureRefused as refusal:
        room.close() if refusal.reason in {"time", "memory"} else idle.append(room)
        raise
    except BaseException:
        room.close()
        raise
    idle.append(room)
    return taken


class Darkroom:
    """One process, and how to ask it. Raises EOFError where it ends before it answers."""

    def __init__(self) -> None:
        self.process = confined.start("articles.pictures.darkroom")

    def develop(self, data: bytes, seconds: float) -> TakenPicture:
        late = threading.Event()

        def kill() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            return self._asked(data)
        except EOFError:
            if late.is_set():
                raise PictureRefused("time") from None
            raise
        finally:
            timer.cancel()

    def _asked(self, data: bytes) -> TakenPicture:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(len(data).to_bytes(8) + data)
            self.process.stdin.flush()
        except OSError as problem:
            raise EOFError from problem
        line = self.process.stdout.readline(MAX_ANSWER)
        try:
            told = json.loads(line)
        except ValueError as problem:
            raise EOFError from problem
        if "refused" in told:
            raise PictureRefused(told["refused"], **told["details"])
        master = self.process.stdout.read(told["master"])
        if len(master) < told["master"]:
            raise EOFError
        notes = {field: Note(*note) for field, note in told["notes"].items()}
        return TakenPicture(**told | {"master": master, "notes": notes})

    def close(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it was still to be told
                    pipe.close()
        self.process.wait()
