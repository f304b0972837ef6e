"""Chinese writing: simplified and traditional, widths, stray pinyin. Knows no database."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Web pages that print pinyin above a character leave it behind as "關(guān)".
STRAY_PINYIN = re.compile(
    rf"(?<=[{HAN}])[(\uff08][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{{1,6}}[)\uff09]"
)
# A question mark amid words was a character, before somebody saved it in a smaller alphabet.
LOST_CHARACTERS = re.compile(
    rf"[{HAN}]?(?:\ufffd+|(?<=[{HAN}])(?:\?{{2,}}|\?(?=[{HAN}a-zà-ǿ、。,;\uff0c\uff1b])))[{HAN}]{{0,3}}"
)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Write traditional characters in simplified ones, character by character where it can."""
    # Half of a character pair, as broken JSON has it, is nothing that OpenCC can read.
    return _converter().convert(text.encode("utf-8", "replace").decode())


def without_pinyin(text: str) -> str:
    """Take out the pinyin that a page left behind its characters."""
    return STRAY_PINYIN.sub("", text)


def columns(text: str) -> int:
    """Give the width of a text where each character is one or two wide, as in a terminal."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def match_key(text: str) -> str:
    """Give the form under which two spellings of one name are the same.

    Blind to script (simplified, traditional), width, case, blanks, the dots inside foreign
    names and stray pinyin: `match_key("黨委宣傳(chuán)部") == match_key("党委 宣传部")`.
    """
    folded = unicodedata.normalize("NFKC", without_pinyin(text)).casefold()
    return simplified("".join(c for c in folded if not c.isspace() and c not in "·•・‧."))
