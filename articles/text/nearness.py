"""How near texts are to each other by what they are about. Knows no database.

Words are pairs of Chinese characters, and whole words of other scripts. One that few of the
texts have says more than one that most have; a tag that two share says more than any word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

from articles.text import hanzi

RUN = re.compile(rf"[{hanzi.HAN}]{{2,}}|[^\W\d_{hanzi.HAN}]{{4,}}")
IS_HAN = re.compile(f"[{hanzi.HAN}]")
TAG = "#"
WEIGHT_OF_TAGS = 4
MOST = 1000  # of 1000: the same words

type Words = frozenset[str]


def words_of(text: str, tags: Iterable[str] = ()) -> Words:
    """Give what a text and its tags say, blind to script and case."""
    found = {TAG + tag for tag in tags}
    for run in RUN.findall(hanzi.simplified(text.casefold())):
        pairs = (run[i : i + 2] for i in range(len(run) - 1))
        found.update(pairs if IS_HAN.match(run) else [run])
    return frozenset(found)


def nearness[Key](own: Words, others: Mapping[Key, Words]) -> dict[Key, int]:
    """Say how near each of some texts is: from 0 (nothing in common) to `MOST`."""
    having = Counter(word for words in (own, *others.values()) for word in words)
    number = len(others) + 1

    def weight(words: Iterable[str]) -> float:
        return sum(
            log(1 + number / having[word]) * (WEIGHT_OF_TAGS if word.startswith(TAG) else 1)
            for word in words
        )

    whole = weight(own)
    return {
        key: round(MOST * weight(own & words) / (sqrt(whole * weight(words)) or 1))
        for key, words in others.items()
    }
