"""Search in Chinese and Latin script: words go in at publication, editions come out.

Chinese is indexed as overlapping pairs of characters (北京大学 -> 北京 京大 大学 学), other
scripts by whole words, all folded: width, case and traditional characters make no difference.
Everything that a query asks for, words, filters and months, is a token of one index.
`index`, `rebuild`, `find` and `names_like` are the whole interface, so another engine can
stand in; `marking` needs only the texts.
"""

from articles.search.finding import Place, Rank, Wanted, find
from articles.search.indexing import index, rebuild
from articles.search.marking import Piece, excerpt, excerpts, mark
from articles.search.words import MAX_QUERY

__all__ = [
    "MAX_QUERY",
    "Piece",
    "Place",
    "Rank",
    "Wanted",
    "excerpt",
    "excerpts",
    "find",
    "index",
    "mark",
    "rebuild",
]
