"""A very large archive: what the sample shows, copied within the database over twenty years."""

import json
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Model, QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Edition, EditionCredit, EditionTag, EditionUnit
from articles.public.lists.listing import PAGE_SIZE, Cursor

SPAN = timedelta(days=20 * 365)
BATCH = 1000  # copies of the sample in one statement
DEEP = 1000  # the page that stands for all that are far back
TIMES = {"displayed_at", "live_from", "first_published_at"}
NEVER = {"live_until", "expires_at"}
LEFT_OUT = {"body"}  # no list reads it
COPY = {
    "postgresql": "generate_series(%(first)s, %(last)s) AS copy(number)",
    "sqlite": (
        "(WITH RECURSIVE some(number) AS (SELECT %(first)s UNION ALL"
        " SELECT number + 1 FROM some WHERE number < %(last)s) SELECT number FROM some) AS copy"
    ),
}
EARLIER = {
    "postgresql": "base.{} - copy.number * %(step)s * interval '1 second'",
    "sqlite": (
        "strftime('%%Y-%%m-%%d %%H:%%M:%%f000', base.{},"
        " '-' || (copy.number * %(step)s) || ' seconds')"
    ),
}

type Rows = dict[type[Model], QuerySet[Any]]


def multiply(wanted: int) -> None:
    """Copy what is live, with all that lists find it by, until there are so many articles."""
    live = Edition.objects.live(timezone.now())
    patterns: Rows = {
        Article: Article.objects.filter(editions__in=live),
        Edition: live,
        **{part: part.objects.filter(edition__in=live) for part in PARTS},
    }
    numbers = {
        model: (list(rows.values_list("pk", flat=True)), model.objects.aggregate(m=Max("pk"))["m"])
        for model, rows in patterns.items()
    }
    copies = wanted // len(numbers[Edition][0])
    step = max(1, int(SPAN.total_seconds() / copies))
    for first in range(1, copies, BATCH):
        asked = {"first": first, "last": min(first + BATCH, copies) - 1, "step": step}
        with connection.cursor() as cursor:
            for model, (chosen, _last) in numbers.items():
                strides = {each: last + 1 for each, (_chosen, last) in numbers.items()}
                cursor.execute(copying(model, strides, chosen), asked)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


PARTS = (EditionUnit, EditionCredit, EditionTag)


def copying(model: type[Model], strides: dict[type[Model], int], chosen: list[int]) -> str:
    """Write the statement that copies rows of a model so many times, each further back."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(value(field, strides) for field in fields)
    return (
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values}"  # noqa: S608
        f" FROM {model._meta.db_table} base, {COPY[connection.vendor]}"
        f" WHERE base.id IN ({', '.join(map(str, chosen))})"
    )


def value(field: Any, strides: dict[type[Model], int]) -> str:
    of: Any = field.model if field.primary_key else field.related_model
    if field.name in LEFT_OUT:
        return "''"
    if field.name in NEVER:
        return "NULL"
    if field.name in TIMES:
        return EARLIER[connection.vendor].format(field.column)
    if of in strides:
        return f'base."{field.column}" + copy.number * {strides[of]}'
    return f'base."{field.column}"'


def most(rows: QuerySet[Any], field: str) -> Any:
    """Give the value that most rows have."""
    found = rows.exclude(**{field: None}).order_by().values(field).annotate(number=Count("pk"))
    return found.order_by("-number").values_list(field, flat=True)[0]


def lists() -> Iterator[tuple[str, str, QuerySet[Any], str]]:
    """Give the largest list of each kind: its name, address, rows, and what numbers these."""
    live = Edition.objects.live(timezone.now())
    section = live.filter(section=most(live, "section"))
    yield "section", section.select_related("section")[0].section.get_absolute_url(), section, ""
    tag, unit, person = (
        most(part.objects.all(), field)
        for part, field in ((EditionTag, "slug"), (EditionUnit, "unit"), (EditionCredit, "person"))
    )
    tags, units = EditionTag.objects.filter(slug=tag), EditionUnit.objects.filter(unit=unit)
    yield "tag", reverse("articles:tag", args=[tag]), tags, "edition_id"
    yield "unit", units.select_related("unit")[0].unit.get_absolute_url(), units, "edition_id"
    people = EditionCredit.objects.filter(person=person).values("displayed_at", "edition_id")
    yield "person", reverse("articles:person", args=[person]), people.distinct(), "edition_id"
    day = timezone.localtime(live.aggregate(last=Max("displayed_at"))["last"] - SPAN / 2)
    first = day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (first + timedelta(days=31)).replace(day=1)
    month = live.filter(displayed_at__gte=first, displayed_at__lt=end)
    yield "month of the archive", f"/archive/{day:%Y/%m}/", month, ""
    yield "all articles (API)", reverse("articles:api_articles"), live, ""


def deep_page(rows: QuerySet[Any], number: str) -> tuple[int, str]:
    """Give the page of a list that is far back, or its last, and what its address asks."""
    number = number or "article_id"
    in_order = rows.order_by("-displayed_at", f"-{number}").values_list("displayed_at", number)
    page = max(2, min(DEEP, in_order.count() // PAGE_SIZE))
    last_before = in_order[(page - 1) * PAGE_SIZE - 1]
    return page, f"?before={Cursor(*last_before)}"


def measure(times: int) -> None:
    """Ask for the first page and a late one in turn, and print the medians as JSON."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    found = []
    for name, address, rows, number in lists():
        page, asked = deep_page(rows, number)
        spent = [
            (seconds(client, address), seconds(client, address + asked)) for _ in range(times)
        ]
        first, late = (median(column[1:]) * 1000 for column in zip(*spent, strict=True))
        ratio = median(b / a for a, b in spent[1:])
        found.append({"list": name, "page": page, "first": first, "late": late, "ratio": ratio})
    print(json.dumps({"articles": Article.objects.count(), "lists": found}))


def seconds(client: Client, address: str) -> float:
    begun = perf_counter()
    answer = client.get(address)
    spent = perf_counter() - begun
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    return spent
