"""One spelling for the many ways a keyboard writes a colon, a bar or a blank."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.text.hanzi import HAN, simplified, without_pinyin

LOOK_ALIKES = {
    ":": "∶︰﹕꞉ː",
    "|": "丨│┃∣︱▏❘‖∥¦ㅣ",
    "/": "∕⁄╱",
    "·": "•‧・∙⋅•･˙",
    "—": "–―─━",
    "-": "‐‑−",
    ",": "﹐",
    "、": "﹑､",
    ";": "﹔",
    "。": "｡",
    "(": "〔﹙",
    ")": "〕﹚",
    "[": "【〖「『",
    "]": "】〗」』",
}
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

# What is typed for words of credit lines, and what was meant, which has to be as long.
MISTYPED = {
    "编缉": "编辑", "编揖": "编辑", "遍辑": "编辑", "撰搞": "撰稿", "攥稿": "撰稿", "供搞": "供稿",
    "投搞": "投稿", "审搞": "审稿", "摄象": "摄像", "录象": "录像", "通迅员": "通讯员",
    "通信员": "通讯员", "摄影报到": "摄影报道",
}  # fmt: skip
_MISTYPED = re.compile("|".join(MISTYPED))

_TABLE = {0x3000: " ", 0xA0: " ", ord("\t"): " ", ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n"}
_TABLE |= dict.fromkeys((*range(8192, 8203), 8239, 8287), " ")
_TABLE |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TABLE |= {ord(char): plain for plain, chars in LOOK_ALIKES.items() for char in chars}
_TABLE |= {ord(char): "" for char in INVISIBLE}

# Half a character, as broken JSON has it, cannot be written anywhere.
_TABLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

_ENTITIES = {"nbsp": " ", "ensp": " ", "emsp": " ", "amp": "&", "middot": "·", "quot": '"'}
_ENTITY = re.compile(rf"&({'|'.join(_ENTITIES)});")
_DOT_IN_NAME = re.compile(f"(?<=[{HAN}])[.](?=[{HAN}])")
_PLURAL = re.compile(r"(?<=[a-z])\(s\)")
_BREAK = re.compile(r"<br\s{0,3}/?>")


@dataclass(frozen=True)
class Line:
    """A line as printed, and its key: the same length, blind to script and case."""

    printed: str
    key: str


def fold(text: str) -> str:
    """Write a line with one kind of each separator. Letters and characters stay as printed."""
    text = _ENTITY.sub(lambda match: _ENTITIES[match[1]], _BREAK.sub("\n", text))
    text = _DOT_IN_NAME.sub("·", text.translate(_TABLE))
    return _PLURAL.sub("s", without_pinyin(text))


def read(text: str) -> Line:
    printed = fold(text)
    return Line(printed, key_of(printed))


def key_of(text: str) -> str:
    """Write folded text in simplified script and small letters, character for character."""
    return _MISTYPED.sub(lambda found: MISTYPED[found[0]], "".join(map(_key, text)))


@lru_cache(maxsize=20_000)
def _plain_key(char: str) -> str:
    key = simplified(char).lower()
    return key if len(key) == 1 else char


def _key(char: str) -> str:
    return char if char.isascii() and not char.isupper() else _plain_key(char)
