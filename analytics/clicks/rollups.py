"""The totals of clicks. Kept up by differences, and made again from the clicks at will.

Whatever order clicks come in, the result is that of the rule applied to all of them (R8).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

from analytics.clicks.counting import CAP, CAP_OF_SHARED_NETWORKS, Verdict, View, judge
from analytics.clicks.spool import Record
from analytics.models import (
    Click,
    DailyClicks,
    ExclusionDay,
    HourlyClicks,
    Reason,
    ReferrerDay,
    Source,
    TotalClicks,
    WeeklyClicks,
)
from analytics.periods import local_day, local_hour, midnight, site_zone, week_of
from articles.models.editions import Edition

# What PostgreSQL locks so that one drain works at a time. SQLite has one writer anyway.
LOCK = 0x636C69636B73

# The columns that name a row, and those that count.
COLUMNS: dict[type[models.Model], tuple[tuple[str, ...], tuple[str, ...]]] = {
    HourlyClicks: (("article_id", "hour"), ("clicks",)),
    DailyClicks: (("article_id", "day"), ("clicks", "readers")),
    WeeklyClicks: (("article_id", "week"), ("clicks", "readers")),
    TotalClicks: (("article_id",), ("clicks", "readers")),
    ReferrerDay: (("article_id", "day", "referrer"), ("clicks",)),
    ExclusionDay: (("article_id", "day", "reason"), ("clicks",)),
}

Chain = tuple[int, int, date]  # reader, article, local day
Counts = tuple[int, ...]


class Tally:
    """Sums for every total, by model and key."""

    def __init__(self) -> None:
        self.sums: dict[type[models.Model], Counter[tuple[tuple[Any, ...], str]]] = {
            model: Counter() for model in COLUMNS
        }
        self.zone = site_zone()

    def add(self, click: Click, sign: int = 1) -> None:
        """Add what a click is worth, or take it away again."""
        if click.counted:
            hour = local_hour(click.at, self.zone)
            self.put(HourlyClicks, (click.article_id, hour), clicks=sign)
            self.put(ReferrerDay, (click.article_id, click.day, click.referrer), clicks=sign)
            counts = {"clicks": sign, "readers": sign * click.first_of_day}
            self.put(DailyClicks, (click.article_id, click.day), **counts)
            self.put(WeeklyClicks, (click.article_id, week_of(click.day)), **counts)
            self.put(TotalClicks, (click.article_id,), **counts)
        elif click.reason:
            key = (click.article_id, click.day, str(click.reason))
            self.put(ExclusionDay, key, clicks=sign)

    def put(self, model: type[models.Model], key: tuple[Any, ...], **counts: int) -> None:
        for column, count in counts.items():
            self.sums[model][key, column] += count

    def rows(self, model: type[models.Model]) -> dict[tuple[Any, ...], Counts]:
        """Give the sums that are not zero: key -> counts, in the order of keys."""
        keys = sorted({key for (key, _), count in self.sums[model].items() if count})
        columns = COLUMNS[model][1]
        return {key: tuple(self.sums[model][key, name] for name in columns) for key in keys}

    def apply(self) -> None:
        for model in COLUMNS:
            add_to(model, self.rows(model))


def wait_for_turn() -> None:
    """Let one drain work at a time, until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def add(records: Iterable[Record]) -> int:
    """Store clicks and everything that follows from them. Gives the number of new ones.

    A key that is known changes nothing (R7). A late click corrects its neighbours (R8).
    What was malformed is a number and no row, so that nobody fills the disk with it.
    """
    records = list(records)
    new = {record.uuid: record for record in reversed(records) if not is_malformed(record)}
    for known in Click.objects.filter(key__in=new).values_list("key", flat=True):
        del new[known]
    clicks = as_clicks(new.values())
    tally = Tally()
    count_malformed([record for record in records if is_malformed(record)], tally)
    changed = judge_again(clicks, tally)
    for click in clicks:
        tally.add(click)
    Click.objects.bulk_create(clicks, batch_size=1000)
    Click.objects.bulk_update(changed, ["counted", "first_of_day", "reason"], batch_size=500)
    tally.apply()
    return len(clicks)


def is_malformed(record: Record) -> bool:
    return record.reason == Reason.MALFORMED


