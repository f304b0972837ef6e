"""Clicks for tests: records as the spool holds them, and beacons as pages send them."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from analytics.clicks import rollups, tokens
from analytics.clicks.spool import EPOCH, Record
from analytics.models import (
    Click,
    DailyClicks,
    ExclusionDay,
    HourlyClicks,
    ReferrerDay,
    TotalClicks,
    WeeklyClicks,
)
from articles.models import Edition
from tests.factories import NOON

PHONE = (
    "Mozilla/5.0 (Linux; Android 15; V2301A) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.61"
)
_keys = Random(1)


def record(article: int, at: datetime = NOON, **fields: Any) -> Record:
    fields.setdefault("key", _keys.randbytes(16).hex())
    fields.setdefault("visitor", 1)
    fields.setdefault("source", "js")
    return Record(article_id=article, moment=(at - EPOCH) // timedelta(microseconds=1), **fields)


def click(edition: Edition, *readers: int, at: datetime = NOON + timedelta(hours=1)) -> None:
    """Count one click of each reader."""
    rollups.add(record(edition.article_id, at, visitor=reader) for reader in readers)


def body(article: int, at: datetime | None = None, /, **fields: Any) -> str:
    """Write what the script sends from a page that was read at a time."""
    said = {
        "v": 1,
        "a": article,
        "k": _keys.randbytes(16).hex(),
        "r": "https://weixin.qq.com/s",
        "p": tokens.page_token(article, (at or NOON).date()),
    }
    return json.dumps(said | fields)


def send(client: Client, text: str | bytes, **headers: str) -> Any:
    headers = {"user-agent": PHONE, "accept-language": "zh-CN", **headers}
    return client.post("/seen/", text, content_type="text/plain;charset=UTF-8", headers=headers)


def spooled() -> list[Record]:
    lines = [
        line
        for path in sorted(settings.SPOOL_DIR.glob("*.clicks"))
        for line in path.read_bytes().splitlines()
    ]
    return [found for line in lines if (found := Record.of(line))]


def totals() -> dict[str, Any]:
    """Everything that roll-ups say, without rows of zeros."""
    return {
        "hours": rows(HourlyClicks, "article_id", "hour", "clicks"),
        "days": rows(DailyClicks, "article_id", "day", "clicks", "readers"),
        "weeks": rows(WeeklyClicks, "article_id", "week", "clicks", "readers"),
        "totals": rows(TotalClicks, "article_id", "clicks", "readers"),
        "referrers": rows(ReferrerDay, "article_id", "day", "referrer", "clicks"),
        "excluded": rows(ExclusionDay, "article_id", "day", "reason", "clicks"),
    }


def rows(model: Any, *names: str) -> list[tuple[Any, ...]]:
    return sorted(model.objects.exclude(clicks=0).values_list(*names))


def flags() -> dict[UUID, tuple[bool, bool, str]]:
    found = Click.objects.values_list("key", "counted", "first_of_day", "reason")
    return {key: tuple(rest) for key, *rest in found}


def daily(article: int) -> list[tuple[str, int, int]]:
    found = DailyClicks.objects.filter(article_id=article, clicks__gt=0).order_by("day")
    return [(str(row.day), row.clicks, row.readers) for row in found]


def excluded(article: int) -> dict[str, int]:
    found = ExclusionDay.objects.filter(article_id=article, clicks__gt=0)
    return {row.reason: row.clicks for row in found}


def seconds(*after: float, start: datetime = NOON) -> Iterable[datetime]:
    return [start + timedelta(seconds=number) for number in after]
