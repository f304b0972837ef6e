"""The process that opens files of strangers: `python -m articles.pictures.darkroom`.

It reads one file after the other from its input: a line of JSON with what to do and how, the
length in 8 bytes, and the file. It answers with a line of JSON and, where it took the picture, the
file that it made. It has a limit of memory,
writes no files, and is given none of the site's secrets; who started it kills it when it hangs.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from PIL import AvifImagePlugin

from articles import confined
from articles.pictures.crops import Crop
from articles.pictures.intake import cut, draw_small, take_in
from articles.pictures.refusals import PictureRefused

MEMORY = 2048 * 1024 * 1024
# Then a new one starts: what libraries forget to free goes with the process.
MOST_PICTURES = 500


def main() -> None:
    confined.confine(MEMORY)
    # Each thread of a decoder reserves memory, and large machines would start dozens.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 2
    for _number in range(MOST_PICTURES):
        asked = sys.stdin.buffer.readline()
        size = int.from_bytes(sys.stdin.buffer.read(8))
        if not size:
            return
        work, how = json.loads(asked)
        answer(work, how, sys.stdin.buffer.read(size))


def answer(work: str, how: list[Any], data: bytes) -> None:
    made = b""
    told: dict[str, Any] = {}
    try:
        if work == "cut":
            made = cut(data, Crop(*how))
        elif work == "draw small":
            made = draw_small(data, (how[0], how[1]))
        else:
            told = asdict(take_in(data))
            made = told.pop("master")
    except PictureRefused as refusal:
        told = {"refused": refusal.reason, "details": refusal.details}
    else:
        told["size"] = len(made)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
