"""The process that opens files of strangers: `python -m articles.pictures.darkroom`.

It reads one file after the other from its input, each after its length in 8 bytes, and answers
with a line of JSON and, where it took the picture, the clean JPEG. It has a limit of memory,
writes no files, and is given none of the site's secrets; who started it kills it when it hangs.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from PIL import AvifImagePlugin

from articles import confined
from articles.pictures.intake import take_in
from articles.pictures.refusals import PictureRefused

MEMORY = 2048 * 1024 * 1024
# Then a new one starts: what libraries forget to free goes with the process.
MOST_PICTURES = 500


def main() -> None:
    confined.confine(MEMORY)
    # Each thread of a decoder reserves memory, and large machines would start dozens.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 2
    for _number in range(MOST_PICTURES):
        size = int.from_bytes(sys.stdin.buffer.read(8))
        if not size:
            return
        answer(sys.stdin.buffer.read(size))


def answer(data: bytes) -> None:
    master = b""
    told: dict[str, Any]
    try:
        taken = take_in(data)
    except PictureRefused as refusal:
        told = {"refused": refusal.reason, "details": refusal.details}
    else:
        told, master = asdict(taken), taken.master
        told["master"] = len(master)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + master)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