def count_malformed(records: Sequence[Record], tally: Tally) -> None:
    """Count by day and article; by article 0 where none was named that was ever published."""
    named = {record.article_id for record in records}
    found = Edition.objects.filter(article_id__in=named).values_list("article_id", flat=True)
    published = set(found)
    for record in records:
        article = record.article_id if record.article_id in published else 0
        key = (article, local_day(record.at, tally.zone), str(Reason.MALFORMED))
        tally.put(ExclusionDay, key, clicks=1)


def as_clicks(records: Iterable[Record]) -> list[Click]:
    records = list(records)
    zone = site_zone()
    visible = Visibility({record.article_id for record in records})
    return [
        Click(
            key=record.uuid,
            article_id=record.article_id,
            at=record.at,
            day=local_day(record.at, zone),
            visitor=record.visitor,
            source=record.source,
            referrer=record.referrer,
            shared_network=record.shared_network,
            reason=record.reason
            or ("" if visible.at(record.article_id, record.at) else Reason.NOT_VISIBLE),
        )
        for record in records
    ]


class Visibility:
    """R1: which articles the public saw when. Editions say so, even afterwards."""

    def __init__(self, article_ids: Iterable[int]) -> None:
        self.editions: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
        found = Edition.objects.filter(article_id__in=set(article_ids))
        for article, begin, end in found.values_list("article_id", "live_from", "live_until"):
            self.editions[article].append((begin, end))

    def at(self, article_id: int, moment: datetime) -> bool:
        return any(
            begin <= moment and (end is None or moment < end)
            for begin, end in self.editions[article_id]
        )


def judge_again(new: list[Click], tally: Tally) -> list[Click]:
    """Judge new clicks among the stored ones. Gives the stored ones that changed."""
    chains: dict[Chain, list[Click]] = defaultdict(list)
    for click in new:
        if is_human(click):
            chains[chain_of(click)].append(click)
    changed = []
    for click in stored_in(chains):
        chains[chain_of(click)].append(click)
    for chain in chains.values():
        for click, verdict in verdicts(chain):
            stored = click.pk is not None
            if stored and verdict == as_judged(click):
                continue
            if stored:
                tally.add(click, -1)
            click.counted, click.first_of_day = verdict.counted, verdict.first_of_day
            click.reason = Reason.CAPPED if verdict.capped else ""
            if stored:
                tally.add(click)
                changed.append(click)
    return changed


def stored_in(chains: Iterable[Chain]) -> list[Click]:
    wanted = set(chains)
    found = Click.objects.human().filter(
        visitor__in={visitor for visitor, _, _ in wanted},
        article_id__in={article for _, article, _ in wanted},
        day__in={day for _, _, day in wanted},
    )
    return [click for click in found if chain_of(click) in wanted]


def chain_of(click: Click) -> Chain:
    return click.visitor, click.article_id, click.day


def is_human(click: Click) -> bool:
    return click.source == Source.SCRIPT and click.reason in {"", Reason.CAPPED}


def as_judged(click: Click) -> Verdict:
    return Verdict(click.counted, click.first_of_day, click.reason == Reason.CAPPED)


def verdicts(chain: Sequence[Click]) -> Iterator[tuple[Click, Verdict]]:
    shared = any(click.shared_network for click in chain)
    decided = judge(
        (View(click.at, click.key) for click in chain),
        cap=CAP_OF_SHARED_NETWORKS if shared else CAP,
    )
    return ((click, decided[click.key]) for click in chain)


