"""Simplified Chinese written in traditional characters, by OpenCC. Knows no database."""

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from opencc import OpenCC

from articles.text.hanzi import HAN

type Writer = Callable[[str], str]
type Words = dict[str, str]

# As surnames these are written alike in both, but as words many are not: 范 is no 範, 余 no 餘.
SAME_SURNAMES = "范余于郁咸党向后游岳涂占台种朴干采"
NAME = re.compile(rf"[{SAME_SURNAMES}][{HAN}]{{1,2}}")
HAN_ONLY = re.compile(rf"[{HAN}]+")
MOST_WORDS = 1000
LONGEST_WORD = 20


class WordsRefused(ValueError):
    """A list of words cannot be read; says on which line."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_words(text: str) -> Words:
    """Read a list of words and how they are to be written: "山峰 山峯", one pair a line."""
    found: Words = {}
    for number, line in enumerate(text.splitlines(), 1):
        pair = line.split()
        if not pair:
            continue
        if len(pair) != 2 or not all(is_word(word) for word in pair) or pair[0] in found:
            raise WordsRefused(number)
        found[pair[0]] = pair[1]
        if len(found) > MOST_WORDS:
            raise WordsRefused(number)
    return found


def is_word(text: str) -> bool:
    """Say whether a text is of Chinese characters alone, so that it can never become markup."""
    return len(text) <= LONGEST_WORD and HAN_ONLY.fullmatch(text) is not None


@lru_cache(maxsize=4)
def writer(style: str, words: str, names: tuple[str, ...]) -> Writer:
    """Give what writes in a style of OpenCC: by a list of words, and names of people.

    Loading the dictionaries takes a tenth of a second.
    """
    plain = OpenCC(style)
    own = {name: name[0] + plain.convert(name[1:]) for name in names if NAME.fullmatch(name)}
    own |= read_words(words)
    convert = (_with_words(style, own) if own else plain).convert

    def write(text: str) -> str:
        # OpenCC stops reading at a zero.
        return text if text.isascii() or "\0" in text else convert(text)

    return write


def _with_words(style: str, words: Words) -> OpenCC:
    """Load a style so that these words go before those of its dictionaries.

    They take part in cutting a text into words, so that 余华 is not seen in 业余华人.
    """
    path = Path(OpenCC(style).config)
    config = json.loads(path.read_text(encoding="utf-8"))
    _name_files(config, path.parent)
    chain = [stage["dict"] for stage in config["conversion_chain"]]
    cutting = config.setdefault(
        "segmentation", {"type": "mmseg", "dict": json.loads(json.dumps(chain[0]["dicts"][0]))}
    )
    with TemporaryDirectory() as folder:
        ours = _dictionary(Path(folder) / "words.txt", words.items())
        # What a list says stays as it is where a region has forms of its own.
        final = _dictionary(Path(folder) / "final.txt", ((w, w) for w in set(words.values())))
        for first in (cutting["dict"], chain[0]):
            first["dicts"].insert(0, ours)
        for later in chain[1:]:
            later["dicts"].insert(0, final)
        made = Path(folder) / "config.json"
        made.write_text(json.dumps(config), encoding="utf-8")
        return OpenCC(str(made))


def _dictionary(path: Path, words: Iterable[tuple[str, str]]) -> dict[str, str]:
    lines = (f"{word}\t{written}\n" for word, written in sorted(words))
    path.write_text("".join(lines), encoding="utf-8")
    return {"type": "text", "file": str(path)}


def _name_files(part: Any, folder: Path) -> None:
    """Give every dictionary of a configuration its whole path."""
    if isinstance(part, list):
        for one in part:
            _name_files(one, folder)
    elif isinstance(part, dict):
        if "file" in part:
            part["file"] = str(folder / part["file"])
        for one in part.values():
            _name_files(one, folder)
