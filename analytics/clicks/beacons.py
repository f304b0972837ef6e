"""What a beacon says, and whether it counts. Knows headers and text, and no request."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.http import parse_cookie

from analytics.clicks import bots, tokens
from analytics.models import Reason, Source
from articles import networks
from articles.networks import Headers

LONGEST = 1024
KEY = re.compile(r"[0-9a-f]{32}")
HOST = re.compile(r"[a-z0-9.-]{1,80}")
LAST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Beacon:
    article_id: int
    key: str
    token: str
    referrer: str
    source: Source


class Malformed(Exception):
    """Not a beacon of ours. It may still have named an article."""

    def __init__(self, article_id: int = 0) -> None:
        self.article_id = article_id


def read_script(body: bytes) -> Beacon:
    """Read what the script posts. Whatever else is in there is ignored."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Malformed from problem
    if not isinstance(said, dict):
        raise Malformed
    article_id = as_id(said.get("a"))
    key, token, referrer = (as_text(said.get(name, "")) for name in ("k", "p", "r"))
    if (
        article_id
        and said.get("v") == 1
        and key is not None
        and KEY.fullmatch(key)
        and token
        and referrer is not None
    ):
        return Beacon(article_id, key, token, host_of(referrer), Source.SCRIPT)
    raise Malformed(article_id)


def read_picture(query: Mapping[str, str]) -> Beacon:
    """Read the address of the picture for browsers without script."""
    number, token = query.get("a", ""), query.get("p", "")
    article_id = as_id(int(number)) if re.fullmatch(r"[0-9]{1,19}", number) else 0
    if not article_id or not token:
        raise Malformed(article_id)
    return Beacon(article_id, uuid4().hex, token, "", Source.PICTURE)


def as_id(value: Any) -> int:
    """Give a number that may be an article's; 0 for everything else."""
    return value if type(value) is int and 0 < value <= LAST_ID else 0


def as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def host_of(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host if HOST.fullmatch(host) else ""


def reason_to_exclude(beacon: Beacon, headers: Headers, day: date) -> str:
    """R2: give the first reason that matches; empty for a click of a reader."""
    if is_prefetch(headers):
        return Reason.PREFETCH
    if is_foreign(headers) or not tokens.is_valid(beacon.token, beacon.article_id, day):
        return Reason.FOREIGN_ORIGIN
    # Readers get no cookie from us: who has a session has signed in.
    if settings.SESSION_COOKIE_NAME in parse_cookie(headers.get("HTTP_COOKIE", "")):
        return Reason.STAFF
    if reason := bots.reason_to_exclude(headers.get("HTTP_USER_AGENT", "")):
        return reason
    if "headless" in headers.get("HTTP_SEC_CH_UA", "").lower():
        return Reason.HEADLESS
    if networks.is_blocked(headers):
        return Reason.BLOCKED_NETWORK
    return Reason.NO_SCRIPT if beacon.source == Source.PICTURE else ""


def is_prefetch(headers: Headers) -> bool:
    said = " ".join(
        headers.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")
    ).lower()
    return "prefetch" in said or "prerender" in said or "preview" in said


def is_foreign(headers: Headers) -> bool:
    """Say whether another site sent this, or somebody who followed a link to where it goes."""
    return headers.get("HTTP_SEC_FETCH_MODE") == "navigate" or networks.is_foreign(headers)


def asks_not_to_be_counted(headers: Headers) -> bool:
    return settings.RESPECT_GPC == "drop" and headers.get("HTTP_SEC_GPC") == "1"