def add_to(model: type[models.Model], rows: dict[tuple[Any, ...], Counts]) -> None:
    """Add to counters that may not exist yet.

    The rows come in key order, so that two writers never wait for each other in a ring.
    """
    keys, counts = COLUMNS[model]
    concrete = {field.name: field for field in model._meta.concrete_fields}
    fields = [concrete[name] for name in (*keys, *counts)]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = [quote(str(field.column)) for field in fields]
    added = ", ".join(f"{n} = {table}.{n} + excluded.{n}" for n in names[len(keys) :])
    one_row = f"({', '.join(['%s'] * len(fields))})"
    for batch in batched(rows.items(), 500):
        sql = (
            f"INSERT INTO {table} ({', '.join(names)}) "  # noqa: S608
            f"VALUES {', '.join([one_row] * len(batch))} "
            f"ON CONFLICT ({', '.join(names[: len(keys)])}) DO UPDATE SET {added}"
        )
        values = [
            field.get_db_prep_save(value, connection)
            for key, numbers in batch
            for field, value in zip(fields, (*key, *numbers), strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)


# --- Checking -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stored that is not what the rule makes of the clicks."""

    what: str
    article: int
    when: str
    stored: list[int]
    recomputed: list[int]


def days_kept() -> list[date]:
    """Give the local days of which the clicks themselves are still there."""
    return list(Click.objects.values_list("day", flat=True).distinct().order_by("day"))


def clicks_of(day: date) -> Iterator[Click]:
    """Give the clicks of a day as the rule judges them now; nothing is saved."""
    chain: list[Click] = []
    in_chains = Click.objects.filter(day=day).order_by("visitor", "article_id", "at", "key")
    for click in in_chains.iterator(chunk_size=5000):
        if not is_human(click):
            yield click
            continue
        if chain and chain_of(chain[0]) != chain_of(click):
            yield from judged(chain)
            chain = []
        chain.append(click)
    yield from judged(chain)


def judged(chain: list[Click]) -> Iterator[Click]:
    for click, verdict in list(verdicts(chain)):
        click.counted, click.first_of_day = verdict.counted, verdict.first_of_day
        click.reason = Reason.CAPPED if verdict.capped else ""
        yield click


def check_day(day: date) -> tuple[int, list[Difference]]:
    """R9: recompute a day from its clicks. Gives their number and every difference."""
    with transaction.atomic():
        wait_for_turn()
        return recompute(day)


def recompute(day: date) -> tuple[int, list[Difference]]:
    flags = {
        pk: Verdict(counted, first, reason == Reason.CAPPED)
        for pk, counted, first, reason in Click.objects.human()
        .filter(day=day)
        .values_list("pk", "counted", "first_of_day", "reason")
    }
    tally, checked, differences = Tally(), 0, []
    for click in clicks_of(day):
        checked += 1
        tally.add(click)
        if click.pk in flags and flags[click.pk] != as_judged(click):
            stored, now = flags[click.pk], as_judged(click)
            differences.append(
                Difference(
                    "Click", click.article_id, click.at.isoformat(), as_list(stored), as_list(now)
                )
            )
    for model in (DailyClicks, ReferrerDay):
        differences += compared(model, {"day": day}, tally)
    # Of what was malformed there are no clicks to count again.
    reasons = [reason for reason in Reason if reason != Reason.MALFORMED]
    differences += compared(ExclusionDay, {"day": day, "reason__in": reasons}, tally)
    zone = site_zone()
    hours = {"hour__gte": midnight(day, zone), "hour__lt": midnight(day + timedelta(1), zone)}
    differences += compared(HourlyClicks, hours, tally)
    return checked, differences


def as_list(verdict: Verdict) -> list[int]:
    return [int(verdict.counted), int(verdict.first_of_day), int(verdict.capped)]


def compared(
    model: type[models.Model], which: dict[str, Any], tally: Tally
) -> Iterator[Difference]:
    """Compare stored totals with recomputed ones. No row is as good as one of zeros."""
    keys, counts = COLUMNS[model]
    stored = {
        row[: len(keys)]: row[len(keys) :]
        for row in model._default_manager.filter(**which).values_list(*keys, *counts)
    }
    right = tally.rows(model)
    nothing = (0,) * len(counts)
    for key in sorted(stored.keys() | right.keys()):
        if stored.get(key, nothing) != right.get(key, nothing):
            yield Difference(
                model.__name__,
                key[0],
                " ".join(str(part) for part in key[1:]),
                list(stored.get(key, nothing)),
                list(right.get(key, nothing)),
            )


def check_sums() -> list[Difference]:
    """Compare weeks and totals with the days that they are made of."""
    with transaction.atomic():
        wait_for_turn()
        tally = Tally()
        for article, day, clicks, readers in DailyClicks.objects.values_list(
            "article_id", "day", "clicks", "readers"
        ).iterator(chunk_size=5000):
            tally.put(WeeklyClicks, (article, week_of(day)), clicks=clicks, readers=readers)
            tally.put(TotalClicks, (article,), clicks=clicks, readers=readers)
        return [*compared(WeeklyClicks, {}, tally), *compared(TotalClicks, {}, tally)]
