"""Many articles of mixed sentences, and what readers look for in them."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from itertools import batched
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.utils import timezone

from articles import clock
from articles.models import Article, Edition, EditionCredit, EditionWords
from articles.public import searching
from articles.public.lists.listing import Cursor
from articles.search import indexing
from articles.search.words import RUN, pairs
from articles.text import richtext
from benchmarks.fill import BATCH, SPAN, Pattern, copy

SENTENCES = 16  # in an article: about a page
READ = "an edition by its primary key"
FREQUENT = 10

type Asked = dict[str, str]


def fill(wanted: int) -> None:
    """Write articles of sentences of the sample, mixed anew for each, over five years."""
    at = timezone.now()
    live = Edition.objects.live(at).select_related("version", "article")
    patterns = [Pattern(edition) for edition in live.order_by("live_from")]
    texts = (richtext.plain_text(pattern.edition.body) for pattern in patterns)
    sentences = [s for text in texts for s in re.findall(r"[^。！？\n]{6,80}[。！？]", text)]
    chance = random.Random(1)
    for numbers in batched(range(wanted - len(patterns)), BATCH):
        chosen = [chance.choice(patterns) for _number in numbers]
        times = [at - SPAN * (number + 1) / wanted - timedelta(days=1) for number in numbers]
        articles = Article.objects.bulk_create(
            copy(pattern.article, created_at=time, changed_at=time)
            for pattern, time in zip(chosen, times, strict=True)
        )
        versions = type(chosen[0].version).objects.bulk_create(
            copy(pattern.version, article_id=article.pk, saved_at=article.created_at)
            for pattern, article in zip(chosen, articles, strict=True)
        )
        editions = Edition.objects.bulk_create(
            copy(
                pattern.edition,
                article_id=version.article_id,
                version_id=version.pk,
                number=1,
                live_until=None,
                expires_at=None,
                headline=headline(sentences, chance),
                kicker="",
                subhead="",
                body=f"<p>{''.join(chance.choices(sentences, k=SENTENCES))}{rare(chance)}</p>",
                **dict.fromkeys(
                    ("live_from", "first_published_at", "displayed_at", "made_at"),
                    version.saved_at,
                ),
            )
            for pattern, version in zip(chosen, versions, strict=True)
        )
        EditionWords.objects.bulk_create(
            EditionWords(edition=edition, **indexing.rows_of(edition)) for edition in editions
        )
        parts: dict[Any, list[Any]] = {}
        for edition, pattern in zip(editions, chosen, strict=True):
            for row in pattern.of_edition:
                if hasattr(row, "displayed_at"):
                    changes = {"edition_id": edition.pk, "displayed_at": edition.displayed_at}
                    parts.setdefault(type(row), []).append(copy(row, **changes))
        for model, rows in parts.items():
            model.objects.bulk_create(rows)
    if connection.vendor == "postgresql":  # sooner or later it would do both by itself
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SELECT gin_clean_pending_list('articles_words')")


def headline(sentences: list[str], chance: random.Random) -> str:
    one, other = chance.sample(sentences, 2)
    return f"{re.split('[，。！？]', one)[0][:14]}：{re.split('[，。！？]', other)[0][:12]}"


def rare(chance: random.Random) -> str:
    """Make up three words that hardly another article has."""
    letters = [chr(chance.randrange(0x4E00, 0x8000)) for _number in range(9)]
    return f"{'、'.join(''.join(word) for word in batched(letters, 3))}。"


def measure(times: int) -> None:
    """Ask for pages of each kind in turn, so that a busy minute harms all of them; print JSON."""
    numbers = list(Edition.objects.live(timezone.now()).values_list("pk", flat=True))
    chosen = random.Random(2).sample(numbers, times)
    asked = kinds(chosen)
    spent: dict[str, list[float]] = {name: [] for name in (READ, *asked)}
    for number, edition in enumerate(chosen):
        spent[READ].append(seconds(partial(Edition.objects.get, pk=edition)))
        for name, queries in asked.items():
            query = queries[number % len(queries)]
            # Everything of a page but its markup.
            spent[name].append(seconds(partial(searching.context, query, clock.here())))
    dear = p95(spent[READ])
    rows = [
        {
            "query": name,
            "p50_ms": median(found) * 1000,
            "p95_ms": p95(found) * 1000,
            "of_read": p95(found) / dear,
        }
        for name, found in spent.items()
    ]
    print(json.dumps({"articles": Article.objects.count(), "queries": rows}))


def seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def p95(spent: list[float]) -> float:
    return quantiles(spent, n=20)[-1]


def kinds(editions: list[int]) -> dict[str, list[Asked]]:
    """Give what to ask for, by name; most of it is cut out of some editions."""
    chance = random.Random(3)
    bodies = Edition.objects.filter(pk__in=editions).values_list("body", flat=True)
    texts = [richtext.plain_text(body) for body in bodies]
    words = Counter(pair for text in texts for run in RUN.findall(text) for pair in pairs(run))
    frequent = [word for word, _count in words.most_common(200) if len(word) == 2][:FREQUENT]
    names = EditionCredit.objects.exclude(name="").values_list("name", flat=True)
    people = list(names.order_by().distinct())
    old = timezone.now() - SPAN * 0.9
    late = {"before": f"3-{Cursor(old, 1)}"}
    return {
        "two characters": queries(piece(text, 2, chance) for text in texts),
        "three to six characters": queries(
            piece(text, chance.randint(3, 6), chance) for text in texts
        ),
        "two words": queries(f"{piece(t, 2, chance)} {piece(t, 2, chance)}" for t in texts),
        "a phrase in quotation marks": queries(
            f"“{text[len(text) // 2 :][:10].strip()}”" for text in texts
        ),
        "a word that hardly any has": queries(text[-4:-1] for text in texts),
        "a word that none has": queries(rare(chance)[:3] for _text in texts),
        "a name": queries(people),
        "pinyin": queries(["dwxcb", "tsg", "zhang", "xuesheng", "li"]),
        "a frequent word": queries(frequent),
        "a phrase of frequent words": queries(
            f"“{' '.join(chance.sample(frequent, 2))}”" for _text in texts
        ),
        "frequent words as one": queries("".join(chance.sample(frequent, 2)) for _text in texts),
        "a frequent word, newest first": queries(frequent, sort="date"),
        "a frequent word, one form": queries(frequent, form="video"),
        "a frequent word, late page": queries(frequent, **late),
        "one character": queries(word[0] for word in frequent),
    }


def queries(words: Iterable[str], **more: str) -> list[Asked]:
    return [{"q": word, **more} for word in words]


def piece(text: str, length: int, chance: random.Random) -> str:
    """Cut so many characters out of a text, all of one word or sentence."""
    runs = [run for run in RUN.findall(text) if len(run) >= length]
    run = chance.choice(runs)
    start = chance.randrange(len(run) - length + 1)
    return run[start : start + length]
